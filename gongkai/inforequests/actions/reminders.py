"""Writing reminders and sending them: one row each, one message a person and run (issue 3).

Rows are the machine's own bookkeeping, so they leave no audit event; what a clerk then does
through a verb does. A row is written before anything is sent. Sending happens outside any
transaction, because a mail server may take its time: a row is taken (`sent_at`), sent, then
marked; one whose process died in between is taken again by the next run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.adapters.cipher import keyring
from gongkai.adapters.mail import Letter, Mailer, Refused, TryLater
from gongkai.adapters.sms import Texter
from gongkai.inforequests.actions.messages import Line, as_letter, as_text
from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.models import InfoRequest, Reminder, ReminderState
from gongkai.inforequests.queries.contacts import EMAIL
from gongkai.inforequests.queries.reminders import (
    Moment,
    Planned,
    cases_to_look_at,
    planned,
)
from gongkai.inforequests.rules.reminders import MOST_TRIES, Occasion, wait_after
from gongkai.outbox import Notice
from gongkai.outbox.actions import put

SEND = "inforequests.send_reminders"
WATCH = "inforequests.watch_confirmation"
_DIED_AFTER = timedelta(minutes=15)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Written:
    """What a run came to: rows written, and the cases of which nobody could be told."""

    rows: int
    untold: tuple[str, ...] = ()
    unconfirmed_untold: int = 0

    @property
    def notices(self) -> list[Notice]:
        """Return what the office must hear otherwise."""
        if not self.untold:
            return []
        numbers = "、".join(self.untold[:5]) + ("等" if len(self.untold) > 5 else "")
        text = (
            f"{len(self.untold)} 件申请的提醒没有足够的人可以收到（{numbers}）："
            "请设置发信邮箱，登记承办人、受理机构和政务公开办人员的邮箱"
        )
        return [Notice(text, grave=self.unconfirmed_untold > 0)]


def watch_confirmation(case: str, *, at: datetime) -> None:
    """Let the outbox look in an hour whether a request submitted at `at` was seen (Art. 31)."""
    put(WATCH, {"case": case}, at=at + timedelta(hours=1))


def watch(case: str, *, at: datetime) -> Written:
    """Alarm if nobody has taken the request in; look again if its first hour of work still runs."""
    found = InfoRequest.objects.filter(pk=case, state=State.SUBMITTED).first()
    if found is None:
        return Written(0)
    moment = Moment.at(at)
    arrived_at = timezone.localtime(found.submitted_at)
    ends = moment.hours.first_hour_ends(arrived_at, moment.calendar)
    if moment.now < ends:
        put(WATCH, {"case": case}, at=ends)
        return Written(0)
    return remind(at=at, case=found)


def remind(*, at: datetime, case: InfoRequest | None = None) -> Written:
    """Write every reminder due at `at` that is not there yet, of one case or of all; send later.

    Nothing is written outside working hours: what is due then is due the next morning too.
    """
    moment = Moment.at(at)
    if not moment.is_open:
        return Written(0)
    cases = cases_to_look_at(moment)
    if case is not None:
        cases = cases.filter(pk=case.pk)
    due: dict[Any, Planned] = {}
    untold: dict[str, bool] = {}
    for info_request, what, each in planned(cases, moment):
        due.update((one.key, one) for one in each)
        if len({one.address for one in each}) < what.at_least:
            alarm = what.occasion is Occasion.UNCONFIRMED
            untold[info_request.number] = untold.get(info_request.number, False) or alarm
    with transaction.atomic():
        rows = _write(due.values(), at)
        for way, address in sorted({(row.way, row.address) for row in rows}):
            put_sending(way, address, at=at)
    return Written(len(rows), tuple(untold), sum(untold.values()))


def _write(due: Iterable[Planned], at: datetime) -> list[Reminder]:
    """Write what is not there; the unique constraint decides between two runs at once."""
    rows: list[Reminder] = []
    wanted = list(due)
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        there = _keys({each.info_request.pk for each in batch})
        fresh = [each for each in batch if each.key not in there]
        Reminder.objects.bulk_create(
            (
                Reminder(
                    info_request=each.info_request,
                    occasion=each.due.occasion,
                    due_on=each.due.on,
                    account=each.account,
                    person=each.person[:100],
                    way=each.way,
                    address=each.address,
                    created_at=at,
                )
                for each in fresh
            ),
            ignore_conflicts=True,
        )
        ids = {each.info_request.pk for each in fresh}
        written = Reminder.objects.filter(info_request_id__in=ids, created_at=at)
        rows += [row for row in written if row.state == ReminderState.WAITING]
    return rows


def _keys(case_ids: Iterable[Any]) -> set[tuple[Any, ...]]:
    fields = ("info_request_id", "occasion", "due_on", "way", "address")
    return set(Reminder.objects.filter(info_request_id__in=case_ids).values_list(*fields))


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
