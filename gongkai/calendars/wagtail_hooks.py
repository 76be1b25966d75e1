"""Hangs the calendar's screens and its warning in the staff site."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.calendars.staff import views
from gongkai.calendars.staff.panels import panels_today

PATTERNS = [
    path("", views.CalendarView.as_view(), name="index"),
    path("notice/", views.EnterNoticeView.as_view(), name="enter_notice"),
    path("notice/confirm/", views.ConfirmNoticeView.as_view(), name="confirm_notice"),
    path("closure/", views.EnterClosureView.as_view(), name="enter_closure"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens."""
    return [path("calendars/", include((PATTERNS, "calendars")))]


@hooks.register("register_settings_menu_item")
def register_menu_item() -> MenuItem:
    """Add the calendar to the menu."""
    return MenuItem("工作日历", reverse("calendars:index"), icon_name="date", order=200)


@hooks.register("construct_homepage_panels")
def warn_of_missing_year(request: HttpRequest, panels: list[Any]) -> None:
    """Warn on the staff home when a year's notice is missing."""
    panels.extend(panels_today())
