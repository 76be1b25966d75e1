"""The table of an order's states and the rules beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.hotline.deadlines import LIMITS, limit_for
from gongkai.hotline.lifecycle import OPEN, TRANSITIONS, Event, OrderKind, State
from gongkai.hotline.rules import is_typed_id, masked_name, masked_phone
from gongkai.hotline.tests.factories import RECEIVED_ON


def test_every_state_is_reached_and_every_arrow_rests_on_a_rule():
    assert {arrow.target for arrow in TRANSITIONS.values()} == set(State) - {State.RECEIVED}
    assert all(arrow.article for arrow in TRANSITIONS.values())
    ends = set(State) - {state for state, _ in TRANSITIONS}
    assert ends == set(State) - set(OPEN)
    assert {event for _, event in TRANSITIONS} == set(Event) - {Event.RECEIVE}


def test_every_kind_has_one_limit_on_a_day():
    for kind in OrderKind:
        limit = limit_for(kind, RECEIVED_ON)
        assert limit in LIMITS
        assert 1 <= limit.workdays <= 10
    assert limit_for(OrderKind.HELP, RECEIVED_ON.replace(year=1999)) is None


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800001234", "138****1234"),
        ("0795-4662100", "079*****2100"),
        ("12345", "***45"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_starred_in_its_middle(phone, shown):
    assert masked_phone(phone) == shown


@given(st.text(min_size=2, max_size=20))
def test_a_mask_shows_the_family_name_alone(name):
    assert masked_name(name) == name[0] + "*" * (len(name) - 1)


def test_a_caller_without_a_name_is_anonymous():
    assert masked_name("") == "（匿名）"
    assert masked_name("李") == "李*"


def test_typed_ids_are_told_from_words():
    assert is_typed_id("inforequests:0f8fad5b-d9cb-469f-a165-70867728950e")
    assert not is_typed_id("inforequests:1")
    assert not is_typed_id("县信访局")
