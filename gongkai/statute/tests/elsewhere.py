"""Working days as two other packages know them, to check our own table against."""

from datetime import date, timedelta

import holidays
from chinese_calendar import constants


def every_day(first: date, last: date) -> list[date]:
    """Return each day from `first` to `last`."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def counts_elsewhere(day: date) -> bool:
    """Return whether `chinesecalendar` takes a day of 2004 to 2026 for a working day."""
    return day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)


def published_workdays() -> set[date]:
    """Return the working days of 2008 to 2026 as the package `holidays` knows them."""
    china = holidays.China(years=range(2007, 2028))
    off, shifted = set(china.keys()), set(china.weekend_workdays)
    return {
        day
        for day in every_day(date(2008, 1, 1), date(2026, 12, 31))
        if day in shifted or (day.weekday() < 5 and day not in off)
    }
