"""Claims against tables (P1), sums told (P3) and rates told beside their count (P2)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annualreport.rules.check.claims import Claim, Scope, Told
from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.sheet import Sheet, Table
from gongkai.text.quantities import Quantity

_IN_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A figure of the prose as the contract shows it."""

    text: str
    value: Decimal
    unit: str
    measure: str | None
    reading: str | None
    table_value: Decimal | None
    agrees: bool | None


def judged(claim: Claim, sheet: Sheet) -> FigureTold:
    """Hold a claim against every usual reading of the tables."""
    quantity = claim.quantity
    scale = _IN_YUAN.get(quantity.unit, Decimal(1))
    values = [(reading, reading.value(sheet)) for reading in claim.readings]
    for reading, value in values:
        if value is not None and _same(quantity, value, scale):
            return _told(claim, reading.name, value / scale, True)
    if not values:
        return _told(claim, claim.spoken_of or claim.scope.value or None, None, None)
    reading, value = values[0]
    if any(value is None for _, value in values) or value is None:
        return _told(claim, f"{reading.name}（表中空白或无法识别）", None, None)
    close = quantity.about and abs(value - quantity.value * scale) <= value / 10
    if not claim.sure or close:
        return _told(claim, None, None, None)
    return _told(claim, reading.name, value / scale, False)


def _told(
    claim: Claim, reading: str | None, value: Decimal | None, agrees: bool | None
) -> FigureTold:
    quantity = claim.quantity
    return FigureTold(
        quantity.text if quantity.start != quantity.end else quantity.before,
        quantity.value,
        quantity.unit,
        claim.measure,
        reading,
        value,
        agrees,
    )


def _same(quantity: Quantity, value: Decimal, scale: Decimal) -> bool:
    step = Decimal(1).scaleb(-quantity.decimals) * scale
    if scale == 1:
        return quantity.value == value
    return abs(quantity.value * scale - value) <= step / 2


def disagreement(claim: Claim, figure: FigureTold, sheet: Sheet) -> Discrepancy:
    """Return P1 for a claim that no usual reading gives, with the readings tried."""
    scale = _IN_YUAN.get(claim.quantity.unit, Decimal(1))
    tried = "、".join(
        f"{reading.name}为 {value / scale:f}"
        for reading in claim.readings
        if (value := reading.value(sheet)) is not None
    )
    path = claim.readings[0].cells[0]
    name = {Table.PROACTIVE: "表二", Table.REQUESTS: "表三", Table.REMEDIES: "表四"}[path.table]
    return Discrepancy(
        "P1",
        Severity.WARNING,
        path,
        f"正文“{figure.text}”与{name}不一致：{tried}，请核对正文和表格。",
        expected=figure.table_value,
        found=figure.value,
    )


# ---- P2 ------------------------------------------------------------------------------

_GROWTH = ("增长", "同比", "下降", "提升", "提高", "增幅", "减少", "增加", "上升", "占")


def impossible_rates(told: Told) -> Iterator[Discrepancy]:
    """Yield P2 for each rate that no whole numerator over a count told before it gives.

    Rounding half up and cutting off are both accepted.
    """
    counts: list[Quantity] = []
    for claim in told.claims:
        quantity = claim.quantity
        if not quantity.is_rate:
            if _is_count(quantity):
                counts.append(quantity)
            continue
        if any(word in quantity.before for word in _GROWTH) or not counts:
            continue
        if quantity.value > 100 or any(_possible(quantity, count) for count in counts):
            continue
        beside = counts[-1]
        yield Discrepancy(
            "P2",
            Severity.WARNING,
            None,
            f"正文“{quantity.text}”：以“{beside.text}”为分母，没有整数分子能得出 "
            f"{quantity.value:f}%（最接近的是 {_nearest(quantity, beside)}），"
            "请核对比率或写明分母。",
            found=quantity.value,
        )


def _is_count(quantity: Quantity) -> bool:
    whole = quantity.value == quantity.value.to_integral_value() and quantity.value > 0
    return whole and quantity.start != quantity.end and quantity.unit not in (*_IN_YUAN, "期", "批")


def _possible(rate: Quantity, count: Quantity) -> bool:
    step = Decimal(1).scaleb(-rate.decimals)
    low, cut = rate.value - step / 2, rate.value + step
    numerator = math.ceil(low * count.value / 100)
    return numerator * 100 < cut * count.value and numerator <= count.value


def _nearest(rate: Quantity, count: Quantity) -> str:
    numerator = int((rate.value * count.value / 100).to_integral_value())
    shown = (Decimal(numerator) * 100 / count.value).quantize(Decimal(1).scaleb(-rate.decimals))
    return f"{numerator}/{count.value:f}＝{shown:f}%"


# ---- P3 ------------------------------------------------------------------------------

