"""Hangs the search into the staff side: its address, the box at the head of the menu, the bell.

Imported by `desk.apps`.
"""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.search import SearchArea

from gongkai.adapters import searchfeeds
from gongkai.audit import recorded
from gongkai.desk.finding import feed
from gongkai.desk.finding.views import FindView
from gongkai.orgs.queries import holds_any


class RecordsArea(SearchArea):
    """The box for those whose posts see any business."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person has anything to find."""
        return searchfeeds.is_on() and holds_any(request.user, timezone.localdate())


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screen."""
    return [path("find/", FindView.as_view(), name="desk_find")]


@hooks.register("register_admin_search_area")
def register_area() -> SearchArea:
    """Let the box at the head of the menu search the records, before Wagtail's pages."""
    return RecordsArea(
        "全部记录", reverse("desk_find"), name="records", icon_name="search", order=1
    )


recorded.connect(feed.hear, dispatch_uid="desk.find")
