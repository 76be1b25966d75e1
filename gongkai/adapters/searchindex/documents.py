"""What every engine keeps of a record: terms to search, values to filter by, text to show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.adapters.searchindex.types import Facet, Passage, Record
from gongkai.text.docnumbers import DocumentNumberError, normalise
from gongkai.text.readings import initial_terms, syllable_terms
from gongkai.text.segmentation import indexed

# What finds a record, and what a find weighs: `text` is all of it but the attachments, so that
# one look decides; the fields of RAISING are its parts once more and only raise what they are in.
FINDING: Mapping[str, float] = {"text": 1.0, "files": 0.4}
RAISING: Mapping[str, float] = {"title": 12.0, "number": 8.0, "names": 4.0}
EXACT_NUMBER = 400.0
BY_DAY = 2.0
_SEPARATOR = " 。 "
_BETWEEN, _WITHIN = "\x1e", "\x1f"
_FACETS = tuple(Facet)


@dataclass(frozen=True, slots=True)
class Document:
    """A record as an index keeps it; `searched` by field of FINDING and RAISING."""

    key: str
    scope: str
    searched: Mapping[str, str]
    exact_number: str
    syllables: str
    initials: str
    facets: Mapping[Facet, tuple[str, ...]]
    published: int
    shown: str
    body: str
    files: tuple[str, ...]


def document(record: Record) -> Document:
    """Return what is kept of a record."""
    names = tuple(dict.fromkeys(each for each in (record.organ, *record.names) if each))
    spoken = _SEPARATOR.join((record.title, *names))
    raising = {
        "title": indexed(record.title),
        "number": indexed(record.number),
        "names": indexed(_SEPARATOR.join(names)),
    }
    return Document(
        key=record.key,
        scope=record.scope,
        searched={
            **raising,
            "text": " ".join((*raising.values(), indexed(record.body))),
            "files": indexed(_SEPARATOR.join(each.text for each in record.passages)),
        },
        exact_number=_exact(record.number),
        syllables=syllable_terms(spoken),
        initials=initial_terms(spoken),
        facets=_facets(record),
        published=record.published_on.toordinal(),
        shown=_shown(record, names),
        body=record.body,
        files=tuple(f"{each.place}\n{each.text}" for each in record.passages),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """What a hit shows without its text, read back from what was kept."""

    key: str
    address: str
    title: str
    published_on: date
    number: str
    organ: str
    names: tuple[str, ...]
    facets: Mapping[Facet, tuple[str, ...]]


def shown(kept: str) -> Shown:
    """Return what `Document.shown` keeps."""
    key, address, title, day, number, organ, names, *facets = kept.split(_BETWEEN)
    return Shown(
        key,
        address,
        title,
        date.fromisoformat(day),
        number,
        organ,
        tuple(names.split(_WITHIN)) if names else (),
        {
            facet: tuple(values.split(_WITHIN))
            for facet, values in zip(_FACETS, facets, strict=True)
            if values
        },
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


def _shown(record: Record, names: tuple[str, ...]) -> str:
    """Return what a hit shows as one string: reading it takes a tenth of the time of JSON."""
    parts = (
        record.key,
        record.address,
        record.title,
        record.published_on.isoformat(),
        record.number,
        record.organ,
        _WITHIN.join(names),
        *(_WITHIN.join(record.facets.get(facet, ())) for facet in _FACETS),
    )
    return _BETWEEN.join(part.replace(_BETWEEN, " ") for part in parts)
