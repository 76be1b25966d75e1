"""Working days: the vectors of law.md 10, the packages, provisional years, merged notices."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.days import weekday, written
from gongkai.statute.holiday_data import LUNAR_DAYS
from gongkai.statute.tests.elsewhere import counts_elsewhere, every_day, published_workdays
from gongkai.statute.tests.spoken import on
from gongkai.statute.workdays import (
    BadNotice,
    CalendarError,
    Closure,
    UnknownYear,
    WorkdayCalendar,
    YearNotice,
    national,
    statutory_holidays,
)

CALENDAR = national()
DAYS = st.dates(date(2004, 1, 1), date(2040, 6, 30))
KNOWN_DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))


def notice(year: int, off: str = "", work: str = "", **fields: object) -> YearNotice:
    values = {"number": f"测发〔{year}〕1号", "issued_on": date(year - 1, 11, 1)} | fields
    return YearNotice(
        year=year,
        off=frozenset(map(on, off.split())),
        work=frozenset(map(on, work.split())),
        **values,  # type: ignore[arg-type]  # a test's keywords
    )


@pytest.mark.parametrize(
    ("start", "count", "result"),
    [
        ("2020-01-20", 20, "2020-02-25"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2026-02-10", 7, "2026-02-26"),
        ("2026-02-10", 15, "2026-03-09"),
        ("2026-02-10", 20, "2026-03-16"),
        ("2026-02-14", 20, "2026-03-20"),
        ("2026-04-30", 7, "2026-05-13"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-09-30", 20, "2026-11-03"),
        ("2026-10-10", 20, "2026-11-06"),
    ],
)
def test_terms_of_working_days(start: str, count: int, result: str) -> None:
    assert CALENDAR.add(on(start), count) == on(result)


@pytest.mark.parametrize(
    ("year", "workdays"),
    [(2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_working_days_of_a_year(year: int, workdays: int) -> None:
    assert CALENDAR.count(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


def test_agrees_with_chinesecalendar_but_for_one_saturday() -> None:
    odd = [
        day
        for day in every_day(date(2004, 1, 1), date(2026, 12, 31))
        if CALENDAR.is_workday(day) != counts_elsewhere(day)
    ]
    # 国办发明电〔2005〕35号 made Saturday 2005-12-31 a workday; the package starts 2006 later.
    assert odd == [date(2005, 12, 31)]


def test_agrees_with_holidays() -> None:
    known = every_day(date(2008, 1, 1), date(2026, 12, 31))
    assert {day for day in known if CALENDAR.is_workday(day)} == published_workdays()


def test_every_year_names_the_notices_behind_it() -> None:
    assert [len(CALENDAR.notices_for(year)) for year in (2015, 2019, 2020, 2026)] == [2, 2, 2, 1]
    assert CALENDAR.notices_for(2020)[1].number == "国办发明电〔2020〕1号"
    assert CALENDAR.announced_years == frozenset(range(2004, 2027))
    assert CALENDAR.notices_for(2027) == ()


def test_last_days_of_december_follow_the_next_years_notice() -> None:
    assert not CALENDAR.is_workday(date(2018, 12, 31))
    assert CALENDAR.is_workday(date(2018, 12, 29))
    assert CALENDAR.is_workday(date(2006, 12, 31))


@given(DAYS, st.integers(0, 80))
def test_adding_then_counting_gives_the_number_back(start: date, count: int) -> None:
    end = CALENDAR.add(start, count)
    assert CALENDAR.count(start, end) == count
    assert count == 0 or CALENDAR.is_workday(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2018, 3, 1), date(2026, 11, 26)),
        (date(2020, 12, 31), date(2022, 1, 1)),
        (date(2019, 1, 1), date(2021, 12, 31)),
    ],
)
def test_counting_over_whole_years_is_counting_day_by_day(start: date, end: date) -> None:
    calendar = national()
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    for _ in range(2):  # the second time from what was counted before
        assert calendar.count(start, end) == sum(map(calendar.is_workday, days))


@given(KNOWN_DAYS)
def test_next_workday_is_the_first_that_counts(day: date) -> None:
    found = CALENDAR.next_workday(day)
    assert CALENDAR.is_workday(found)
    assert not any(CALENDAR.is_workday(each) for each in every_day(day, found)[:-1])


def test_a_negative_term_is_refused() -> None:
    with pytest.raises(CalendarError, match="不能是负数"):
        CALENDAR.add(date(2026, 1, 1), -1)


# -- years without a notice ------------------------------------------------------------------


def test_moving_holidays_agree_with_holidays() -> None:
    names = {"Tomb-Sweeping": "tomb_sweeping", "Dragon": "dragon_boat", "Mid-Autumn": "mid_autumn"}
    for year, lunar in LUNAR_DAYS.items():
        told = holidays.China(years=year, observed=False)
        assert "Chinese New Year" in told[lunar.new_year]
        for word, field in names.items():
            assert word in told[getattr(lunar, field)], (year, field)
        # the New Year's Eve and three days, and nothing before them
        assert "Chinese New Year" in told[lunar.new_year - timedelta(days=1)]
        assert lunar.new_year - timedelta(days=2) not in told


def test_statutory_holidays_of_2027() -> None:
    assert sorted(statutory_holidays(2027)) == [
        date(2027, month, day)
        for month, day in [
            (1, 1),
            *((2, 5), (2, 6), (2, 7), (2, 8)),
            (4, 5),
            *((5, 1), (5, 2)),
            (6, 9),
            (9, 15),
            *((10, 1), (10, 2), (10, 3)),
        ]
    ]


def test_a_year_without_a_notice_is_provisional() -> None:
    assert CALENDAR.is_provisional(date(2027, 3, 1))
    assert not CALENDAR.is_workday(date(2027, 6, 9))
    assert CALENDAR.is_workday(date(2027, 6, 10))
    assert not CALENDAR.is_workday(date(2027, 6, 12))
    assert not CALENDAR.is_provisional(date(2026, 12, 31))


def test_days_that_new_year_may_borrow_stay_provisional() -> None:
    known_2028 = CALENDAR.with_notices([notice(2028, "2028-01-01")])
    # 2029-01-01 is a Monday: only the weekend before it may be changed by that year's notice.
    assert [known_2028.is_provisional(date(2028, 12, day)) for day in (28, 29, 30, 31)] == [
        False,
        False,
        True,
        True,
    ]
    settled = known_2028.with_notices([notice(2029, "2029-01-01", "2028-12-30")])
    assert not settled.is_provisional(date(2028, 12, 31))
    assert not settled.is_provisional(date(2028, 12, 30))
    assert settled.is_workday(date(2028, 12, 30))


def test_every_notice_so_far_borrowed_only_those_days() -> None:
    for each in CALENDAR.notices:
        borrowed = {day for day in each.off | each.work if day.year < each.year}
        earlier = WorkdayCalendar.of(n for n in CALENDAR.notices if n.year < each.year)
        assert all(
            earlier.is_provisional(day)
            for day in borrowed
            if each.year - 1 in earlier.announced_years
        ), each.number


@pytest.mark.parametrize("day", [date(2003, 6, 2), date(2003, 6, 1), date(2041, 1, 1)])
def test_a_year_outside_the_tables_is_refused(day: date) -> None:
    with pytest.raises(UnknownYear, match=f"没有{day.year}年的节假日安排"):
        CALENDAR.is_workday(day)
    with pytest.raises(UnknownYear, match="录入该年的放假通知"):
        CALENDAR.add(day, 1)


@given(st.dates(date(2026, 10, 1), date(2039, 12, 31)), st.integers(1, 60))
def test_the_cautious_calendar_is_never_later(start: date, count: int) -> None:
    assert CALENDAR.cautious().add(start, count) <= CALENDAR.add(start, count)


# -- merging notices -------------------------------------------------------------------------


def test_an_entered_notice_settles_a_year() -> None:
    entered = CALENDAR.with_notices([notice(2027, "2027-01-01 2027-02-10", "2027-02-13")])
    assert not entered.is_provisional(date(2027, 2, 10))
    assert not entered.is_workday(date(2027, 2, 10))
    assert entered.is_workday(date(2027, 2, 13))
    assert entered.is_workday(date(2027, 6, 9)), "the notice, not the guess, now rules the year"


def test_a_second_notice_changes_only_the_days_it_names() -> None:
    first = notice(2027, "2027-05-01 2027-10-01", "2027-10-09")
    second = notice(
        2027, "2027-10-09", "2027-05-01", number="测发〔2027〕2号", issued_on=date(2027, 3, 1)
    )
    for order in ([first, second], [second, first]):
        merged = CALENDAR.with_notices(order)
        assert merged.is_workday(date(2027, 5, 1))
        assert not merged.is_workday(date(2027, 10, 9))
        assert not merged.is_workday(date(2027, 10, 1))


def test_a_corrected_entry_replaces_the_same_notice() -> None:
    wrong = notice(2027, "2027-03-01")
    right = notice(2027, "2027-03-02")
    merged = CALENDAR.with_notices([wrong]).with_notices([right])
    assert merged.is_workday(date(2027, 3, 1))
    assert not merged.is_workday(date(2027, 3, 2))
    assert merged.notices_for(2027) == (right,)


def test_the_holiday_of_2020_was_lengthened_by_a_second_notice() -> None:
    first_only = WorkdayCalendar.of(
        each for each in CALENDAR.notices if each.number != "国办发明电〔2020〕1号"
    )
    assert first_only.is_workday(date(2020, 2, 1))
    assert not CALENDAR.is_workday(date(2020, 2, 1))
    assert first_only.add(date(2020, 1, 20), 20) < CALENDAR.add(date(2020, 1, 20), 20)


def test_a_local_closure_takes_a_day_out() -> None:
    flood = Closure(date(2026, 7, 8), "靖防指〔2026〕3号", "防汛停办")
    closed = CALENDAR.with_notices([], [flood])
    assert not closed.is_workday(flood.day)
    assert closed.describe(flood.day) == "当地停办（靖防指〔2026〕3号）"
    assert closed.add(date(2026, 7, 7), 1) == date(2026, 7, 9)
    shifted = Closure(date(2026, 1, 4), "靖防指〔2026〕1号")
    assert not CALENDAR.with_notices([], [shifted]).is_workday(shifted.day)


@pytest.mark.parametrize(
    ("off", "work", "told"),
    [
        ("2027-05-01", "2027-05-01", "同时列为放假和上班"),
        ("2028-05-01", "", "不在2027年"),
        ("", "2026-11-30", "不在2027年"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(off: str, work: str, told: str) -> None:
    with pytest.raises(BadNotice, match=told):
        notice(2027, off, work)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-03-02", "工作日"),
        ("2026-03-07", "周末"),
        ("2026-05-09", "调休上班"),
        ("2026-10-05", "放假"),
        ("2027-06-09", "法定节假日（放假通知未发布，暂按推算）"),
    ],
)
def test_kinds_of_days(day: str, told: str) -> None:
    assert CALENDAR.describe(on(day)) == told


def test_days_are_written_as_officials_write_them() -> None:
    assert (written(date(2026, 3, 2)), weekday(date(2026, 3, 2))) == ("2026年3月2日", "星期一")
