"""What a check finds wrong, with its weight and the cell it stands at."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.tables.sheet import CellPath


class Severity(StrEnum):
    """How much a finding weighs; errors and warnings make the command exit 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that does not hold, at a cell (or a whole row or column: the rest is "")."""

    rule: str
    severity: Severity
    path: CellPath | None
    message: str
    expected: Decimal | None = None
    found: Decimal | None = None
