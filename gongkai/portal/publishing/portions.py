"""A whole site cut into portions of work, each named by a word: "lists:zwdt/tzgg:1-100".

Portions are small (some hundred pages), independent of each other, and safe to repeat. A portion
that names no longer what is there yields nothing. `pages` makes the pages of one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from django.db.models import Q
from django.utils import timezone

from gongkai.disclosure.models import CatalogueField, Entry, EntryQuerySet, OrganPage, SectionCount
from gongkai.disclosure.queries import DocumentPage, SectionNode, live_blocks
from gongkai.engagement.queries import public_messages, public_surveys
from gongkai.hotline.queries import public_ids
from gongkai.inspections.queries import published_site_years
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.policy.queries.gazettes import issues
from gongkai.portal import oversight
from gongkai.portal.columns import (
    ANNUAL_REPORTS,
    FIELDS,
    GAZETTE,
    GUIDE,
    HOTLINE,
    LIBRARY,
    MAILBOXES,
    MEDIA,
    MESSAGES,
    ORGANS,
    PROPOSALS,
    SITE_YEARS,
    SURVEYS,
)
from gongkai.portal.engaging import urgent
from gongkai.portal.hall import written as hall
from gongkai.portal.publishing.lists import newest_of, runs, year_of
from gongkai.portal.publishing.table import KINDS
from gongkai.portal.publishing.view import Made, View
from gongkai.portal.reports import address as report_address
from gongkai.portal.reports import lines_of
from gongkai.portal.site_years import address as site_year_address
from gongkai.proposals.queries import public_years

DOCUMENTS = 500  # entries in a portion: one query
WORK = 200  # pages of lists in a piece of work
Addresses = Callable[[View, str], Iterator[str]]


def of_documents(view: View, *, records: bool) -> Iterator[str]:
    """Yield runs of the keys of entries that have an address; of other chapters' records alone."""
    rows = with_address(view).exclude(record="") if records else with_address(view)
    last = 0
    while True:
        keys = list(
            rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:DOCUMENTS]
        )
        if not keys:
            return
        yield f"{keys[0]}-{keys[-1]}"
        last = keys[-1]


def with_address(view: View) -> EntryQuerySet:
    """Return the entries of a site that are public or were."""
    county = view.county.pk
    own = Q(organ__county_id=county) | Q(organ_id=county, organ__county__isnull=True)
    return Entry.objects.filter(own).exclude(address="")


def documents_in(
    view: View, run: str, *, records: bool = False
) -> Iterator[tuple[DocumentPage, Made]]:
    """Make the documents of a run of keys."""
    first, _, last = run.partition("-")
    rows = with_address(view).filter(pk__range=(int(first), int(last)))
    if records:
        rows = rows.exclude(record="")
    yield from view.documents(list(rows.values_list("pk", flat=True)))


def _shown(view: View, content: str) -> list[SectionNode]:
    nodes = view.site.nodes.values()
    return [node for node in nodes if node.content == content and view.site.live.get(node.id)]


def _counts(node_id: int, organ_id: int | None = None) -> list[SectionCount]:
    rows = SectionCount.objects.filter(section_id=node_id, organ_id=organ_id)
    return list(rows.order_by("year"))


def of_lists(view: View) -> Iterator[str]:
    """Yield each column's ends and years, then runs of its numbered pages."""
    for node in _shown(view, "ENTRIES"):
        yield node.path
        for count in _counts(node.id):
            whose = f"{node.path}/{count.year}" if count.year else node.path
            for first, last in runs(count.last - count.before):
                yield f"{whose}:{first}-{last}"


def list_pages(view: View, which: str) -> Iterator[str]:
    """Yield the addresses of a portion of lists."""
    path, _, run = which.partition(":")
    if run:
        first, _, last = run.partition("-")
        yield from (f"/{path}/{number}.html" for number in range(int(first), int(last) + 1))
        return
    node = view.site.nodes.get(path)
    if node is None:
        return
    yield from newest_of(node)
    for count in _counts(node.id):
        if count.year and count.live:
            yield from year_of(node, count.year)


