"""Grounds: one row for each request, in both editions, and the remedy to tell of."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.grounds import (
    EDITIONS,
    Ground,
    GroundError,
    Outcome,
    RemedyClass,
    counted_ground,
    grounds_of_row,
    remedies_of,
    result_row,
)

G = Ground
BEFORE, SINCE = date(2023, 12, 31), date(2024, 1, 1)


@pytest.mark.parametrize(
    ("items", "row_2021", "row_2019"),
    [
        ([G.GRANTED], "3.1", "3.1"),
        ([G.GRANTED, G.GRANTED], "3.1", "3.1"),
        ([G.GRANTED, G.STATE_SECRET], "3.2", "3.2"),
        ([G.NOT_HELD, G.GRANTED], "3.2", "3.2"),
        ([G.PARTIAL], "3.2", "3.2"),
        ([G.PARTIAL, G.GRANTED], "3.2", "3.2"),
        ([G.NOT_HELD, G.DELIBERATIVE, G.STATE_SECRET], "3.3.6", "3.3.6"),
        ([G.REPEAT, G.NEEDS_CREATION], "3.4.2", "3.4.2"),
        ([G.OTHER, G.PETITION], "3.5.1", "3.5.1"),
        ([G.NOT_SUPPLEMENTED], "3.6.1", "3.6"),
        ([G.FEE_UNPAID], "3.6.2", "3.6"),
        ([G.OTHER], "3.6.3", "3.6"),
    ],
)
def test_one_row_for_each_request(items: list[Ground], row_2021: str, row_2019: str) -> None:
    assert result_row(items, "2021") == row_2021
    assert result_row(items, "2019") == row_2019


@given(st.lists(st.sampled_from(Ground), min_size=1, max_size=6))
def test_the_order_of_items_never_changes_the_outcome(items: list[Ground]) -> None:
    assert counted_ground(items).outcome is counted_ground(items[::-1]).outcome
    partial = any(each in (G.GRANTED, G.PARTIAL) for each in items) and set(items) != {G.GRANTED}
    assert (counted_ground(items) is G.PARTIAL) is partial


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_ground_has_a_row_that_leads_back(edition: str) -> None:
    for ground in Ground:
        assert ground in grounds_of_row(ground.row(edition), edition)
    rows = [ground.row(edition) for ground in Ground]
    assert rows == sorted(rows), "the grounds stand in the order of the form"


def test_every_ground_names_article_letter_and_label() -> None:
    for ground in Ground:
        assert ground.label
        assert ground.letters
        assert ground.article is ground.articles[0]
    assert str(G.REPEAT.article) == "条例第三十六条第六项"
    assert G.NOT_HELD.letters == ("A5", "A6")


def test_withholding_goes_to_reconsideration_first_since_2024() -> None:
    assert G.STATE_SECRET.remedy(BEFORE) is RemedyClass.FREE_CHOICE
    assert G.STATE_SECRET.remedy(SINCE) is RemedyClass.RECONSIDERATION_FIRST
    assert G.PARTIAL.remedy(SINCE) is RemedyClass.RECONSIDERATION_FIRST
    first = {g for g in Ground if g.remedy(SINCE) is RemedyClass.RECONSIDERATION_FIRST}
    withheld = {g for g in Ground if g.outcome is Outcome.WITHHELD}
    assert first == (withheld - {G.ADMINISTRATIVE_ENQUIRY}) | {G.PARTIAL}


def test_a_letter_tells_every_remedy_its_items_call_for() -> None:
    assert remedies_of([G.GRANTED, G.DELIBERATIVE], SINCE) == {
        RemedyClass.FREE_CHOICE,
        RemedyClass.RECONSIDERATION_FIRST,
    }
    assert remedies_of([G.GRANTED, G.NOT_HELD], SINCE) == {RemedyClass.FREE_CHOICE}


def test_outcomes_have_the_form_s_names() -> None:
    assert [outcome.label for outcome in Outcome] == [
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
    ]


def test_what_cannot_be_answered_is_refused() -> None:
    with pytest.raises(GroundError, match="没有答复事项"):
        counted_ground([])
    with pytest.raises(GroundError, match="没有“2023”版"):
        result_row([G.GRANTED], "2023")
    with pytest.raises(GroundError, match="没有办理结果行"):
        grounds_of_row("3.6.1", "2019")
