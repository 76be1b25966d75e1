"""Wires outbox into Django."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The app outbox."""

    name = "gongkai.outbox"
    verbose_name = "任务出箱"
