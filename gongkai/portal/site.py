"""The site that a request asks for: its profile and its columns, kept a few seconds a process.

The tree of sections (`disclosure.Section`) is the authority; pages with text (Wagtail) stand
beside it where no section has their address. A section is offered only when something stands in
it or below it: an empty column is a fault (law.md 4.5).
"""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Site

from gongkai.disclosure.queries import SectionNode, live_counts, tree_of
from gongkai.portal.models import SectionPage, SiteProfile

_HOME_DEPTH = 2
_SHOWN_DEPTHS = (_HOME_DEPTH + 1, _HOME_DEPTH + 2)
_ALWAYS = ("zwgk", "hdjl")  # the guide stands under one, the form for messages under the other
_KEPT = "_gongkai_public_site"
_sites: dict[str, tuple[float, "PublicSite"]] = {}
_MOST_HOSTS = 64  # a visitor may send any Host header; ALLOWED_HOSTS bounds most of them


@dataclass(frozen=True, slots=True)
class Column:
    """A column as a link: its slug, that of the column above it, name, address, description."""

    slug: str
    parent: str
    title: str
    url: str
    description: str
    in_menu: bool = False


@dataclass(frozen=True, slots=True)
class PublicSite:
    """A county's site; `profile` is None before it has been set up.

    `nodes` are the open sections by path, `live` how many entries stand in each (below it too).
    `kept` holds what was made of the site once, such as its menu as HTML, as long as it is kept.
    """

    profile: SiteProfile | None
    columns: tuple[Column, ...]
    nodes: Mapping[str, SectionNode] = field(default_factory=dict)
    live: Mapping[int, int] = field(default_factory=dict)
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what `make` gives, asked once for `key` while this site is kept."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def on_the_way(self, url: str) -> list[Column]:
        """Return the columns on the way from the home to `url`, the nearest to the home first."""
        by_url = self.once("by_url", lambda: {each.url: each for each in reversed(self.columns)})
        steps = url.split("/")
        ways = ("/".join(steps[:end]) + "/" for end in range(2, len(steps)))
        return [by_url[way] for way in ways if way in by_url]

    def under(self, slug: str) -> tuple[Column, ...]:
        """Return the columns under the column `slug` ("" for the home)."""
        return tuple(column for column in self.columns if column.parent == slug)

    def nodes_under(self, node: SectionNode) -> tuple[SectionNode, ...]:
        """Return the open sections right below `node` in which something stands."""
        below = (each for each in self.nodes.values() if each.parent_id == node.id)
        return tuple(each for each in below if self.live.get(each.id))

    @property
    def menu(self) -> tuple[Column, ...]:
        """The columns of the main menu."""
        return tuple(column for column in self.columns if column.in_menu)

    @property
    def stages(self) -> tuple[Column, ...]:
        """五公开, which the menu shows as a list of its own."""
        return self.under("zwgk/wgk")

    def column(self, slug: str) -> Column | None:
        """Return the top column of that slug, if it is there."""
        return next((column for column in self.under("") if column.slug == slug), None)


def site_of(request: HttpRequest) -> PublicSite:
    """Return the site of the request's host; read anew when what is kept has grown old."""
    kept: PublicSite | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _recent(request)
        setattr(request, _KEPT, kept)
    return kept


def read_anew(request: HttpRequest, kept: PublicSite | None = None) -> PublicSite:
    """Let a request see the site as it is now, or as `kept` was read; return what it sees."""
    site = kept if kept is not None else _read(request)
    setattr(request, _KEPT, site)
    return site


def _recent(request: HttpRequest) -> PublicSite:
    host, now = request.get_host(), time.monotonic()
    read_at, known = _sites.get(host, (now - settings.GONGKAI_SITE_KEPT_SECONDS, None))
    if known is not None and now - read_at < settings.GONGKAI_SITE_KEPT_SECONDS:
        return known
    fresh = _read(request)
    if settings.GONGKAI_SITE_KEPT_SECONDS:
        if len(_sites) >= _MOST_HOSTS:
            _sites.clear()
        _sites[host] = (now, fresh)
    return fresh


def _read(request: HttpRequest) -> PublicSite:
    site = Site.find_for_request(request)
    if site is None:
        return PublicSite(None, ())
    profile = SiteProfile.objects.select_related("county").filter(site=site).first()
    nodes: dict[str, SectionNode] = {}
    live: dict[int, int] = {}
    if profile is not None:
        nodes = {node.path: node for node in tree_of(profile.county_id) if not node.closed}
        live = live_counts(profile.county_id)
    pages = (
        SectionPage.objects.live()
        .public()
        .filter(path__startswith=site.root_page.path, depth__in=_SHOWN_DEPTHS)
        .order_by("path")
    )
    written = (_of_page(page, site.root_page.url_path) for page in pages)
    texts = tuple(column for column in written if column.url.strip("/") not in nodes)
    return PublicSite(profile, (*_of_nodes(nodes.values(), live), *texts), nodes, live)


def _of_nodes(nodes: Iterable[SectionNode], live: Mapping[int, int]) -> tuple[Column, ...]:
    """Return the sections that have something to show; records are added by `columns`."""
    return tuple(
        Column(
            node.slug,
            node.path.rpartition("/")[0],
            node.title,
            node.address,
            node.description,
            in_menu=node.in_menu,
        )
        for node in nodes
        if live.get(node.id) or node.path in _ALWAYS
    )


def _of_page(page: SectionPage, home: str) -> Column:
    address = page.url_path[len(home) - 1 :]
    parent = address.strip("/").rpartition("/")[0]
    return Column(
        page.slug, parent, page.title, address, page.description, in_menu=page.show_in_menus
    )
