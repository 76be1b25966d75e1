"""Sending reminders: one message a person and run, each row kept until it went out (issue 3).

Rows are written in `reminding` before anything is sent. Sending happens outside any
transaction, because a mail server may take its time: a row is taken (`sent_at`), sent, then
marked; one whose process died in between is taken again by the next run.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.adapters.cipher import keyring
from gongkai.adapters.mail import Letter, Mailer, Refused, TryLater
from gongkai.adapters.sms import Texter
from gongkai.inforequests.actions.messages import Line, as_letter, as_text
from gongkai.inforequests.models import InfoRequest, Reminder, ReminderState
from gongkai.inforequests.queries.contacts import EMAIL
from gongkai.inforequests.queries.reminders import (
    Moment,
    Planned,
    planned,
)
from gongkai.inforequests.rules.reminders import MOST_TRIES, wait_after
from gongkai.outbox.actions import put

SEND = "inforequests.send_reminders"
_DIED_AFTER = timedelta(minutes=15)


def put_sending(way: str, address: str, *, at: datetime) -> None:
    """Put the sending of all that waits for an address into the outbox; once while it waits."""
    key = keyring().blind_index(address, f"{SEND}.{way}")
    put(SEND, {"way": way, "address": address}, at=at, dedupe_key=key)


def put_forgotten(*, at: datetime) -> int:
    """Put those waiting for an hour into the outbox again: their job was lost or given up."""
    waiting = Reminder.objects.filter(
        state=ReminderState.WAITING, created_at__lte=at - timedelta(hours=1)
    ).order_by("-attempts", "pk")
    found = {(row.way, row.address): row for row in waiting}
    for (way, address), row in found.items():
        # One that failed has its next try in the outbox, which this must not bring forward.
        tried = row.attempts > 0 and row.sent_at is None
        put_sending(way, address, at=at + timedelta(hours=3) if tried else at)
    return len(found)


def send_waiting(
    way: str,
    address: str,
    *,
    at: datetime,
    by_mail: Mailer,
    by_text: Texter,
) -> list[Reminder]:
    """Send all that waits for an address as one message; return the rows as they then stand.

    What is no longer due is dropped. Must be called outside a transaction.
    """
    taken, lines = _take(way, address, at=at)
    if not taken:
        return []
    try:
        if way == EMAIL:
            by_mail.send(_letter(address, lines, at, by_mail))
        else:
            by_text.send(address, as_text(lines, Moment.at(at).today))
    except TryLater as error:
        return _put_back(taken, str(error), at=at)
    except Refused as error:
        return _settle(taken, ReminderState.FAILED, str(error))
    return _settle(taken, ReminderState.SENT)


def _take(way: str, address: str, *, at: datetime) -> tuple[list[Reminder], list[Line]]:
    """Take the rows that wait for an address, as far as they are still due."""
    moment = Moment.at(at)
    with transaction.atomic():
        free = Q(sent_at__isnull=True) | Q(sent_at__lt=at - _DIED_AFTER)
        rows = list(
            Reminder.objects.select_for_update()
            .filter(free, state=ReminderState.WAITING, way=way, address=address)
            .order_by("pk")
        )
        cases = InfoRequest.objects.filter(pk__in={row.info_request_id for row in rows})
        due = {one.key: one for _, _, each in planned(cases, moment) for one in each}
        keep = [row for row in rows if _key(row) in due]
        _of(rows).exclude(pk__in=[row.pk for row in keep]).update(
            state=ReminderState.DROPPED, sent_at=None
        )
        _of(keep).update(sent_at=at)
        for row in keep:
            row.sent_at = at
    return keep, [_line(due[_key(row)]) for row in keep]


def _key(row: Reminder) -> tuple[Any, ...]:
    return (row.info_request_id, row.occasion, row.due_on, row.way, row.address)


def _of(rows: Sequence[Reminder]) -> QuerySet[Reminder]:
    return Reminder.objects.filter(pk__in=[row.pk for row in rows])


def _line(one: Planned) -> Line:
    case = one.info_request
    return Line(one.due.occasion, case.number, case.organ.short_name, one.due.words, str(case.pk))


def _letter(address: str, lines: list[Line], at: datetime, chosen: Mailer) -> Letter:
    sender = str(getattr(chosen, "sender", ""))
    host = sender.rpartition("@")[2] or "gongkai"
    identity = f"<reminders.{_stamp(at)}.{_mark(address, at)}@{host}>"
    return as_letter(address, lines, message_id=identity, at=at)


def _stamp(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000 + at.microsecond


def _mark(address: str, at: datetime) -> str:
    """Return what nobody can guess: a bounce that carries it is of our own letter."""
    return keyring().blind_index(f"{address} {_stamp(at)}", "inforequests.reminder")[:32]


def _settle(rows: list[Reminder], state: ReminderState, error: str = "") -> list[Reminder]:
    """Mark rows as sent or failed, unless someone has settled them meanwhile."""
    for row in rows:
        row.state, row.attempts, row.last_error = state, row.attempts + 1, error[:300]
    with transaction.atomic():
        for row in rows:
            Reminder.objects.filter(
                pk=row.pk, state=ReminderState.WAITING, sent_at=row.sent_at
            ).update(state=state, attempts=row.attempts, last_error=row.last_error)
    return rows


def _put_back(rows: list[Reminder], error: str, *, at: datetime) -> list[Reminder]:
    """Let rows wait for another try, the later the more have failed; give up in the end."""
    lost = [row for row in rows if row.attempts + 1 >= MOST_TRIES]
    again = [row for row in rows if row.attempts + 1 < MOST_TRIES]
    _settle(lost, ReminderState.FAILED, f"已试{MOST_TRIES}次：{error}")
    with transaction.atomic():
        for row in again:
            row.attempts, row.last_error = row.attempts + 1, error[:300]
            Reminder.objects.filter(pk=row.pk, sent_at=row.sent_at).update(
                attempts=row.attempts, last_error=row.last_error, sent_at=None
            )
            row.sent_at = None
        if again:
            tries = min(row.attempts for row in again)
            put_sending(again[0].way, again[0].address, at=at + wait_after(tries))
    return rows


def note_bounce(message_id: str, *, at: datetime) -> int:
    """Mark the reminders whose letter came back as failed; return how many, 0 when it is not ours.

    The Message-ID holds when the letter went out and a keyed mark of the address.
    """
    name, _, rest = message_id.strip("<>").partition(".")
    stamp, _, mark = rest.partition("@")[0].partition(".")
    if name != "reminders" or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 17:
        return 0
    seconds, micros = divmod(int(stamp), 1_000_000)
    sent_at = datetime.fromtimestamp(seconds, at.tzinfo) + timedelta(microseconds=micros)
    sent = Reminder.objects.filter(way=EMAIL, sent_at=sent_at, state=ReminderState.SENT)
    ours = [row.pk for row in sent if _mark(row.address, sent_at) == mark]
    return Reminder.objects.filter(pk__in=ours).update(
        state=ReminderState.FAILED, last_error="邮件被退回：收件地址收不到，请核对邮箱"
    )
