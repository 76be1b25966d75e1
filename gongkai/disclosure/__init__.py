"""Proactive disclosure (Art. 19 to 26): sections, catalogues, entries, review before release.

Every published record has exactly one Entry. Chapters whose records are published stand above
and are not known here: each registers, in its `apps.ready()`, what its records ask of a release.

    @publishes("policy")
    class PolicyRecords(Publishing): ...

An entry without a record ("") is plain information: nothing is asked beyond the release review.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.audit import Actor


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What a chapter has against a release: the message names the field and the remedy."""

    field: str
    message: str


class Publishing:
    """What a chapter says and does when the entry of one of its records moves.

    The three doings run inside the transaction of the verb and record no event of their own.
    """

    def obstacles(self, entry: Any, at: datetime) -> Sequence[Obstacle]:
        """Return what stands against submitting or publishing; empty when nothing does."""
        return ()

    def companions(self, entry: Any) -> Sequence[Any]:
        """Return the entries that must be published in the same transaction."""
        return ()

    def published(self, entry: Any, *, by: Actor, at: datetime) -> None:
        """Put down in the chapter's record that the entry has been published."""

    def withdrawn(self, entry: Any, *, by: Actor, at: datetime) -> None:
        """Put down in the chapter's record that the entry has been withdrawn."""

    def address(self, entry: Any) -> str:
        """Return the staff address of the record, "" when it has none."""
        return ""


_chapters: dict[str, Publishing] = {}


def publishes(prefix: str) -> Callable[[type[Publishing]], type[Publishing]]:
    """Register the decorated class as the one that answers for records of `prefix`."""

    def register(chapter: type[Publishing]) -> type[Publishing]:
        known = _chapters.get(prefix)
        if known is not None and type(known) is not chapter:
            raise RuntimeError(f"two chapters answer for published records of {prefix}")
        _chapters[prefix] = chapter()
        return chapter

    return register


def chapter_of(record: str) -> Publishing:
    """Return what answers for a record's typed id; plain information asks for nothing.

    Raises:
        LookupError: no chapter answers for the prefix.
    """
    if not record:
        return Publishing()
    return _chapters[record.partition(":")[0]]
