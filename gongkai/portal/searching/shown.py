"""What the search page shows: hits as they stand in the database now, facets as links.

The index may be a moment behind; every page of hits is looked up once more, so that what has
been withdrawn is never shown and the stamp of a policy document is that of today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.adapters.searchindex.types import Facet, Found, Hit, Mark
from gongkai.policy.models import DocumentState, PolicyDocument
from gongkai.policy.queries.documents import Validity, life_from, validity_on, with_days
from gongkai.policy.queries.found import KINDS, labels_of
from gongkai.policy.queries.found_now import ENTRY, public_now
from gongkai.portal.searching.query import Asked

_FEW = 6
_TITLES = {
    Facet.KIND: "类别",
    Facet.ORGAN: "发布机构",
    Facet.YEAR: "发布年份",
    Facet.SUBJECT: "主题分类",
    Facet.VALIDITY: "文件有效性",
    Facet.FIELD: "基层政务公开领域",
    Facet.SECTION: "栏目",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A hit as the page shows it; `on` is None where a day says nothing (organs, columns)."""

    address: str
    title: tuple[Mark, ...]
    extract: tuple[Mark, ...]
    place: str
    number: str
    organ: str
    kind: str
    on: date | None
    validity: Validity | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its name, how many hits, the address with or without it."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: the values shown at once and those behind 更多."""

    title: str
    few: tuple[Choice, ...]
    more: tuple[Choice, ...]


def lines_of(county_id: int, hits: Sequence[Hit], today: date) -> list[Line]:
    """Return the hits that are public at this moment. At most four queries."""
    public = public_now(county_id, [hit.key for hit in hits], today)
    stamps = _stamps(hits, today)
    return [_line(hit, stamps.get(hit.key)) for hit in hits if hit.key in public]


def _stamps(hits: Sequence[Hit], today: date) -> dict[str, Validity]:
    """Return the validity today of the policy documents among the hits, by key."""
    stamped = [int(hit.key.removeprefix(ENTRY)) for hit in hits if hit.facets.get(Facet.VALIDITY)]
    if not stamped:
        return {}
    rows = PolicyDocument.objects.filter(entry_id__in=stamped, state=DocumentState.PUBLISHED)
    found = with_days(rows)
    return {f"{ENTRY}{each.entry_id}": validity_on(life_from(each), today) for each in found}


def groups_of(county_id: int, asked: Asked, found: Found) -> list[Group]:
    """Return the facets that narrow what was found, each value with its count as a link."""
    groups = []
    for facet, counted in found.facets.items():
        counts = _by_class(counted) if facet is Facet.SUBJECT else dict(counted)
        chosen = asked.filters.get(facet, ())
        values = [*counts, *(value for value in chosen if value not in counts)]
        labels, adding = labels_of(county_id, facet, values), asked.adding(facet)
        choices = [
            Choice(
                labels[value],
                counts.get(value, 0),
                asked.without(facet, value) if value in chosen else adding(value),
                value in chosen,
            )
            for value in values
            if value in labels
        ]
        if facet is Facet.YEAR:
            choices.sort(key=lambda choice: choice.label, reverse=True)
        if len(choices) > 1 or chosen:
            shown = tuple(choices[:_FEW])
            groups.append(Group(_TITLES[facet], shown, tuple(choices[_FEW:])))
    return groups


def chosen_of(county_id: int, asked: Asked) -> list[tuple[str, str, str]]:
    """Return the filters in force: what each is called, its value, the address without it."""
    found = []
    for facet, values in asked.filters.items():
        labels = labels_of(county_id, facet, values)
        found += [
            (_TITLES[facet], labels.get(value, value), asked.without(facet, value))
            for value in values
        ]
    if asked.since:
        found.append(("不早于", asked.since.isoformat(), asked.address(since=None)))
    if asked.until:
        found.append(("不晚于", asked.until.isoformat(), asked.address(until=None)))
    return found


def _line(hit: Hit, validity: Validity | None) -> Line:
    kinds = hit.facets.get(Facet.KIND, ())
    return Line(
        address=hit.address,
        title=hit.title,
        extract=hit.extract,
        place=hit.place,
        number=hit.number,
        organ=hit.organ,
        kind=KINDS.get(kinds[0], "") if kinds else "",
        on=hit.published_on if hit.facets.get(Facet.YEAR) else None,
        validity=validity,
    )


def _by_class(counted: Sequence[tuple[str, int]]) -> Mapping[str, int]:
    """Return the counts of the classes of subjects; a class that is counted itself stands."""
    own = {value: count for value, count in counted if len(value) == 2}
    summed: dict[str, int] = {}
    for value, count in counted:
        summed[value[:2]] = summed.get(value[:2], 0) + (count if len(value) > 2 else 0)
    counts = {value: own.get(value, count) for value, count in summed.items()}
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
