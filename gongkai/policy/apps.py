"""Wires policy into Django."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The app policy."""

    name = "gongkai.policy"
    verbose_name = "政策文件"
