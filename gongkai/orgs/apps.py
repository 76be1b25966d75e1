"""Wires orgs into Django."""

from importlib import import_module

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """The app orgs."""

    name = "gongkai.orgs"
    verbose_name = "机构"

    def ready(self) -> None:
        """Register the daily duty."""
        import_module("gongkai.orgs.tasks")
