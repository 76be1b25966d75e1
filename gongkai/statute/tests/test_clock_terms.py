"""Plain terms: publication, reports, opinions, fees, reconsideration and suits."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import articles as art
from gongkai.statute.clock import ConsultationKind, OutOfOrder, TooLong, terms
from gongkai.statute.clock.deadline import Deadline
from gongkai.statute.limits import Limit, LimitUnknown, Unit
from gongkai.statute.tests.spoken import on
from gongkai.statute.workdays import UnknownYear, national

CALENDAR = national()
Clock = Callable[[date], Deadline]


@pytest.mark.parametrize(
    ("clock", "start", "due"),
    [
        (lambda day: terms.supplement_notice(day, CALENDAR), "2026-02-10", "2026-02-26"),
        (lambda day: terms.requester_supplement(day, 15, CALENDAR), "2026-02-10", "2026-03-09"),
        (lambda day: terms.fee_payment(day, day, CALENDAR), "2026-02-10", "2026-03-16"),
        (lambda day: terms.publication(day, CALENDAR), "2026-09-18", "2026-10-22"),
        (lambda day: terms.publication(day, CALENDAR), "2010-09-17", "2010-10-21"),
        (lambda day: terms.reconsideration_reply(day, CALENDAR), "2026-04-30", "2026-05-18"),
        (
            lambda day: terms.reconsideration_reply(day, CALENDAR, simple=True),
            "2026-04-30",
            "2026-05-11",
        ),
        # ten calendar days before 2024
        (lambda day: terms.reconsideration_reply(day, CALENDAR), "2023-12-04", "2023-12-14"),
        # 60 days from 2026-08-06 end on 2026-10-05, a day off
        (lambda day: terms.reconsideration_application(day, CALENDAR), "2026-08-06", "2026-10-08"),
        (lambda day: terms.reconsideration_application(day, CALENDAR), "2026-03-02", "2026-05-06"),
        (lambda day: terms.suit_direct(day, CALENDAR), "2025-08-31", "2026-02-28"),
        (lambda day: terms.suit_direct(day, CALENDAR), "2026-04-01", "2026-10-08"),
        (lambda day: terms.suit_direct(day, CALENDAR), "2014-12-01", "2015-03-02"),
        (lambda day: terms.suit_after_reconsideration(day, CALENDAR), "2026-03-02", "2026-03-17"),
        (lambda day: terms.suit_defence(day, CALENDAR), "2026-03-02", "2026-03-17"),
        (lambda day: terms.reconsideration_decision(day, CALENDAR), "2026-03-03", "2026-05-06"),
        (
            lambda day: terms.reconsideration_decision(day, CALENDAR, extended_by=30),
            "2026-03-03",
            "2026-06-01",
        ),
        (
            lambda day: terms.reconsideration_decision(day, CALENDAR, simple=True),
            "2026-03-03",
            "2026-04-02",
        ),
        (lambda day: terms.reconsideration_review(day, CALENDAR), "2026-04-30", "2026-05-11"),
        (lambda day: terms.reconsideration_opinion(day, CALENDAR), "2026-03-02", "2026-05-06"),
        (lambda day: terms.suit_judgment(day, CALENDAR), "2025-08-31", "2026-02-28"),
        (lambda day: terms.suit_judgment(day, CALENDAR), "2014-12-01", "2015-03-02"),
        (lambda day: terms.suit_judgment(day, CALENDAR, simple=True), "2026-03-02", "2026-04-16"),
        (lambda day: terms.appeal(day, CALENDAR), "2026-03-02", "2026-03-17"),
        (lambda day: terms.appeal(day, CALENDAR, ruling=True), "2026-03-02", "2026-03-12"),
        (lambda day: terms.appeal_judgment(day, CALENDAR), "2026-03-02", "2026-06-02"),
        (lambda day: terms.decision_publication(day, CALENDAR), "2026-04-30", "2026-05-13"),
        (
            lambda day: terms.decision_publication(day, CALENDAR, double=False),
            "2026-09-18",
            "2026-10-22",
        ),
        # before 2018 only Art. 26
        (lambda day: terms.decision_publication(day, CALENDAR), "2010-09-17", "2010-10-21"),
        (lambda day: terms.decision_withdrawal(day, CALENDAR), "2026-04-30", "2026-05-08"),
        (
            lambda day: terms.decision_withdrawal(day, CALENDAR, penalty=False),
            "2026-09-18",
            "2026-10-22",
        ),
        (lambda day: terms.complaint_acceptance(day, CALENDAR), "2026-03-02", "2026-03-17"),
        (lambda day: terms.complaint_handling(day, CALENDAR), "2026-03-03", "2026-05-06"),
        (
            lambda day: terms.complaint_handling(day, CALENDAR, extended_by=30),
            "2026-03-03",
            "2026-06-01",
        ),
    ],
)
def test_terms(clock: Clock, start: str, due: str) -> None:
    assert clock(on(start)).due_on == on(due)


@pytest.mark.parametrize("kind", ConsultationKind)
def test_opinions_are_due_fifteen_working_days_from_service(kind: ConsultationKind) -> None:
    found = terms.opinion(kind, on("2026-02-10"), on("2026-02-02"), CALENDAR)
    assert found.due_on == on("2026-03-09")
    assert found.workdays == 15
    with pytest.raises(LimitUnknown):
        terms.opinion(kind, on("2019-06-03"), on("2019-05-13"), CALENDAR)


def test_an_items_own_limit_goes_before_article_26() -> None:
    budget = Limit(20, Unit.CALENDAR_DAYS, art.ART_26)
    assert terms.publication(on("2026-01-15"), CALENDAR, budget).due_on == on("2026-02-04")
    licence = Limit(7, Unit.WORKDAYS, art.ART_26)
    assert terms.publication(on("2026-04-30"), CALENDAR, licence).due_on == on("2026-05-13")


def test_reports_have_fixed_dates() -> None:
    assert terms.organ_report(2025).due_on == date(2026, 1, 31), "a Saturday: a date, not a term"
    assert terms.government_report(2020).due_on == date(2021, 3, 31)
    assert terms.organ_report(2017).due_on == date(2018, 3, 31)
    assert str(terms.organ_report(2020).steps[0].article) == "条例第四十九条第一款"


def test_a_moved_term_says_why() -> None:
    found = terms.reconsideration_application(on("2026-08-06"), CALENDAR)
    assert [str(step.article) for step in found.steps] == [
        "行政复议法第二十条第一款",
        "民事诉讼法关于期间的规定",
    ]
    assert found.steps[1].why == "末日是节假日，顺延至2026年10月8日"
    assert found.workdays == 0


def test_a_requester_who_was_not_told_has_longer() -> None:
    served = on("2026-01-05")

    def apply(learned: str | None) -> date | None:
        learned_on = on(learned) if learned else None
        return terms.reconsideration_application(
            served, CALENDAR, told=False, learned_on=learned_on
        ).due_on

    assert apply("2026-03-02") == on("2026-05-06")
    assert apply("2026-12-20") == on("2027-01-05"), "one year at most"
    assert apply(None) == on("2027-01-05")
    with pytest.raises(OutOfOrder, match="早于送达日期"):
        apply("2026-01-04")
    longest = terms.suit_direct(served, CALENDAR, told=False)
    assert longest.due_on == on("2027-01-05")
    assert longest.provisional


def test_extensions_of_reconsideration_are_bounded() -> None:
    with pytest.raises(TooLong, match="0至30日"):
        terms.reconsideration_decision(on("2026-03-02"), CALENDAR, extended_by=31)
    with pytest.raises(TooLong, match="0至0日"):
        terms.reconsideration_decision(on("2026-03-02"), CALENDAR, simple=True, extended_by=1)


def test_terms_into_an_unannounced_year_are_provisional() -> None:
    assert terms.supplement_notice(on("2026-12-28"), CALENDAR).provisional
    assert not terms.supplement_notice(on("2026-03-02"), CALENDAR).provisional
    assert not terms.reconsideration_application(on("2026-03-02"), CALENDAR).provisional
    with pytest.raises(UnknownYear):
        terms.suit_direct(on("9999-12-31"), CALENDAR)


@given(st.dates(date(2024, 1, 1), date(2026, 5, 31)))
def test_calendar_terms_never_end_on_a_day_off_nor_early(day: date) -> None:
    for found in (
        terms.reconsideration_application(day, CALENDAR),
        terms.suit_direct(day, CALENDAR),
        terms.suit_after_reconsideration(day, CALENDAR),
    ):
        assert found.due_on
        assert CALENDAR.is_workday(found.due_on)
        assert found.due_on >= found.steps[0].end_on


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 40))
def test_months_keep_the_day_or_take_the_last_of_the_month(day: date, months: int) -> None:
    found = terms.months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (
        found.day < day.day and (found.replace(day=found.day)).day >= 28
    )


def test_a_complaint_is_not_extended_without_end() -> None:
    with pytest.raises(TooLong, match="0至30日"):
        terms.complaint_handling(on("2026-03-03"), CALENDAR, extended_by=31)
