"""When an archived case loses who asked (Art. 45; 个人信息保护法 19, 47)."""

from datetime import date

from gongkai.inforequests.lifecycle.retention import Retention


def erase_on(archived_on: date, retention: Retention) -> date | None:
    """Return the day from which the requester of a case archived on a day is to be erased.

    None for a case that is kept for ever. A case archived on 29 February waits until 1 March.
    """
    if retention.years is None:
        return None
    year = archived_on.year + retention.years
    try:
        return archived_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
