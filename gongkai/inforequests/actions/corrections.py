"""Correction of records about oneself (Art. 41): each verb one step, one act, one event.

What the person tells and what the organ finds stand under seal; acts and log hold days,
units and letters. The letter of the decision is issued in the decision's own transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.inforequests.actions.numbering import next_correction_number
from gongkai.inforequests.actions.recording import local_day
from gongkai.inforequests.actions.rights import destroy_papers
from gongkai.inforequests.lifecycle.channels import IntakeChannel, ServiceWay
from gongkai.inforequests.lifecycle.corrections import (
    CorrectionEvent,
    CorrectionState,
    RecordOwner,
    next_correction_state,
)
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.retention import Retention
from gongkai.inforequests.models import (
    CorrectionAct,
    CorrectionRequest,
    CorrectionRequester,
)
from gongkai.inforequests.rules.identity import identity_problems
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.inforequests.rules.retention import erase_on
from gongkai.letters.actions import LetterError, issue
from gongkai.letters.queries import LetterKind, LetterValues
from gongkai.orgs.models import Organ
from gongkai.statute.days import written
from gongkai.statute.requesters import RequesterKind

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


@dataclass(frozen=True, slots=True)
class Decision:
    """What the organ found; `to` names the organ with the power where this one has none."""

    event: CorrectionEvent
    finding: str
    to: str = ""


_LETTERS = {
    CorrectionEvent.CORRECT: LetterKind.CORRECTED,
    CorrectionEvent.REFUSE: LetterKind.NOT_CORRECTED,
    CorrectionEvent.PASS_ON: LetterKind.PASSED_ON,
    CorrectionEvent.TELL_WHERE: LetterKind.PASSED_ON,
}


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
        _act(correction, CorrectionEvent.SUBMIT, day, {}, by=by, at=at)
        _log(correction, "submit", before="", by=by, at=at)
    return correction


def register_correction(
    correction: CorrectionRequest, *, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Fix the day of receipt; the 20 working days by analogy with Art. 33 run from it."""
    return _step(correction, CorrectionEvent.REGISTER, on, {}, by=by, at=at, received_on=on)


