"""Which callers have been kept long enough to be forgotten (个人信息保护法 19, 47)."""

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.hotline.lifecycle import OUTSIDE, State
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.rules import ERASED


def callers_known(closed_before: date) -> QuerySet[WorkOrder]:
    """Return the orders that ended before a day whose caller is still known, oldest first.

    What was turned over, sent back, merged or void bears no moment of closing: its receipt counts.
    """
    ended = Q(state=State.CLOSED, closed_at__date__lt=closed_before) | Q(
        state__in=OUTSIDE, received_at__date__lt=closed_before
    )
    rows = WorkOrder.objects.filter(ended).exclude(caller_masked=ERASED)
    return rows.select_related("organ").order_by("received_at", "pk")
