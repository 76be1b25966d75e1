"""The tables of both lifecycles, the days, and the rules beside them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.engagement.deadlines import answer_due, standing
from gongkai.engagement.lifecycle import (
    Disposition,
    Refused,
    ReportEvent,
    ReportState,
    SolicitationEvent,
    SolicitationState,
    Standing,
    ToldWrongly,
    reports,
    solicitations,
)
from gongkai.engagement.rules import (
    Figures,
    Point,
    feedback_body,
    figures_sentence,
    local_address,
    notice_body,
    tidy,
)
from gongkai.engagement.tests.factories import CLOSES, NAME, OPENS, TERMS
from gongkai.statute.workdays import national

HOSTS = {"www.example.gov.cn"}
counts = st.integers(0, 50)


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("event", ReportEvent)
def test_every_arrow_of_a_report_is_followed_and_every_other_refused(state, event):
    if (state, event) in reports.TRANSITIONS:
        assert reports.next_state(state, event) is reports.TRANSITIONS[state, event].target
    else:
        with pytest.raises(Refused, match="不再变动"):
            reports.next_state(state, event)


@pytest.mark.parametrize("state", SolicitationState)
@pytest.mark.parametrize("event", SolicitationEvent)
def test_every_arrow_of_a_solicitation_is_followed_and_every_other_refused(state, event):
    arrow = solicitations.TRANSITIONS.get((state, event))
    assert solicitations.allows(state, event) is (arrow is not None)
    if arrow is not None:
        assert solicitations.next_state(state, event) is arrow.target
    else:
        with pytest.raises(Refused, match=f"不能{event.label}"):
            solicitations.next_state(state, event)


def test_every_state_is_reached():
    for table, states, first in (
        (reports.TRANSITIONS, ReportState, ReportState.RECEIVED),
        (solicitations.TRANSITIONS, SolicitationState, SolicitationState.DRAFT),
    ):
        assert {arrow.target for arrow in table.values()} | {first} == set(states)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 21), date(2026, 9, 24)),  # a Monday
        (date(2026, 9, 27), date(2026, 9, 30)),  # a Sunday: the day itself counts from
        (date(2026, 9, 30), date(2026, 10, 10)),  # over the holidays; the 10th is worked
    ],
)
def test_three_working_days_to_answer(received, due):
    found = answer_due(received, national())
    assert found.due_on == due
    assert not found.provisional


def test_a_year_without_a_notice_is_provisional_and_one_unknown_refused():
    assert answer_due(date(2026, 12, 30), national()).provisional
    with pytest.raises(Refused, match="无法推算"):
        answer_due(date(2190, 3, 1), national())


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (OPENS - timedelta(days=1), Standing.AHEAD),
        (OPENS, Standing.RUNNING),
        (CLOSES, Standing.RUNNING),
        (CLOSES + timedelta(days=1), Standing.CLOSED),
    ],
)
def test_both_days_belong_to_the_term(day, expected):
    assert standing(SolicitationState.OPEN, OPENS, CLOSES, day) is expected
    assert standing(SolicitationState.DRAFT, OPENS, CLOSES, day) is Standing.DRAFT


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": OPENS - timedelta(days=1)}, "closes_on"),
        ({"closes_on": OPENS + timedelta(days=28)}, "closes_on"),
        ({"online": False, "address": "", "email": ""}, "online"),
        ({"email": "no address"}, "email"),
        ({"address": "长" * 201}, "address"),
        ({"phone": "1\x002"}, "phone"),
    ],
)
def test_terms_that_do_not_hold_are_refused_at_their_field(changes, field):
    with pytest.raises(ToldWrongly) as caught:
        tidy(replace(TERMS, **changes))
    assert caught.value.field == field


def test_thirty_days_are_enough_and_fewer_need_their_reason():
    thirty = replace(TERMS, closes_on=OPENS + timedelta(days=29))
    assert tidy(thirty).days == 30
    short = replace(thirty, closes_on=OPENS + timedelta(days=9), short_reason=" 防汛急需 ")
    assert tidy(short).short_reason == "防汛急需"
    assert "防汛急需" in notice_body(NAME, "县城管局", tidy(short))
    free = replace(short, affects_market=False)
    assert tidy(free).short_reason == ""
    with pytest.raises(ToldWrongly, match="重大行政决策程序暂行条例"):
        tidy(replace(free, major_decision=True, short_reason=""))


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("", "/"),
        ("/zwgk/a.html?x=1#y", "/zwgk/a.html?x=1"),
        ("https://www.example.gov.cn/zwgk/", "/zwgk/"),
        ("http://WWW.EXAMPLE.GOV.CN:8000", "/"),
        ("//www.example.gov.cn/a", "/a"),
    ],
)
def test_addresses_of_our_own_pages_are_taken_from_their_path(typed, path):
    assert local_address(typed, HOSTS) == path


@pytest.mark.parametrize(
    "typed",
    [
        "https://evil.example/zwgk/",
        "//evil.example/",
        "javascript:alert(1)",
        "zwgk/a.html",
        "/a b",
        "/a\n/b",
        "http://[::1",
        "ftp://www.example.gov.cn/",
        "/" + "a" * 300,
        "https://www.example.gov.cn@evil.example/",
        "/\x00",
    ],
)
def test_addresses_elsewhere_are_refused(typed):
    with pytest.raises(ToldWrongly) as caught:
        local_address(typed, HOSTS)
    assert caught.value.field == "page"


@given(st.text(max_size=60))
def test_an_address_is_a_path_or_refused(typed):
    try:
        found = local_address(typed, HOSTS)
    except ToldWrongly:
        return
    assert found.startswith("/")
    assert "\n" not in found


@given(counts, counts, counts, counts)
def test_the_sentence_adds_up(adopted, partly, not_adopted, unrelated):
    figures = Figures(adopted, partly, not_adopted, unrelated)
    said = figures_sentence(figures)
    if not figures.all:
        assert said == "征集期间没有收到意见。"
        return
    assert f"共收到意见{adopted + partly + not_adopted + unrelated}条" in said
    assert f"部分采纳{partly}条" in said


def test_the_feedback_escapes_what_people_wrote():
    point = Point("<script>x</script>", Disposition.PARTLY, "一 & 二", 3)
    body = feedback_body("<b>", "县城管局", (OPENS, CLOSES), Figures(partly=3), [point])
    assert "<script>" not in body
    assert "&lt;b&gt;" in body
    assert "一 &amp; 二" in body
    assert "<td>3</td><td>部分采纳</td>" in body
