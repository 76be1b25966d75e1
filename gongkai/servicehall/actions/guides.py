"""Verbs of a guide: written, submitted complete, sent back, published by other eyes, revised."""

from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.servicehall.actions import steps
from gongkai.servicehall.lifecycle import (
    GuideEvent,
    GuideState,
    ItemEvent,
    ItemState,
    Refused,
    ToldWrongly,
)
from gongkai.servicehall.lifecycle.items import next_guide_state, next_item_state
from gongkai.servicehall.models import GuideVersion, ServiceItem
from gongkai.servicehall.rules.completeness import missing
from gongkai.servicehall.rules.guide import LABELS, Guide, checked, to_json
from gongkai.servicehall.rules.texts import used

_V = GuideEvent


@transaction.atomic
def revise(item: ServiceItem, *, by: Actor, at: datetime) -> GuideVersion:
    """Begin a new version of an item's guide from the newest one.

    Raises:
        Refused: the item is cancelled, or a version waits to be finished.
    """
    held = steps.hold(item, "organ")
    if held.state == ItemState.CANCELLED:
        raise Refused("事项已经取消，不能再修改指南")
    newest = held.versions.first()
    if newest is not None and newest.state != GuideState.PUBLISHED:
        raise Refused(f"第{newest.number}版指南还没有发布，请先办完这一版")
    version = GuideVersion.objects.create(
        item=held,
        number=newest.number + 1 if newest else 1,
        state=GuideState.DRAFT,
        told=newest.told if newest else {},
        written_by=by.name,
        written_by_account=by.account,
    )
    steps.log("revise", held, held.organ, by, at, after={"version": version.number})
    return version


@transaction.atomic
def write(version: GuideVersion, *, guide: Guide, by: Actor, at: datetime) -> GuideVersion:
    """Change the draft of a guide.

    Raises:
        Refused: the version is under review or published.
        ToldWrongly: a text, a term or a row that cannot be used.
    """
    held = _hold(version)
    held.state = next_guide_state(GuideState(held.state), _V.WRITE)
    told = to_json(checked(guide))
    names = {name for name in {*told, *held.told} if told.get(name) != held.told.get(name)}
    held.told, held.written_by, held.written_by_account = told, by.name, by.account
    held.save()
    said = "、".join(sorted(LABELS.get(name, name) for name in names)) or "没有变化"
    after = {"version": held.number, "changed": said}
    steps.log("write", held.item, held.item.organ, by, at, after=after)
    return held


@transaction.atomic
def submit(version: GuideVersion, *, by: Actor, at: datetime) -> GuideVersion:
    """Hand a guide over for review.

    Raises:
        Refused: it is under review or published, or important elements are missing.
    """
    held = _hold(version)
    state = next_guide_state(GuideState(held.state), _V.SUBMIT)
    if lacking := missing(held.item.name, held.guide):
        raise Refused(f"指南缺少{'、'.join(lacking)}，请补齐后再提交（国办秘函〔2019〕19号）")
    held.state, held.submitted_by_account = state, by.account
    held.save()
    steps.log("submit", held.item, held.item.organ, by, at, after={"version": held.number})
    return held


@transaction.atomic
def send_back(version: GuideVersion, *, why: str, by: Actor, at: datetime) -> GuideVersion:
    """Send a guide back to whom wrote it, with a reason; raises Refused or ToldWrongly."""
    held = _hold(version)
    held.state = next_guide_state(GuideState(held.state), _V.SEND_BACK)
    why = used(why, "why")
    held.save()
    after = {"version": held.number}
    steps.log("send_back", held.item, held.item.organ, by, at, after=after, reason=why)
    return held


@transaction.atomic
def publish(
    version: GuideVersion, *, effective_on: date | None, by: Actor, at: datetime
) -> GuideVersion:
    """Pass and publish a guide; it holds from a day on, and with the first the item does.

    Raises:
        Refused: it was not submitted, or `by` submitted it.
        ToldWrongly: no day, or one before the version that holds.
    """
    held = _hold(version)
    state = next_guide_state(GuideState(held.state), _V.PUBLISH)
    if by.account == held.submitted_by_account:
        raise Refused("提交人不能审核自己提交的指南，请由其他人审核发布")
    item = held.item
    if effective_on is None:
        raise ToldWrongly("请填写“生效日期”", "effective_on")
    newest = item.versions.filter(state=GuideState.PUBLISHED).first()
    if newest is not None and newest.effective_on and effective_on < newest.effective_on:
        raise ToldWrongly(
            f"“生效日期”不能早于第{newest.number}版的{newest.effective_on:%Y-%m-%d}", "effective_on"
        )
    held.state, held.effective_on = state, effective_on
    held.published_by, held.published_at = by.name, at
    held.save()
    if item.state == ItemState.PREPARED:
        item.state = next_item_state(ItemState.PREPARED, ItemEvent.ENTER)
        item.in_force_on = effective_on
    item.tell_of(held.guide)
    item.save()
    after = {"version": held.number, "effective_on": effective_on, "state": item.state}
    steps.log("publish", item, item.organ, by, at, after=after)
    return held


def _hold(version: GuideVersion) -> GuideVersion:
    """Return a version, its item locked first: whoever writes either waits there."""
    item = steps.hold(version.item, "organ")
    held = steps.hold(version)
    held.item = item
    return held
