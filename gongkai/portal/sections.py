"""Columns of entries: one list, or the columns under a group with what is newest in each.

Pages are numbered from the oldest end, so a numbered page never changes; a year has its own
archive (practice.md 1.3). What is no section is left to the pages with text.
"""

from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from gongkai.disclosure.models.sections import SectionContent
from gongkai.disclosure.queries import ListPage, ListRow, SectionNode, list_of, newest, years_of
from gongkai.policy.queries.decisions import public_catalogues
from gongkai.portal.models import ColumnType
from gongkai.portal.site import PublicSite, site_of

SHOWN_IN_GROUP = 6
# 重大行政决策: the year's catalogue is shown as it stands, matter by matter, above the list.
DECISIONS = "zwgk/fdzdgknr/zdjc"


@dataclass(frozen=True, slots=True)
class Below:
    """A section with its newest entries, those of the sections below it included."""

    node: SectionNode
    rows: tuple[ListRow, ...]


@require_safe
def section(
    request: HttpRequest, path: str, year: int | None = None, page: int | None = None
) -> HttpResponse:
    """Show the column at `path`, one year of it or one numbered page."""
    site = site_of(request)
    node = site.nodes.get(path)
    if node is None or node.content == SectionContent.RECORDS:
        if year is not None or page is not None:
            raise Http404("没有这个栏目")
        return serve(request, f"{path}/")
    if node.content == SectionContent.GROUP and year is None and page is None:
        return _group(request, site, node)
    return _list(request, site, node, year, page)


def type_of(node: SectionNode) -> str:
    """Return the ColumnType tag of a section (law.md 4.6 knows fewer kinds than we do)."""
    return ColumnType[node.kind].label if node.kind in ColumnType.names else ColumnType.OTHER.label


def siblings(site: PublicSite, node: SectionNode) -> tuple[SectionNode, ...]:
    """Return the sections beside `node` in which something stands; none beside the top ones."""
    if node.parent_id is None:
        return ()
    beside = (each for each in site.nodes.values() if each.parent_id == node.parent_id)
    return tuple(each for each in beside if site.live.get(each.id) or each.id == node.id)


def _group(request: HttpRequest, site: PublicSite, node: SectionNode) -> HttpResponse:
    nodes = site.nodes_under(node)
    rows = newest([each.id for each in nodes], SHOWN_IN_GROUP)
    below = [Below(each, tuple(rows[each.id])) for each in nodes]
    context = {"node": node, "type": type_of(node), "below": below}
    return render(request, "portal/section_group.html", context)


def _list(
    request: HttpRequest, site: PublicSite, node: SectionNode, year: int | None, page: int | None
) -> HttpResponse:
    found: ListPage = list_of(node.id, year=year, page=page)
    if not found.rows and (year is not None or page is not None):
        raise Http404("没有这一页")
    context = {
        "node": node,
        "type": type_of(node),
        "found": found,
        "year": year,
        "years": partial(years_of, node.id),  # asked for by parts that are kept
        "beside": partial(siblings, site, node),
        "base": f"{node.address}{year}/" if year else node.address,
    }
    if node.path == DECISIONS and year is None and page is None and site.profile is not None:
        context["catalogues"] = public_catalogues(site.profile.county_id)
        return render(request, "portal/decisions.html", context)
    return render(request, "portal/section_list.html", context)
