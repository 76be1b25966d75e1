"""The search of the open data interface: the words, filters and facets of the site's own page.

Codes of kinds, validity, subjects and fields are those in the addresses of the page; every facet
comes with what its values are called. What was withdrawn a moment ago is left out here too.
"""

from datetime import date
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query as Asked
from ninja import Router, Schema, Status

from gongkai.adapters import searchindex
from gongkai.adapters.pacing import asks_too_often
from gongkai.adapters.searchindex.types import Facet, Found, Hit, IndexFailed, Query, Sort
from gongkai.api.counties import PublicCounty, county_of
from gongkai.api.shapes import Problem
from gongkai.policy.queries.found import KINDS, labels_of
from gongkai.policy.queries.found_now import ENTRY, public_now

NO_COUNTY = "没有这个县，县级人民政府的代码见 /api/v1/counties。"
A_MINUTE = 120
LARGEST, LAST_PAGE, LONGEST = 50, 100, 100
_FACETS = (
    *(Facet.KIND, Facet.ORGAN, Facet.YEAR, Facet.SUBJECT, Facet.VALIDITY),
    *(Facet.FIELD, Facet.SECTION),
)
router = Router()


class PieceShape(Schema):
    """A piece of text; `found` when it is what was asked for."""

    text: str
    found: bool


class HitShape(Schema):
    """One thing found; `entry` is its id in /entries where it is one, `place` where in a file."""

    entry: int | None
    title: str
    extract: list[PieceShape]
    place: str | None
    document_number: str | None
    organ: str | None
    kind: str | None
    published_on: date | None
    url: str


class ValueShape(Schema):
    """A value of a facet, what it is called and how many it leaves."""

    value: str
    label: str
    count: int


class FoundShape(Schema):
    """A page of hits; `loosened`: none has all the words; `spelling`: another that finds more."""

    total: int
    page: int
    loosened: bool
    spelling: str | None
    hits: list[HitShape]
    facets: dict[str, list[ValueShape]]


class Filters(Schema):
    """What is asked; a filter may stand several times, then one of its values is enough."""

    q: str = ""
    in_title: bool = False
    sort: Literal["relevance", "date"] = "relevance"
    organ: list[str] = []
    kind: list[str] = []
    year: list[str] = []
    subject: list[str] = []
    validity: list[str] = []
    field: list[str] = []
    section: list[str] = []
    since: date | None = None
    until: date | None = None
    page: int = Asked(1, ge=1, le=LAST_PAGE)
    size: int = Asked(10, ge=1, le=LARGEST)

    def query(self, site: PublicCounty) -> Query:
        """Return what the index is asked."""
        told = {facet: tuple(getattr(self, facet.value))[:10] for facet in _FACETS}
        return Query(
            words=self.q.replace("\x00", " ").strip()[:LONGEST],
            scopes=(f"county:{site.county_id}",),
            in_title=self.in_title,
            sort=Sort(self.sort),
            filters={facet: values for facet, values in told.items() if values},
            since=self.since,
            until=self.until,
            page=self.page,
            size=self.size,
            facets=_FACETS,
        )

    def is_empty(self, asked: Query) -> bool:
        """Say whether nothing is asked."""
        return not (asked.words or asked.filters or self.since or self.until)


@router.get(
    "/{slug:county}/search",
    response={200: FoundShape, 404: Problem, 422: Problem, 429: Problem, 503: Problem},
    summary="搜索",
)
def search(request: HttpRequest, county: str, filters: Asked[Filters]) -> object:
    """What has the words `q`, as the search page finds it, with the counts of every filter."""
    site = county_of(request, county)
    if site is None:
        return Status(404, {"detail": NO_COUNTY})
    asked = filters.query(site)
    if filters.is_empty(asked):
        return Status(422, {"detail": "请填写 q（要查找的词），或者至少一个筛选条件。"})
    if asks_too_often(request, "api-search", A_MINUTE):
        return Status(429, {"detail": f"每分钟最多查找{A_MINUTE}次，请稍后再试。"})
    try:
        found = searchindex.public_index().search(asked)
    except IndexFailed:
        return Status(503, {"detail": "搜索暂时不能使用，请稍后再试。"})
    return FoundShape(
        total=found.total,
        page=asked.page,
        loosened=found.loosened,
        spelling=found.spelling or None,
        hits=_hits(found, site),
        facets={
            facet.value: _values(site, facet, counted) for facet, counted in found.facets.items()
        },
    )


@router.get(
    "/{slug:county}/suggest",
    response={200: list[str], 404: Problem, 429: Problem, 503: Problem},
    summary="搜索建议",
)
def suggest(request: HttpRequest, county: str, q: str) -> object:
    """Titles and names that go on from what was typed, in characters or pinyin."""
    site = county_of(request, county)
    if site is None:
        return Status(404, {"detail": NO_COUNTY})
    if asks_too_often(request, "api-suggest", A_MINUTE):
        return Status(429, {"detail": f"每分钟最多查找{A_MINUTE}次，请稍后再试。"})
    typed = q.replace("\x00", " ").strip()[:30]
    if not typed:
        return []
    try:
        scopes = (f"county:{site.county_id}",)
        return list(searchindex.public_index().suggest(typed, scopes=scopes))
    except IndexFailed:
        return Status(503, {"detail": "搜索暂时不能使用，请稍后再试。"})


def _hits(found: Found, site: PublicCounty) -> list[HitShape]:
    """Return the hits that are public at this moment. At most three queries."""
    keys = [hit.key for hit in found.hits]
    public = public_now(site.county_id, keys, timezone.localdate())
    return [_hit(hit, site) for hit in found.hits if hit.key in public]


def _entry(hit: Hit) -> int | None:
    return int(hit.key.removeprefix(ENTRY)) if hit.key.startswith(ENTRY) else None


def _hit(hit: Hit, site: PublicCounty) -> HitShape:
    kinds = hit.facets.get(Facet.KIND, ())
    entry = _entry(hit)
    return HitShape(
        entry=entry,
        title="".join(mark.text for mark in hit.title),
        extract=[PieceShape(text=mark.text, found=mark.found) for mark in hit.extract],
        place=hit.place or None,
        document_number=hit.number or None if entry is not None else None,
        organ=hit.organ or None,
        kind=KINDS.get(kinds[0]) if kinds else None,
        published_on=hit.published_on if hit.facets.get(Facet.YEAR) else None,
        url=f"{site.root}{hit.address}",
    )


def _values(
    site: PublicCounty, facet: Facet, counted: tuple[tuple[str, int], ...]
) -> list[ValueShape]:
    labels = labels_of(site.county_id, facet, [value for value, _ in counted])
    return [
        ValueShape(value=value, label=labels[value], count=count)
        for value, count in counted
        if value in labels
    ]
