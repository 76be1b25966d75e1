"""What the chapter refuses; every message is Chinese and names the remedy.

InspectionError
├── Refused         the state of the finding or a rule stands against it
└── ToldWrongly     something is missing or wrong; `field` names the form field
    └── RowsWrong   rows of a workbook cannot be used; `faults` names each row
"""

from collections.abc import Sequence


class InspectionError(Exception):
    """The root of everything that this chapter refuses; nothing has been changed."""

    field = ""


class Refused(InspectionError):
    """A step that the state of the finding or a rule does not allow."""


class ToldWrongly(InspectionError):
    """What was told cannot be used; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class RowsWrong(ToldWrongly):
    """Rows of a workbook cannot be used: nothing was imported; `faults` says where and why."""

    def __init__(self, faults: Sequence[str], field: str = "file") -> None:
        told = "；".join(faults[:5]) + ("；等" if len(faults) > 5 else "")
        super().__init__(f"有{len(faults)}处不能导入，请改正后重新上传：{told}。", field)
        self.faults = tuple(faults)
