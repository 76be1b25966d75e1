"""What the hotline refuses.

HotlineError
├── Refused       the state of the order or a rule stands against it
├── BadOrder      the order is told wrongly; `field` names the form field
└── RowsWrong     rows of a table are wrong; `faults` lists every one
"""

from collections.abc import Sequence
from dataclasses import dataclass


class HotlineError(Exception):
    """The root of everything that this chapter refuses."""


class Refused(HotlineError):
    """A step that the state of the order or a rule does not allow."""


class BadOrder(HotlineError):
    """An order whose own data cannot be used; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row of a table: its number, the head of the column, the remedy."""

    row: int
    column: str
    message: str


class RowsWrong(HotlineError):
    """Rows of a table that are wrong; nothing was taken in."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"文件中有{len(faults)}处错误，未导入任何数据")
        self.faults = tuple(faults)