def check_correction(
    correction: CorrectionRequest, *, unit: str, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Give the record to a unit to check."""
    data = {"unit": _needed(unit, "unit")}
    return _step(correction, CorrectionEvent.CHECK, on, data, by=by, at=at, unit=unit.strip())


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
    if decision.event not in _LETTERS:
        raise ValueError(decision.event)
    finding = _needed(decision.finding, "finding")
    elsewhere = _LETTERS[decision.event] is LetterKind.PASSED_ON
    to = _needed(decision.to, "to") if elsewhere else ""
    with transaction.atomic():
        held = _locked(correction)
        words = {**held.words, "finding": finding}
        held.tell(words)
        held.decided_on = on
        _move(held, decision.event, on, {"to": to} if to else {}, by=by, at=at)
        if with_letter:
            held.letter = _issue(held, decision, to, on, by=by, at=at)
        held.save()
        _log(held, decision.event.value.lower(), before=correction.state, by=by, at=at)
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
        _needed(tracking, "tracking")
    data = {"how": how.label, "tracking": tracking.strip()}
    return _step(correction, CorrectionEvent.SERVE, on, data, by=by, at=at)


def withdraw_correction(
    correction: CorrectionRequest, *, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Record that the requester asks no more."""
    return _step(correction, CorrectionEvent.WITHDRAW, on, {}, by=by, at=at)


def close_correction(
    correction: CorrectionRequest, *, retention: Retention, on: date, by: Actor, at: datetime
) -> CorrectionRequest:
    """Close and archive; who asked is erased when the time of its class is over."""
    data = {"retention": retention.value}
    until = erase_on(on, retention)
    return _step(
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
        held = _locked(correction)
        _log(held, "show", before=held.state, by=by, at=at)
    return held.requester.details, held.words


def erase_correction(
    correction: CorrectionRequest, *, why: str, by: Actor = SYSTEM, at: datetime
) -> CorrectionRequest:
    """Destroy who asked, what they told and their papers; number, record, days and result stay.

    Raises:
        BadAct: no reason. Refused: it is still worked on, or it has been done.
    """
    why = _needed(why, "why")
    with transaction.atomic():
        held = _locked(correction)
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
        _log(held, "erase", before=held.state, by=by, at=at, reason=why)
    return held


def _check_told(told: NewCorrection, requester: RequesterDetails, today: date) -> None:
    if not told.record.strip():
        raise BadAct("请填写“记录的名称”（第四十一条）", "record")
    if len(told.record) > 200:
        raise BadAct("“记录的名称”不能超过200字，请删减", "record")
    for name in ("wrong", "right", "evidence"):
        _needed(getattr(told, name), name)
    wrong = identity_problems(requester, told.requester_kind, whole=False, today=today)
    for name, words in wrong.items():
        raise BadAct(words, name)


def _needed(text: str, field: str) -> str:
    plain = text.strip()
    label = _NAMES.get(field, "理由")
    if not plain:
        raise BadAct(f"请填写“{label}”（第四十一条）", field)
    if len(plain) > _LONGEST or "\x00" in plain:
        raise BadAct(f"“{label}”不能超过{_LONGEST}字，也不能含有无法保存的字符，请修改", field)
    return plain


def _locked(correction: CorrectionRequest) -> CorrectionRequest:
    rows = CorrectionRequest.objects.select_for_update(of=("self",))
    return rows.select_related("organ", "requester").get(pk=correction.pk)


def _step(
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
        held = _locked(correction)
        before = held.state
        _move(held, event, on, data, by=by, at=at)
        for name, value in fields.items():
            setattr(held, name, value)
        held.save()
        _log(held, event.value.lower(), before=before, by=by, at=at)
    return held


def _move(
    held: CorrectionRequest,
    event: CorrectionEvent,
    on: date,
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Check the table and the order of days, move the state, add the act."""
    held.state = next_correction_state(_STATE(held.state), event)
    last = held.acts.latest("sequence").on
    if on > local_day(at):
        raise BadAct(
            f"“日期”（{written(on)}）晚于登记当日（{written(local_day(at))}），请核对", "on"
        )
    if on < last:
        raise BadAct(f"“日期”（{written(on)}）早于上一项办理记录（{written(last)}），请核对", "on")
    _act(held, event, on, data, by=by, at=at)


def _act(
    correction: CorrectionRequest,
    event: CorrectionEvent,
    on: date,
    data: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
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


def _issue(
    held: CorrectionRequest, decision: Decision, to: str, on: date, *, by: Actor, at: datetime
) -> str:
    """Issue the letter of a decision and return its document number."""
    person = RequesterKind(held.requester_kind) is RequesterKind.NATURAL_PERSON
    values = LetterValues(
        recipient=held.requester.details.name,
        organisation=not person,
        request_number=held.number,
        received_words=written(held.received_on or on),
        asked=f"更正“{held.record}”",
        paragraphs=_paragraphs(held, decision, to, "你" if person else "你单位"),
    )
    kind = _LETTERS[decision.event]
    try:
        letter = issue(
            held.organ, kind=kind, about=held.typed_id, values=values, on=on, by=by, at=at
        )
    except LetterError as error:
        raise BadAct(str(error), error.field) from error
    return letter.number


_BY_ART_41 = "根据《中华人民共和国政府信息公开条例》第四十一条的规定，"


def _paragraphs(held: CorrectionRequest, decision: Decision, to: str, you: str) -> tuple[str, ...]:
    """Return what was found and what follows from it, one paragraph each."""
    finding = decision.finding.strip().rstrip("。") + "。"
    name, elsewhere = f"“{held.record}”", "不属于本机关职能范围。"
    result = {
        CorrectionEvent.CORRECT: f"{_BY_ART_41}本机关已对{name}予以更正。",
        CorrectionEvent.REFUSE: f"{_BY_ART_41}本机关对{name}不予更正。",
        CorrectionEvent.PASS_ON: f"{name}{elsewhere}{_BY_ART_41}本机关已将{you}的更正申请"
        f"转送{to}处理。",
        CorrectionEvent.TELL_WHERE: f"{name}{elsewhere}{_BY_ART_41}请{you}向{to}提出更正申请。",
    }[decision.event]
    return (finding, result)


def _log(
    correction: CorrectionRequest,
    verb: str,
    *,
    before: str,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
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
