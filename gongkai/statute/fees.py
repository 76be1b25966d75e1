"""Information processing fees (信息处理费): both tariffs, progressive by slice.

Art. 42 of the Regulations and 收费办法 (国办函〔2020〕109号) Art. 3 to 5. Normal requests are
free; a fee answers number or frequency clearly beyond reason. For one request the organ
picks one tariff, never both (Art. 3). By item: the same requester's items in one calendar
month. By page: the pages of one request.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.statute.articles import FEE_ART_4, FEE_ART_5, Article


class FeeError(ValueError):
    """A count for which no fee can be worked out; the message says what to mend."""


class Tariff(StrEnum):
    """The two ways to charge, one of which is chosen for a request."""

    BY_ITEM = "BY_ITEM"
    BY_PAGE = "BY_PAGE"

    @property
    def label(self) -> str:
        """Return the Chinese name of the tariff."""
        return "按件计收" if self is Tariff.BY_ITEM else "按量计收"

    @property
    def unit(self) -> str:
        """Return the Chinese counting word: 件 or 页."""
        return "件" if self is Tariff.BY_ITEM else "页"

    @property
    def article(self) -> Article:
        """Return the article that sets the tariff."""
        return FEE_ART_4 if self is Tariff.BY_ITEM else FEE_ART_5


@dataclass(frozen=True, slots=True)
class FeeSlice:
    """The part of a count that falls into one slice: from, to, price of each, amount (元)."""

    first: int
    last: int
    price: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in 元 with the slices it is the sum of."""

    tariff: Tariff
    count: int
    amount: Decimal
    slices: tuple[FeeSlice, ...]


_PAGE_SLICES = ((30, 0), (100, 10), (200, 20))
_PAGE_TOP_PRICE = 40


def processing_fee(tariff: Tariff, count: int) -> Fee:
    """Return the fee for `count` items of one month, or `count` pages of one request.

    Raises FeeError for a negative count.
    """
    if count < 0:
        raise FeeError(f"{tariff.label}的数量不能是负数：{count}{tariff.unit}")
    prices = _item_slices() if tariff is Tariff.BY_ITEM else _page_slices()
    slices = []
    first = 1
    for last, price in prices:
        if first > count:
            break
        end = count if last is None else min(last, count)
        slices.append(FeeSlice(first, end, Decimal(price), Decimal(price) * (end - first + 1)))
        first = end + 1
    return Fee(tariff, count, sum((each.amount for each in slices), Decimal(0)), tuple(slices))


def processing_fee_added(tariff: Tariff, already: int, more: int) -> Decimal:
    """Return what `more` items cost when the requester had `already` this month (元).

    By item the month's items add up, so a later request pays at the slices it reaches.
    By page `already` must be 0: pages of different requests are not added.
    """
    if tariff is Tariff.BY_PAGE and already:
        raise FeeError("按量计收以一件申请为单位，不同申请的页数不能累计，请把已有页数改为0")
    if more < 0:
        raise FeeError(f"{tariff.label}新增的数量不能是负数：{more}{tariff.unit}")
    return processing_fee(tariff, already + more).amount - processing_fee(tariff, already).amount


def _item_slices() -> Iterator[tuple[int | None, int]]:
    """Yield (last item, price): 10 free, 11-30 at 100, then 100 more for every ten items."""
    yield 10, 0
    yield 30, 100
    last, price = 40, 200
    while True:
        yield last, price
        last, price = last + 10, price + 100


def _page_slices() -> Iterator[tuple[int | None, int]]:
    """Yield (last page, price): 30 free, then 10, 20 and from page 201 on 40."""
    yield from _PAGE_SLICES
    yield None, _PAGE_TOP_PRICE
