"""Verbs of a hall: opened, changed, closed; organs, windows and people come and leave."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.servicehall.actions import steps
from gongkai.servicehall.lifecycle import Refused, ToldWrongly
from gongkai.servicehall.models import Attendant, Hall, Residency, Window
from gongkai.servicehall.rules.amounts import checked_amount
from gongkai.servicehall.rules.kinds import HallKind, WindowKind
from gongkai.servicehall.rules.texts import chosen, used

_TAKEN = "本县已有同名的大厅，请核对名称"
_MOST_AREA = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class HallTold:
    """What is told of a hall: the area in square metres, the investment in 元."""

    kind: HallKind
    name: str
    address: str
    opening: str = ""
    phone: str = ""
    area: Decimal | None = None
    investment: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is told of somebody who works in a hall."""

    name: str
    duty: str = ""
    phone: str = ""
    agent: bool = False


@transaction.atomic
def open_hall(
    organ: Organ, *, told: HallTold, opened_on: date | None, by: Actor, at: datetime
) -> Hall:
    """Register a hall that an organ runs; raises ToldWrongly."""
    today = steps.local_day(at)
    steps.standing(organ, today)
    hall = Hall(
        county_id=steps.county_id_of(organ),
        organ=organ,
        joined_on=steps.past_day(opened_on, "opened_on", "启用日期", today),
        **checked_hall(told),
    )
    steps.save(hall, _TAKEN)
    after = {**checked_hall(told), "opened_on": hall.joined_on}
    steps.log("open_hall", hall, organ, by, at, after=after)
    return hall


@transaction.atomic
def change_hall(hall: Hall, *, told: HallTold, by: Actor, at: datetime) -> Hall:
    """Change what is told of a hall; raises Refused or ToldWrongly."""
    held = _open(hall)
    after = checked_hall(told)
    before = {name: getattr(held, name) for name in after}
    for name, value in after.items():
        setattr(held, name, value)
    steps.save(held, _TAKEN)
    changed = {name: value for name, value in after.items() if before[name] != value}
    was = {name: before[name] for name in changed}
    steps.log("change_hall", held, held.organ, by, at, before=was, after=changed)
    return held


@transaction.atomic
def close_hall(hall: Hall, *, why: str, left_on: date | None, by: Actor, at: datetime) -> Hall:
    """Close a hall that nobody and nothing is in any more; raises Refused or ToldWrongly."""
    held = _open(hall)
    why = used(why, "why")
    items = held.items.filter(hall_left_on__isnull=True, cancelled_on__isnull=True).count()
    people = held.attendants.filter(left_on__isnull=True).count()
    if items or people:
        raise Refused(f"大厅还有{items}个进驻事项、{people}名进驻人员，请先办理撤出")
    held.left_on = steps.past_day(
        left_on, "left_on", "停用日期", steps.local_day(at), held.joined_on
    )
    held.save()
    steps.log("close_hall", held, held.organ, by, at, after={"left_on": held.left_on}, reason=why)
    return held


@transaction.atomic
def move_organ_in(
    hall: Hall, *, organ: Organ, joined_on: date | None, by: Actor, at: datetime
) -> Residency:
    """Record that an organ has moved into a hall; raises Refused or ToldWrongly."""
    held, today = _open(hall), steps.local_day(at)
    steps.standing(organ, today)
    if steps.county_id_of(organ) != held.county_id:
        raise ToldWrongly("请选择本县的机构", "organ")
    day = steps.past_day(joined_on, "joined_on", "进驻日期", today, held.joined_on)
    row = Residency(hall=held, organ=organ, joined_on=day)
    steps.save(row, f"{organ.short_name}已经进驻这个大厅", "organ")
    after = {"organ": organ.short_name, "joined_on": day}
    steps.log("move_organ_in", held, held.organ, by, at, after=after)
    return row


@transaction.atomic
def move_organ_out(
    residency: Residency, *, why: str, left_on: date | None, by: Actor, at: datetime
) -> Residency:
    """Record that an organ has left a hall; raises Refused or ToldWrongly."""
    held: Residency = _leave(residency, why, left_on, at)
    _told_leaving("move_organ_out", held, {"organ": held.organ.short_name}, why, by, at)
    return held


