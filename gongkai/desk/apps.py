"""Wires the staff home into Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff home."""

    name = "gongkai.desk"
    verbose_name = "工作台"
