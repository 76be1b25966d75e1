"""Makes Wagtail's admin the county's: its home, its style, no links that leave the server."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.desk.case_panels import RemediesPanel, remedies_of
from gongkai.desk.panels import TodayPanel
from gongkai.inforequests.models import InfoRequest
from gongkai.orgs.queries import Official
from gongkai.remedies.queries import RECORDERS, VIEWERS


@hooks.register("construct_homepage_panels", order=900)
def show_today(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits today first."""
    scope = request.GET.get("scope", "")
    panels.append(TodayPanel(request.user, timezone.localdate(), scope))


@hooks.register("construct_inforequest_panels")
def show_remedies(request: HttpRequest, info_request: InfoRequest, panels: list[Any]) -> None:
    """Show on a request's page the reconsiderations and suits over it."""
    if remedies := remedies_of(info_request):
        official = Official(request.user, timezone.now(), RECORDERS, VIEWERS)
        opens = official.sees.filter(pk=info_request.organ_id).exists()
        panels.append(RemediesPanel(remedies, opens))


@hooks.register("construct_help_menu")
def keep_help_here(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Leave out the links that go to Wagtail's own sites: a county server may be offline."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith(("http:", "https:"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Add the staff side's own small style sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/staff.css"))
