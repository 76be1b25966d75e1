"""Duties of the calendar: say so when the notice of a year is missing (law.md 10.4)."""

from datetime import datetime

from django.utils import timezone

from gongkai.calendars.queries import missing_year
from gongkai.outbox import Notice, every


@every("day", "calendars.missing_year")
def tell_the_missing_year(at: datetime) -> list[Notice]:
    """Tell from 1 November that next year's notice is missing, gravely from 15 December."""
    missing = missing_year(timezone.localdate(at))
    return [Notice(missing.message, grave=missing.grave)] if missing else []
