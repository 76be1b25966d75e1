"""Working hours: added over noon, nights, weekends and holidays; added and counted back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.workdays import UnknownYear, national
from gongkai.statute.workhours import BadHours, WorkingHours

CHINA = ZoneInfo("Asia/Shanghai")
HOURS = WorkingHours.of(("08:30-12:00", "14:00-17:30"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02T09:00", 2, "2026-03-02T11:00"),
        ("2026-03-02T11:00", 4, "2026-03-02T17:00"),
        ("2026-03-02T12:30", 1, "2026-03-02T15:00"),
        ("2026-03-02T08:30", 3.5, "2026-03-02T12:00"),
        ("2026-03-06T16:30", 4, "2026-03-09T11:30"),  # over a weekend
        ("2026-03-07T10:00", 1, "2026-03-09T09:30"),  # come in on a Saturday
        ("2026-09-30T17:00", 1, "2026-10-08T09:00"),  # over the National Day holiday
        ("2026-03-02T20:00", 0, "2026-03-03T08:30"),
    ],
)
def test_hours_run_while_the_offices_work(start, hours, end):
    assert HOURS.add(at(start), timedelta(hours=hours), national()) == at(end)


@given(st.integers(0, 60 * 24 * 1700), st.integers(1, 60 * 40))
def test_what_is_added_is_counted_back(later, minutes):
    start, span = at("2021-01-01T00:00") + timedelta(minutes=later), timedelta(minutes=minutes)
    end = HOURS.add(start, span, national())
    assert HOURS.between(start, end, national()) == span
    assert HOURS.between(end, start, national()) == timedelta(0)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(BadHours):
        HOURS.add(at("2026-03-02T09:00"), timedelta(hours=-1), national())
    with pytest.raises(UnknownYear):
        HOURS.add(at("2190-03-02T09:00"), timedelta(hours=1), national())
    for texts in ((), ("12:00-08:30",), ("08:30-12:00", "11:00-17:30"), ("八点半",)):
        with pytest.raises(BadHours):
            WorkingHours.of(texts)
