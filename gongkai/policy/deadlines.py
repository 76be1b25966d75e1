"""Days around a document: filing, expiry warnings. Plain Python.

Filing (备案): within 30 days of publication, calendar days (江西省规范性文件备案办法 第三条;
law.md 6.1). Expiry is told six months ahead (law.md 6.1).
"""

from datetime import date, timedelta

FILING_DAYS = 30
WARNING_MONTHS = 6


def filing_due_on(published_on: date) -> date:
    """Return the last day on which a document published on a day is filed in time."""
    return published_on + timedelta(days=FILING_DAYS)


def warned_until(today: date) -> date:
    """Return the last day of expiry that is already warned of: six months from today."""
    month = today.month - 1 + WARNING_MONTHS
    year, month = today.year + month // 12, month % 12 + 1
    for day in (today.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise ValueError(f"no day six months after {today}")
