"""Queued work: terms worked out again after a holiday notice; what falls due urged each day."""

from datetime import datetime

from gongkai.audit.models import Event
from gongkai.hotline.actions import recompute_deadlines, urge_due
from gongkai.outbox import Notice, Payload, every, handles

RECOMPUTE = "hotline.recompute_deadlines"


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute the terms of unanswered orders under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    moved = recompute_deadlines(notice=notice, at=at)
    return [Notice(f"{notice}：{moved} 件热线工单的办理期限有变动")] if moved else []


@every("day", "hotline.urge_due")
def urge_what_falls_due(at: datetime) -> list[Notice]:
    """Urge the orders that fall due today or on the next working day."""
    urged = urge_due(at=at)
    return [Notice(f"{urged} 件热线工单今天或者下一个工作日到期，已自动催办")] if urged else []
