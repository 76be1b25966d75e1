"""What a batch of register figures must be: kinds, figures of each kind, checks, errors.

Serves Art. 20 (5), (6), (8), (9) and table two of both report forms. Plain Python.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

# RegisterError                 something a person entered cannot be taken
# ├── EntryRefused              figures or days of one batch are wrong; `faults` name the fields
# ├── StockBelowZero            the stock of items would fall below 0 on some day
# ├── AlreadyEntered            the same batch stands in the register already
# ├── ReasonMissing             a withdrawal without a reason
# ├── NotAllowedNow             the lifecycle does not allow the act
# ├── FileAlreadyImported       the same file, by its hash, was imported before
# └── ImportRefused             rows of a file are wrong; `faults` name row, column and remedy

LARGEST_COUNT = 999_999_999
LARGEST_AMOUNT = Decimal("9999999999999.99")
LONGEST_NOTE = 500
LONGEST_SOURCE = 200
ZERO = Decimal(0)


class RegisterError(Exception):
    """A register cannot take what was entered; `str()` is the Chinese message."""


class EntryRefused(RegisterError):
    """Figures or days of one batch are wrong; `faults` name each field and the remedy."""

    def __init__(self, faults: "tuple[Fault, ...]") -> None:
        super().__init__("；".join(fault.message for fault in faults))
        self.faults = faults


class StockBelowZero(RegisterError):
    """The stock of items of an organ would fall below 0."""


class AlreadyEntered(RegisterError):
    """The same figures for the same period from the same source stand already."""


class ReasonMissing(RegisterError):
    """A withdrawal needs a reason."""


class NotAllowedNow(RegisterError):
    """The batch is not in a state in which this can be done."""


class FileAlreadyImported(RegisterError):
    """The same file was imported before and still counts."""


class ImportRefused(RegisterError):
    """Rows of a file are wrong; nothing was imported."""

    def __init__(self, faults: "tuple[RowFault, ...]") -> None:
        super().__init__(f"文件中有{len(faults)}处错误，未导入任何数据")
        self.faults = faults


class RegisterKind(StrEnum):
    """The registers of Art. 20 that table two asks about."""

    LICENCE = "LICENCE"
    OUTWARD_SERVICE = "OUTWARD_SERVICE"
    PENALTY = "PENALTY"
    COERCION = "COERCION"
    FEE = "FEE"
    PROCUREMENT = "PROCUREMENT"

    @property
    def label(self) -> str:
        """Return the Chinese name as the form prints it."""
        return KIND_LABELS[self]


KIND_LABELS: Mapping[RegisterKind, str] = {
    RegisterKind.LICENCE: "行政许可",
    RegisterKind.OUTWARD_SERVICE: "其他对外管理服务事项",
    RegisterKind.PENALTY: "行政处罚",
    RegisterKind.COERCION: "行政强制",
    RegisterKind.FEE: "行政事业性收费",
    RegisterKind.PROCUREMENT: "政府集中采购",
}
_ITEMS_AND_DECISIONS = ("item_change", "decisions")
FIGURES: Mapping[RegisterKind, tuple[str, ...]] = {
    RegisterKind.LICENCE: _ITEMS_AND_DECISIONS,
    RegisterKind.OUTWARD_SERVICE: _ITEMS_AND_DECISIONS,
    RegisterKind.PENALTY: _ITEMS_AND_DECISIONS,
    RegisterKind.COERCION: _ITEMS_AND_DECISIONS,
    RegisterKind.FEE: ("item_change", "amount"),
    RegisterKind.PROCUREMENT: ("projects", "amount"),
}
FIGURE_LABELS: Mapping[str, str] = {
    "item_change": "项目增减",
    "decisions": "处理决定数量",
    "projects": "采购项目数量",
    "amount": "金额（元）",
}


@dataclass(frozen=True, slots=True)
class BatchFigures:
    """The figures of one batch as entered; `amount` in 元, counts whole.

    `item_change` is what was added to (or, negative, taken off) the list of items
    in the period; `decisions` are all decisions made in it, published or not.
    """

    kind: RegisterKind
    period_start: date
    period_end: date
    source_name: str
    item_change: int = 0
    decisions: int = 0
    projects: int = 0
    amount: Decimal = ZERO
    note: str = ""
    source_sha256: str = ""

    def figure(self, name: str) -> int | Decimal:
        """Return one figure by its field name."""
        return {
            "item_change": self.item_change,
            "decisions": self.decisions,
            "projects": self.projects,
            "amount": self.amount,
        }[name]


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is wrong, with a message that names the remedy."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault in a file: row from 1 as the spreadsheet shows it, column head, remedy."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"第{self.row}行" + (f"“{self.column}”" if self.column else "")
        return f"{where}：{self.message}"


def faults_of(
    figures: BatchFigures,
    *,
    today: date,
    exists_from: date | None = None,
    exists_to: date | None = None,
) -> tuple[Fault, ...]:
    """Return what is wrong with one batch; `exists_to` is the day the organ ceased to exist."""
    faults = _period_faults(figures, today)
    if exists_to is not None and figures.period_start >= exists_to:
        faults.append(
            Fault("period_start", f"该机构已于{exists_to:%Y-%m-%d}撤销，统计期间须在撤销之前")
        )
    if exists_from is not None and figures.period_end < exists_from:
        faults.append(
            Fault("period_end", f"该机构于{exists_from:%Y-%m-%d}设立，统计期间不得早于设立")
        )
    faults += _figure_faults(figures)
    if not figures.source_name.strip():
        faults.append(Fault("source_name", "请填写数据来源，如台账文件名"))
    if len(figures.source_name) > LONGEST_SOURCE:
        faults.append(Fault("source_name", f"数据来源不得超过{LONGEST_SOURCE}个字"))
    if len(figures.note) > LONGEST_NOTE:
        faults.append(Fault("note", f"备注不得超过{LONGEST_NOTE}个字"))
    return tuple(faults)


def _period_faults(figures: BatchFigures, today: date) -> list[Fault]:
    if figures.period_end < figures.period_start:
        return [Fault("period_end", "统计结束日期不得早于统计开始日期")]
    if figures.period_start.year != figures.period_end.year:
        return [
            Fault(
                "period_end",
                "统计期间不得跨年，每批数据只能属于一个年度，请按年度拆成两批填报",
            )
        ]
    if figures.period_end > today:
        return [Fault("period_end", f"统计结束日期不得晚于今天（{today:%Y-%m-%d}）")]
    return []


def _figure_faults(figures: BatchFigures) -> list[Fault]:
    faults = []
    for name, label in FIGURE_LABELS.items():
        value = figures.figure(name)
        largest = LARGEST_AMOUNT if name == "amount" else LARGEST_COUNT
        if value and name not in FIGURES[figures.kind]:
            faults.append(Fault(name, f"“{figures.kind.label}”不统计“{label}”，请留空"))
        elif abs(value) > largest:
            faults.append(Fault(name, f"“{label}”过大，不得超过{largest}"))
        elif value < 0 and name != "item_change":
            faults.append(Fault(name, f"“{label}”不得为负数；填错的数据请撤回原批次后重新填报"))
    fits = abs(figures.amount) <= LARGEST_AMOUNT  # beyond it quantize itself may fail
    if fits and figures.amount.quantize(Decimal("0.01")) != figures.amount:
        faults.append(Fault("amount", "金额以元为单位，最多保留两位小数（到分）"))
    return faults


def first_day_below_zero(changes: Iterable[tuple[date, int]]) -> tuple[date, int] | None:
    """Return the first day on which the running stock is negative, and that stock.

    `changes` are (day, change) in order of days; changes of one day count together.
    """
    by_day: dict[date, int] = {}
    for day, change in changes:
        by_day[day] = by_day.get(day, 0) + change
    stock = 0
    for day in sorted(by_day):
        stock += by_day[day]
        if stock < 0:
            return day, stock
    return None
