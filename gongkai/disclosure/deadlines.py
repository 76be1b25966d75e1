"""The clock of Art. 26: 20 working days, or an item's own limit, from forming or from change."""

from dataclasses import dataclass
from datetime import date

from gongkai.statute.clock import terms
from gongkai.statute.limits import Limit, Rule, find_limit
from gongkai.statute.workdays import UnknownYear, WorkdayCalendar


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for release; provisional while a year's holidays are not announced."""

    on: date | None = None
    provisional: bool = False
    label: str = ""


def due(
    counted_from: date | None, calendar: WorkdayCalendar, own_limit: Limit | None = None
) -> Due:
    """Return the last day to release what was formed or changed on a day.

    None without a day, for one before the Regulations (2008-05-01) and for one in a year of which
    the calendar knows nothing.
    """
    if counted_from is None:
        return Due()
    limit = own_limit or find_limit(Rule.PUBLICATION, counted_from)
    if limit is None:
        return Due()
    try:
        found = terms.publication(counted_from, calendar, limit)
    except UnknownYear:
        return Due(label=limit.label)
    return Due(found.due_on, found.provisional, limit.label)
