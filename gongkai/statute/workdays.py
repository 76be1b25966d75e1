"""Working days: which days count, adding them, and how sure the answer is.

Monday to Friday count, except days off, plus weekends declared workdays (调休). The
yearly notice says which; a second notice may change a year, and a year's notice may
change the last days of the year before. A year without a notice is worked out from the
statutory holidays of 放假办法 (国务院令第795号) alone, every such answer is provisional,
and a year outside the tables is refused. A calendar never looks at today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property

from gongkai.statute.days import written
from gongkai.statute.holiday_data import LUNAR_DAYS, NOTICES

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_WHOLE_YEARS = 2  # from this many calendar years apart a whole one lies between


class CalendarError(ValueError):
    """A question to the calendar, or a notice given to it, that cannot be used."""


class UnknownYear(CalendarError):
    """The day lies in a year with neither a notice nor a table of statutory holidays."""


class BadNotice(CalendarError):
    """A holiday notice or closure that contradicts itself."""


@dataclass(frozen=True, slots=True)
class YearNotice:
    """A notice on the holidays of `year`: its number, day, days off and working days.

    `off` holds every day of each holiday period; `work` the weekends declared workdays
    (and days that a later notice takes back). Both may reach into the last days of
    December of the year before, nowhere else. `issued_on` is None only for the two oldest
    years of our own table. Raises BadNotice.
    """

    year: int
    number: str
    issued_on: date | None
    off: frozenset[date]
    work: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse days of other years and days that are off and working at once."""
        both = sorted(self.off & self.work)
        if both:
            raise BadNotice(f"{written(both[0])}同时列为放假和上班，请核对通知后改正其中一处")
        for day in sorted(self.off | self.work):
            if day.year != self.year and not (day.year == self.year - 1 and day.month == 12):
                raise BadNotice(
                    f"{written(day)}不在{self.year}年或上一年12月之内，请核对年份和日期"
                )


@dataclass(frozen=True, slots=True)
class Closure:
    """A local emergency closure: a day that does not count here, by a numbered document."""

    day: date
    number: str
    reason: str = ""


@dataclass(frozen=True)
class WorkdayCalendar:
    """The working days as known from `notices` and local `closures`.

    Build it with `WorkdayCalendar.of`; `national()` is the one from our own table.
    Frozen and free of any present moment: the same question always has the same answer.
    """

    notices: tuple[YearNotice, ...]
    closures: tuple[Closure, ...]
    off: frozenset[date]
    work: frozenset[date]
    announced_years: frozenset[int]
    guesses_holidays: bool = True

    @classmethod
    def of(
        cls, notices: Iterable[YearNotice], closures: Iterable[Closure] = ()
    ) -> "WorkdayCalendar":
        """Return the calendar that `notices` make, the later notice winning day by day.

        Notices apply in the order of their dates (same day: in the order given). Two with
        the same year and number are versions of one notice: the one given last stands.
        """
        versions: dict[tuple[int, str, date | None], YearNotice] = {}
        for notice in notices:
            # Notices whose number is not known are told apart by their day.
            key = (notice.year, notice.number, None if notice.number else notice.issued_on)
            versions.pop(key, None)
            versions[key] = notice
        ordered = tuple(sorted(versions.values(), key=lambda notice: notice.issued_on or date.min))
        off: set[date] = set()
        work: set[date] = set()
        for notice in ordered:
            off = (off - notice.work) | notice.off
            work = (work - notice.off) | notice.work
        shut = tuple(closures)
        closed = {closure.day for closure in shut}
        return cls(
            notices=ordered,
            closures=shut,
            off=frozenset(off | closed),
            work=frozenset(work - closed),
            announced_years=frozenset(notice.year for notice in ordered),
        )

    def with_notices(
        self, notices: Iterable[YearNotice], closures: Iterable[Closure] = ()
    ) -> "WorkdayCalendar":
        """Return this calendar with more notices and closures, as staff enter them."""
        merged = WorkdayCalendar.of((*self.notices, *notices), (*self.closures, *closures))
        return replace(merged, guesses_holidays=self.guesses_holidays)

    def cautious(self) -> "WorkdayCalendar":
        """Return the calendar for alarms: in an unannounced year every Monday to Friday counts.

        A deadline from it is never later than the provisional one (law.md 10.4, step 5).
        """
        return replace(self, guesses_holidays=False)

    def notices_for(self, year: int) -> tuple[YearNotice, ...]:
        """Return the notices behind a year, oldest first; empty for a provisional year."""
        return tuple(notice for notice in self.notices if notice.year == year)

    def is_workday(self, day: date) -> bool:
        """Return whether `day` counts. Raises UnknownYear."""
        if day in self.off:
            return False
        if day in self.work:
            return True
        if day.weekday() >= _SATURDAY:
            return self.refuse_unknown(day)
        if day.year in self.announced_years:
            return True
        self.refuse_unknown(day)
        return not (self.guesses_holidays and day in statutory_holidays(day.year))

    def is_shifted_workday(self, day: date) -> bool:
        """Return whether `day` is a weekend day declared a workday (调休上班)."""
        return day in self.work and day.weekday() >= _SATURDAY

    def refuse_unknown(self, day: date) -> bool:
        """Raise UnknownYear when nothing is known of the year of `day`, else return False."""
        if day.year in self.announced_years or day.year in LUNAR_DAYS:
            return False
        raise UnknownYear(
            f"日历中没有{day.year}年的节假日安排，无法推算{written(day)}是否工作日；"
            "请核对日期，或者先录入该年的放假通知"
        )

    def is_provisional(self, day: date) -> bool:
        """Return whether a notice still to come may change what `day` is.

        True in a year without a notice, and, while next year's notice is missing, in the
        December days from which New Year's holiday may borrow: the Saturday, Sunday and
        Monday that lead straight up to 1 January (2006, 2007, 2018, 2022 were changed so).
        """
        if day in self.off or day in self.work:
            return False
        if day.year not in self.announced_years:
            return True
        if day.month < 12 or day.day < 29 or day.year + 1 in self.announced_years:
            return False
        return day in _days_before_new_year(day.year + 1)

    def next_workday(self, day: date) -> date:
        """Return `day` itself if it counts, else the first working day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def add(self, start: date, count: int) -> date:
        """Return the last day of a term of `count` working days; the day `start` is day 0."""
        if count < 0:
            raise CalendarError(f"工作日数不能是负数：{count}")
        self.refuse_unknown(start)
        day = start
        while count:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day

    def count(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` and up to `end`, `end` included."""
        if end.year - start.year < _WHOLE_YEARS:
            return self._day_by_day(start, end)
        whole = sum(self._in_year(year) for year in range(start.year + 1, end.year))
        first = self._day_by_day(start, date(start.year, 12, 31))
        return first + whole + self._day_by_day(date(end.year - 1, 12, 31), end)

    def _day_by_day(self, start: date, end: date) -> int:
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)

    def _in_year(self, year: int) -> int:
        if year not in self._counted:
            last_before = date(year - 1, 12, 31)
            self._counted[year] = self._day_by_day(last_before, date(year, 12, 31))
        return self._counted[year]

    @cached_property
    def _counted(self) -> dict[int, int]:
        """The working days of whole years, once counted: a case years late asks for many."""
        return {}

    def describe(self, day: date) -> str:
        """Return in Chinese what kind of day it is: 工作日, 周末, 放假, 调休上班 or 停办."""
        closure = next((each for each in self.closures if each.day == day), None)
        if closure is not None:
            return f"当地停办（{closure.number}）"
        if day in self.off:
            return "放假"
        if self.is_workday(day):
            return "调休上班" if self.is_shifted_workday(day) else "工作日"
        return "周末" if day.weekday() >= _SATURDAY else "法定节假日（放假通知未发布，暂按推算）"


