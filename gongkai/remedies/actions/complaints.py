"""The verbs on complaints and reports received (Art. 47, 51, 53), each one event; see `receiving`.

`on` is the day the step counts. The log keeps states and days; who complains and what was
written stay sealed in the row.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.remedies.actions.complaint_steps import log, step
from gongkai.remedies.actions.steps import in_order, not_empty
from gongkai.remedies.lifecycle import (
    BadCase,
    ComplaintEvent,
    Measure,
    Refused,
    Verdict,
)
from gongkai.remedies.models import Complaint

_E = ComplaintEvent


@dataclass(frozen=True, slots=True)
class ComplaintShown:
    """A complaint in full, as shown to one person on one occasion that is logged."""

    complainant: str
    contact: str
    content: str
    finding: str
    answer: str


def accept_complaint(row: Complaint, *, on: date, by: Actor, at: datetime) -> Complaint:
    """Take a complaint: the 60 days run from now on."""
    told = {"accepted_on": on}
    return step(row, _E.ACCEPT, on=on, told=told, by=by, at=at)


def decline_complaint(
    row: Complaint, *, reason: str, on: date, by: Actor, at: datetime
) -> Complaint:
    """Decline a complaint with a reason that is told to who complained."""
    not_empty(reason, "不予受理的理由", "reason")
    told = {"declined_reason": reason.strip(), "closed_on": on, "due_on": None}
    return step(row, _E.DECLINE, on=on, told=told, by=by, at=at)


def forward_complaint(row: Complaint, *, to: str, on: date, by: Actor, at: datetime) -> Complaint:
    """Send a complaint on to the body that has the power."""
    not_empty(to, "转送去向", "to")
    told = {"declined_reason": to.strip(), "closed_on": on, "due_on": None}
    return step(row, _E.FORWARD, on=on, told=told, by=by, at=at)


def ask_complaint(
    row: Complaint, *, explain_by: date, on: date, by: Actor, at: datetime
) -> Complaint:
    """Ask the organ complained of to explain by a day; who complained is not named to it."""
    in_order(on, "要求说明之日", explain_by, "说明期限", "explain_by")
    if row.asked_on is not None:
        raise Refused("已经要求说明情况，不必重复。")
    told = {"asked_on": on, "explain_by": explain_by}
    return step(row, _E.ASK, on=on, told=told, by=by, at=at)


def explain_complaint(row: Complaint, *, on: date, by: Actor, at: datetime) -> Complaint:
    """Record that the organ has explained; its paper stands among the files."""
    if row.asked_on is None:
        raise Refused("还没有要求被投诉机关说明情况。")
    if row.explained_on is not None:
        raise Refused("已经登记说明情况，不必重复登记。")
    return step(row, _E.EXPLAIN, on=on, told={"explained_on": on}, by=by, at=at)


def extend_complaint(row: Complaint, *, days: int, on: date, by: Actor, at: datetime) -> Complaint:
    """Extend the term once, by 1 to 30 days."""
    if row.extension_days:
        raise Refused("办理期限已经延长过，只能延长一次（参照信访工作条例第三十四条）。")
    if days < 1:
        raise BadCase("“延长天数”应当是1至30日，请修改", "days")
    return step(row, _E.EXTEND, on=on, told={"extension_days": days}, by=by, at=at)


def find_on_complaint(
    row: Complaint,
    *,
    verdict: Verdict,
    measure: Measure,
    finding: str,
    rectify_by: date | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Record what the check found and what is done about it (Art. 47)."""
    not_empty(finding, "核查情况", "finding")
    if verdict is Verdict.UNFOUNDED and measure is not Measure.NONE:
        raise BadCase("不属实的不作处理，请核对认定和处理", "measure")
    if measure is Measure.NONE:
        if rectify_by is not None:
            raise BadCase("没有要求整改的不填整改期限，请删去", "rectify_by")
    elif rectify_by is None:
        raise BadCase("请填写整改期限", "rectify_by")
    else:
        in_order(on, "认定之日", rectify_by, "整改期限", "rectify_by")
    told = {
        "verdict": verdict,
        "measure": measure,
        "found_on": on,
        "rectify_by": rectify_by,
    }
    sealed = {"finding": finding.strip()}
    return step(row, _E.FIND, on=on, told=told, sealed=sealed, by=by, at=at)


def answer_complaint(
    row: Complaint, *, answer: str, on: date, by: Actor, at: datetime
) -> Complaint:
    """Answer who complained and close; an anonymous report is closed without an answer."""
    if not row.anonymous:
        not_empty(answer, "答复", "answer")
    sealed = {"answer": answer.strip()}
    told = {"closed_on": on}
    return step(row, _E.ANSWER, on=on, told=told, sealed=sealed, by=by, at=at)


def rectify_complaint(row: Complaint, *, on: date, by: Actor, at: datetime) -> Complaint:
    """Record that the organ has put right what was found; a late one stays late."""
    if row.measure not in (Measure.RECTIFY, Measure.CIRCULATE):
        raise Refused("没有要求整改，不登记整改完成。")
    if row.rectified_on is not None:
        raise Refused("已经登记整改完成，不必重复登记。")
    return step(row, _E.RECTIFY, on=on, told={"rectified_on": on}, by=by, at=at)


def refer_complaint(row: Complaint, *, to: str, on: date, by: Actor, at: datetime) -> Complaint:
    """Record that liability was passed to the body that judges it (Art. 53)."""
    not_empty(to, "移送机关", "to")
    if row.verdict == Verdict.UNFOUNDED:
        raise Refused("不属实的不移送追究责任（条例第五十三条）。")
    if row.referred_on is not None:
        raise Refused("已经登记移送，不必重复登记。")
    told = {"referred_on": on, "referred_to": to.strip()}
    return step(row, _E.REFER, on=on, told=told, by=by, at=at)


def withdraw_complaint(row: Complaint, *, on: date, by: Actor, at: datetime) -> Complaint:
    """Record that who complained took it back."""
    told = {"closed_on": on, "due_on": None}
    return step(row, _E.WITHDRAW, on=on, told=told, by=by, at=at)


@transaction.atomic
def show_complaint(row: Complaint, *, by: Actor, at: datetime) -> ComplaintShown:
    """Return a complaint in full, and log that it was shown, and to whom."""
    log(row, "show_complaint", None, by=by, at=at)
    return ComplaintShown(**{column: row.unseal(column) for column in Complaint.SEALED})
