"""The answer term against a slow count, day by day, written from the rules alone.

The count knows the calendar as law.md 10.2 prints it (2020 to 2026), the days of `holidays`
before that, and for 2027 the statutory days only. It shares no line with the clock.
"""

import random
from datetime import date, timedelta

import pytest

from gongkai.statute.clock import (
    Acts,
    Consultation,
    ConsultationKind,
    Extension,
    FeeNotice,
    Supplement,
    TooLate,
    reply,
    trace,
)
from gongkai.statute.tests.elsewhere import published_workdays
from gongkai.statute.workdays import national

DAY = timedelta(days=1)
PRINTED = {
    2020: "01-01 01-24~02-02 04-04~04-06 05-01~05-05 06-25~06-27 10-01~10-08"
    " | 01-19 02-03 04-26 05-09 06-28 09-27 10-10",
    2021: "01-01~01-03 02-11~02-17 04-03~04-05 05-01~05-05 06-12~06-14 09-19~09-21 10-01~10-07"
    " | 02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    2022: "01-01~01-03 01-31~02-06 04-03~04-05 04-30~05-04 06-03~06-05 09-10~09-12 10-01~10-07"
    " 12-31 | 01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    2023: "01-01~01-02 01-21~01-27 04-05 04-29~05-03 06-22~06-24 09-29~10-06"
    " | 01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    2024: "01-01 02-10~02-17 04-04~04-06 05-01~05-05 06-10 09-15~09-17 10-01~10-07"
    " | 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    2025: "01-01 01-28~02-04 04-04~04-06 05-01~05-05 05-31~06-02 10-01~10-08"
    " | 01-26 02-08 04-27 09-28 10-11",
    2026: "01-01~01-03 02-15~02-23 04-04~04-06 05-01~05-05 06-19~06-21 09-25~09-27 10-01~10-07"
    " | 01-04 02-14 02-28 05-09 09-20 10-10",
    # 放假办法: New Year, the eve of Spring Festival (6 February) to its third day, 清明,
    # Labour Day, 端午, 中秋, National Day; nothing shifted.
    2027: "01-01 02-05~02-08 04-05 05-01~05-02 06-09 09-15 10-01~10-03 |",
}


def _spread(year: int, text: str) -> set[date]:
    days: set[date] = set()
    for part in text.split():
        first, _, last = part.partition("~")
        day = date.fromisoformat(f"{year}-{first}")
        while day <= date.fromisoformat(f"{year}-{last or first}"):
            days.add(day)
            day += DAY
    return days


def _working() -> set[date]:
    """Return the days that count from 2008 to 2027."""
    days = {day for day in published_workdays() if day.year < 2020}
    for year, text in PRINTED.items():
        off, work = (_spread(year, half) for half in text.split("|"))
        day = date(year, 1, 1)
        while day.year == year:
            if day in work or (day.weekday() < 5 and day not in off):
                days.add(day)
            day += DAY
    return days


WORKING = _working()


def _run_out(start: date, count: int) -> date:
    """Return the day on which `count` working days after `start` have run out."""
    day = start
    while count:
        day += DAY
        if day in WORKING:
            count -= 1
    return day


def counted(found: Acts) -> tuple[date, list[date]]:
    """Return the due day and the days that count, by the contract's own sentences."""
    old = found.received_on < date(2019, 5, 15)
    start = found.received_on
    for restart in (
        found.supplement.received_on if found.supplement else None,
        found.fee.paid_on if found.fee else None,
    ):
        if restart is not None and restart > start:
            start = restart
    left = (15 if old else 20) + (found.extension.workdays if found.extension else 0)
    days: list[date] = []
    day = start
    while left:
        day += DAY
        if day not in WORKING or any(_takes_away(each, day, old) for each in found.consultations):
            continue
        days.append(day)
        left -= 1
    return day, days


def _takes_away(consultation: Consultation, day: date, old: bool) -> bool:
    """Say whether a pause takes a day away; before 2019-05-15 only an answer ended it."""
    assert consultation.served_on is not None
    if old:
        assert consultation.answered_on is not None
        return consultation.sent_on < day <= consultation.answered_on
    end = _run_out(consultation.served_on, 15)
    if consultation.answered_on is not None and consultation.answered_on < end:
        end = consultation.answered_on
    return consultation.sent_on < day <= end


def _later(draw: random.Random, day: date, most: int) -> date:
    return day + timedelta(days=draw.randint(0, most))


def random_acts(draw: random.Random) -> Acts:
    """Return acts in a possible order, received between 2008-05 and the end of 2026."""
    # One in three stands close to a year's end, where calendars meet.
    received = date(2008, 5, 1) + timedelta(days=draw.randint(0, 6818))
    if draw.random() < 0.33:
        received = date(draw.randint(2019, 2026), 12, draw.randint(10, 31))
    day, supplement, fee = received, None, None
    if draw.random() < 0.4:
        asked = received + timedelta(days=draw.randint(0, 6))
        day = _later(draw, asked, 30)
        supplement = Supplement(asked, day)
    consultations = []
    for _ in range(draw.choice((0, 0, 1, 2, 3, 5))):
        sent = _later(draw, draw.choice((received, day)), 35)
        served = _later(draw, sent, 9)
        silent = draw.random() < 0.3 and received >= date(2019, 5, 15)
        answered = None if silent else _later(draw, served, 40)
        kinds = (
            list(ConsultationKind)
            if received >= date(2019, 5, 15)
            else [ConsultationKind.THIRD_PARTY]
        )
        consultations.append(Consultation(sent, served, answered, draw.choice(kinds)))
    if draw.random() < 0.3 and received >= date(2021, 1, 1):
        notified = _later(draw, day, 12)
        fee = FeeNotice(notified, _later(draw, notified, 30))
    longest = 20 if received >= date(2019, 5, 15) else 15
    extension = Extension(draw.randint(1, longest)) if draw.random() < 0.4 else None
    draw.shuffle(consultations)
    return Acts(received, None, supplement, tuple(consultations), extension, fee)


@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_the_slow_count(seed: int) -> None:
    draw = random.Random(seed)
    judged = refused = 0
    calendar = national()
    while judged < 150:
        found = random_acts(draw)
        try:
            told = reply(found, calendar)
        except TooLate:
            refused += 1
            continue
        due, days = counted(found)
        assert told.due_on == due, found
        assert told.workdays == len(days), found
        assert sum(step.workdays for step in told.steps) == len(days), found
        assert told.provisional == any(day.year == 2027 for day in _passed(found, due)), found
        lines = trace(found, calendar)
        assert [line.on for line in lines if line.number] == days, found
        assert [line.number for line in lines if line.number] == [*range(1, len(days) + 1)]
        assert lines[0].on == found.received_on
        assert lines[-1].on == due
        assert len({line.on for line in lines}) == len(lines) == (due - lines[0].on).days + 1
        judged += 1
    assert refused < judged / 2


def _passed(found: Acts, due: date) -> list[date]:
    start = counted(found)[1][0]
    return [start + timedelta(days=n) for n in range((due - start).days + 1)]
