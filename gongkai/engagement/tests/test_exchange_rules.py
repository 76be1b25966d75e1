"""The tables of the newer lifecycles, clocks in hours, terms, questions as typed, masking."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.engagement.deadlines import message_due, survey_standing, unanswered_since
from gongkai.engagement.lifecycle import (
    InterviewEvent,
    InterviewState,
    MessageEvent,
    MessageState,
    OpinionEvent,
    OpinionState,
    QuestionKind,
    Refused,
    ResponseKind,
    Severity,
    Standing,
    SurveyEvent,
    SurveyState,
    ToldWrongly,
    interviews,
    messages,
    opinion,
    surveys,
)
from gongkai.engagement.rules.messages import masked_draft, refuse_personal
from gongkai.engagement.rules.opinion import Given, clocks_of
from gongkai.engagement.rules.surveys import (
    Asked,
    Filled,
    check_ballot,
    read_questions,
    typed_questions,
)
from gongkai.engagement.rules.texts import web_address
from gongkai.engagement.tests.factories import MONDAY, moment
from gongkai.engagement.tests.made import QUESTIONS, WHO
from gongkai.statute.workdays import national

TABLES = (
    (messages, MessageState, MessageEvent),
    (surveys, SurveyState, SurveyEvent),
    (interviews, InterviewState, InterviewEvent),
    (opinion, OpinionState, OpinionEvent),
)
PAIRS = [
    pytest.param(table, state, event, id=f"{state}-{event}")
    for table, states, events in TABLES
    for state in states
    for event in events
]


@pytest.mark.parametrize(("table", "state", "event"), PAIRS)
def test_every_arrow_is_followed_and_every_other_refused(table, state, event):
    arrow = table.TRANSITIONS.get((state, event))
    if arrow is not None:
        assert table.next_state(state, event) is arrow.target
    else:
        with pytest.raises(Refused, match=f"不能{event.label}"):
            table.next_state(state, event)


def test_a_message_has_fifteen_working_days_a_simple_one_five():
    calendar = national()
    assert message_due(date(2026, 9, 21), False, calendar).due_on == date(2026, 10, 19)
    assert message_due(date(2026, 9, 21), True, calendar).due_on == date(2026, 9, 29)
    with pytest.raises(Refused, match="没有可以适用的答复期限"):
        message_due(date(2016, 1, 4), False, calendar)


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 9, 21), date(2026, 6, 21)),
        (date(2026, 5, 31), date(2026, 2, 28)),
        (date(2026, 2, 10), date(2025, 11, 10)),
    ],
)
def test_three_months_are_months_of_the_calendar(today, since):
    assert unanswered_since(today) == since


def test_a_grave_matter_has_five_hours_and_a_day_any_other_two_days():
    found = moment(MONDAY - timedelta(days=2), 22)  # Saturday night: hours run on
    now = found + timedelta(hours=6)
    given = [Given(ResponseKind.INFORMATION, found + timedelta(hours=5))]
    first, conference = clocks_of(Severity.GRAVE, found, given, now)
    assert (first.due_at, first.late, first.standing) == (now - timedelta(hours=1), False, "按时")
    assert (conference.rule.hours, conference.standing) == (24, "还剩18小时0分钟")
    late = [Given(ResponseKind.INFORMATION, found + timedelta(hours=5, seconds=1))]
    assert clocks_of(Severity.GRAVEST, found, late, now)[0].standing == "超时"
    (reply,) = clocks_of(Severity.OTHER, found, [], found + timedelta(hours=49))
    assert (reply.rule.hours, reply.late, reply.standing) == (48, True, "已超过1小时0分钟")
    follow = [Given(ResponseKind.FOLLOW_UP, found)]
    assert clocks_of(Severity.OTHER, found, follow, now)[0].met_at is None


def test_rules_are_of_their_day():
    found = moment(date(2016, 9, 1), 9)
    assert [each.rule.code for each in clocks_of(Severity.GRAVE, found, [], found)] == [
        "conference"
    ]


@given(
    hours=st.lists(st.integers(0, 200), max_size=4),
    severity=st.sampled_from(Severity),
    looked=st.integers(0, 300),
)
def test_a_clock_once_met_never_changes(hours, severity, looked):
    found = moment(MONDAY, 0)
    given = [Given(ResponseKind.CONFERENCE, found + timedelta(hours=each)) for each in hours]
    for clock in clocks_of(severity, found, given, found + timedelta(hours=looked)):
        if hours:
            assert clock.met_at == min(each.at for each in given)
            assert clock.late is (min(hours) > clock.rule.hours)
        else:
            assert clock.late is (looked > clock.rule.hours)


def test_questions_are_read_and_written_back():
    first, second, third = read_questions(QUESTIONS)
    assert (first.text, first.kind, first.required) == (
        "您多久坐一次公交？",
        QuestionKind.SINGLE,
        True,
    )
    assert (second.kind, second.required, len(second.choices)) == (QuestionKind.MULTIPLE, False, 3)
    assert (third.kind, third.required, third.choices) == (QuestionKind.TEXT, False, ())
    assert read_questions(typed_questions((first, second, third))) == (first, second, third)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "请填写"),
        ("题目（单选）\n只有一个", "2至20个选项"),
        ("题目（填写）\n选项", "不用列选项"),
        ("题目（单选）\n是\n是", "相同的选项"),
        ("（单选）\n是\n否", "应当有题目"),
        ("长" * 201 + "\n是\n否", "不超过200字"),
        ("\n\n".join(["题\n是\n否"] * 41), "不能超过40道"),
        ("题\u202e\n是\n否", "看不见的字符"),
    ],
)
def test_questions_that_cannot_be_answered_are_refused(typed, said):
    with pytest.raises(ToldWrongly, match=said) as refused:
        read_questions(typed)
    assert refused.value.field == "questions"


ASKED = (
    Asked(1, "多久", QuestionKind.SINGLE, True, (10, 11)),
    Asked(2, "哪些", QuestionKind.MULTIPLE, False, (20, 21)),
    Asked(3, "建议", QuestionKind.TEXT, False, ()),
)


@pytest.mark.parametrize(
    ("picks", "remarks", "field"),
    [
        ({}, {}, "q1"),
        ({1: frozenset({10, 11})}, {}, "q1"),
        ({1: frozenset({20})}, {}, "q1"),
        ({1: frozenset({10}), 2: frozenset({99})}, {}, "q2"),
        ({1: frozenset({10})}, {3: "长" * 1001}, "q3"),
    ],
)
def test_a_ballot_that_does_not_fit_names_the_question(picks, remarks, field):
    with pytest.raises(ToldWrongly) as refused:
        check_ballot(ASKED, Filled(picks, remarks))
    assert refused.value.field == field


def test_the_wording_for_the_public_stars_the_writer_and_numbers():
    text = f"我是{WHO[0]}，身份证11010519491231002X，电话{WHO[1]}。"
    draft = masked_draft(text, WHO)
    assert not any(each in draft for each in (*WHO, "11010519491231002X"))
    refuse_personal({"public_text": draft}, WHO)
    for wrong in (text, f"{WHO[0]}来信", "电话13900005678"):
        with pytest.raises(ToldWrongly) as refused:
            refuse_personal({"public_text": wrong}, WHO)
        assert refused.value.field == "public_text"


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "ftp://a.cn/", "http://", "https://a b"])
def test_links_are_of_the_web(wrong):
    with pytest.raises(ToldWrongly):
        web_address(wrong, "link")
    assert web_address(" https://weibo.com/1 ", "link") == "https://weibo.com/1"


def test_a_survey_stands_by_its_days():
    days = (date(2026, 9, 21), date(2026, 9, 30))
    stands = [survey_standing(SurveyState.OPEN, *days, date(2026, 9, day)) for day in (20, 21, 30)]
    assert stands == [Standing.AHEAD, Standing.RUNNING, Standing.RUNNING]
    assert survey_standing(SurveyState.OPEN, *days, date(2026, 10, 1)) is Standing.CLOSED