@transaction.atomic
def open_window(
    hall: Hall,
    *,
    number: str,
    name: str,
    kind: WindowKind,
    organ: Organ | None,
    joined_on: date | None,
    by: Actor,
    at: datetime,
) -> Window:
    """Open a window of a hall, of an organ or for all; raises Refused or ToldWrongly."""
    held = _open(hall)
    if organ is not None and steps.county_id_of(organ) != held.county_id:
        raise ToldWrongly("请选择本县的机构", "organ")
    row = Window(
        hall=held,
        number=used(number, "number"),
        name=used(name, "window_name"),
        kind=chosen(kind, WindowKind, "类别", "kind"),
        organ=organ,
        joined_on=steps.past_day(
            joined_on, "joined_on", "启用日期", steps.local_day(at), held.joined_on
        ),
    )
    steps.save(row, f"已有{row.number}号窗口，请核对窗口编号", "number")
    after = {"window": str(row), "kind": row.kind}
    steps.log("open_window", held, held.organ, by, at, after=after)
    return row


@transaction.atomic
def close_window(
    window: Window, *, why: str, left_on: date | None, by: Actor, at: datetime
) -> Window:
    """Close a window at which nobody works any more; raises Refused or ToldWrongly."""
    if window.attendants.filter(left_on__isnull=True).exists():
        raise Refused("窗口还有进驻人员，请先登记离开")
    held: Window = _leave(window, why, left_on, at)
    _told_leaving("close_window", held, {"window": str(held)}, why, by, at)
    return held


@transaction.atomic
def assign(
    hall: Hall,
    *,
    organ: Organ,
    told: Person,
    window: Window | None,
    joined_on: date | None,
    by: Actor,
    at: datetime,
) -> Attendant:
    """Record that somebody works in a hall for an organ; raises Refused or ToldWrongly."""
    held = _open(hall)
    if steps.county_id_of(organ) != held.county_id:
        raise ToldWrongly("请选择本县的机构", "organ")
    if window is not None and (window.hall_id != held.pk or window.left_on is not None):
        raise ToldWrongly("请选择这个大厅正在使用的窗口", "window")
    row = Attendant.objects.create(
        hall=held,
        organ=organ,
        window=window,
        name=used(told.name, "person"),
        duty=used(told.duty, "duty", required=False),
        phone=used(told.phone, "phone", required=False),
        agent=told.agent,
        joined_on=steps.past_day(
            joined_on, "joined_on", "进驻日期", steps.local_day(at), held.joined_on
        ),
    )
    after = {"person": str(row), "agent": row.agent, "joined_on": row.joined_on}
    steps.log("assign", held, held.organ, by, at, after=after)
    return row


@transaction.atomic
def release(
    attendant: Attendant, *, why: str, left_on: date | None, by: Actor, at: datetime
) -> Attendant:
    """Record that somebody has left a hall; raises Refused or ToldWrongly."""
    held: Attendant = _leave(attendant, why, left_on, at)
    _told_leaving("release", held, {"person": str(held)}, why, by, at)
    return held


def checked_hall(told: HallTold) -> dict[str, Any]:
    """Return what is told of a hall as columns; raises ToldWrongly."""
    values = asdict(told)
    values["kind"] = chosen(told.kind, HallKind, "类别", "kind")
    values["name"] = used(told.name, "name")
    values["address"] = used(told.address, "address")
    values["opening"] = used(told.opening, "opening", required=False)
    values["phone"] = used(told.phone, "phone", required=False)
    values["area"] = checked_area(told.area)
    if told.investment is not None:
        values["investment"] = checked_amount(told.investment, "investment", "投资（元）")
    return values


def checked_area(area: Decimal | None) -> Decimal | None:
    """Return an area in square metres; raises ToldWrongly when it cannot be one."""
    if area is None:
        return None
    if not area.is_finite() or not 0 < area < _MOST_AREA:
        raise ToldWrongly("“面积（平方米）”应当大于0，请核对", "area")
    return area.quantize(Decimal("0.01"))


def _open(hall: Hall) -> Hall:
    held = steps.hold(hall, "organ")
    if held.left_on is not None:
        raise Refused(f"{held.name}已经停用")
    return held


def _leave(row: Any, why: str, left_on: date | None, at: datetime) -> Any:
    """Return a row that somebody or something has left, saved with the day."""
    held = steps.hold(row, "hall__organ")
    used(why, "why")
    if held.left_on is not None:
        raise Refused("已经登记过，请刷新后核对")
    held.left_on = steps.past_day(
        left_on, "left_on", "离开日期", steps.local_day(at), held.joined_on
    )
    held.save()
    return held


def _told_leaving(
    verb: str, row: Any, after: dict[str, Any], why: str, by: Actor, at: datetime
) -> None:
    hall, after = row.hall, {**after, "left_on": row.left_on}
    steps.log(verb, hall, hall.organ, by, at, after=after, reason=why.strip())
