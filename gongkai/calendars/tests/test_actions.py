"""Entering notices: over the shipped table, newest wins, one event, the bell; the missing year."""

import json
from datetime import UTC, date, datetime

import pytest

from gongkai.audit import Actor, recorded
from gongkai.audit.models import Event
from gongkai.calendars.actions import (
    CalendarRefused,
    enter_closure,
    enter_notice,
    import_notice,
)
from gongkai.calendars.models import HolidayNotice, LocalClosure
from gongkai.calendars.queries import missing_year, notices_listed, preview, workday_calendar
from gongkai.calendars.rules import Days
from gongkai.calendars.tasks import tell_the_missing_year

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
CLERK = Actor(account="clerk", name="甲", post="县政务公开办")
NUMBER = "国办发明电〔2026〕9号"


def enter(off: list[str], work: list[str] | None = None, **given) -> HolidayNotice:
    given = {
        "title": "国务院办公厅关于2027年部分节假日安排的通知",
        "document_number": NUMBER,
        "issued_on": date(2026, 11, 4),
        "by": CLERK,
        "at": AT,
        **given,
    }
    return enter_notice(
        given.pop("year", 2027),
        off_days=[date.fromisoformat(day) for day in off],
        shifted_workdays=[date.fromisoformat(day) for day in work or []],
        **given,
    )


def test_an_entered_notice_makes_its_year_certain() -> None:
    assert workday_calendar().is_provisional(date(2027, 3, 1))
    enter(["2027-01-01"], ["2027-01-09"])
    calendar = workday_calendar()
    assert not calendar.is_provisional(date(2027, 3, 1))
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 9))
    assert calendar.add(date(2026, 2, 10), 20) == date(2026, 3, 16)  # law.md 10.3 stands


def test_the_newer_notice_wins_day_by_day() -> None:
    enter(["2027-02-05", "2027-02-08", "2027-02-09"], ["2027-02-20"])
    enter(
        ["2027-02-10"],
        ["2027-02-09"],
        document_number="国办发明电〔2027〕1号",
        issued_on=date(2027, 1, 26),
        at=datetime(2027, 1, 27, tzinfo=UTC),
    )
    calendar = workday_calendar()
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.is_workday(date(2027, 2, 9))
    assert not calendar.is_workday(date(2027, 2, 10))


def test_a_notice_entered_again_replaces_its_first_version_and_both_are_logged() -> None:
    enter(["2027-01-01", "2027-01-04"])
    enter(["2027-01-01"])
    assert workday_calendar().is_workday(date(2027, 1, 4))
    assert HolidayNotice.objects.count() == 2
    event = Event.objects.get(sequence=2)
    assert event.before["off_days"] == ["2027-01-01", "2027-01-04"]
    assert event.after["off_days"] == ["2027-01-01"]


def test_entering_rings_the_bell(django_capture_on_commit_callbacks) -> None:
    heard = []

    def listener(event, **_: object) -> None:
        heard.append((event.verb, event.target))

    recorded.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            notice = enter(["2027-01-01"])
    finally:
        recorded.disconnect(listener)
    assert ("calendars.enter_notice", f"calendars:{notice.pk}") in heard


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"document_number": ""}, "document_number"),
        ({"issued_on": date(2026, 11, 6)}, "issued_on"),
        ({"year": 1900}, "year"),
        ({"off": ["2028-03-06"]}, "off_days"),
        ({"work": ["2027-03-01"]}, "shifted_workdays"),
    ],
)
def test_a_notice_that_cannot_be_changes_nothing(given: dict, field: str) -> None:
    with pytest.raises(CalendarRefused) as refused:
        enter(given.pop("off", ["2027-01-01"]), given.pop("work", None), **given)
    assert refused.value.field == field
    assert not HolidayNotice.objects.exists()
    assert not Event.objects.exists()


def test_a_file_is_imported() -> None:
    content = json.loads(
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}'
    )
    notice = import_notice(
        content, document_number=NUMBER, issued_on=date(2026, 11, 4), by=CLERK, at=AT
    )
    assert notice.title == "国务院办公厅关于2027年部分节假日安排的通知"
    with pytest.raises(CalendarRefused) as refused:
        import_notice([], document_number=NUMBER, issued_on=date(2026, 11, 4), by=CLERK, at=AT)
    assert refused.value.field == "file"


def test_old_and_new_are_shown_before_anything_is_entered() -> None:
    days = Days(frozenset({date(2026, 12, 31)}), frozenset({date(2026, 12, 26)}))
    changes = {
        change.day: (change.was, change.becomes)
        for change in preview(2027, NUMBER, date(2026, 11, 4), days)
    }
    assert changes[date(2026, 12, 31)] == ("工作日", "放假")
    assert changes[date(2026, 12, 26)] == ("周末", "调休上班")
    assert not HolidayNotice.objects.exists()


def test_a_closed_day_is_no_working_day() -> None:
    storm = date(2026, 7, 14)
    enter_closure(storm, document_number="靖防指〔2026〕3号", reason="台风", by=CLERK, at=AT)
    assert not workday_calendar().is_workday(storm)
    with pytest.raises(CalendarRefused, match="已录入"):
        enter_closure(storm, document_number="靖防指〔2026〕3号", by=CLERK, at=AT)
    with pytest.raises(CalendarRefused, match="本来就不是工作日"):
        enter_closure(date(2026, 7, 18), document_number="号", by=CLERK, at=AT)
    with pytest.raises(CalendarRefused, match="文号"):
        enter_closure(date(2026, 7, 15), document_number=" ", by=CLERK, at=AT)
    assert LocalClosure.objects.count() == 1


@pytest.mark.parametrize(
    ("today", "year", "grave"),
    [
        (date(2026, 10, 31), None, None),
        (date(2026, 11, 1), 2027, False),
        (date(2026, 12, 14), 2027, False),
        (date(2026, 12, 15), 2027, True),
        (date(2027, 3, 1), 2027, True),
    ],
)
def test_a_missing_year_is_told_in_time(today, year, grave) -> None:
    missing = missing_year(today)
    assert (missing and missing.year, missing and missing.grave) == (year, grave)


def test_nothing_is_missing_once_the_notice_is_entered() -> None:
    (notice,) = tell_the_missing_year(AT)
    assert "2027 年放假通知尚未录入" in notice.text
    enter(["2027-01-01"])
    assert tell_the_missing_year(AT) == []


def test_notices_are_listed_newest_first() -> None:
    enter(["2027-01-01"])
    first, second, *_ = notices_listed()
    assert (first.year, first.entered_by) == (2027, "甲")
    assert (second.year, second.entered_by) == (2026, "")