@cache
def statutory_holidays(year: int) -> frozenset[date]:
    """Return the statutory holidays of a year from 2027 to 2040, without 调休.

    放假办法 (2025-01-01): New Year 1, Spring Festival 4 (the eve to the third), Tomb-Sweeping,
    Labour Day 2, Dragon Boat, Mid-Autumn, National Day 3. A year outside raises KeyError.
    """
    lunar = LUNAR_DAYS[year]
    return frozenset(
        {
            date(year, 1, 1),
            *(lunar.new_year + timedelta(days=n) for n in (-1, 0, 1, 2)),
            lunar.tomb_sweeping,
            date(year, 5, 1),
            date(year, 5, 2),
            lunar.dragon_boat,
            lunar.mid_autumn,
            *(date(year, 10, day) for day in (1, 2, 3)),
        }
    )


def _days_before_new_year(year: int) -> frozenset[date]:
    """Return the weekend (and Monday) of December that touches 1 January of `year`."""
    new_year = date(year, 1, 1)
    reach: Mapping[int, int] = {6: 1, 0: 2, 1: 3}  # 1 January a Sunday, Monday, Tuesday
    back = reach.get(new_year.weekday(), 0)
    return frozenset(new_year - timedelta(days=n) for n in range(1, back + 1))


def _days(year: int, text: str) -> frozenset[date]:
    """Return the days of a row of the table: 01-01~01-03 04-05, another year written whole."""
    days: set[date] = set()
    for part in text.split():
        first, _, last = part.partition("~")
        start, end = (
            date.fromisoformat(each if len(each) == 10 else f"{year}-{each}")
            for each in (first, last or first)
        )
        days.update(start + timedelta(days=n) for n in range((end - start).days + 1))
    return frozenset(days)


@cache
def national() -> WorkdayCalendar:
    """Return the calendar of our own table, 2004 to 2026."""
    return WorkdayCalendar.of(
        YearNotice(
            year,
            number,
            date.fromisoformat(on) if on else None,
            _days(year, off),
            _days(year, work),
        )
        for year, number, on, off, work in NOTICES
    )
