"""Wires registers into Django."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """The app registers."""

    name = "gongkai.registers"
    verbose_name = "统计台账"
