"""Wires calendars into Django."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """The app calendars."""

    name = "gongkai.calendars"
    verbose_name = "工作日历"
