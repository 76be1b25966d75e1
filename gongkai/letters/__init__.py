"""Numbered official letters (格式文书); a chapter may say which of its letters stay for good.

A letter knows only the typed id of what it is about. Whether an answer has reached its
requester is known above, so the chapter registers in its `apps.ready()` who can tell:

    @keeps("inforequests")
    def why_kept(letter) -> str: ...   # in Chinese why it stays, or ""
"""

from collections.abc import Callable
from typing import Any

Keeper = Callable[[Any], str]
_keepers: dict[str, Keeper] = {}


def keeps(prefix: str) -> Callable[[Keeper], Keeper]:
    """Register the decorated function for letters about typed ids of `prefix`."""

    def register(keeper: Keeper) -> Keeper:
        if _keepers.setdefault(prefix, keeper) is not keeper:
            raise RuntimeError(f"two keepers of letters about {prefix}")
        return keeper

    return register


def why_kept(letter: Any) -> str:
    """Return in Chinese why a letter may not be cancelled, empty when it may."""
    keeper = _keepers.get(letter.about.partition(":")[0])
    return keeper(letter) if keeper else ""
