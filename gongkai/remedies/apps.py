"""Wires remedies into Django."""

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """The app remedies."""

    name = "gongkai.remedies"
    verbose_name = "复议诉讼"
