"""What a signed-in person's request has asked already: a page of many menus asks once.

Only requests that change nothing remember (`staff.remembering`): verbs, jobs and commands
always read the rows of now.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("orgs_asked_once", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep answers until the end of the block."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def asked_once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` answers, from memory when `question` was asked before in this request."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if question not in kept:
        kept[question] = ask()
    answer: Answer = kept[question]
    return answer
