"""Reading pasted notices and files; judging days; every shipped notice passes its own judgment."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.calendars.rules import (
    Days,
    UnreadableNotice,
    changes_between,
    problems_of,
    read_text,
    read_year_file,
)
from gongkai.statute.workdays import WorkdayCalendar, YearNotice, national

NOTICE_OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。\
2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
国务院办公厅
2025年11月4日
"""
KNOWN = [notice for notice in national().notices if notice.issued_on]


def test_a_pasted_notice_gives_the_days_of_the_shipped_table() -> None:
    days = read_text(NOTICE_OF_2026, 2026)
    (shipped,) = national().notices_for(2026)
    assert (days.off, days.work) == (shipped.off, shipped.work)


def test_a_notice_may_reach_into_the_year_before() -> None:
    days = read_text("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert sorted(days.off) == [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)]


def test_dates_in_iso_form_are_read_too() -> None:
    days = read_text("2027-01-01至2027-01-03 放假\n2027-01-10 上班", 2027)
    assert len(days.off) == 3
    assert days.work == {date(2027, 1, 10)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有读出放假日期"),
        ("春节快乐", "没有读出放假日期"),
        ("2月30日放假", "“2月30日”不是存在的日期"),
        ("1日至3日放假", "“1日”没有写明月份"),
        ("1月1日至3日。", "没有写明“放假”或“上班”"),
        ("1月1日放假。1月4日", "2027年1月4日之后没有写明"),
        ("10月1日至7日放假，共8天。", "写明共8天，所列日期却有7天"),
        ("10月7日至1日放假", "首尾颠倒"),
        ("1月1日至12月31日放假", "过长"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(text: str, said: str) -> None:
    with pytest.raises(UnreadableNotice, match=said):
        read_text(text, 2027)


def as_text(notice: YearNotice) -> str:
    """Write a notice the way the State Council's office does."""
    lines, days = [], sorted(notice.off)
    while days:
        run = [days.pop(0)]
        while days and days[0] == run[-1] + timedelta(days=1):
            run.append(days.pop(0))
        first, last = run[0], run[-1]
        to = f"至{last.year}年{last.month}月{last.day}日" if len(run) > 1 else ""
        lines.append(
            f"{first.year}年{first.month}月{first.day}日（周几）{to}放假调休，共{len(run)}天。"
        )
    work = "、".join(f"{day.year}年{day.month}月{day.day}日（周六）" for day in sorted(notice.work))
    return "\n".join(lines) + (f"{work}上班。" if work else "")


@pytest.mark.parametrize(
    "notice", [notice for notice in national().notices if notice.off], ids=lambda one: str(one.year)
)
def test_every_shipped_notice_is_read_back_from_its_text(notice: YearNotice) -> None:
    assert read_text(as_text(notice), notice.year) == Days(notice.off, notice.work)


@pytest.mark.parametrize("notice", KNOWN, ids=lambda one: f"{one.year} {one.number}")
def test_every_shipped_notice_is_in_order(notice: YearNotice) -> None:
    before = WorkdayCalendar.of(
        one for one in national().notices if one.issued_on and one.issued_on < notice.issued_on
    )
    days = Days(notice.off, notice.work)
    problems = problems_of(notice.year, notice.number, notice.issued_on, days, before)
    assert [problem for problem in problems if not problem.is_doubt] == []


@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)))
def test_a_workday_cannot_be_declared_a_working_weekend(day: date) -> None:
    days = Days(frozenset({date(2027, 1, 1)} - {day}) or frozenset({date(2027, 1, 4)}), {day})
    fields = [
        problem.field for problem in problems_of(2027, "号", date(2026, 11, 4), days, national())
    ]
    assert ("shifted_workdays" in fields) == (day.weekday() < 5)


@pytest.mark.parametrize(
    ("year", "issued_on", "off", "work", "field"),
    [
        (1999, date(1998, 12, 1), ["1999-01-01"], [], "year"),
        (2027, date(2026, 11, 4), [], [], "off_days"),
        (2027, date(2024, 11, 4), ["2027-01-01"], [], "issued_on"),
        (2027, date(2026, 11, 4), ["2028-01-01"], [], "off_days"),
        (2027, date(2026, 11, 4), ["2026-11-30"], [], "off_days"),
        (2027, date(2026, 11, 4), ["2027-01-01"], ["2027-03-03"], "shifted_workdays"),
        (2027, date(2026, 11, 4), ["2027-01-01"], ["2027-01-01"], "off_days"),
    ],
)
def test_days_that_cannot_be_are_told_with_their_field(year, issued_on, off, work, field) -> None:
    days = Days(frozenset(map(date.fromisoformat, off)), frozenset(map(date.fromisoformat, work)))
    (problem,) = problems_of(year, "国办发明电〔2026〕1号", issued_on, days, national())
    assert problem.field == field


def test_a_lone_weekend_is_doubted_and_can_be_entered() -> None:
    days = Days(frozenset({date(2027, 3, 6)}), frozenset())
    (problem,) = problems_of(2027, "号", date(2026, 11, 4), days, national())
    assert problem.is_doubt
    assert "2027年3月6日（星期六）本来就休息" in problem.message


def test_a_later_notice_may_take_a_day_off_back() -> None:
    """2020-02-03 was off by the first notice's extension and worked by the second (law.md 10.2)."""
    known = WorkdayCalendar.of(
        [YearNotice(2020, "一", date(2019, 11, 21), frozenset({date(2020, 2, 3)}))]
    )
    days = Days(frozenset({date(2020, 1, 31)}), frozenset({date(2020, 2, 3)}))
    assert problems_of(2020, "二", date(2020, 1, 27), days, known) == []


def test_the_file_of_a_year_is_read() -> None:
    content = {
        "year": 2027,
        "papers": ["https://example.invalid"],
        "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
            {"name": "元旦", "date": "2027-01-10", "isOffDay": False},
        ],
    }
    assert read_year_file(content) == (
        2027,
        Days(frozenset({date(2027, 1, 1)}), frozenset({date(2027, 1, 10)})),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "JSON 对象"),
        ({"year": 2027}, "JSON 对象"),
        ({"year": "2027", "days": []}, "year"),
        ({"year": True, "days": []}, "year"),
        ({"year": 2027, "days": [{}]}, "第 1 项"),
        ({"year": 2027, "days": ["x"]}, "第 1 项"),
        ({"year": 2027, "days": [{"date": "2027-13-01", "isOffDay": True}]}, "第 1 项"),
        ({"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": 1}]}, "isOffDay"),
    ],
)
def test_a_file_of_another_shape_is_refused(content: object, said: str) -> None:
    with pytest.raises(UnreadableNotice, match=said):
        read_year_file(content)


def test_what_a_notice_changes_is_told_day_by_day() -> None:
    notice = YearNotice(2027, "号", date(2026, 11, 4), frozenset({date(2027, 1, 4)}))
    (changed, *rest) = changes_between(national(), national().with_notices([notice]), 2027)
    told = {one.day: (one.was, one.becomes) for one in (changed, *rest)}
    assert told[date(2027, 1, 4)] == ("工作日", "放假")
