"""The boxes of a redaction as they are typed or drawn: rows of page, left, top, width, height.

All rows of all pages travel with every button of the form, so that nothing is kept on the server
and nothing is lost between pages, with JavaScript or without.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.adapters.redaction import Box, PageSize

NAMES = ("page", "left", "top", "width", "height")
LABELS = {"page": "页码", "left": "左", "top": "上", "width": "宽", "height": "高"}
_MOST = 500
_EDGE = 100.05  # a width rounded to two digits may reach over the edge by a hair


@dataclass
class Row:
    """One row as typed, what is wrong with it, and the box when nothing is."""

    typed: Mapping[str, str]
    problem: str = ""
    box: Box | None = None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing but perhaps a page was typed."""
        return not any(self.typed[name] for name in NAMES[1:])


@dataclass(frozen=True)
class Shape:
    """A box on the drawing of its page, in points."""

    x: str
    y: str
    width: str
    height: str
    place: int


@dataclass
class Rows:
    """All rows of a form."""

    rows: list[Row] = field(default_factory=list)

    @property
    def boxes(self) -> list[Box]:
        """Return the boxes of the rows that are right."""
        return [row.box for row in self.rows if row.box is not None]

    @property
    def are_right(self) -> bool:
        """Say whether no row has a problem."""
        return not any(row.problem for row in self.rows)

    def shapes(self, page: int, size: PageSize) -> list[Shape]:
        """Return the boxes of one page for its drawing."""
        found = []
        for place, row in enumerate(self.rows, 1):
            if row.box is None or row.box.page != page:
                continue
            box, edges = row.box, (size.width, size.height)
            found.append(
                Shape(
                    f"{box.left * edges[0]:.2f}",
                    f"{box.top * edges[1]:.2f}",
                    f"{(box.right - box.left) * edges[0]:.2f}",
                    f"{(box.bottom - box.top) * edges[1]:.2f}",
                    place,
                )
            )
        return found


def read_rows(posted: Any, pages: int, without: int | None = None) -> Rows:
    """Return the rows of a posted form, checked against the number of pages.

    Empty rows are left out, and the row whose place (from 0) is `without`.
    """
    columns = [posted.getlist(name)[:_MOST] for name in NAMES]
    rows = []
    for place, values in enumerate(zip(*columns, strict=False)):
        typed = dict(zip(NAMES, (value.strip() for value in values), strict=True))
        row = Row(typed)
        if place == without or row.is_empty:
            continue
        _check(row, len(rows) + 1, pages)
        rows.append(row)
    return Rows(rows)


def _check(row: Row, place: int, pages: int) -> None:
    numbers: dict[str, float] = {}
    for name in NAMES:
        try:
            numbers[name] = float(row.typed[name])
        except ValueError:
            row.problem = f"第{place}处：“{LABELS[name]}”应当是数字。"
            return
    page = numbers["page"]
    if page != page // 1 or not 1 <= page <= pages:
        row.problem = f"第{place}处：页码应当在 1 到 {pages} 之间。"
        return
    left, top = numbers["left"], numbers["top"]
    right, bottom = left + numbers["width"], top + numbers["height"]
    inside = left >= 0 and top >= 0 and right <= _EDGE and bottom <= _EDGE
    if not inside or numbers["width"] < 0.2 or numbers["height"] < 0.2:
        row.problem = f"第{place}处：超出页面，或者宽、高不足 0.2。各数都是占页面的百分比。"
        return
    edges = (min(edge / 100, 1.0) for edge in (left, top, right, bottom))
    row.box = Box(int(page), *edges)
