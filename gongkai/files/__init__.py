"""Files of cases: checked, scanned, sealed; redacted by burning in; released apart and locked.

A file is "about" a record of some chapter by its typed id ("inforequests:<uuid>"). Chapters
stand above and are not known here: each registers who may do what with the files of its records,
in its `apps.ready()`:

    @opens("inforequests")
    def files_of_request(user: User, about: str, now: datetime) -> CaseAccess | None: ...

None means: there is nothing for this person. What no chapter answers for, nobody opens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class CaseAccess:
    """What one person may do with the files of one record; being given one means seeing them."""

    organ_id: int
    label: str  # how screens name the record: "申请 360925001-2026-0001"
    address: str  # the record's own page
    may_add: bool = False  # store, convert, redact, remove
    may_release: bool = False
    purposes: tuple[str, ...] = ()  # those offered when a file is added; empty: all usual ones
    withheld: frozenset[str] = frozenset()  # purposes whose files this person is not shown
    post: str = ""  # the posts this person acts from, for the log


Access = Callable[[Any, str, datetime], CaseAccess | None]

_accesses: dict[str, Access] = {}


def opens(prefix: str) -> Callable[[Access], Access]:
    """Register the decorated function as the one that answers for typed ids of `prefix`."""

    def register(access: Access) -> Access:
        if _accesses.setdefault(prefix, access) is not access:
            raise RuntimeError(f"two chapters answer for files about {prefix}")
        return access

    return register


def access_to(about: str, user: Any, now: datetime) -> CaseAccess | None:
    """Return what `user` may do with the files about a record; None: nothing at all."""
    access = _accesses.get(about.partition(":")[0])
    return access(user, about, now) if access is not None else None
