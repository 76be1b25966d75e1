"""Trying the addresses and telling what came of it; the table of what is expected.

One line of `table.txt` is one address: what GET and what POST come to, one mark for each of
`visitors.VISITORS`, then the route. The marks:

    y  opened (or, for a POST of nothing, answered with what is missing)
    .  turned away: 403, 404, or back to the home of the staff site
    s  led to the sign-in
    x  there is no such method here
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import transaction
from django.template.backends.django import Template

from gongkai.accounts.models import User
from gongkai.accounts.queries import remembering
from gongkai.accounts.staff.sign_in import Backend
from tests.permissions.addresses import Row
from tests.permissions.visitors import VISITORS, Visitor

TABLE = Path(__file__).with_name("table.txt")
OPENED, TURNED_AWAY, SIGN_IN, NO_METHOD, BROKEN = "y", ".", "s", "x", "!"
HOME = "/staff/"


@dataclass(frozen=True)
class Line:
    """What is expected of one address, by visitor."""

    get: str
    post: str

    def of(self, method: str) -> str:
        """Return the marks of a method."""
        return self.get if method == "get" else self.post


def read() -> dict[str, Line]:
    """Return the table by the keys of its addresses."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    found = {}
    for line in lines:
        get, post, key = line.split(maxsplit=2)
        found[key] = Line(get, post)
    return found


def write(found: dict[str, Line]) -> None:
    """Write the table anew."""
    lines = [f"{line.get} {line.post} {key}" for key, line in found.items()]
    TABLE.write_text("\n".join([*_head(), *lines]) + "\n", "utf-8")


def _head() -> Iterator[str]:
    yield "# Who may what; see matrix.py. New addresses: make matrix, and read the difference."
    for place, name in enumerate(VISITORS):
        bars = "|" * place
        yield f"# {bars}{name}"


def tried(row: Row, visitor: Visitor, method: str, *, whole: bool = True) -> str:
    """Return the mark of one visitor at one address; nothing that it did stays."""
    told = _answer(row, visitor, method, whole=whole)
    if told == BROKEN and not whole:  # a letter or a table made of an unrendered template
        told = _answer(row, visitor, method, whole=True)
    return told


def _answer(row: Row, visitor: Visitor, method: str, *, whole: bool) -> str:
    visitor.come_in()
    with transaction.atomic(), _rendering(whole):
        response = getattr(visitor.client, method)(row.address)
        transaction.set_rollback(True)
    return _mark(response)


def _mark(response: Any) -> str:
    status, onward = response.status_code, response.headers.get("Location", "")
    if status >= 500:
        return BROKEN
    if status == 405:
        return NO_METHOD
    if onward.startswith(f"{HOME}login/"):
        return SIGN_IN
    if status in (403, 404) or onward == HOME:
        return TURNED_AWAY
    return OPENED


@contextmanager
def asking_once() -> Iterator[None]:
    """Let the same person's posts, families of organs and rights be asked once, not each time.

    Whatever an address does is taken back, so that the answers are the same for all addresses;
    within one request they are remembered anyhow (`accounts.staff.remembering`).
    """
    users: dict[Any, User] = {}
    load = Backend.get_user

    def get_user(backend: Backend, user_id: int) -> User | None:
        if int(user_id) not in users:
            found = load(backend, user_id)
            assert found is not None
            backend.get_all_permissions(found)
            users[int(user_id)] = found
        return copy(users[int(user_id)])

    with (
        remembering(),
        mock.patch("gongkai.accounts.staff.remembering.remembering", nullcontext),
        mock.patch.object(Backend, "get_user", get_user),
    ):
        yield


@contextmanager
def _rendering(whole: bool) -> Iterator[None]:
    """Leave out the writing of pages where only the decision is asked for."""
    if whole:
        yield
    else:
        with mock.patch.object(Template, "render", return_value=""):
            yield


def chosen(place: int, marks: str, method: str, few: bool) -> Iterable[int]:
    """Return which columns try an address: all, or where somebody waits, a rotating few.

    The few are the stranger, who may read (for GET), and one of those who may not.
    """
    if not few:
        return range(len(VISITORS))
    opened = [column for column, mark in enumerate(marks) if mark == OPENED and column]
    away = [column for column, mark in enumerate(marks) if mark != OPENED and column]
    picked = {0}
    if away:
        picked.add(away[place % len(away)])
    if opened and method == "get":
        picked.add(opened[place % len(opened)])
    return sorted(picked)
