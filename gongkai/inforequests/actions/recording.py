"""How every verb does its work: lock, check, add the act, project, log; all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests import deadlines, rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import Event, next_state
from gongkai.inforequests.models import Act, InfoRequest, IntakeChannel
from gongkai.inforequests.queries import PROJECTED, Projection, acts_of, project
from gongkai.statute.clock import Deadline
from gongkai.statute.workdays import WorkdayCalendar

# What an act tells about the requester or in their words is logged as keyed digests only.
PROTECTED = ("description", "what", "note", "reason", "whom", "about")


@dataclass(frozen=True, slots=True)
class LockedCase:
    """A case held for a verb: its row under lock, its acts and the calendar of the moment."""

    info_request: InfoRequest
    acts: tuple[CaseAct, ...]
    calendar: WorkdayCalendar

    @property
    def channel(self) -> IntakeChannel:
        """Return the channel by which the request came."""
        return IntakeChannel(self.info_request.channel)

    @property
    def deadline(self) -> Deadline | None:
        """Return the deadline as it stands before the verb."""
        return deadlines.reply_deadline(self.acts, self.channel, self.calendar)


def lock(info_request: InfoRequest) -> LockedCase:
    """Return the case locked until the end of the transaction."""
    locked = (
        InfoRequest.objects.select_for_update(of=("self",))
        .select_related("organ")
        .get(pk=info_request.pk)
    )
    return LockedCase(locked, acts_of(locked), workday_calendar())


def perform(
    info_request: InfoRequest,
    event: Event,
    *,
    verb: str,
    on: date,
    data: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Do `event` on a case: the whole of most verbs.

    Raises:
        Refused, BadAct: nothing has been changed.
    """
    with transaction.atomic():
        case = lock(info_request)
        return append(case, event, verb=verb, on=on, data=data, by=by, at=at)


def append(
    case: LockedCase,
    event: Event,
    *,
    verb: str,
    on: date,
    data: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Check `event` against the locked case, add its act, project and log it."""
    told = {name: value for name, value in data.items() if value not in (None, "")}
    act = check(case, event, on=on, data=told, today=local_day(at))
    before = snapshot(case.info_request)
    add_acts(case.info_request, [act], by=by, at=at)
    apply(case.info_request, project((*case.acts, act), case.channel, case.calendar))
    log(case.info_request, verb, before=before, act=act, by=by, at=at)
    return case.info_request


def check(
    case: LockedCase, event: Event, *, on: date, data: Mapping[str, Any], today: date
) -> CaseAct:
    """Return the act that `event` would be; raises Refused or BadAct when it may not be."""
    rules.check_data(event, data)
    come_to = rules.replay(case.acts)
    event = rules.resolve(come_to, event)
    next_state(come_to.state, event)
    places: tuple[int, ...] = ()
    if event is Event.REPLY:
        places = tuple(case.info_request.items.values_list("place", flat=True))
    rules.guard(come_to, event, on, data, today=today, places=places)
    act = CaseAct(case.acts[-1].sequence + 1, event, on, data)
    deadlines.admit((*case.acts, act), case.channel, case.calendar)
    return act


def add_acts(info_request: InfoRequest, acts: list[CaseAct], *, by: Actor, at: datetime) -> None:
    """Write acts; the unique place in the case stops two writers where no lock does."""
    Act.objects.bulk_create(
        Act(
            info_request=info_request,
            sequence=act.sequence,
            kind=act.kind,
            on=act.on,
            data=dict(act.data),
            account=by.account,
            actor_name=by.name,
            actor_post=by.post,
            recorded_at=at,
        )
        for act in acts
    )


def apply(info_request: InfoRequest, projection: Projection) -> None:
    """Store a projection; nothing else in the project writes these fields."""
    for name in PROJECTED:
        setattr(info_request, name, getattr(projection, name))
    info_request.save(update_fields=PROJECTED)
    for place, ground in projection.item_grounds:
        info_request.items.filter(place=place).exclude(ground=ground).update(ground=ground)


def snapshot(info_request: InfoRequest) -> dict[str, Any]:
    """Return the projections as the log keeps them."""
    return {name: _plain(getattr(info_request, name)) for name in PROJECTED}


def log(
    info_request: InfoRequest,
    verb: str,
    *,
    before: Mapping[str, Any],
    act: CaseAct,
    by: Actor,
    at: datetime,
) -> None:
    """Log a verb on the organ's chain: what changed, and the act with its words as digests."""
    after = snapshot(info_request)
    changed = [name for name in PROJECTED if before.get(name) != after[name]]
    told = {"on": act.on.isoformat(), **act.data}
    record(
        f"inforequests.{verb}",
        info_request.typed_id,
        chain=info_request.organ.code,
        by=by,
        at=at,
        label=info_request.number,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed} | {f"act.{k}": v for k, v in told.items()},
        protected=[f"act.{name}" for name in PROTECTED if name in told],
    )


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county's time zone."""
    return timezone.localtime(at).date()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
