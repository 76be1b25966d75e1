"""Queued work: open deadlines are worked out again after a holiday notice (law.md 10.4)."""

from datetime import datetime

from gongkai.audit.models import Event
from gongkai.inforequests.actions import recompute_deadlines
from gongkai.outbox import Notice, Payload, handles

RECOMPUTE = "inforequests.recompute_deadlines"


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute open deadlines under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    changes = recompute_deadlines(notice=notice, at=at)
    if not changes:
        return []
    return [Notice(f"{notice}：{len(changes)} 件申请的答复期限有变动，见“期限变动”")]
