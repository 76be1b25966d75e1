"""Wires the staff home into Django."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff home."""

    name = "gongkai.desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Hang into the staff side the search and the turning over of orders and requests."""
        import_module("gongkai.desk.turnover.hooks")
        import_module("gongkai.desk.finding.hooks")
        import_module("gongkai.desk.handing_over")