_OPENS_PARTS = ("其中", "包括", "分别", "含")
_GATHERS = ("合计", "总计", "共计", "总共")
_NEAR_MISS = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class SumTold:
    """A total and the parts told with it."""

    total: Claim
    parts: tuple[Claim, ...]
    gathered: bool = False

    @property
    def value(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.quantity.value for part in self.parts), Decimal(0))

    @property
    def text(self) -> str:
        """The sum as arithmetic."""
        terms = "＋".join(f"{part.quantity.value:f}" for part in self.parts)
        return f"{terms}＝{self.value:f}"


def sums_of(told: Told) -> Iterator[SumTold]:
    """Yield the sums a sentence tells: a total, then its parts of the same unit in a row.

    A new family of parts (by channel, then by requester) is a new sum of the same total.
    """
    for clause in _clauses(told):
        total: Claim | None = None
        run: list[Claim] = []
        row: list[Claim] = []
        for claim in clause:
            quantity = claim.quantity
            if row and quantity.unit != row[-1].quantity.unit:
                row = []
            if len(row) > 1 and any(word in quantity.before for word in _GATHERS):
                yield SumTold(claim, tuple(row), gathered=True)
                total, run, row = claim, [], []
                continue
            row.append(claim)
            if total is None or quantity.unit != total.quantity.unit or _is_new_total(claim):
                yield from _finished(total, run)
                total, run = claim, []
                continue
            opens = any(word in quantity.opening + quantity.before for word in _OPENS_PARTS)
            if run and (opens or claim.family != run[-1].family):
                yield from _finished(total, run)
                run = []
            run.append(claim)
        yield from _finished(total, run)


def _finished(total: Claim | None, run: Sequence[Claim]) -> Iterator[SumTold]:
    if total is not None and len(run) > 1:
        yield SumTold(total, tuple(run))


def _clauses(told: Told) -> Iterator[list[Claim]]:
    """Part the counts of a sentence at semicolons; what stands in brackets is left out."""
    clause: list[Claim] = []
    for claim in told.claims:
        quantity = claim.quantity
        if any(mark in quantity.opening for mark in ";；") and clause:
            yield clause
            clause = []
        if quantity.is_rate or quantity.depth or quantity.start == quantity.end:
            continue
        clause.append(claim)
    if clause:
        yield clause


_VERBS = (
    "收到",
    "受理",
    "办结",
    "答复",
    "结转",
    "发布",
    "承接",
    "办理",
    "开展",
    "公开信息",
    "制发",
)


def _is_new_total(claim: Claim) -> bool:
    """Say whether a figure starts a new statement instead of going on with the parts."""
    before = claim.quantity.before
    if any(word in claim.quantity.opening + before for word in _OPENS_PARTS):
        return False
    if claim.family:
        return False
    return any(verb in before for verb in _VERBS)


def wrong_sum(made: SumTold, agreed: dict[int, bool | None]) -> Discrepancy | None:
    """Return P3 when a sum told as complete does not add up.

    Parts that fall far short of the total may simply not be all of it, and parts the
    tables confirm are not wrong; only a near miss, an excess or a full list is.
    """
    total, parts = made.total.quantity, made.parts
    if made.value == total.value:
        return None
    families = {part.family for part in parts}
    kinds = {part.measure for part in parts}
    full_list = (
        families == {"kind"}
        and any(kind and kind.endswith(".NATURAL_PERSON") for kind in kinds)
        and any(kind and kind.endswith(".ORGANISATION") for kind in kinds)
    )
    if families == {"outcome"} and _overlapping(kinds):
        return None
    if not full_list:
        told = [agreed.get(id(claim)) for claim in (made.total, *parts)]
        if all(answer is True for answer in told):
            return None
        near = total.value * _NEAR_MISS <= made.value
        if made.gathered:
            near = near and made.value * _NEAR_MISS <= total.value
        if not near or not (made.gathered or _told_as_parts(parts, made.value, total)):
            return None
    if total.about and total.value % 100 == 0 and made.value < total.value * Decimal("1.1"):
        return None
    return Discrepancy(
        "P3",
        Severity.WARNING,
        None,
        f"正文“{total.text}”与所列各项之和不等：{made.text}，请核对。",
        expected=made.value,
        found=total.value,
    )


def _told_as_parts(parts: Sequence[Claim], value: Decimal, total: Quantity) -> bool:
    """Say whether the figures are told as parts of the total, by words or by their family."""
    first = parts[0].quantity
    by_word = any(word in first.opening + first.before for word in (*_OPENS_PARTS, ":", "："))
    by_family = parts[0].family in ("channel", "kind") and parts[0].scope is not Scope.PART
    return by_word or by_family or value == total.value


def _overlapping(measures: set[str | None]) -> bool:
    """Say whether results told beside each other contain one another."""
    groups = {"WITHHELD", "UNAVAILABLE", "DECLINED", "OTHERWISE"}
    names = {measure.rpartition(".")[2] for measure in measures if measure}
    return bool(names & groups) and bool(names - groups - {"GRANTED", "PARTIAL"})
