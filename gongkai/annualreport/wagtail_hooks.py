"""Hangs the yearly report's screens and its menu entry into Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.annualreport.queries.permissions import reads_some_county


class YearsMenuItem(MenuItem):
    """The entry, shown to those who have a return or a report to do with."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has anything to do with a county's report."""
        return reads_some_county(request.user, timezone.localdate())


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """Return the addresses under annualreport/."""
    return [path("annualreport/", include("gongkai.annualreport.staff.urls"))]


@hooks.register("register_admin_menu_item")
def menu_item() -> Any:
    """Return the entry 年度报告."""
    return YearsMenuItem("年度报告", reverse("annualreport:years"), icon_name="doc-full", order=600)
