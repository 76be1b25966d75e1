"""Wires calendars into Django."""

from importlib import import_module

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """The app calendars."""

    name = "gongkai.calendars"
    verbose_name = "工作日历"

    def ready(self) -> None:
        """Register the daily duty."""
        import_module("gongkai.calendars.tasks")
