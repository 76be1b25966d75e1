"""Queued work: the terms of open cases and complaints worked out again after a holiday notice."""

from datetime import datetime

from gongkai.audit.models import Event
from gongkai.outbox import Notice, Payload, handles
from gongkai.remedies.actions import recompute_deadlines

RECOMPUTE = "remedies.recompute_deadlines"


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute the open terms under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    moved = recompute_deadlines(notice=notice, at=at)
    return [Notice(f"{notice}：{moved} 件复议诉讼和投诉举报的期限有变动")] if moved else []
