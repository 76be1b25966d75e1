"""How every step of a correction does its work: lock, check, move, add the act, log (Art. 41)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inforequests.actions.recording import local_day
from gongkai.inforequests.lifecycle.corrections import (
    CorrectionEvent,
    CorrectionState,
    next_correction_state,
)
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.models import CorrectionAct, CorrectionRequest
from gongkai.statute.days import written

_LONGEST = 4000
_NAMES = {
    "wrong": "记录不准确之处",
    "right": "应当更正为",
    "evidence": "证据",
    "finding": "核查情况和理由",
    "to": "有权更正的机关",
    "unit": "核查科室",
    "tracking": "邮件号",
}


def needed(text: str, field: str) -> str:
    """Return a text without white space around it.

    Raises:
        BadAct: it is empty, too long, or holds what cannot be stored.
    """
    plain = text.strip()
    label = _NAMES.get(field, "理由")
    if not plain:
        raise BadAct(f"请填写“{label}”（第四十一条）", field)
    if len(plain) > _LONGEST or "\x00" in plain:
        raise BadAct(f"“{label}”不能超过{_LONGEST}字，也不能含有无法保存的字符，请修改", field)
    return plain


def locked(correction: CorrectionRequest) -> CorrectionRequest:
    """Return the fresh row locked until the end of the transaction."""
    rows = CorrectionRequest.objects.select_for_update(of=("self",))
    return rows.select_related("organ", "requester").get(pk=correction.pk)


def step(
    correction: CorrectionRequest,
    event: CorrectionEvent,
    on: date,
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    **fields: Any,
) -> CorrectionRequest:
    """Do a step that changes the state and some fields, all or nothing."""
    with transaction.atomic():
        held = locked(correction)
        before = held.state
        move(held, event, on, data, by=by, at=at)
        for name, value in fields.items():
            setattr(held, name, value)
        held.save()
        log(held, event.value.lower(), before=before, by=by, at=at)
    return held


def move(
    held: CorrectionRequest,
    event: CorrectionEvent,
    on: date,
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Check the table and the order of days, move the state, add the act."""
    held.state = next_correction_state(CorrectionState(held.state), event)
    last = held.acts.latest("sequence").on
    if on > local_day(at):
        raise BadAct(
            f"“日期”（{written(on)}）晚于登记当日（{written(local_day(at))}），请核对", "on"
        )
    if on < last:
        raise BadAct(f"“日期”（{written(on)}）早于上一项办理记录（{written(last)}），请核对", "on")
    add_act(held, event, on, data, by=by, at=at)


def add_act(
    correction: CorrectionRequest,
    event: CorrectionEvent,
    on: date,
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Add an act as the last one; the caller holds the row."""
    CorrectionAct.objects.create(
        correction=correction,
        sequence=correction.acts.count() + 1,
        kind=event,
        on=on,
        data={name: value for name, value in data.items() if value},
        account=by.account,
        actor_name=by.name,
        actor_post=by.post,
        recorded_at=at,
    )


def log(
    correction: CorrectionRequest,
    verb: str,
    *,
    before: str,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Log a verb on the organ's chain: the states before and after, nobody's words."""
    record(
        f"inforequests.correction_{verb}",
        correction.typed_id,
        chain=correction.organ.code,
        by=by,
        at=at,
        label=correction.number,
        before={"state": before} if before else {},
        after={"state": correction.state},
        reason=reason,
    )
