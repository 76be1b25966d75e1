"""The rates by which a hotline is judged: what is counted over what (law.md 8.1).

A rate is a numerator, a denominator and the two lists behind them; the per cent is worked out
for display alone, rounded half up to two decimals. No rate is stored.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Kpi(StrEnum):
    """A rate; its label and the words of its numerator and denominator are in `TOLD`."""

    SIGNED_IN_TIME = "SIGNED_IN_TIME"
    ON_TIME = "ON_TIME"
    DONE = "DONE"
    SATISFIED = "SATISFIED"
    SOLVED = "SOLVED"
    SOLVED_AT_ONCE = "SOLVED_AT_ONCE"
    CONTACTED = "CONTACTED"
    CALLED_BACK = "CALLED_BACK"
    SENT_BACK = "SENT_BACK"
    EXTENDED = "EXTENDED"
    REDONE = "REDONE"

    @property
    def label(self) -> str:
        """Return its name."""
        return TOLD[self].label


class Part(StrEnum):
    """Which orders of a rate: those counted above, those below, those below and not above."""

    ABOVE = "ABOVE"
    BELOW = "BELOW"
    REST = "REST"

    @property
    def label(self) -> str:
        """Return what the list is called."""
        return {"ABOVE": "分子", "BELOW": "分母", "REST": "分母中没有计入分子的"}[self.value]


@dataclass(frozen=True, slots=True)
class Told:
    """How a rate is explained on the figure page: its name, numerator and denominator."""

    label: str
    above: str
    below: str


_DUE = "办理时限落在本期内的工单（含批准的延期，不含转出、退单、合并、作废）"
_SENT = "本期内派出的工单"
_CLOSED = "本期内办结的工单"
TOLD = {
    Kpi.SIGNED_IN_TIME: Told("及时签收率", "在签收时限内签收的", _SENT),
    Kpi.ON_TIME: Told("按期办结率", "各次都在办理时限内答复办理结果的", _DUE),
    Kpi.DONE: Told("办结率", "已经办结的", _DUE),
    Kpi.SATISFIED: Told("满意率", "诉求人评价满意、基本满意的", "本期内回访取得有效评价的工单"),
    Kpi.SOLVED: Told("解决率", "诉求已解决的", _CLOSED),
    Kpi.SOLVED_AT_ONCE: Told("一次性解决率", "已解决、没有重办、没有重复来电的", _CLOSED),
    Kpi.CONTACTED: Told("联系率", "承办单位联系过诉求人的", _SENT),
    Kpi.CALLED_BACK: Told("回访率", "已经回访的", _SENT),
    Kpi.SENT_BACK: Told("退单率", "申请过退单的", _SENT),
    Kpi.EXTENDED: Told("延期率", "批准过延期的", _SENT),
    Kpi.REDONE: Told("重办率", "重办过的", _SENT),
}
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of a period: numerator and denominator as counted."""

    above: int
    below: int

    @property
    def missed(self) -> int:
        """Return how many are below and not above."""
        return self.below - self.above

    @property
    def percent(self) -> Decimal | None:
        """Return the per cent, half up to two decimals; None of nothing."""
        if self.below == 0:
            return None
        return (Decimal(100 * self.above) / self.below).quantize(_HUNDREDTH, ROUND_HALF_UP)

    @property
    def written(self) -> str:
        """Return the rate as screens and papers say it: 99.78%（1388/1391）."""
        return "—" if self.percent is None else f"{self.percent}%（{self.above}/{self.below}）"
