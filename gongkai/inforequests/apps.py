"""Wires inforequests into Django."""

from django.apps import AppConfig


class InforequestsConfig(AppConfig):
    """The app inforequests."""

    name = "gongkai.inforequests"
    verbose_name = "依申请公开"
