"""Wires orgs into Django."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """The app orgs."""

    name = "gongkai.orgs"
    verbose_name = "机构"
