"""The site that a request asks for: its profile and its columns, read once a request."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Site

from gongkai.portal.models import SectionPage, SiteProfile

_HOME_DEPTH = 2
_SHOWN_DEPTHS = (_HOME_DEPTH + 1, _HOME_DEPTH + 2)
_KEPT = "_gongkai_public_site"


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
    """A county's site; `profile` is None before it has been set up."""

    profile: SiteProfile | None
    columns: tuple[Column, ...]

    def under(self, slug: str) -> tuple[Column, ...]:
        """Return the columns under the column `slug` ("" for the home)."""
        return tuple(column for column in self.columns if column.parent == slug)

    @property
    def menu(self) -> tuple[Column, ...]:
        """The columns of the main menu."""
        return tuple(column for column in self.under("") if column.in_menu)

    def column(self, slug: str) -> Column | None:
        """Return the top column of that slug, if it is there."""
        return next((column for column in self.under("") if column.slug == slug), None)


def site_of(request: HttpRequest) -> PublicSite:
    """Return the site of the request's host, kept on the request (three queries in all)."""
    kept = getattr(request, _KEPT, None)
    if kept is None:
        kept = _read(request)
        setattr(request, _KEPT, kept)
    return kept


def _read(request: HttpRequest) -> PublicSite:
    site = Site.find_for_request(request)
    if site is None:
        return PublicSite(None, ())
    profile = SiteProfile.objects.select_related("county").filter(site=site).first()
    pages = (
        SectionPage.objects.live()
        .public()
        .filter(path__startswith=site.root_page.path, depth__in=_SHOWN_DEPTHS)
        .order_by("path")
    )
    home = site.root_page.url_path
    return PublicSite(profile, tuple(_column(page, home) for page in pages))


def _column(page: SectionPage, home: str) -> Column:
    address = page.url_path[len(home) - 1 :]
    parent = address.strip("/").rpartition("/")[0]
    return Column(
        page.slug, parent, page.title, address, page.description, in_menu=page.show_in_menus
    )
