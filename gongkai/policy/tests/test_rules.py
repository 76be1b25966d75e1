"""Validity by date, day by day at its edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.policy.lifecycle import TRANSITIONS, DocumentEvent, DocumentState
from gongkai.policy.rules import DocumentKind, Life, RelationKind, Validity, validity_on

NORMATIVE = DocumentKind.NORMATIVE
FORMED, PUBLIC = date(2020, 3, 2), date(2020, 3, 9)
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))


def life(kind=NORMATIVE, published_on=PUBLIC, **days):
    return Life(kind=kind, formed_on=FORMED, published_on=published_on, **days)


@pytest.mark.parametrize(
    ("document", "day", "validity"),
    [
        (life(), date(2020, 3, 8), Validity.NOT_YET_EFFECTIVE),
        (life(), PUBLIC, Validity.ENACTED),
        (life(effective_on=date(2020, 5, 1)), date(2020, 4, 30), Validity.NOT_YET_EFFECTIVE),
        (life(effective_on=date(2020, 5, 1)), date(2020, 5, 1), Validity.ENACTED),
        (life(effective_on=FORMED), FORMED, Validity.NOT_YET_EFFECTIVE),
        (life(published_on=None, effective_on=FORMED), PUBLIC, Validity.NOT_YET_EFFECTIVE),
        (life(DocumentKind.OTHER, None), FORMED, Validity.ENACTED),
        (life(ends_on=date(2025, 3, 8)), date(2025, 3, 8), Validity.ENACTED),
        (life(ends_on=date(2025, 3, 8)), date(2025, 3, 9), Validity.LAPSED),
        (life(amended_on=date(2021, 1, 1)), date(2020, 12, 31), Validity.ENACTED),
        (life(amended_on=date(2021, 1, 1)), date(2021, 1, 1), Validity.AMENDED),
        (
            life(amended_on=date(2021, 1, 1), repealed_on=date(2022, 1, 1)),
            date(2022, 1, 1),
            Validity.REPEALED,
        ),
    ],
)
def test_validity_changes_on_its_day(document, day, validity):
    assert validity_on(document, day) is validity


def test_only_enacted_and_amended_documents_bind():
    binding = [validity for validity in Validity if validity.in_force]
    assert binding == [Validity.ENACTED, Validity.AMENDED]
    assert Validity.LAPSED.label == "失效"


@settings(deadline=None)
@given(
    st.sampled_from(DocumentKind),
    DAYS,
    *[st.one_of(st.none(), st.integers(0, 900)) for _ in range(5)],
)
def test_validity_only_moves_forward(kind, formed_on, publish, begin, end, amend, repeal):
    def later(gap):
        return None if gap is None else formed_on + timedelta(days=gap)

    document = Life(
        kind=kind,
        formed_on=formed_on,
        published_on=later(publish),
        effective_on=later(begin),
        ends_on=later(end),
        amended_on=later(amend),
        repealed_on=later(repeal),
    )
    order = list(Validity)
    met = [
        order.index(validity_on(document, formed_on + timedelta(days=n))) for n in range(0, 900, 7)
    ]
    assert met == sorted(met)


def test_every_event_can_happen_and_has_a_name():
    assert {event for _, event in TRANSITIONS} == set(DocumentEvent)
    assert all(event.label for event in DocumentEvent)
    assert all(state.label for state in DocumentState)
    assert all(kind.label for kind in [*DocumentKind, *RelationKind])
    assert not [state for state, _ in TRANSITIONS if state is DocumentState.WITHDRAWN]
