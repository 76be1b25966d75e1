"""Queued work: terms of waiting error reports are worked out again after a holiday notice."""

from datetime import datetime

from gongkai.audit.models import Event
from gongkai.engagement.actions import recompute_deadlines
from gongkai.outbox import Notice, Payload, handles

RECOMPUTE = "engagement.recompute_deadlines"


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute the terms of waiting reports under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    moved = recompute_deadlines(notice=notice, at=at)
    return [Notice(f"{notice}：{moved} 条网站纠错的答复期限有变动")] if moved else []
