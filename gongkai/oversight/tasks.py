"""Queued work: reminders of tasks."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from gongkai.adapters.mail import mailer
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.oversight.actions.reminding import (
    REMIND,
    SEND,
    put_reminders,
    remind,
    send_reminder,
)


@every("day", "oversight.remind")
def remind_of_tasks(at: datetime) -> None:
    """Let organs be told of tasks whose date is near or past."""
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
