"""How every verb does its work: lock, check, add the act, project, log; all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Case, DateField, F, Value, When
from django.utils import timezone

from gongkai.adapters.statements import RowsBy, insert, update
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inforequests import deadlines, rules
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import Event
from gongkai.inforequests.lifecycle.transitions import next_state
from gongkai.inforequests.models import Act, InfoRequest, IntakeChannel
from gongkai.inforequests.queries import PROJECTED, Projection, project
from gongkai.inforequests.queries.at_hand import at_hand
from gongkai.statute.clock import Deadline
from gongkai.statute.workdays import WorkdayCalendar

# What an act tells about the requester or in their words is logged as keyed digests only.
PROTECTED = frozenset(
    {
        *("description", "what", "note", "reason", "whom", "about", "why", "where", "result"),
        *("facts", "details", "places", "keywords", "signed_by", "tracking", "proof"),
    }
)
_ANSWERS = frozenset({Event.REPLY, Event.REPLY_ANEW})
_ANSWERING = _ANSWERS | {Event.DRAFT_REPLY}


@dataclass(frozen=True)
class LockedCase:
    """A case held for a verb: its row under lock, its acts, items' places, the calendar of now."""

    info_request: InfoRequest
    acts: tuple[CaseAct, ...]
    places: tuple[int, ...]
    calendar: WorkdayCalendar

    @cached_property
    def come_to(self) -> rules.Case:
        """Return what the acts come to before the verb."""
        return rules.replay(self.acts)

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
    (locked,) = lock_rows(info_request)
    return held(locked)


def lock_rows(*info_requests: InfoRequest) -> list[InfoRequest]:
    """Return fresh rows locked until the end of the transaction, in the order told.

    Several are locked in the order of their keys, so that two verbs never wait for each other.
    """
    in_order = sorted(info_requests, key=lambda each: each.pk)
    found = {each.pk: _locked_row(each) for each in in_order}
    return [found[each.pk] for each in info_requests]


_rows = InfoRequest.objects.order_by().select_for_update(of=("self",))
# Every verb locks its case: the query is written once (see `adapters.statements`).
_rows_by_key = RowsBy(_rows, "id")


def _locked_row(info_request: InfoRequest) -> InfoRequest:
    """Return the row of a case under lock, with its organ.

    A case never changes its organ, nor an organ its code: one that was read is not read again.
    """
    if not InfoRequest._meta.get_field("organ").is_cached(info_request):
        return _rows.select_related("organ").get(pk=info_request.pk)
    (row,) = _rows_by_key(info_request.pk)
    row.organ = info_request.organ
    return row


def held(locked: InfoRequest) -> LockedCase:
    """Return a locked row with its acts."""
    known = at_hand(locked)
    return LockedCase(locked, known.acts, known.places, known.calendar)


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
    reviews: Mapping[int, date | None] | None = None,
) -> InfoRequest:
    """Check `event` against the locked case, add its act, project and log it.

    `reviews` are the days on which an answer's items are looked at again, by their places.
    """
    told = {name: value for name, value in data.items() if value not in (None, "")}
    act = check(case, event, on=on, data=told, by=by, today=local_day(at))
    before = snapshot(case.info_request)
    add_acts(case.info_request, [act], by=by, at=at)
    projection = project((*case.acts, act), case.channel, case.calendar)
    apply(case.info_request, projection, answered=act.kind in _ANSWERS, reviews=reviews)
    log(case.info_request, verb, before=before, act=act, by=by, at=at)
    return case.info_request


def check(
    case: LockedCase, event: Event, *, on: date, data: Mapping[str, Any], by: Actor, today: date
) -> CaseAct:
    """Return the act that `event` would be; raises Refused or BadAct when it may not be."""
    rules.check_data(event, data)
    come_to = case.come_to
    event = rules.resolve(come_to, event)
    next_state(come_to.state, event)
    places = case.places if event in _ANSWERING else ()
    act = CaseAct(case.acts[-1].sequence + 1, event, on, data, by.account)
    rules.guard(come_to, act, today=today, places=places)
    deadlines.admit((*case.acts, act), case.channel, case.calendar)
    return act


def add_acts(info_request: InfoRequest, acts: list[CaseAct], *, by: Actor, at: datetime) -> None:
    """Write acts; the unique place in the case stops two writers where no lock does."""
    for act in acts:
        row = Act(
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
        insert(row)


def apply(
    info_request: InfoRequest,
    projection: Projection,
    *,
    answered: bool = False,
    reviews: Mapping[int, date | None] | None = None,
) -> None:
    """Store what differs of a projection; nothing else in the project writes these fields.

    The items' own fields are written when they were just `answered`.
    """
    changed = {
        name: getattr(projection, name)
        for name in PROJECTED
        if getattr(info_request, name) != getattr(projection, name)
    }
    for name, value in changed.items():
        setattr(info_request, name, value)
    if changed:
        update(info_request, changed)
    if answered and projection.items:
        write_items(info_request, projection, reviews or {})


def write_items(
    info_request: InfoRequest, projection: Projection, reviews: Mapping[int, date | None]
) -> None:
    """Store ground, letter and day of review of every item, in one query."""
    grounds = [When(place=place, then=Value(ground)) for place, ground, _ in projection.items]
    letters = [When(place=place, then=Value(letter)) for place, _, letter in projection.items]
    told = {
        "ground": Case(*grounds, default=Value("")),
        "letter": Case(*letters, default=Value("")),
    }
    if reviews:
        days = [When(place=place, then=Value(day, DateField())) for place, day in reviews.items()]
        told["review_on"] = Case(*days, default=F("review_on"))
    info_request.items.order_by().update(**told)


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
        protected=[f"act.{name}" for name in _protected(act) if name in told],
    )


def _protected(act: CaseAct) -> frozenset[str]:
    """Return what of an act is logged as digests: how one called may hold a number."""
    return PROTECTED | {"how"} if act.kind is Event.TRY_CONTACT else PROTECTED


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county's time zone."""
    return timezone.localtime(at).date()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
