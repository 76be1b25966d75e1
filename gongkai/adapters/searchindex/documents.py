"""What every engine keeps of a record: terms to search, values to filter by, text to show."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.adapters.searchindex.types import Facet, Passage, Record
from gongkai.text.docnumbers import DocumentNumberError, normalise
from gongkai.text.readings import initial_terms, syllable_terms
from gongkai.text.segmentation import terms

# Searched text and what a find in it weighs: title above number above names above body.
WEIGHTS: Mapping[str, float] = {
    "title": 12.0,
    "number": 8.0,
    "names": 4.0,
    "body": 1.0,
    "files": 0.4,
}
EXACT_NUMBER = 400.0
BY_DAY = 2.0
# Between equals the newer wins a little: scores are multiplied by the logarithm of this.
_FIRST_DAY = date(2008, 1, 1).toordinal() - 4096
_SEPARATOR = " 。 "


@dataclass(frozen=True, slots=True)
class Document:
    """A record as an index keeps it; `searched` by field of WEIGHTS, `shown` is JSON."""

    key: str
    scope: str
    searched: Mapping[str, str]
    exact_number: str
    syllables: str
    initials: str
    facets: Mapping[Facet, tuple[str, ...]]
    published: int
    recent: int
    shown: str
    body: str
    files: tuple[str, ...]


def document(record: Record) -> Document:
    """Return what is kept of a record."""
    names = tuple(dict.fromkeys(each for each in (record.organ, *record.names) if each))
    spoken = _SEPARATOR.join((record.title, *names))
    day = record.published_on.toordinal()
    return Document(
        key=record.key,
        scope=record.scope,
        searched={
            "title": terms(record.title),
            "number": terms(record.number),
            "names": terms(_SEPARATOR.join(names)),
            "body": terms(record.body),
            "files": terms(_SEPARATOR.join(each.text for each in record.passages)),
        },
        exact_number=_exact(record.number),
        syllables=syllable_terms(spoken),
        initials=initial_terms(spoken),
        facets=_facets(record),
        published=day,
        recent=max(day - _FIRST_DAY, 0),
        shown=json.dumps(_shown(record, names), ensure_ascii=False, separators=(",", ":")),
        body=record.body,
        files=tuple(f"{each.place}\n{each.text}" for each in record.passages),
    )


def passage(kept: str) -> Passage:
    """Return a passage as it was before `Document.files` kept it."""
    place, _, text = kept.partition("\n")
    return Passage(place, text)


def above(facet: Facet, value: str) -> Iterable[str]:
    """Yield a value and those that take it in: the class of a subject, the sections above."""
    yield value
    if facet is Facet.SUBJECT and len(value) > 2:
        yield value[:2]
    if facet is Facet.SECTION:
        while "/" in value.strip("/"):
            value = value.rstrip("/").rpartition("/")[0]
            yield value


def _facets(record: Record) -> Mapping[Facet, tuple[str, ...]]:
    given = {Facet.YEAR: (str(record.published_on.year),), **record.facets}
    return {
        facet: tuple(
            dict.fromkeys(all_ for value in values if value for all_ in above(facet, value))
        )
        for facet, values in given.items()
    }


def _exact(number: str) -> str:
    try:
        return normalise(number)
    except DocumentNumberError:
        return ""


def _shown(record: Record, names: tuple[str, ...]) -> dict[str, object]:
    return {
        "title": record.title,
        "address": record.address,
        "published_on": record.published_on.isoformat(),
        "number": record.number,
        "organ": record.organ,
        "names": names,
        "facets": {facet.value: values for facet, values in record.facets.items()},
    }
