"""Information processing fees: the vectors of law.md 1.6 and what must hold of any count."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.fees import FeeError, Tariff, processing_fee, processing_fee_added

BY_ITEM = {10: 0, 11: 100, 30: 2000, 31: 2200, 40: 4000, 41: 4300, 45: 5500, 51: 7400, 100: 37000}
BY_PAGE = {30: 0, 31: 10, 100: 700, 101: 720, 200: 2700, 201: 2740, 250: 4700}
COUNTS = st.integers(0, 2000)


@pytest.mark.parametrize(("count", "yuan"), BY_ITEM.items())
def test_by_item(count: int, yuan: int) -> None:
    assert processing_fee(Tariff.BY_ITEM, count).amount == Decimal(yuan)


@pytest.mark.parametrize(("count", "yuan"), BY_PAGE.items())
def test_by_page(count: int, yuan: int) -> None:
    assert processing_fee(Tariff.BY_PAGE, count).amount == Decimal(yuan)


@given(st.sampled_from(Tariff), COUNTS)
def test_slices_cover_the_count_and_add_up(tariff: Tariff, count: int) -> None:
    found = processing_fee(tariff, count)
    assert sum(each.last - each.first + 1 for each in found.slices) == count
    assert sum(each.amount for each in found.slices) == found.amount
    assert [each.price for each in found.slices] == sorted(each.price for each in found.slices)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_items_of_a_month_cost_the_same_however_they_come(first: int, second: int) -> None:
    whole = processing_fee(Tariff.BY_ITEM, first + second).amount
    assert (
        processing_fee_added(Tariff.BY_ITEM, 0, first)
        + processing_fee_added(Tariff.BY_ITEM, first, second)
        == whole
    )


def test_pages_of_different_requests_are_not_added() -> None:
    assert processing_fee_added(Tariff.BY_PAGE, 0, 31) == Decimal(10)
    with pytest.raises(FeeError, match="不能累计"):
        processing_fee_added(Tariff.BY_PAGE, 30, 31)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(FeeError, match="按件计收的数量不能是负数：-1件"):
        processing_fee(Tariff.BY_ITEM, -1)
    with pytest.raises(FeeError, match="按量计收新增的数量不能是负数：-1页"):
        processing_fee_added(Tariff.BY_PAGE, 0, -1)


def test_tariffs_name_their_article() -> None:
    assert str(Tariff.BY_ITEM.article) == "收费办法第四条"
    assert str(Tariff.BY_PAGE.article) == "收费办法第五条"
