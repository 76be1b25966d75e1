"""Correction of records about oneself (Art. 41): each verb one step, one act, one event.

What the person tells and what the organ finds stand under seal; acts and log hold days,
units and letters. The letter of the decision is issued in the decision's own transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.inforequests.actions.correction_letters import LETTERS, Decision, issue_letter
from gongkai.inforequests.actions.correction_steps import add_act, locked, log, move, needed, step
from gongkai.inforequests.actions.numbering import next_correction_number
from gongkai.inforequests.actions.recording import local_day
from gongkai.inforequests.actions.rights import destroy_papers
from gongkai.inforequests.lifecycle.channels import IntakeChannel, ServiceWay
from gongkai.inforequests.lifecycle.corrections import (
    CorrectionEvent,
    CorrectionState,
    RecordOwner,
)
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.models import (
    CorrectionRequest,
    CorrectionRequester,
)
from gongkai.inforequests.rules.identity import identity_problems
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.inforequests.rules.retention import erase_on
from gongkai.letters.queries import LetterKind
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind

_STATE = CorrectionState


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What is to be put right: which record, whose, what is wrong, what is right, the proof."""

    channel: IntakeChannel
    requester_kind: RequesterKind
    owner: RecordOwner
    record: str
    wrong: str
    right: str
    evidence: str


def submit_correction(
    organ: Organ,
    *,
    told: NewCorrection,
    requester: RequesterDetails,
    submitted_at: datetime,
    by: Actor,
    at: datetime,
) -> CorrectionRequest:
    """Take in a request for correction and give it a number of the organ's 更正 series.

    Raises:
        BadAct: a field is missing or wrong; nothing has been written.
    """
    if submitted_at > at:
        raise BadAct("“提交时间”晚于登记时间，请核对", "submitted_at")
    _check_told(told, requester, local_day(at))
    day = local_day(submitted_at)
    with transaction.atomic():
        correction = CorrectionRequest(
            organ=organ,
            number=next_correction_number(organ, day.year),
            channel=told.channel,
            requester_kind=told.requester_kind,
            owner=told.owner,
            record=told.record.strip(),
            submitted_at=submitted_at,
            state=_STATE.SUBMITTED,
        )
        correction.tell({name: getattr(told, name) for name in ("wrong", "right", "evidence")})
        correction.save(force_insert=True)
        who = CorrectionRequester(correction=correction)
        who.fill(requester, told.requester_kind)
        who.save(force_insert=True)
        add_act(correction, CorrectionEvent.SUBMIT, day, {}, by=by, at=at)
        log(correction, "submit", before="", by=by, at=at)
    return correction


def register_correction(
    correction: CorrectionRequest, *, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Fix the day of receipt; the 20 working days by analogy with Art. 33 run from it."""
    return step(correction, CorrectionEvent.REGISTER, on, {}, by=by, at=at, received_on=on)


def check_correction(
    correction: CorrectionRequest, *, unit: str, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Give the record to a unit to check."""
    data = {"unit": needed(unit, "unit")}
    return step(correction, CorrectionEvent.CHECK, on, data, by=by, at=at, unit=unit.strip())


def decide_correction(
    correction: CorrectionRequest,
    *,
    decision: Decision,
    with_letter: bool = True,
    on: date,
    by: Actor,
    at: datetime,
) -> CorrectionRequest:
    """Correct, refuse, pass on or tell where to go, and issue the letter that says so.

    Raises:
        BadAct, Refused: the finding or the organ is missing, or the letter cannot be made;
            nothing is changed and no number is used.
    """
    if decision.event not in LETTERS:
        raise ValueError(decision.event)
    finding = needed(decision.finding, "finding")
    elsewhere = LETTERS[decision.event] is LetterKind.PASSED_ON
    to = needed(decision.to, "to") if elsewhere else ""
    with transaction.atomic():
        held = locked(correction)
        words = {**held.words, "finding": finding}
        held.tell(words)
        held.decided_on = on
        move(held, decision.event, on, {"to": to} if to else {}, by=by, at=at)
        if with_letter:
            held.letter = issue_letter(held, decision, to, on, by=by, at=at)
        held.save()
        log(held, decision.event.value.lower(), before=correction.state, by=by, at=at)
    return held


def serve_correction(
    correction: CorrectionRequest,
    *,
    how: ServiceWay,
    tracking: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> CorrectionRequest:
    """Record that the decision has reached the requester; a posted one names its number."""
    if how is ServiceWay.POST:
        needed(tracking, "tracking")
    data = {"how": how.label, "tracking": tracking.strip()}
    return step(correction, CorrectionEvent.SERVE, on, data, by=by, at=at)


def withdraw_correction(
    correction: CorrectionRequest, *, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Record that the requester asks no more."""
    return step(correction, CorrectionEvent.WITHDRAW, on, {}, by=by, at=at)


def close_correction(
    correction: CorrectionRequest, *, retention: Retention, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Close and archive; who asked is erased when the time of its class is over."""
    data = {"retention": retention.value}
    until = erase_on(on, retention)
    return step(
        correction,
        CorrectionEvent.CLOSE,
        on,
        data,
        by=by,
        at=at,
        retention=retention,
        erase_on=until,
    )


def show_correction(
    correction: CorrectionRequest, *, by: Actor, at: datetime
) -> tuple[RequesterDetails, Mapping[str, str]]:
    """Return who asks, in full, and what they told and the organ found; each showing is logged."""
    with transaction.atomic():
        held = locked(correction)
        log(held, "show", before=held.state, by=by, at=at)
    return held.requester.details, held.words


def erase_correction(
    correction: CorrectionRequest, *, why: str, by: Actor = SYSTEM, at: datetime
) -> CorrectionRequest:
    """Destroy who asked, what they told and their papers; number, record, days and result stay.

    Raises:
        BadAct: no reason. Refused: it is still worked on, or it has been done.
    """
    why = needed(why, "why")
    with transaction.atomic():
        held = locked(correction)
        who = CorrectionRequester.objects.select_for_update().get(correction=held)
        if _STATE(held.state) is not _STATE.CLOSED:
            raise Refused("不能清除申请人信息：更正申请尚未办结归档，请办结后再清除。")
        if who.erased:
            raise Refused("申请人信息已经清除，不能再次清除。")
        who.wipe()
        who.save()
        held.told, held.key_id, held.erased_at = b"", "", at
        held.save(update_fields=["told", "key_id", "erased_at"])
        destroy_papers(held.typed_id, why, by=by, at=at)
        log(held, "erase", before=held.state, by=by, at=at, reason=why)
    return held


def _check_told(told: NewCorrection, requester: RequesterDetails, today: date) -> None:
    if not told.record.strip():
        raise BadAct("请填写“记录的名称”（第四十一条）", "record")
    if len(told.record) > 200:
        raise BadAct("“记录的名称”不能超过200字，请删减", "record")
    for name in ("wrong", "right", "evidence"):
        needed(getattr(told, name), name)
    wrong = identity_problems(requester, told.requester_kind, whole=False, today=today)
    for name, words in wrong.items():
        raise BadAct(words, name)
