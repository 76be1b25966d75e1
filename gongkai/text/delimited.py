"""Rows of delimited text, each cell within the limit of who asks.

`csv` keeps one limit for the whole process: whoever raises it raises it for everybody, and a table
would be refused or taken by what ran before it. It is raised here, once, and cells are measured.
"""

import csv
from collections.abc import Iterator
from io import StringIO

MOST = 50_000_000
csv.field_size_limit(MOST)


class Undelimited(ValueError):
    """It is no delimited text, or a cell is longer than it may be (a quote left open, mostly)."""


def rows_of(text: str, longest: int, mark: str = ",") -> Iterator[list[str]]:
    """Yield the rows of `text`, whose cells hold at most `longest` characters (of `MOST`).

    Raises:
        Undelimited: a quote or a mark is wrong, or a cell is too long.
    """
    try:
        for row in csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=mark):
            if any(len(cell) > longest for cell in row):
                raise Undelimited(f"a cell has more than {longest} characters")
            yield row
    except csv.Error as wrong:
        raise Undelimited(str(wrong)) from None
