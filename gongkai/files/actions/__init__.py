"""Every write to files: storing, making one from another, opening, destroying, keeping in order."""

from gongkai.files.actions.errors import FileRefused, NotReleasable
from gongkai.files.actions.making import convert, redact, release
from gongkai.files.actions.opening import forget_name, keep_for, let_go, open_file, remove
from gongkai.files.actions.storing import store
from gongkai.files.actions.upkeep import drop_blob, keep_text, reseal, sweep

__all__ = [
    "FileRefused",
    "NotReleasable",
    "convert",
    "drop_blob",
    "forget_name",
    "keep_for",
    "keep_text",
    "let_go",
    "open_file",
    "redact",
    "release",
    "remove",
    "reseal",
    "store",
    "sweep",
]
