"""The shape of every lifecycle: one table from (state, event) to an arrow.

A chapter's `lifecycle.py` holds its states, its events and `TRANSITIONS`; its
`actions` ask `follow` for the next state, and `make docs` draws the same table.
A pair that is not in the table is refused; the chapter says in Chinese which
article or rule stands against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Arrow(Generic[State]):
    """Where an event leads, the article or rule it rests on, and what must hold (in words)."""

    target: State
    article: str = ""
    guard: str = ""


class RefusedArrow(Exception):
    """An event that the lifecycle does not allow in this state."""

    def __init__(self, state: StrEnum, event: StrEnum) -> None:
        super().__init__(f"{state.value} × {event.value}")
        self.source = state
        self.event = event


def follow(
    transitions: Mapping[tuple[State, Event], Arrow[State]], state: State, event: Event
) -> Arrow[State]:
    """Return the arrow of `event` from `state`; raises RefusedArrow when there is none."""
    try:
        return transitions[state, event]
    except KeyError:
        raise RefusedArrow(state, event) from None


def allowed_events(
    transitions: Mapping[tuple[State, Event], Arrow[State]], state: State
) -> tuple[Event, ...]:
    """Return the events that the table allows in `state`, in the table's order."""
    return tuple(event for (source, event) in transitions if source is state)
