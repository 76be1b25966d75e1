"""Wires portal into Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The app portal."""

    name = "gongkai.portal"
    verbose_name = "门户"
