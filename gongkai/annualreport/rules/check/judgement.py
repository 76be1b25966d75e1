"""Claims against tables (P1), sums told (P3) and rates told beside their count (P2)."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.annualreport.rules.check.claims import Claim, Told
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


def in_reading(claim: Claim, reading: str | None) -> Claim:
    """Hold the parts by requester to the reading that fitted their total, where it has one."""
    if claim.family != "kind" or reading is None:
        return claim
    same = tuple(each for each in claim.readings if each.name.startswith(f"{reading}，"))
    return replace(claim, readings=same) if same else claim


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

_SHARE = re.compile("约?占(?:比(?:为|达|约)?|总数的?|总量的?)?")
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
        if _SHARE.fullmatch(quantity.before):
            yield from _impossible_share(quantity, counts)
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


def _impossible_share(rate: Quantity, counts: Sequence[Quantity]) -> Iterator[Discrepancy]:
    """Yield P2 for a share (占) when the count before it is that share of no count told before."""
    if not counts:
        return
    part = counts[-1]
    wholes = [each for each in counts[:-1] if each.unit == part.unit and each.value >= part.value]
    if not wholes or any(
        _gives(rate, one.value, each.value)
        for place, each in enumerate(counts)
        for one in counts[place + 1 :]
    ):
        return
    whole = wholes[0]
    share = (part.value * 100 / whole.value).quantize(Decimal(1).scaleb(-rate.decimals))
    yield Discrepancy(
        "P2",
        Severity.WARNING,
        None,
        f"正文“{part.text}，{rate.text}”：{part.value:f}/{whole.value:f}＝{share:f}%，"
        "与所说比率不符，请核对比率或写明分母。",
        expected=share,
        found=rate.value,
    )


def _gives(rate: Quantity, part: Decimal, whole: Decimal) -> bool:
    """Say whether a part of a whole is the rate, rounded or cut off."""
    step = Decimal(1).scaleb(-rate.decimals)
    exact = part * 100 / whole
    return rate.value - step / 2 <= exact < rate.value + step


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
