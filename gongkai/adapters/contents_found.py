"""What the takers-apart of files hand on, and their caps; worker only."""

from typing import Any

from gongkai.adapters.readers.limits import Limits

Found = tuple[str, str, list[list[str]] | None, str]  # where, text, rows, note

LIMITS = Limits(unpacked_bytes=200 * 1024 * 1024, members=10_000, cells=2_000_000)
READING_SECONDS = 150  # of the worker's CPU on pictures: the rest of its time is for all else
NO_OCR = "图片没有识别（服务器没有安装文字识别组件），请人工核对"


class TooMuch(ValueError):
    """The file holds more than is checked in one go."""


def local(element: Any) -> str:
    """Return an element's name without its namespace, "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
