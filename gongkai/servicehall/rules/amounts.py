"""Money: held exactly in 元 with two decimals, shown in 万元 as reports print it."""

from decimal import ROUND_HALF_UP, Decimal

from gongkai.servicehall.lifecycle import ToldWrongly

MOST = Decimal("9999999999999.99")  # fifteen digits, as the column holds
_FEN, _WAN = Decimal("0.01"), Decimal(10_000)


def checked_amount(value: Decimal | None, field: str, label: str) -> Decimal:
    """Return an amount in 元 with two decimals, more than nothing.

    Raises:
        ToldWrongly: it is missing, not above 0, finer than a 分, or beyond what is held.
    """
    if value is None:
        raise ToldWrongly(f"请填写“{label}”", field)
    if not value.is_finite() or value <= 0 or value > MOST:
        raise ToldWrongly(f"“{label}”应当大于0，以元为单位，请核对", field)
    exact = value.quantize(_FEN)
    if exact != value:
        raise ToldWrongly(f"“{label}”最多两位小数，精确到分", field)
    return exact


def in_wan(yuan: Decimal) -> Decimal:
    """Return an amount of 元 in 万元 to two decimals, halves up, as reports tell it."""
    return (yuan / _WAN).quantize(_FEN, ROUND_HALF_UP)
