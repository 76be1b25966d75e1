"""Wires accounts into Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app accounts."""

    name = "gongkai.accounts"
    verbose_name = "账号"
