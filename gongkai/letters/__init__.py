"""Numbered official letters (格式文书); a chapter says which of its letters stay and how they went.

A letter knows only the typed id of what it is about. Whether an answer has reached its
requester is known above, so the chapter registers in its `apps.ready()` who can tell:

    @keeps("inforequests")
    def why_kept(letter) -> str: ...   # in Chinese why it stays, or ""

    @serves("inforequests")
    def service_words(letters) -> dict[UUID, str]: ...   # in Chinese how they went, by letter
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

Keeper = Callable[[Any], str]
Server = Callable[[Iterable[Any]], Mapping[UUID, str]]
_keepers: dict[str, Keeper] = {}
_servers: dict[str, Server] = {}


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


def serves(prefix: str) -> Callable[[Server], Server]:
    """Register the decorated function to tell how letters about `prefix` went out."""

    def register(server: Server) -> Server:
        if _servers.setdefault(prefix, server) is not server:
            raise RuntimeError(f"two servers of letters about {prefix}")
        return server

    return register


def service_words(letters: Iterable[Any]) -> dict[UUID, str]:
    """Return in Chinese how letters went out, by letter; those not served are left out."""
    by_chapter: dict[str, list[Any]] = {}
    for letter in letters:
        by_chapter.setdefault(letter.about.partition(":")[0], []).append(letter)
    return {
        letter: words
        for prefix, those in by_chapter.items()
        if prefix in _servers
        for letter, words in _servers[prefix](those).items()
    }