def of_groups(view: View) -> Iterator[str]:
    """Yield the columns that hold columns."""
    return (node.path for node in _shown(view, "GROUP"))


def group_pages(view: View, which: str) -> Iterator[str]:
    """Yield the addresses of a column of columns."""
    node = view.site.nodes.get(which)
    return newest_of(node) if node is not None else iter(())


def slugs_of(view: View) -> dict[int, str]:
    """Return the last part of the address of each organ's page."""
    own = dict(OrganPage.objects.values_list("organ_id", "slug"))
    return {organ.pk: own.get(organ.pk, organ.code) for organ in _organs(view)}


def _organs(view: View) -> list[Organ]:
    return [view.county, *(each for each in organs_of(view.county) if each.pk != view.county.pk)]


def of_organs(view: View) -> Iterator[str]:
    """Yield each organ, and its columns."""
    nodes = {node.id: node for node in _shown(view, "ENTRIES") if node.on_organ_pages}
    filled: dict[int, list[SectionCount]] = {}
    for count in SectionCount.objects.filter(organ__isnull=False, year=0, section_id__in=nodes):
        filled.setdefault(count.organ_id, []).append(count)
    for pk, slug in slugs_of(view).items():
        yield slug
        for count in filled.get(pk, ()):
            for first, last in runs(count.last):
                yield f"{slug}/{nodes[count.section_id].path}:{first}-{last}"


def organ_pages(view: View, which: str) -> Iterator[str]:
    """Yield the addresses of an organ's pages, or of a run of one of its columns."""
    inside, _, run = which.partition(":")
    base = f"{ORGANS.url}{inside}/"
    if run:
        first, _, last = run.partition("-")
        if first == "1":
            yield base
        yield from (f"{base}{number}.html" for number in range(int(first), int(last) + 1))
        return
    yield from (base, f"{base}zfxxgkzn/", f"{base}zfxxgkml/")


def field_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the addresses of the standard catalogues."""
    yield FIELDS.url
    slugs = CatalogueField.objects.filter(catalogue__county=view.county)
    yield from (
        f"{FIELDS.url}{slug}/" for slug in sorted(set(slugs.values_list("slug", flat=True)))
    )


def report_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the addresses of the annual reports, by year and one by one."""
    lines = lines_of(view.request("/"), view.county)
    yield ANNUAL_REPORTS.url
    yield from (f"{ANNUAL_REPORTS.url}{year}/" for year in sorted({line.year for line in lines}))
    yield from (report_address(line.year, line.organ_code) for line in lines)
    reports = published_site_years(view.county)
    yield from ([SITE_YEARS.url] if reports else [])
    for each in reports:
        yield from (site_year_address(each), site_year_address(each, "docx"))


def gazette_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the addresses of the gazette and its issues."""
    yield GAZETTE.url
    for issue in issues(view.county.pk):
        yield from (issue.address, issue.address.removesuffix("html") + "pdf")


def proposal_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the addresses of the proposals, and of each year that has some in public."""
    yield PROPOSALS.url
    yield from (f"{PROPOSALS.url}{each.year}/" for each in public_years(view.county))


def text_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the addresses of the columns that are texts."""
    nodes = view.site.nodes
    for column in view.site.columns:
        node = nodes.get(column.url.strip("/"))
        if node is None or node.content == "RECORDS" or not view.site.live.get(node.id):
            yield column.url


def map_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the addresses of the maps of the site, for people and for machines."""
    yield from ("/wzdt/", "/robots.txt", "/sitemap.xml", "/sitemap-columns.xml")
    yield from (f"/sitemap-{block}.xml" for block in live_blocks(view.county.pk))


def of_messages(view: View) -> Iterator[str]:
    """Yield the columns of messages, then each year of which some are public."""
    yield "columns"
    years = public_messages(view.county.pk).order_by().dates("received_on", "year")
    yield from (str(day.year) for day in years)


