"""Wires disclosure into Django."""

from django.apps import AppConfig

from gongkai import audit


class DisclosureConfig(AppConfig):
    """The app disclosure."""

    name = "gongkai.disclosure"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Tell the log how to say the verbs."""
        audit.words.update({"disclosure.create": "新建公开信息"})
