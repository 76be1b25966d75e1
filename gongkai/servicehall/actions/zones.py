"""Verbs of zones for open government (政务公开专区): opened, changed, closed, counted, checked."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.servicehall.actions import steps
from gongkai.servicehall.actions.halls import checked_area
from gongkai.servicehall.lifecycle import Refused, ToldWrongly
from gongkai.servicehall.models import OpenZone, ZoneMonth
from gongkai.servicehall.rules.kinds import ZonePlace
from gongkai.servicehall.rules.texts import chosen, used

MOST_VISITS = 10_000_000
_TAKEN = "本县已有同名的专区，请核对名称"
_TEXTS = {"name": True, "address": True, "opening": True, "phone": False}
_MORE = ("facilities", "services", "keeper")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneTold:
    """What is told of a zone; the area in square metres."""

    place: ZonePlace
    name: str
    address: str
    opening: str
    phone: str = ""
    area: Decimal | None = None
    facilities: str = ""
    services: str = ""
    keeper: str = ""


@transaction.atomic
def open_zone(
    organ: Organ, *, told: ZoneTold, opened_on: date | None, by: Actor, at: datetime
) -> OpenZone:
    """Register a zone that an organ keeps; raises ToldWrongly."""
    today = steps.local_day(at)
    steps.standing(organ, today)
    values = _checked(told)
    zone = OpenZone(
        county_id=steps.county_id_of(organ),
        organ=organ,
        joined_on=steps.past_day(opened_on, "opened_on", "启用日期", today),
        **values,
    )
    steps.save(zone, _TAKEN)
    after = {**values, "opened_on": zone.joined_on}
    steps.log("open_zone", zone, organ, by, at, after=after)
    return zone


@transaction.atomic
def change_zone(zone: OpenZone, *, told: ZoneTold, by: Actor, at: datetime) -> OpenZone:
    """Change what is told of a zone; raises Refused or ToldWrongly."""
    held = _open(zone)
    after = _checked(told)
    before = {name: getattr(held, name) for name in after}
    for name, value in after.items():
        setattr(held, name, value)
    steps.save(held, _TAKEN)
    changed = {name: value for name, value in after.items() if before[name] != value}
    was = {name: before[name] for name in changed}
    steps.log("change_zone", held, held.organ, by, at, before=was, after=changed)
    return held


@transaction.atomic
def close_zone(
    zone: OpenZone, *, why: str, left_on: date | None, by: Actor, at: datetime
) -> OpenZone:
    """Close a zone, with a reason; raises Refused or ToldWrongly."""
    held = _open(zone)
    why = used(why, "why")
    held.left_on = steps.past_day(
        left_on, "left_on", "停用日期", steps.local_day(at), held.joined_on
    )
    held.save()
    after = {"left_on": held.left_on}
    steps.log("close_zone", held, held.organ, by, at, after=after, reason=why)
    return held


@transaction.atomic
def enter_visits(
    zone: OpenZone, *, month: date | None, visits: int | None, by: Actor, at: datetime
) -> ZoneMonth:
    """Enter how many people came in a month, or correct what was entered.

    Raises:
        ToldWrongly: no month, one to come or before the zone was open, or no number.
    """
    held = steps.hold(zone, "organ")
    if month is None:
        raise ToldWrongly("请填写“月份”", "month")
    starts_on = month.replace(day=1)
    if starts_on > steps.local_day(at):
        raise ToldWrongly("“月份”不能晚于本月", "month")
    if starts_on < held.joined_on.replace(day=1):
        raise ToldWrongly(f"专区{held.joined_on:%Y-%m}启用，请核对“月份”", "month")
    if visits is None or not 0 <= visits <= MOST_VISITS:
        raise ToldWrongly("“访问人次”应当是整数，没有的填0", "visits")
    before = held.months.filter(starts_on=starts_on).first()
    row, _ = ZoneMonth.objects.update_or_create(
        zone=held,
        starts_on=starts_on,
        defaults={"visits": visits, "entered_by": by.name, "entered_at": at},
    )
    was = {"month": f"{starts_on:%Y-%m}", "visits": before.visits if before else None}
    after = {"month": f"{starts_on:%Y-%m}", "visits": visits}
    steps.log("enter_visits", held, held.organ, by, at, before=was, after=after)
    return row


@transaction.atomic
def check_zone(
    zone: OpenZone, *, checked_on: date | None, remark: str, by: Actor, at: datetime
) -> OpenZone:
    """Record that a zone was looked at, and what was found; raises Refused or ToldWrongly."""
    held = _open(zone)
    held.checked_on = steps.past_day(
        checked_on, "checked_on", "检查日期", steps.local_day(at), held.joined_on
    )
    held.remark = used(remark, "remark")
    held.save()
    after = {"checked_on": held.checked_on, "remark": held.remark}
    steps.log("check_zone", held, held.organ, by, at, after=after)
    return held


def _checked(told: ZoneTold) -> dict[str, Any]:
    values = asdict(told)
    values["place"] = chosen(told.place, ZonePlace, "设置场所", "place")
    for name, required in {**_TEXTS, **dict.fromkeys(_MORE, False)}.items():
        values[name] = used(values[name], name, required=required)
    values["area"] = checked_area(told.area)
    return values


def _open(zone: OpenZone) -> OpenZone:
    held = steps.hold(zone, "organ")
    if held.left_on is not None:
        raise Refused(f"{held.name}已经停用")
    return held
