"""Hangs disclosure into Wagtail's admin: addresses and the menu.

Each part of the chapter keeps its own list of addresses; this module hangs them all.
"""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.disclosure.queries import VIEWERS, WRITERS
from gongkai.disclosure.staff import catalogue_urls, entry_urls
from gongkai.disclosure.staff.access import KEEPERS
from gongkai.orgs.queries import Official, holds_for_county

PATTERNS = [*entry_urls.PATTERNS, *catalogue_urls.PATTERNS]


class DisclosureItem(MenuItem):
    """Shown to those whose posts let them see what some organ discloses."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), WRITERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens of the chapter under its own namespace."""
    return [path("disclosure/", include((PATTERNS, "disclosure"), namespace="disclosure"))]


@hooks.register("register_admin_menu_item")
def register_entries() -> MenuItem:
    """Add the entries to the main menu."""
    return DisclosureItem(
        "公开信息",
        reverse("disclosure:entries"),
        name="entries",
        icon_name="doc-full-inverse",
        order=225,
    )


@hooks.register("register_admin_menu_item")
def register_sections() -> MenuItem:
    """Add the sections to the main menu."""
    return DisclosureItem(
        "栏目", reverse("disclosure:sections"), name="sections", icon_name="folder", order=236
    )


class KeeperItem(MenuItem):
    """Shown to those who keep a county's lists."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person holds such a post for a county or its office."""
        return holds_for_county(request.user, timezone.localdate(), KEEPERS)


@hooks.register("register_admin_menu_item")
def register_lists() -> MenuItem:
    """Add the lists of words and links to the main menu."""
    return KeeperItem(
        "词语和链接名单", reverse("disclosure:lists"), name="lists", icon_name="warning", order=237
    )


@hooks.register("register_admin_menu_item")
def register_catalogues() -> MenuItem:
    """Add the catalogues to the main menu."""
    return DisclosureItem(
        "标准目录",
        reverse("disclosure:catalogues"),
        name="catalogues",
        icon_name="list-ul",
        order=230,
    )


@hooks.register("register_admin_menu_item")
def register_guides() -> MenuItem:
    """Add the guides to the main menu."""
    return DisclosureItem(
        "公开指南", reverse("disclosure:guides"), name="guides", icon_name="doc-full", order=235
    )
