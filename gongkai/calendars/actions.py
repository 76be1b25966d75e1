"""Entering holiday notices and local closures; the bell tells those who hold deadlines.

CalendarRefused
└── its `field` names the input at fault, its text the remedy
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.calendars.models import HolidayNotice, LocalClosure
from gongkai.calendars.queries import workday_calendar
from gongkai.calendars.rules import Days, UnreadableNotice, problems_of, read_year_file
from gongkai.statute.workdays import CalendarError


class CalendarRefused(ValueError):
    """A notice or closure that cannot be entered; `field` names the input at fault."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


def enter_notice(
    year: int,
    *,
    title: str,
    document_number: str,
    issued_on: date,
    off_days: Collection[date],
    shifted_workdays: Collection[date],
    by: Actor,
    at: datetime,
) -> HolidayNotice:
    """Enter the notice of `year`; one entered again under its number replaces the first version.

    The event `calendars.enter_notice` (target `calendars:<pk>`) rings the bell,
    on which chapters work out their open deadlines anew.

    Raises:
        CalendarRefused: the field at fault and the remedy, in Chinese.
    """
    title, document_number = title.strip(), document_number.strip()
    _check_words(title, document_number, issued_on, timezone.localdate(at))
    days = Days(frozenset(off_days), frozenset(shifted_workdays))
    with transaction.atomic():
        calendar = workday_calendar()
        for problem in problems_of(year, document_number, issued_on, days, calendar):
            if not problem.is_doubt:
                raise CalendarRefused(problem.message, field=problem.field)
        notice = HolidayNotice.objects.create(
            year=year,
            title=title,
            document_number=document_number,
            issued_on=issued_on,
            off_days=[day.isoformat() for day in sorted(days.off)],
            shifted_workdays=[day.isoformat() for day in sorted(days.work)],
            entered_at=at,
            entered_by=by.name,
        )
        known = calendar.notices_for(year)
        old = next((one for one in known if one.number == document_number), None)
        record(
            "calendars.enter_notice",
            f"calendars:{notice.pk}",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label=f"{year} 年 {document_number}",
            before={"off_days": old.off, "shifted_workdays": old.work} if old else {},
            after={"title": title, "issued_on": issued_on, **_days_of(notice)},
        )
    return notice


def import_notice(
    content: Any, *, document_number: str, issued_on: date, by: Actor, at: datetime, title: str = ""
) -> HolidayNotice:
    """Enter the notice in a JSON value in the shape of holiday-cn.

    Raises:
        CalendarRefused: as `enter_notice`, or the shape is another (field "file").
    """
    try:
        year, days = read_year_file(content)
    except UnreadableNotice as error:
        raise CalendarRefused(str(error), field="file") from error
    return enter_notice(
        year,
        title=title or f"国务院办公厅关于{year}年部分节假日安排的通知",
        document_number=document_number,
        issued_on=issued_on,
        off_days=days.off,
        shifted_workdays=days.work,
        by=by,
        at=at,
    )


def enter_closure(
    day: date, *, document_number: str, by: Actor, at: datetime, reason: str = ""
) -> LocalClosure:
    """Enter a day on which the organs here were closed; it counts as no working day.

    The event is `calendars.enter_closure`, target `calendars.closure:<pk>`.

    Raises:
        CalendarRefused: no number, a day off anyway, or entered already.
    """
    document_number = document_number.strip()
    if not document_number:
        raise CalendarRefused("请填写停止办公的文号", field="document_number")
    with transaction.atomic():
        if LocalClosure.objects.filter(day=day).exists():
            raise CalendarRefused(f"{day} 停止办公已录入", field="day")
        try:
            is_workday = workday_calendar().is_workday(day)
        except CalendarError as unknown:
            raise CalendarRefused(str(unknown), field="day") from unknown
        if not is_workday:
            raise CalendarRefused(f"{day} 本来就不是工作日，无须录入", field="day")
        closure = LocalClosure.objects.create(
            day=day,
            document_number=document_number,
            reason=reason,
            entered_at=at,
            entered_by=by.name,
        )
        record(
            "calendars.enter_closure",
            f"calendars.closure:{closure.pk}",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label=f"{day} {document_number}",
            after={"day": day, "document_number": document_number},
            reason=reason,
        )
    return closure


def _days_of(notice: HolidayNotice) -> dict[str, list[str]]:
    return {"off_days": notice.off_days, "shifted_workdays": notice.shifted_workdays}


def _check_words(title: str, document_number: str, issued_on: date, today: date) -> None:
    if not title or len(title) > 200:
        raise CalendarRefused("请填写通知名称（不超过 200 字）", field="title")
    if not document_number or len(document_number) > 100:
        raise CalendarRefused(
            "请填写文号，如“国办发明电〔2025〕7号”（不超过 100 字）", field="document_number"
        )
    if issued_on > today:
        raise CalendarRefused("发文日期不能晚于今天，请核对", field="issued_on")
