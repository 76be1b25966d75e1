"""Wires files into Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The app files."""

    name = "gongkai.files"
    verbose_name = "附件"
