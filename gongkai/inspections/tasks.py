"""Queued work: a look inside each day, reminders of what is owed, dates after a holiday notice."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from gongkai.adapters.mail import mailer
from gongkai.audit import Actor
from gongkai.audit.models import Event
from gongkai.inspections.actions import look_inside, order_share, recompute_deadlines
from gongkai.inspections.actions.bulletins import TELL_SHARE
from gongkai.inspections.actions.reminding import (
    REMIND,
    SEND,
    SEND_SHARE,
    SHARED,
    TELL,
    put_reminders,
    remind,
    send_reminder,
    send_share,
    tell_of_share,
)
from gongkai.inspections.models import BulletinShare
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put

RECOMPUTE = "inspections.recompute_deadlines"
INSIDE = "inspections.look_inside"


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute the dates of standing orders under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    moved = recompute_deadlines(notice=notice, at=at)
    return [Notice(f"{notice}：{moved}个问题的整改期限有变动")] if moved else []


@every("day", "inspections.look_inside")
def look_inside_each_day(at: datetime) -> None:
    """Put a look through each county's own records into the queue."""
    for pk in Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT).values_list("pk", flat=True):
        put(INSIDE, {"county": pk}, at=at, dedupe_key=str(pk))


@handles(INSIDE)
def look_inside_one(payload: Payload, at: datetime) -> list[Notice]:
    """Look through one county's own records; said again, it finds the same."""
    county = Organ.objects.get(pk=payload["county"])
    run = look_inside(county, at=at)
    return [Notice(f"{county.short_name}自查新发现{run.new}个问题，见整改台账")] if run.new else []


@every("day", "inspections.remind")
def remind_of_what_is_owed(at: datetime) -> None:
    """Let organs be told of findings whose date is near or past."""
    put_reminders(at=at)


@handles(REMIND)
def remind_one(payload: Payload, at: datetime) -> list[Notice]:
    """Tell one organ."""
    return remind(payload["organ"], at=at)


@handles(SEND)
def send_one(payload: Payload, at: datetime) -> None:
    """Send one letter after the commit."""
    organ, address, tries = payload["organ"], payload["address"], payload["tries"]
    by = mailer(settings.GONGKAI_MAILER)
    transaction.on_commit(lambda: send_reminder(organ, address, tries, at=at, by=by), robust=True)


@handles(TELL)
def tell(payload: Payload, at: datetime) -> list[Notice]:
    """Say what was found out after another job's commit."""
    return [Notice(payload["text"], grave=True)]


@handles(TELL_SHARE)
def tell_share(payload: Payload, at: datetime) -> list[Notice]:
    """Order one organ's findings of an issued bulletin, and write to those who answer for it."""
    rows = BulletinShare.objects.select_related("bulletin__county", "organ")
    share = rows.get(bulletin_id=payload["bulletin"], organ_id=payload["organ"])
    order_share(share, by=Actor(**payload["by"]), at=at)
    put(SHARED, {"share": share.pk}, at=at, dedupe_key=str(share.pk))
    return []


@handles(SHARED)
def write_of_share(payload: Payload, at: datetime) -> list[Notice]:
    """Put a letter about the bulletin to each person who answers for the organ."""
    return tell_of_share(payload["share"], at=at)


@handles(SEND_SHARE)
def send_share_letter(payload: Payload, at: datetime) -> None:
    """Send one letter about a bulletin after the commit."""
    share, address, tries = payload["share"], payload["address"], payload["tries"]
    by = mailer(settings.GONGKAI_MAILER)
    transaction.on_commit(lambda: send_share(share, address, tries, at=at, by=by), robust=True)
