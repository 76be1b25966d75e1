"""Wires files into Django: queued work, and how the log says verbs and fields."""

from importlib import import_module

from django.apps import AppConfig

from gongkai import audit
from gongkai.adapters.rotation import SealedKind, sealed_kinds

_WORDS = {
    "files.store": "存入文件",
    "files.convert": "转成 PDF",
    "files.redact": "遮盖文件",
    "files.release": "制作公开件",
    "files.open": "查看文件",
    "files.remove": "销毁文件",
    "files.reseal": "更换密钥重新加密",
    "about": "所属记录",
    "purpose": "用途",
    "file_name": "文件名",
    "size": "字节数",
    "sha256": "SHA-256",
    "scan": "查毒",
    "made_from": "由何文件制作",
    "boxes": "遮盖处数",
    "how": "方式",
}


class FilesConfig(AppConfig):
    """The app files."""

    name = "gongkai.files"
    verbose_name = "附件"

    def ready(self) -> None:
        """Register the tasks, tell the log how to say verbs and fields."""
        import_module("gongkai.files.tasks")
        for name, said in _WORDS.items():
            audit.words.setdefault(name, said)
        _tell_what_is_sealed()


def _tell_what_is_sealed() -> None:
    """Let `gongkai rotatekeys` find the files."""
    from gongkai.files import actions, queries

    sealed_kinds["files.StoredFile"] = SealedKind("附件", queries.to_reseal, actions.reseal)
