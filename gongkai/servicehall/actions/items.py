"""Verbs of a service item: begun with a draft, suspended, resumed, cancelled, put in a hall."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.servicehall.actions import steps
from gongkai.servicehall.lifecycle import GuideState, ItemEvent, ItemState, Refused, ToldWrongly
from gongkai.servicehall.lifecycle.items import next_item_state
from gongkai.servicehall.models import GuideVersion, Hall, ServiceItem
from gongkai.servicehall.rules.guide import Guide, checked, to_json
from gongkai.servicehall.rules.kinds import ItemKind
from gongkai.servicehall.rules.texts import chosen, used

_E = ItemEvent
TAKEN = "本县已有同一实施编码的事项，或者该机构已有同名事项，请核对"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTold:
    """What an item is called by; the codes may be missing."""

    name: str
    kind: ItemKind
    code: str = ""
    base_code: str = ""


@transaction.atomic
def draft_item(
    organ: Organ, *, told: ItemTold, guide: Guide, by: Actor, at: datetime
) -> ServiceItem:
    """Begin an item with the draft of its first guide; it counts once that is published.

    Raises:
        ToldWrongly: something is missing or wrong, or the code or name is taken.
    """
    steps.standing(organ, steps.local_day(at))
    item = ServiceItem(
        county_id=steps.county_id_of(organ), organ=organ, state=ItemState.PREPARED, **_checked(told)
    )
    steps.save(item, TAKEN)
    GuideVersion.objects.create(
        item=item,
        number=1,
        state=GuideState.DRAFT,
        told=to_json(checked(guide)),
        written_by=by.name,
        written_by_account=by.account,
    )
    steps.log("draft_item", item, organ, by, at, after=_checked(told))
    return item


@transaction.atomic
def change_item(item: ServiceItem, *, told: ItemTold, by: Actor, at: datetime) -> ServiceItem:
    """Change what an item is called by: its name, kind or codes.

    Raises:
        Refused: it is cancelled, or nothing is different.
        ToldWrongly: something is missing or wrong, or the code or name is taken.
    """
    held = steps.hold(item, "organ")
    if held.state == ItemState.CANCELLED:
        raise Refused("事项已经取消，不能再修改")
    after = _checked(told)
    before = {name: getattr(held, name) for name in after}
    changed = {name: value for name, value in after.items() if before[name] != value}
    if not changed:
        raise Refused("没有要修改的内容")
    if "kind" in changed and held.state != ItemState.PREPARED:
        raise ToldWrongly("事项类型影响增减统计，请取消原事项，按新的类型另行编制", "kind")
    for name, value in changed.items():
        setattr(held, name, value)
    steps.save(held, TAKEN)
    was = {name: before[name] for name in changed}
    steps.log("change_item", held, held.organ, by, at, before=was, after=changed)
    return held


@transaction.atomic
def suspend(item: ServiceItem, *, why: str, by: Actor, at: datetime) -> ServiceItem:
    """Suspend an item, with a reason; it stays on the list. Raises Refused or ToldWrongly."""
    return _with_reason(item, _E.SUSPEND, "suspend", why, by, at)


@transaction.atomic
def resume(item: ServiceItem, *, why: str, by: Actor, at: datetime) -> ServiceItem:
    """Let a suspended item be handled again; raises Refused or ToldWrongly."""
    return _with_reason(item, _E.RESUME, "resume", why, by, at)


@transaction.atomic
def cancel(
    item: ServiceItem, *, why: str, cancelled_on: date | None, by: Actor, at: datetime
) -> ServiceItem:
    """Take an item off the list from a day on, with what it rests on.

    Raises:
        Refused: it is cancelled already.
        ToldWrongly: no reason, a day to come or before the item was on the list.
    """
    held = steps.hold(item, "organ")
    before = {"state": held.state}
    held.state = next_item_state(ItemState(held.state), _E.CANCEL)
    why = used(why, "why")
    held.cancelled_on = steps.past_day(
        cancelled_on, "cancelled_on", "取消日期", steps.local_day(at), held.in_force_on
    )
    held.save()
    after = {"state": held.state, "cancelled_on": held.cancelled_on}
    steps.log("cancel", held, held.organ, by, at, before=before, after=after, reason=why)
    return held


@transaction.atomic
def move_in(
    item: ServiceItem, *, hall: Hall, joined_on: date | None, by: Actor, at: datetime
) -> ServiceItem:
    """Record that an item is served in a hall from a day on.

    Raises:
        Refused: it is cancelled, or in that hall already.
        ToldWrongly: the hall is of another county or closed, or the day is to come.
    """
    held = steps.hold(item, "organ")
    if held.state == ItemState.CANCELLED:
        raise Refused("事项已经取消，不能进驻大厅")
    if held.hall_id == hall.pk and held.hall_left_on is None:
        raise Refused(f"事项已经进驻{hall.name}")
    if hall.county_id != held.county_id or hall.left_on is not None:
        raise ToldWrongly("请选择本县正在使用的大厅", "hall")
    before = {"hall": held.hall_id}
    held.hall, held.hall_left_on = hall, None
    held.hall_joined_on = steps.past_day(
        joined_on, "joined_on", "进驻日期", steps.local_day(at), hall.joined_on
    )
    held.save()
    after = {"hall": hall.pk, "joined_on": held.hall_joined_on}
    steps.log("move_in", held, held.organ, by, at, before=before, after=after)
    return held


@transaction.atomic
def move_out(
    item: ServiceItem, *, why: str, left_on: date | None, by: Actor, at: datetime
) -> ServiceItem:
    """Record that an item is no more served in its hall; raises Refused or ToldWrongly."""
    held = steps.hold(item, "organ", "hall")
    if held.hall is None or held.hall_left_on is not None:
        raise Refused("事项没有进驻大厅")
    why = used(why, "why")
    held.hall_left_on = steps.past_day(
        left_on, "left_on", "撤出日期", steps.local_day(at), held.hall_joined_on
    )
    held.save()
    after = {"left_on": held.hall_left_on}
    before = {"hall": held.hall_id}
    steps.log("move_out", held, held.organ, by, at, before=before, after=after, reason=why)
    return held


def _with_reason(
    item: ServiceItem, event: ItemEvent, verb: str, why: str, by: Actor, at: datetime
) -> ServiceItem:
    held = steps.hold(item, "organ")
    before = {"state": held.state}
    held.state = next_item_state(ItemState(held.state), event)
    why = used(why, "why")
    held.save()
    after = {"state": held.state}
    steps.log(verb, held, held.organ, by, at, before=before, after=after, reason=why)
    return held


def _checked(told: ItemTold) -> dict[str, str]:
    return {
        "name": used(told.name, "item_name"),
        "kind": chosen(told.kind, ItemKind, "事项类型", "kind"),
        "code": used(told.code, "code", required=False).upper(),
        "base_code": used(told.base_code, "base_code", required=False).upper(),
    }
