"""Working hours: which hours of a working day count, adding them, and counting them.

Limits of a few hours (派单、签收) run while the offices work; those of urgent matters run by the
clock and need nothing of this. Moments are aware and in the county's time zone; which days are
working days is for the calendar to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from gongkai.statute.workdays import ONE_DAY, WorkdayCalendar

HOUR = timedelta(hours=1)
_NOTHING = timedelta(0)


class BadHours(ValueError):
    """The hours cannot be read; the message names what is wrong."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of a working day, as spans from a time to a time, in their order."""

    spans: tuple[tuple[time, time], ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "WorkingHours":
        """Return the hours written as ("08:30-12:00", "14:00-17:30").

        Raises:
            BadHours: a span is no two times, ends before it begins, or overlaps the one before.
        """
        spans = tuple(_span(text) for text in texts)
        ends = [moment for span in spans for moment in span]
        if not spans or any(a >= b for a, b in pairwise(ends)):
            raise BadHours(f"工作时间应当依次写明起止，不能重叠：{'、'.join(texts) or '没有填写'}")
        return cls(spans)

    def open_at(self, now: datetime, calendar: WorkdayCalendar) -> bool:
        """Say whether `now` lies between the first and the last hour of a working day."""
        begins, ends = self.spans[0][0], self.spans[-1][1]
        return calendar.is_workday(now.date()) and begins <= now.time() <= ends

    def add(self, start: datetime, span: timedelta, calendar: WorkdayCalendar) -> datetime:
        """Return the moment at which `span` of work has passed since `start`.

        Raises:
            BadHours: `span` is negative.
            UnknownYear: the calendar knows nothing of the year.
        """
        if span < _NOTHING:
            raise BadHours("工作时间的时长不能是负数")
        left = span
        for begins, ends in self._work_after(start, calendar):
            begun = max(begins, start)
            if ends - begun >= left:
                return begun + left
            left -= ends - begun
        raise AssertionError("working days never end")

    def between(self, start: datetime, end: datetime, calendar: WorkdayCalendar) -> timedelta:
        """Return how much work lies between two moments; nothing when `end` is not later."""
        passed = _NOTHING
        if end <= start:
            return passed
        for begins, ends in self._work_after(start, calendar):
            if begins >= end:
                return passed
            passed += min(ends, end) - max(begins, start)
        raise AssertionError("working days never end")

    def first_hour_ends(self, arrived_at: datetime, calendar: WorkdayCalendar) -> datetime:
        """Return the moment at which one hour of work has passed since `arrived_at`."""
        return self.add(arrived_at, HOUR, calendar)

    def begins_on(self, day: date, like: datetime) -> datetime:
        """Return the moment at which work begins on a day, in the time zone of `like`."""
        return datetime.combine(day, self.spans[0][0], like.tzinfo)

    def _work_after(
        self, moment: datetime, calendar: WorkdayCalendar
    ) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans of work that end after `moment`."""
        day = moment.date()
        while True:
            if calendar.is_workday(day):
                for begins, ends in self.spans:
                    if (end := datetime.combine(day, ends, moment.tzinfo)) > moment:
                        yield datetime.combine(day, begins, moment.tzinfo), end
            day += ONE_DAY


def _span(text: str) -> tuple[time, time]:
    begins, _, ends = text.partition("-")
    try:
        return time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip())
    except ValueError:
        raise BadHours(f"工作时间“{text}”应当写成 08:30-12:00 的样子") from None
