"""What the home page of a county's site offers: the doors asked by law, 五公开, what is newest.

The five doors are those of every body (国办公开办函〔2019〕61号; practice.md 1.1), in the usual
order; only what can be opened is shown.
"""

from dataclasses import dataclass, replace

from django.http import HttpRequest

from gongkai.disclosure.queries import ListRow, SectionNode, newest
from gongkai.portal.columns import entries_under
from gongkai.portal.sections import Below
from gongkai.portal.site import Column, PublicSite, site_of

_DOORS = {
    "zwgk/zfxxgkzn": "向谁申请、怎样获取，一看就明白",
    "zwgk/zfxxgkzd": "公开工作所依据的规定",
    "zwgk/fdzdgknr": "条例规定主动公开的各类信息",
    "zwgk/xxgknb": "历年公开工作的情况和数据",
    "zwgk/ysqgk": "没有找到的，可以申请公开",
}
_PANELS = (
    "zwdt/zwyw",
    "zwdt/tzgg",
    "zwgk/fdzdgknr/zcwj",
    "zwgk/fdzdgknr/zcwj/zcjd",
    "zwdt/bmdt",
    "zwdt/xzdt",
)
_ROWS = 7


@dataclass(frozen=True, slots=True)
class Home:
    """The parts of the home page, each without what cannot be opened."""

    doors: tuple[Column, ...]
    stages: tuple[Column, ...]
    panels: tuple[Below, ...]
    others: tuple[Column, ...]


def home_of(request: HttpRequest) -> Home:
    """Return the home of the site asked for."""
    site = site_of(request)
    columns = {column.url.strip("/"): column for column in entries_under("zwgk", request)}
    doors = tuple(
        replace(columns[path], description=said) for path, said in _DOORS.items() if path in columns
    )
    stages = site.under("zwgk/wgk")
    others = tuple(
        column for path, column in columns.items() if path not in _DOORS and path != "zwgk/wgk"
    )
    return Home(doors, stages, _panels(site), others)


def _panels(site: PublicSite) -> tuple[Below, ...]:
    nodes = [site.nodes[path] for path in _PANELS if path in site.nodes]
    shown = [node for node in nodes if site.live.get(node.id)]
    lists = {node.id: _lists_of(site, node) for node in shown}
    rows = newest([pk for each in lists.values() for pk in each], _ROWS)
    found = ((node, _newest_first([rows[pk] for pk in lists[node.id]])) for node in shown)
    return tuple(Below(node, lines) for node, lines in found if lines)


def _lists_of(site: PublicSite, node: SectionNode) -> list[int]:
    """Return the lists that make a panel: its own; those below it that have no panel of theirs.

    政策解读 stands under 政策文件 in the tree and has a panel beside it.
    """
    below = site.nodes_under(node)
    if not any(each.path in _PANELS for each in below):
        return [node.id]
    return [each.id for each in below if each.path not in _PANELS]


def _newest_first(lists: list[list[ListRow]]) -> tuple[ListRow, ...]:
    """Return the newest of several lists; what stands in two of them is shown once."""
    found = {row.id: row for rows in lists for row in rows}
    ordered = sorted(found.values(), key=lambda row: (row.published_at, row.id), reverse=True)
    return tuple(ordered[:_ROWS])
