"""The plan of the demo's hall gives the figures of the reference report."""

from collections import Counter
from decimal import Decimal

from gongkai.demo.servicehall import CASES, ITEMS, ORGANS, case_amounts, code_of, planned_items
from gongkai.servicehall.actions import ItemKind
from gongkai.servicehall.rules.amounts import in_wan
from gongkai.servicehall.rules.kinds import counted_as


def test_items_begin_and_change_as_the_registers_say() -> None:
    items = planned_items()
    assert len({(each.organ, each.name) for each in items}) == len(items)
    begun = Counter(counted_as(each.kind) for each in items)
    stay = Counter(counted_as(each.kind) for each in items if each.stays)
    assert (begun["LICENCE"], begun["OUTWARD_SERVICE"]) == (511, 244)
    assert (stay["LICENCE"], stay["OUTWARD_SERVICE"]) == (511 - 266, 244 - 23)
    assert stay.total() == ITEMS == 945
    assert ORGANS == 30
    assert len({each.organ for each in items if each.stays}) == ORGANS
    assert {each.kind for each in items} > {ItemKind.PUBLIC_SERVICE, ItemKind.LICENCE}


def test_the_cases_come_to_the_published_sum() -> None:
    amounts = case_amounts()
    assert len(amounts) == CASES == 255
    assert in_wan(sum(amounts, Decimal(0))) == Decimal("63617.47")
    assert min(amounts) > 0
    assert len({code_of(place) for place in range(CASES)}) == CASES
