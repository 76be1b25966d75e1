"""Queued work: terms of unanswered orders are worked out again after a holiday notice."""

from datetime import datetime

from gongkai.audit.models import Event
from gongkai.hotline.actions import recompute_deadlines
from gongkai.outbox import Notice, Payload, handles

RECOMPUTE = "hotline.recompute_deadlines"


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute the terms of unanswered orders under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    moved = recompute_deadlines(notice=notice, at=at)
    return [Notice(f"{notice}：{moved} 件热线工单的办理期限有变动")] if moved else []
