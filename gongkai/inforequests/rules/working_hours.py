"""When somebody is there to be alarmed: working hours, as `statute.workhours` counts them.

Moments are in the county's time zone (practice.md 2.7).
"""

from datetime import datetime

from gongkai.statute.workdays import WorkdayCalendar
from gongkai.statute.workhours import BadHours, WorkingHours

__all__ = ["BadHours", "WorkingHours", "first_working_hour_over"]


def first_working_hour_over(
    arrived_at: datetime, now: datetime, calendar: WorkdayCalendar, hours: WorkingHours
) -> bool:
    """Say whether an hour of work has passed from `arrived_at` to `now`."""
    return now >= hours.first_hour_ends(arrived_at, calendar)
