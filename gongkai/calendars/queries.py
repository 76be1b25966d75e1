"""The working-day calendar: our own table with the notices that staff have entered."""

from datetime import date

from gongkai.calendars.models import HolidayNotice
from gongkai.statute.workdays import WorkdayCalendar, YearNotice, national


def workday_calendar() -> WorkdayCalendar:
    """Return the shipped calendar with every entered notice over it (law.md 10.1)."""
    rows = HolidayNotice.objects.order_by("issued_on", "pk")
    notices = [
        YearNotice(
            row.year,
            row.document_number,
            row.issued_on,
            frozenset(map(date.fromisoformat, row.off_days)),
            frozenset(map(date.fromisoformat, row.shifted_workdays)),
        )
        for row in rows
    ]
    return national().with_notices(notices) if notices else national()
