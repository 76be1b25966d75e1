"""Digests: the same on every machine, whatever was logged, before and after the database."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.audit.actions import record
from gongkai.audit.queries import history_of, verify
from gongkai.audit.rules import canonical, event_digest, keyed_digest, plain
from gongkai.audit.tests.factories import CLERK, NOON

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words | st.dates() | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


class Kind(StrEnum):
    ONE = "ONE"


def test_every_value_has_one_plain_form() -> None:
    beijing = timezone(timedelta(hours=8))
    assert plain(
        {
            "on": date(2021, 7, 9),
            "at": datetime(2021, 7, 9, 8, 0, tzinfo=beijing),
            "amount": Decimal("1.50"),
            "id": UUID(int=1),
            "kind": Kind.ONE,
            "kinds": {Kind.ONE},
            "pair": (1, True),
        }
    ) == {
        "on": "2021-07-09",
        "at": "2021-07-09T00:00:00+00:00",
        "amount": "1.50",
        "id": "00000000-0000-0000-0000-000000000001",
        "kind": "ONE",
        "kinds": ["ONE"],
        "pair": [1, True],
    }


def test_the_digest_of_an_event_is_fixed_for_ever() -> None:
    """Whoever changes this number breaks every chain that exists."""
    assert (
        event_digest({"verb": "orgs.rename", "label": "官庄镇"}, "")
        == "a8334c98fb3b26d26a803f1a968afedcb0352096dd332872e1b6ae1928f39c37"
    )


def test_canonical_json_sorts_and_keeps_chinese() -> None:
    assert canonical({"b": 1, "a": "靖"}) == '{"a":"靖","b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


@given(words, words)
def test_keyed_digests_tell_fields_and_keys_apart(first: str, second: str) -> None:
    def digest(key: bytes = b"k", name: str = "name", value: str = first) -> str:
        return keyed_digest(key, name, value)

    assert digest() == digest()
    assert (digest() == digest(value=second)) == (first == second)
    assert digest() != digest(name="phone")
    assert digest() != digest(key=b"other")


class WhateverIsLoggedVerifies(TestCase):
    """The database gives back what was hashed."""

    @given(st.dictionaries(words, values, max_size=4), words, words)
    @settings(max_examples=60, deadline=None)
    def test_a_chain_of_anything_is_whole(self, after: dict, label: str, reason: str) -> None:
        with transaction.atomic():
            for _ in range(2):
                record(
                    "x.y",
                    "x:1",
                    chain="c",
                    by=CLERK,
                    at=NOON.astimezone(UTC),
                    after=after,
                    label=label,
                    reason=reason,
                )
        assert verify().faults == []
        assert history_of("x:1")[0].after == plain(after)