def message_pages(view: View, which: str) -> Iterator[str]:
    """Yield the columns of messages with the column above them, or the messages of a year."""
    if which == "columns":
        yield from ("/hdjl/", MESSAGES.url, MAILBOXES.url)
        return
    rows = public_messages(view.county.pk).filter(received_on__year=int(which))
    yield from (row.address for row in rows.only("number").select_related(None))


def survey_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the addresses of the surveys, and the column above them."""
    yield from ("/hdjl/", SURVEYS.url)
    yield from (each.address for each in public_surveys(view.county, timezone.localdate()))


def hotline_pages(view: View, _which: str) -> Iterator[str]:
    """Yield the column of the hotline, and every published order."""
    yield HOTLINE.url
    yield from (f"{HOTLINE.url}{pk}.html" for pk in public_ids(view.county))


def _fixed(*addresses: str) -> Addresses:
    return lambda _view, _which: iter(addresses)


def _once(_view: View) -> Iterator[str]:
    yield ""


# What portions a kind has, and the addresses of one; `documents` and `records` are made in bulk.
CUT: Mapping[str, Callable[[View], Iterator[str]]] = {
    "documents": partial(of_documents, records=False),
    "records": partial(of_documents, records=True),
    "lists": of_lists,
    "groups": of_groups,
    "organs": of_organs,
    "messages": of_messages,
    "service-guides": lambda view: hall.runs_of_guides(view.county),
}
ADDRESSES: Mapping[str, Addresses] = {
    "lists": list_pages,
    "groups": group_pages,
    "organs": organ_pages,
    "home": _fixed("/"),
    "guides": _fixed(GUIDE.url, ORGANS.url),
    "fields": field_pages,
    "library": _fixed(LIBRARY.url, f"{LIBRARY.url}list.json", f"{LIBRARY.url}list.csv"),
    "gazette": gazette_pages,
    "reports": report_pages,
    "media": _fixed(MEDIA.url),
    "services": lambda view, _which: hall.lists(view.county),
    "service-guides": lambda view, which: hall.guides_in(view.county, which),
    "proposals": proposal_pages,
    "messages": message_pages,
    "surveys": survey_pages,
    "results": lambda view, _which: oversight.written(view.county),
    "urgent": _fixed(urgent.ADDRESS, urgent.LIST),
    "hotline": hotline_pages,
    "texts": text_pages,
    "maps": map_pages,
    "catalog": _fixed("/data/catalog.jsonld"),
}


def portions(view: View, kinds: Iterator[str] | None = None) -> Iterator[str]:
    """Yield the portions of a site, of some kinds alone where told, documents first."""
    wanted = list(kinds) if kinds is not None else [key for key in KINDS if key != "records"]
    for key in wanted:
        for which in CUT.get(key, _once)(view):
            yield f"{key}:{which}"


def addresses(view: View, portion: str) -> Iterator[str]:
    """Yield the addresses of a portion that is not of documents; a few may stand nowhere."""
    key, _, which = portion.partition(":")
    return ADDRESSES[key](view, which)


def gathered(found: Iterable[str], most: int = WORK) -> Iterator[tuple[str, ...]]:
    """Yield portions gathered into pieces of work of about `most` pages, documents by themselves.

    Most columns of most organs have a page or two: one by one they would cost more than they are.
    """
    waiting: list[str] = []
    weight = 0
    for portion in found:
        if portion.startswith("documents:"):
            yield (portion,)
            continue
        waiting.append(portion)
        weight += _weight(portion)
        if weight >= most:
            yield tuple(waiting)
            waiting, weight = [], 0
    if waiting:
        yield tuple(waiting)


def _weight(portion: str) -> int:
    first, dash, last = portion.rpartition(":")[2].partition("-")
    return int(last) - int(first) + 1 if dash and first.isdigit() else 20
