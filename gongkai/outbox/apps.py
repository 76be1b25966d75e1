"""Wires outbox into Django."""

from importlib import import_module

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The app outbox."""

    name = "gongkai.outbox"
    verbose_name = "任务出箱"

    def ready(self) -> None:
        """Register the outbox's own duties."""
        import_module("gongkai.outbox.tasks")
