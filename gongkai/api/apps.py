"""Wires api into Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app api."""

    name = "gongkai.api"
    verbose_name = "开放数据接口"
