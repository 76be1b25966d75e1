"""Writing reminders, batch by batch: what is due, to whom, once (issue 3).

Rows are the machine's own bookkeeping, so they leave no audit event; what a clerk then does
through a verb does. A row is written before anything is sent; sending is in `reminders`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gongkai.inforequests.actions.reminders import put_sending
from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.models import InfoRequest, Reminder, ReminderState
from gongkai.inforequests.queries.reminders import (
    Moment,
    Planned,
    cases_to_look_at,
    planned,
)
from gongkai.inforequests.rules.reminders import Occasion
from gongkai.outbox import Notice, Payload
from gongkai.outbox.actions import put

REMIND = "inforequests.remind_some"
WATCH = "inforequests.watch_confirmation"
_BATCH = 200  # cases: about a second of work
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Written:
    """What a run came to: rows written; how many cases too few could be told of, and the first."""

    rows: int = 0
    untold: tuple[str, ...] = ()
    untold_in_all: int = 0
    unconfirmed_untold: int = 0

    def __add__(self, more: "Written") -> "Written":
        """Return what this part of a run and the next came to."""
        return Written(
            self.rows + more.rows,
            (*self.untold, *more.untold)[:_NAMED],
            self.untold_in_all + more.untold_in_all,
            self.unconfirmed_untold + more.unconfirmed_untold,
        )

    @property
    def notices(self) -> list[Notice]:
        """Return what the office must hear otherwise."""
        if not self.untold_in_all:
            return []
        numbers = "、".join(self.untold) + ("等" if self.untold_in_all > _NAMED else "")
        text = (
            f"{self.untold_in_all} 件申请的提醒没有足够的人可以收到（{numbers}）："
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
        return Written()
    moment = Moment.at(at)
    arrived_at = timezone.localtime(found.submitted_at)
    ends = moment.hours.first_hour_ends(arrived_at, moment.calendar)
    if moment.now < ends:
        put(WATCH, {"case": case}, at=ends)
        return Written()
    return remind(at=at, case=found)


def remind(*, at: datetime, case: InfoRequest | None = None) -> Written:
    """Write every reminder due at `at` that is not there yet, of one case or of all; send later.

    Nothing is written outside working hours: what is due then is due the next morning too.
    Cases are looked at in batches, each written in a transaction of its own: a run that is
    killed loses its last batch only, and the next run writes what is missing.
    """
    written, after = _remind_some(None, at=at, case=case)
    while after is not None:
        more, after = _remind_some(after, at=at, case=case)
        written += more
    _have_sent(at=at, case=case)
    return written


def put_reminding(*, at: datetime) -> None:
    """Let the outbox write what is due, a job and so a transaction for each batch of cases."""
    put(REMIND, {}, at=at)


def remind_in_turn(payload: Payload, *, at: datetime) -> list[Notice]:
    """Write one batch and put the next; the last one has all sent, so that a person hears once.

    `payload` tells the last case looked at and what the run came to so far.
    """
    told = payload.get("written")
    before = Written(**{**told, "untold": tuple(told["untold"])}) if told else Written()
    last = UUID(payload["after"]) if "after" in payload else None
    more, after = _remind_some(last, at=at)
    written = before + more
    if after is not None:
        put(REMIND, {"after": str(after), "written": asdict(written)}, at=at)
        return []
    _have_sent(at=at)
    return written.notices


def _remind_some(
    after: UUID | None, *, at: datetime, case: InfoRequest | None = None
) -> tuple[Written, UUID | None]:
    """Write what is due on the next cases by key; return the last of them, None after the last."""
    moment = Moment.at(at)
    if not moment.is_open:
        return Written(), None
    cases = cases_to_look_at(moment)
    if case is not None:
        cases = cases.filter(pk=case.pk)
    if after is not None:
        cases = cases.filter(pk__gt=after)
    batch = list(cases.order_by("pk").values_list("pk", flat=True)[:_BATCH])
    due: dict[Any, Planned] = {}
    untold: dict[str, bool] = {}
    for info_request, what, each in planned(InfoRequest.objects.filter(pk__in=batch), moment):
        due.update((one.key, one) for one in each)
        if len({one.address for one in each}) < what.at_least:
            alarm = what.occasion is Occasion.UNCONFIRMED
            untold[info_request.number] = untold.get(info_request.number, False) or alarm
    rows = _write(due, at)
    written = Written(rows, tuple(untold)[:_NAMED], len(untold), sum(untold.values()))
    return written, batch[-1] if len(batch) == _BATCH else None


def _write(due: Mapping[Any, Planned], at: datetime) -> int:
    """Write what is not there; the unique constraint decides between two runs at once."""
    with transaction.atomic():
        there = _keys({each.info_request.pk for each in due.values()})
        fresh = [each for key, each in due.items() if key not in there]
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
    return len(fresh)


def _have_sent(*, at: datetime, case: InfoRequest | None = None) -> None:
    """Put the sending of what nobody has tried to send yet, also what a killed run wrote."""
    if not Moment.at(at).is_open:
        return
    untried = Reminder.objects.filter(
        state=ReminderState.WAITING, attempts=0, sent_at=None, created_at__lte=at
    )
    if case is not None:
        untried = untried.filter(info_request=case)
    for way, address in untried.order_by("way", "address").values_list("way", "address").distinct():
        put_sending(way, address, at=at)


def _keys(case_ids: Iterable[Any]) -> set[tuple[Any, ...]]:
    fields = ("info_request_id", "occasion", "due_on", "way", "address")
    return set(Reminder.objects.filter(info_request_id__in=case_ids).values_list(*fields))
