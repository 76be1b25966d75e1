"""Wires the staff home into Django."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff home."""

    name = "gongkai.desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Hang the turning over between hotline and requests into the staff side."""
        import_module("gongkai.desk.turnover.hooks")
