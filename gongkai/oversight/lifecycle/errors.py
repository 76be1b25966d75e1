"""What the chapter refuses; every message is Chinese and names the remedy.

OversightError
├── Refused         the state of the matter or a rule stands against it
├── ToldWrongly     something is missing or wrong; `field` names the form field
└── RowsWrong       rows of a table are wrong; `faults` lists every one
"""

from collections.abc import Sequence
from dataclasses import dataclass


class OversightError(Exception):
    """The root of everything that this chapter refuses; nothing has been changed."""

    field = ""


class Refused(OversightError):
    """A step that the state of the matter or a rule does not allow."""


class ToldWrongly(OversightError):
    """What was told cannot be used; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row of a table: its number, the head of its column, the remedy."""

    row: int
    column: str
    message: str


class RowsWrong(OversightError):
    """Rows that cannot be taken; all of them stay out."""

    field = "file"

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"表中有{len(faults)}处错误，没有导入任何内容，请改正后重新上传")
        self.faults = tuple(faults)
