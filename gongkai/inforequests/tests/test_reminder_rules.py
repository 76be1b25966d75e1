"""The first hour of work, the steps towards a deadline, what a mail asks: no database."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.rules.mails import LONGEST, asked_in, mobile
from gongkai.inforequests.rules.reminders import (
    Circle,
    Facts,
    Occasion,
    overdue_step,
    reminders_due,
    wait_after,
)
from gongkai.inforequests.rules.working_hours import (
    BadHours,
    WorkingHours,
    first_working_hour_over,
)
from gongkai.inforequests.tests.factories import CHINA, moment
from gongkai.statute.workdays import national

HOURS = WorkingHours.of(("08:30-12:00", "14:00-17:30"))
CALENDAR = national()
MONDAY = date(2026, 3, 2)


def clock(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), CHINA)


@pytest.mark.parametrize(
    ("arrived", "over"),
    [
        ((MONDAY, "09:00"), (MONDAY, "10:00")),
        ((MONDAY, "07:00"), (MONDAY, "09:30")),
        ((MONDAY, "11:30"), (MONDAY, "14:30")),
        ((MONDAY, "12:30"), (MONDAY, "15:00")),
        ((MONDAY, "17:00"), (date(2026, 3, 3), "09:00")),
        ((date(2026, 3, 6), "17:29"), (date(2026, 3, 9), "09:29")),  # Friday evening
        ((date(2026, 9, 30), "20:00"), (date(2026, 10, 8), "09:30")),  # before National Day
        ((date(2026, 10, 9), "18:00"), (date(2026, 10, 10), "09:30")),  # a shifted Saturday
    ],
)
def test_the_first_hour_of_work(arrived, over):
    ends = HOURS.first_hour_ends(clock(*arrived), CALENDAR)
    assert ends == clock(*over)
    assert first_working_hour_over(clock(*arrived), ends, CALENDAR, HOURS)
    assert not first_working_hour_over(
        clock(*arrived), ends - timedelta(seconds=1), CALENDAR, HOURS
    )


@given(st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 1)))  # noqa: DTZ001
def test_the_first_hour_holds_sixty_minutes_of_work(naive):
    arrived = naive.replace(tzinfo=CHINA, second=0, microsecond=0)
    ends = HOURS.first_hour_ends(arrived, CALENDAR)
    minute, worked = arrived, 0
    while minute < ends:
        in_span = any(a <= minute.time() < b for a, b in HOURS.spans)
        day_works = CALENDAR.is_workday(minute.date())
        worked += in_span and day_works
        minute += timedelta(minutes=1) if day_works else timedelta(hours=1)
    assert worked == 60


@pytest.mark.parametrize(
    "texts", [(), ("8点",), ("12:00-08:30",), ("08:30-12:00", "11:00-17:00"), ("08:30",)]
)
def test_hours_that_make_no_sense_are_refused(texts):
    with pytest.raises(BadHours):
        WorkingHours.of(texts)


# -- the steps towards a deadline -------------------------------------------------------------


def due(left: int | None, today: date = MONDAY, **told) -> list[tuple[Occasion, date]]:
    if left is not None and left < 0:
        today = CALENDAR.add(DUE, -left)
    facts = Facts(State.PROCESSING, moment(MONDAY), due_on=DUE, left=left, **told)
    return [
        (each.occasion, each.on) for each in reminders_due(facts, moment(today), CALENDAR, HOURS)
    ]


DUE = date(2026, 3, 30)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (None, []),
        (6, []),
        (5, [(Occasion.DUE_IN_5, DUE)]),
        (4, [(Occasion.DUE_IN_5, DUE)]),
        (3, [(Occasion.DUE_IN_3, DUE)]),
        (1, [(Occasion.DUE_IN_3, DUE)]),
        (0, [(Occasion.DUE_TODAY, DUE)]),
        (-1, [(Occasion.OVERDUE, date(2026, 3, 31))]),
        (-2, [(Occasion.OVERDUE, date(2026, 3, 31))]),
        (-3, [(Occasion.OVERDUE, date(2026, 3, 31))]),
        (-4, [(Occasion.OVERDUE, date(2026, 4, 3))]),
        (-6, [(Occasion.OVERDUE, date(2026, 4, 3))]),
        (-7, [(Occasion.OVERDUE, date(2026, 4, 9))]),
    ],
)
def test_only_the_newest_step_is_due(left, expected):
    assert due(left) == expected


@given(st.dates(date(2025, 1, 1), date(2026, 3, 1)), st.integers(1, 200))
def test_the_newest_step_beyond_a_deadline_is_each_third_working_day(due_on, days):
    today = due_on + timedelta(days=days)
    late = CALENDAR.count(due_on, today) or 1
    expected = CALENDAR.add(due_on, 1 + (late - 1) // 3 * 3)
    assert overdue_step(due_on, late, today, CALENDAR) == expected


def circles(left: int) -> tuple[Circle, ...]:
    facts = Facts(State.PROCESSING, moment(MONDAY), due_on=DUE, left=left)
    (found,) = reminders_due(facts, moment(MONDAY), CALENDAR, HOURS)
    return found.circles


def test_it_escalates_to_the_head_on_the_day_and_to_the_county_when_three_days_late():
    assert circles(1) == (Circle.HANDLER,)
    assert circles(0) == circles(-2) == (Circle.HANDLER, Circle.HEADS)
    assert circles(-3) == (Circle.HANDLER, Circle.HEADS, Circle.COUNTY)


def test_nobody_hears_of_terms_that_no_longer_run():
    facts = Facts(
        State.UNDER_REVIEW,
        moment(MONDAY),
        inner_due_on=MONDAY,
        inner_left=0,
        supplement_by=MONDAY,
        supplement_left=0,
        drafted_on=MONDAY,
    )
    assert reminders_due(facts, moment(MONDAY), CALENDAR, HOURS) == ()


@pytest.mark.parametrize(
    ("state", "told", "occasion"),
    [
        (State.REGISTERED, {"inner_due_on": MONDAY, "inner_left": 0}, Occasion.INNER_DUE),
        (
            State.PROCESSING,
            {"supplement_by": date(2026, 3, 4), "supplement_left": 2},
            Occasion.SUPPLEMENT_NOTICE_TERM,
        ),
        (
            State.AWAITING_SUPPLEMENT,
            {"requester_due_on": date(2026, 3, 1)},
            Occasion.REQUESTER_TERM_ENDED,
        ),
        (
            State.AWAITING_PAYMENT,
            {"requester_due_on": date(2026, 2, 27)},
            Occasion.REQUESTER_TERM_ENDED,
        ),
        (
            State.CONSULTING,
            {"opinion_ended_on": date(2026, 2, 27)},
            Occasion.OPINION_TERM_ENDED,
        ),
        (State.UNDER_REVIEW, {"drafted_on": date(2026, 2, 27)}, Occasion.REVIEW_WAITING),
        (State.REVIEWED, {"passed_on": date(2026, 2, 27)}, Occasion.SIGN_WAITING),
        (State.REPLIED, {"mail_returned_on": date(2026, 2, 27)}, Occasion.MAIL_RETURNED),
        (State.REPLIED, {"review_on": MONDAY}, Occasion.WITHHELD_REVIEW),
        (State.REGISTERED, {"assigned_on": MONDAY}, Occasion.ASSIGNED),
        (State.PROCESSING, {"mail_attached_on": MONDAY}, Occasion.MAIL_ATTACHED),
    ],
)
def test_each_other_occasion(state, told, occasion):
    facts = Facts(state, moment(MONDAY), **told)
    (found,) = reminders_due(facts, moment(MONDAY), CALENDAR, HOURS)
    assert found.occasion is occasion
    assert found.occasion.label
    assert found.words
    assert found.at_least == 1


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.PROCESSING, {"inner_due_on": date(2026, 3, 4), "inner_left": 2}),
        (State.PROCESSING, {"supplement_by": date(2026, 3, 5), "supplement_left": 3}),
        (State.PROCESSING, {"supplement_by": date(2026, 2, 27), "supplement_left": -1}),
        (State.AWAITING_SUPPLEMENT, {"requester_due_on": MONDAY}),
        (State.CONSULTING, {"opinion_ended_on": MONDAY}),
        (State.UNDER_REVIEW, {"drafted_on": MONDAY}),
        (State.REPLIED, {"mail_returned_on": MONDAY}),
        (State.REPLIED, {"review_on": date(2026, 3, 3)}),
        (State.REGISTERED, {"assigned_on": date(2026, 2, 26)}),
    ],
)
def test_nothing_is_due_too_early_nor_told_as_news_too_late(state, told):
    facts = Facts(state, moment(MONDAY), **told)
    assert reminders_due(facts, moment(MONDAY), CALENDAR, HOURS) == ()


def test_an_unconfirmed_request_alarms_after_an_hour_then_every_working_morning():
    friday = date(2026, 3, 6)
    facts = Facts(State.SUBMITTED, clock(friday, "09:00"))

    def alarm(day: date, text: str) -> list[date]:
        found = reminders_due(facts, clock(day, text), CALENDAR, HOURS)
        assert all(each.at_least == 2 for each in found)
        return [each.on for each in found]

    assert alarm(friday, "09:59") == []
    assert alarm(friday, "10:00") == [friday]
    assert alarm(friday, "23:00") == [friday]
    assert alarm(date(2026, 3, 8), "12:00") == [friday]  # Sunday: still Friday's
    assert alarm(date(2026, 3, 9), "08:29") == [friday]
    assert alarm(date(2026, 3, 9), "08:30") == [date(2026, 3, 9)]


def test_failures_wait_longer_each_time():
    assert [wait_after(tries) for tries in (1, 2, 7, 50)] == [
        timedelta(minutes=5),
        timedelta(minutes=10),
        timedelta(hours=3),
        timedelta(hours=3),
    ]


# -- what a mail asks ------------------------------------------------------------------------


def test_numbers_of_a_person_leave_what_is_asked():
    asked = asked_in(
        "Re: 回复：申请公开", "身份证 11010519491231002X，电话 138 0013 8000，征地批准文件", 0
    )
    assert asked.description == (
        "申请公开\n身份证 （证件号码见来信原件），电话 （电话号码见来信原件），征地批准文件"
    )
    assert asked.phone == "138 0013 8000"
    assert asked.identity_number == "11010519491231002X"


def test_two_telephones_are_nobodys():
    asked = asked_in("", "13800138000 或者 13900139000", 0)
    assert asked.phone == ""
    assert "1380013" not in asked.description


@pytest.mark.parametrize("text", ["2025年13号文", "138001380001", "A13800138000123"])
def test_other_numbers_stay(text):
    assert asked_in("", text, 0).description == text


def test_a_mail_without_a_word_is_a_request_only_with_files():
    assert asked_in("申请", " \n ", 0) is None
    assert "见来信附件" in asked_in("申请", "", 1).description


@given(st.text(max_size=300), st.text(max_size=400), st.integers(0, 3))
def test_whatever_a_mail_says_fits(subject, text, files):
    asked = asked_in(subject, text * 40, files)
    assert asked is None or 0 < len(asked.description) < LONGEST + 100


@pytest.mark.parametrize(
    ("typed", "number"),
    [("13800138000", "13800138000"), ("+86 138-0013-8000", "13800138000"), ("0795-4662001", "")],
)
def test_only_mobiles_take_short_messages(typed, number):
    assert mobile(typed) == number
