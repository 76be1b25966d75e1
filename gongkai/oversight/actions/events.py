"""Verbs on training, meetings and activities: recorded, corrected, signed in, struck out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.oversight.actions.steps import local_day, log, past_day
from gongkai.oversight.lifecycle import Refused, ToldWrongly
from gongkai.oversight.models import Attendee, WorkEvent
from gongkai.oversight.queries import OrgansByName
from gongkai.oversight.rules.kinds import EventKind
from gongkai.oversight.rules.texts import chosen, used
from gongkai.oversight.rules.worksheet import WrittenAttendee
from gongkai.servicehall.models import OpenZone

MOST_HEADS, MOST_HOURS = 100_000, Decimal(200)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTold:
    """What is told of an event; `heads` only where no list of names was kept."""

    kind: str
    title: str
    held_on: date | None
    hours: Decimal | None = None
    place: str = ""
    topic: str = ""
    zone: OpenZone | None = None
    heads: int = 0


@transaction.atomic
def record_event(organ: Organ, *, told: EventTold, by: Actor, at: datetime) -> WorkEvent:
    """Record what an organ held; raises ToldWrongly."""
    values = _checked(organ, told, local_day(at))
    made = WorkEvent(
        county_id=organ.county_id or organ.pk,
        organ=organ,
        recorded_by=by.name,
        recorded_at=at,
        **values,
    )
    _save(made)
    log("record_event", made, organ, by, at, after=_said(values))
    return made


@transaction.atomic
def change_event(event: WorkEvent, *, told: EventTold, by: Actor, at: datetime) -> WorkEvent:
    """Correct what was recorded; those present stay. Raises Refused or ToldWrongly."""
    held = _hold(event)
    values = _checked(held.organ, told, local_day(at))
    if held.attendees.exists():
        values["heads"] = held.heads
    before = {name: getattr(held, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    for name, value in changed.items():
        setattr(held, name, value)
    _save(held)
    was = _said({name: before[name] for name in changed})
    log("change_event", held, held.organ, by, at, before=was, after=_said(changed))
    return held


@transaction.atomic
def sign_in(
    event: WorkEvent, rows: Sequence[WrittenAttendee], *, by: Actor, at: datetime
) -> WorkEvent:
    """Take in the list of those present instead of an earlier one; raises Refused."""
    held = _hold(event)
    if not rows:
        raise Refused("签到表中没有人员，没有导入任何内容。")
    organs = OrgansByName(held.county, held.held_on)
    before, _ = held.attendees.all().delete()
    Attendee.objects.bulk_create(
        Attendee(
            event=held,
            place=place,
            person=row.person,
            unit=row.unit,
            post=row.post,
            organ=organs.find(row.unit),
        )
        for place, row in enumerate(rows, start=1)
    )
    held.heads = len(rows)
    held.save(update_fields=["heads"])
    log("sign_in", held, held.organ, by, at, before={"heads": before}, after={"heads": len(rows)})
    return held


@transaction.atomic
def strike_event(event: WorkEvent, *, reason: str, by: Actor, at: datetime) -> WorkEvent:
    """Strike out what was recorded wrongly, with a reason; it counts nowhere from now on."""
    held = _hold(event)
    held.struck_why, held.struck_at = used(reason, "reason"), at
    held.save(update_fields=["struck_why", "struck_at"])
    log("strike_event", held, held.organ, by, at, reason=held.struck_why)
    return held


def _checked(organ: Organ, told: EventTold, today: date) -> dict[str, Any]:
    values = asdict(told) | {"zone": told.zone}
    values["kind"] = chosen(told.kind, EventKind, "类型", "kind")
    values["title"] = used(told.title, "title")
    for name in ("place", "topic"):
        values[name] = used(values[name], name, required=False)
    values["held_on"] = past_day(told.held_on, "held_on", "日期", today)
    if told.hours is not None and not 0 < told.hours <= MOST_HOURS:
        raise ToldWrongly("“学时”应当大于0，不超过200", "hours")
    if not 0 <= told.heads <= MOST_HEADS:
        raise ToldWrongly("“参加人数”应当是整数，没有的填0", "heads")
    if told.zone is not None and told.zone.county_id != (organ.county_id or organ.pk):
        raise ToldWrongly("请选择本县的专区", "zone")
    return values


def _save(event: WorkEvent) -> None:
    try:
        with transaction.atomic():
            event.save()
    except IntegrityError:
        raise ToldWrongly("这一天已登记过同名的活动，请核对", "title") from None


def _hold(event: WorkEvent) -> WorkEvent:
    rows = WorkEvent.objects.select_for_update(of=("self",)).select_related("organ", "county")
    held = rows.get(pk=event.pk)
    if held.struck_at is not None:
        raise Refused("这条记录已经撤销，不能再办理。")
    return held


def _said(values: dict[str, Any]) -> dict[str, Any]:
    zone = values.get("zone")
    return {**values, **({"zone": str(zone)} if "zone" in values else {})}
