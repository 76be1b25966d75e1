"""A condition, how grave it is, and how sizes and spans of time are said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Level(StrEnum):
    """How a condition is."""

    GOOD = "good"
    UNKNOWN = "unknown"
    WARN = "warn"
    BAD = "bad"

    @property
    def label(self) -> str:
        """Return the word of the page."""
        return {"good": "正常", "unknown": "未核对", "warn": "请留意", "bad": "须处理"}[self.value]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: what it is of, how it is, in words; what to do; figures for monitoring."""

    label: str
    level: Level
    said: str
    remedy: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


def size(count: int) -> str:
    """Return bytes as people read them."""
    for unit, bytes_ in (("TB", 1024**4), ("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if count >= bytes_:
            return f"{count / bytes_:.1f} {unit}"
    return f"{count} 字节"


def span(of: timedelta | None) -> str:
    """Return a span of time in its largest unit."""
    seconds = int(of.total_seconds()) if of else 0
    for unit, length in (("天", 86400), ("小时", 3600), ("分钟", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{max(seconds, 0)} 秒"
