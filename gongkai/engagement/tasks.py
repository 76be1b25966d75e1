"""Queued work: terms worked out again after a holiday notice, contacts erased, banners ended."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.audit.models import Event
from gongkai.engagement.actions import erase_contacts, lift_ended, recompute_deadlines
from gongkai.engagement.actions.banners import LIFT
from gongkai.outbox import Notice, Payload, every, handles

RECOMPUTE = "engagement.recompute_deadlines"


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute the terms of waiting reports under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    moved = recompute_deadlines(notice=notice, at=at)
    return [Notice(f"{notice}：{moved} 条网站纠错和留言的答复期限有变动")] if moved else []


@every("day", "engagement.erase_contacts")
def erase_what_is_over(at: datetime) -> list[Notice]:
    """Erase how to reach readers whose reports were answered long ago (GONGKAI_CONTACT_DAYS)."""
    kept = timedelta(days=settings.GONGKAI_CONTACT_DAYS)
    erased = erase_contacts(answered_before=timezone.localdate(at) - kept, at=at)
    return [Notice(f"{erased} 条网站纠错和留言的联系方式保管期满，已经清除")] if erased else []


@handles(LIFT)
def lift_what_is_over(_payload: Payload, at: datetime) -> None:
    """Lift the emergency notices whose time is over; put due at the moment when one ends."""
    lift_ended(at=at)


@every("hour", "engagement.lift_ended")
def lift_what_was_left(at: datetime) -> list[Notice]:
    """Lift what a lost job left standing."""
    lift_ended(at=at)
    return []
