"""Which callers of the hotline have been kept long enough (个人信息保护法 19, 47)."""

from datetime import date

from django.db.models import QuerySet

from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import callers_known
from gongkai.records.rules.schedule import CALLER_YEARS


def callers_to_forget(today: date) -> QuerySet[WorkOrder]:
    """Return the orders over for the years of keeping whose caller is still known."""
    try:
        before = today.replace(year=today.year - CALLER_YEARS)
    except ValueError:  # 29 February
        before = today.replace(year=today.year - CALLER_YEARS, day=28)
    return callers_known(before)
