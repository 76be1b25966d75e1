"""Keeping the file that figures were taken from, within the verb that enters them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from gongkai.audit import Actor
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.orgs.models import Organ
from gongkai.registers import rules


@dataclass(frozen=True)
class Source:
    """An uploaded file: its name and its bytes."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The hash by which the file is known."""
        return hashlib.sha256(self.content).hexdigest()


def keep_source(
    source: Source | None, organ: Organ, about: str, *, by: Actor, at: datetime
) -> None:
    """Store a source file about a record, where there is one.

    Raises:
        EntryRefused: the file cannot be kept, at the field `source_file`.
    """
    if source is None:
        return
    try:
        store(
            organ=organ,
            about=about,
            purpose=Purpose.SOURCE,
            name=source.name,
            content=source.content,
            by=by,
            at=at,
        )
    except FileRefused as why:
        raise rules.EntryRefused((rules.Fault("source_file", str(why)),)) from None
