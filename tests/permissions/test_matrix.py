"""Every address of the product tried by a stranger, by every role, by people of other organs.

`table.txt` says for each who may; an address that is not in it fails, and so does one whose
answer is another. In a landing (GONGKAI_EXAMPLES=landing) each address is tried by the stranger,
by one who may and by one who may not, another one at each address. `make matrix` adds what is new.
"""

import logging
import os
import sys
from collections.abc import Iterator

import pytest

from tests.permissions import county, matrix
from tests.permissions.addresses import Row, rows
from tests.permissions.matrix import OPENED, Line
from tests.permissions.visitors import POSTLESS, STRANGER, SUPERUSER, VISITORS, Visitor, visitors

FEW = os.environ.get("GONGKAI_EXAMPLES") == "landing"
CLERK = "DEPARTMENT_CLERK"
# "add" writes down addresses that are new, "anew" all of them, "staff/policy/" those under it, too.
WRITE = os.environ.get("GONGKAI_MATRIX", "")


class World:
    """The county, its visitors and its addresses."""

    def __init__(self) -> None:
        found = county.make()
        self.visitors: dict[str, Visitor] = visitors(found)
        self.rows: list[Row] = list(rows(found))


@pytest.fixture
def world(db) -> Iterator[World]:
    """Make the county; what is refused or missing on purpose is not worth a line of log."""
    logging.disable(logging.CRITICAL)
    world = World()
    with matrix.asking_once():
        yield world
    logging.disable(logging.NOTSET)


def _methods(row: Row) -> tuple[str, ...]:
    """Wagtail's own screens are turned away before their method is looked at: GET tells."""
    return ("get", "post") if row.ours else ("get",)


def test_every_address_answers_to_whom_the_table_says(world: World) -> None:
    if WRITE:
        _write(world)
    table = matrix.read()
    unknown = [row.key for row in world.rows if row.key not in table]
    assert not unknown, (
        f"{len(unknown)} addresses are not in tests/permissions/table.txt; say who may: {unknown}"
    )
    gone = sorted(table.keys() - {row.key for row in world.rows})
    assert not gone, f"tests/permissions/table.txt tells of addresses that are gone: {gone}"
    cells, wrong = 0, []
    for place, row in enumerate(world.rows):
        for method in _methods(row):
            expected = table[row.key].of(method)
            found = _tried(world, row, method, expected, place)
            cells += len(found)
            wrong += [
                f"{method} {row.key}: {VISITORS[column]} got {mark}, not {expected[column]}"
                for column, mark in found.items()
                if mark != expected[column]
            ]
    size = f"{len(world.rows)} addresses x {len(VISITORS)} visitors: {cells} cells tried"
    closed = sum(OPENED not in line.get + line.post for key, line in table.items())
    sys.stdout.write(f"role matrix: {size}; {closed} addresses open to nobody\n")
    assert not wrong, f"{len(wrong)} cells differ:\n" + "\n".join(wrong)


def _tried(world: World, row: Row, method: str, expected: str, place: int) -> dict[int, str]:
    """Try an address; only the first who is to see it has the page written out."""
    found: dict[int, str] = {}
    first = expected.find(OPENED)
    for column in matrix.chosen(place, expected, method, FEW):
        visitor = world.visitors[VISITORS[column]]
        found[column] = matrix.tried(row, visitor, method, whole=column == first and not FEW)
    return found


def _write(world: World) -> None:
    """Write down how it is now, to be read line by line before it is believed."""
    known = {} if WRITE == "anew" else matrix.read()
    known = {
        key: line for key, line in known.items() if not key.startswith(tuple(WRITE.split(",")))
    }
    told: dict[str, Line] = {}
    for row in world.rows:
        if row.key in known:
            told[row.key] = known[row.key]
            continue
        marks = {method: _marks(world, row, method) for method in _methods(row)}
        told[row.key] = Line(marks["get"], marks.get("post", "-"))
    matrix.write(told)


def _marks(world: World, row: Row, method: str) -> str:
    """Return how it is now; of what does not ask for roles, as it is for a few."""
    asks = row.ours and row.staff
    found: dict[str, str] = {}
    for name in VISITORS:
        if asks or name in (STRANGER, POSTLESS, CLERK, SUPERUSER):
            found[name] = matrix.tried(row, world.visitors[name], method, whole=False)
    return "".join(found.get(name, found[CLERK]) for name in VISITORS)
