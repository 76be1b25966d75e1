"""Jobs that must happen after a commit, and who does them: the registry of handlers and duties.

A chapter registers its handlers in its `tasks.py`, which its `apps.ready()` imports:

    @handles("portal.write_page")
    def write_page(payload: Payload, at: datetime) -> None: ...

    @every("day", "calendars.missing_year")
    def warn(at: datetime) -> list[Notice]: ...

The outbox itself knows none of them, so it can stay below every chapter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a job has to tell the office; a grave one makes `gongkai tick` exit with 1."""

    text: str
    grave: bool = False


Handler = Callable[[Payload, datetime], Sequence[Notice] | None]
Duty = Callable[[datetime], Sequence[Notice] | None]
Rhythm = Literal["hour", "day"]

handlers: dict[str, Handler] = {}
slow_kinds: set[str] = set()
duties: dict[str, tuple[Rhythm, Duty]] = {}


class Lane(StrEnum):
    """Which jobs a worker takes: those that wait for strangers must not hold up the others."""

    ALL = "all"
    QUICK = "quick"
    SLOW = "slow"


def handles(kind: str, *, slow: bool = False) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one handler of jobs of `kind`.

    A handler runs in its own transaction and may run again after a failure, so
    it must be safe to repeat. It may return notices for the office.

    A `slow` one asks strangers' servers or reads files for long: it runs in no transaction (it
    would lock a small database meanwhile) and writes by verbs of its own; it ends within minutes.
    """

    def register(handler: Handler) -> Handler:
        if handlers.setdefault(kind, handler) is not handler:
            raise RuntimeError(f"two handlers for jobs of kind {kind}")
        if slow:
            slow_kinds.add(kind)
        return handler

    return register


def every(rhythm: Rhythm, name: str) -> Callable[[Duty], Duty]:
    """Register the decorated function as a duty done once an hour or day by `gongkai tick`.

    A duty that fails is tried again like any job; it must be safe to repeat.
    """

    def register(duty: Duty) -> Duty:
        if duties.setdefault(name, (rhythm, duty))[1] is not duty:
            raise RuntimeError(f"two duties of the name {name}")
        return duty

    return register
