"""The working-day calendar: our own table with what staff have entered; the year still missing."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from gongkai.accounts.queries import asked_once
from gongkai.calendars.models import HolidayNotice, LocalClosure
from gongkai.calendars.rules import DayChange, Days, changes_between
from gongkai.statute.workdays import Closure, WorkdayCalendar, YearNotice, national

_NOTICE, _CLOSURE = "notice", "closure"


@dataclass(frozen=True, slots=True)
class MissingYear:
    """A year whose notice should have come; grave from 15 December (law.md 10.4)."""

    year: int
    grave: bool

    @property
    def message(self) -> str:
        """Return what to do about it, in Chinese."""
        text = f"{self.year} 年放假通知尚未录入，跨入该年的期限均为暂定；请在通知发布后及时录入"
        return f"{text}（距元旦已不足二十日）" if self.grave else text


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice as the calendar's page lists it; `entered_by` is empty for shipped ones."""

    year: int
    document_number: str
    issued_on: date | None
    days: Days
    entered_by: str = ""


def workday_calendar() -> WorkdayCalendar:
    """Return the shipped calendar with every entered notice and closure over it (law.md 10.1).

    One small query for what was entered; the calendar built of just these rows is kept by the
    process, so that it is never older than the database, whichever process entered them.
    """
    return asked_once("workday_calendar", _read)


def _read() -> WorkdayCalendar:
    with connection.cursor() as cursor:
        cursor.execute(*_statement(connection.vendor))
        return calendar_of(cursor.fetchall())


def calendar_of(rows: Iterable[Sequence[Any]]) -> WorkdayCalendar:
    """Return the shipped calendar with the rows of `entered` over it, in whatever order."""
    return _built(tuple(sorted(tuple(map(str, row)) for row in rows)))


def entered() -> tuple[QuerySet, QuerySet]:
    """Return what was entered, notices and closures, for a query of others to take along.

    The columns are: what it is (a word), day, key, year, number, two texts.
    """
    notices = HolidayNotice.objects.order_by().values_list(
        Value(_NOTICE),
        F("issued_on"),
        F("pk"),
        F("year"),
        F("document_number"),
        Cast("off_days", TextField()),
        Cast("shifted_workdays", TextField()),
    )
    closures = LocalClosure.objects.order_by().values_list(
        Value(_CLOSURE),
        F("day"),
        F("pk"),
        Value(0),
        F("document_number"),
        F("reason"),
        Value(""),
    )
    return notices, closures


@lru_cache(maxsize=4)
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for what was entered.

    Written by the ORM for the database of the process, once: every deadline asks for it, and
    writing it takes longer than running it.
    """
    notices, closures = entered()
    sql, params = notices.union(closures, all=True).query.sql_with_params()
    return sql, tuple(params)


@lru_cache(maxsize=8)
def _built(entered: tuple[tuple[str, ...], ...]) -> WorkdayCalendar:
    """Return the calendar that the rows make, all told as texts."""
    if not entered:
        return national()
    rows = sorted(entered, key=lambda row: (row[1], int(row[2])))
    notices = [
        YearNotice(
            int(year),
            number,
            date.fromisoformat(issued_on),
            _days(json.loads(off)),
            _days(json.loads(work)),
        )
        for kind, issued_on, _, year, number, off, work in rows
        if kind == _NOTICE
    ]
    closures = [
        Closure(date.fromisoformat(day), number, reason)
        for kind, day, _, _, number, reason, _ in reversed(rows)
        if kind == _CLOSURE
    ]
    return national().with_notices(notices, closures)


def preview(year: int, number: str, issued_on: date, days: Days) -> list[DayChange]:
    """Return what the notice would change if it were entered, day by day."""
    known = workday_calendar()
    notice = YearNotice(year, number, issued_on, days.off, days.work)
    return changes_between(known, known.with_notices([notice]), year)


def missing_year(today: date) -> MissingYear | None:
    """Return the year whose notice is missing: this one, or from 1 November the next."""
    announced = workday_calendar().announced_years
    if today.year not in announced:
        return MissingYear(today.year, grave=True)
    if today >= date(today.year, 11, 1) and today.year + 1 not in announced:
        return MissingYear(today.year + 1, grave=today >= date(today.year, 12, 15))
    return None


def notices_listed() -> list[NoticeLine]:
    """Return the notices in force, newest year first, entered and shipped."""
    entered = {(row.year, row.document_number): row for row in HolidayNotice.objects.order_by("pk")}
    return [
        _line(notice, entered.get((notice.year, notice.number)))
        for notice in sorted(
            workday_calendar().notices,
            key=lambda notice: (notice.year, notice.issued_on or date.min),
            reverse=True,
        )
    ]


def closures_listed() -> list[Closure]:
    """Return the closures entered, newest first."""
    return [
        Closure(row.day, row.document_number, row.reason)
        for row in LocalClosure.objects.order_by("-day")
    ]


def _line(notice: YearNotice, row: HolidayNotice | None) -> NoticeLine:
    return NoticeLine(
        year=notice.year,
        document_number=notice.number,
        issued_on=notice.issued_on,
        days=Days(notice.off, notice.work),
        entered_by=row.entered_by if row else "",
    )


def _days(texts: Iterable[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))
