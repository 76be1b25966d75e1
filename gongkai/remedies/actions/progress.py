"""Verbs on a case under way: accept, answer, extend, decide, appeal, perform, strike."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.actions.steps import AnyRemedy, in_order, not_empty, not_later, step
from gongkai.remedies.lifecycle import (
    BadCase,
    Ending,
    Event,
    Procedure,
    Refused,
    Result,
    Side,
    State,
)
from gongkai.remedies.models import Litigation, Reconsideration
from gongkai.remedies.queries import Remedy

_LONGEST_REASON = 300


def accept(
    remedy: AnyRemedy,
    *,
    on: date,
    copy_received_on: date | None = None,
    case_number: str = "",
    by: Actor,
    at: datetime,
) -> AnyRemedy:
    """Record acceptance on `on`; the organ's answer runs from `copy_received_on`."""
    if copy_received_on is not None:
        in_order(on, "受理（立案）之日", copy_received_on, "收到副本之日", "copy_received_on")
        not_later(copy_received_on, at, "收到副本之日", "copy_received_on")
    told: dict[str, Any] = {"accepted_on": on, "copy_received_on": copy_received_on}
    if case_number.strip():
        told["case_number"] = case_number.strip()
    return step(remedy, Event.ACCEPT, on=on, told=told, by=by, at=at)


def answer(remedy: AnyRemedy, *, on: date, by: Actor, at: datetime) -> AnyRemedy:
    """Record that the organ handed in its written reply or defence; a late one stays late."""
    return step(remedy, Event.ANSWER, on=on, told={"answered_on": on}, by=by, at=at)


def extend(
    remedy: Reconsideration, *, days: int, on: date, by: Actor, at: datetime
) -> Reconsideration:
    """Record that the authority extended its term by 1 to 30 days (行政复议法 62(1))."""
    if not isinstance(remedy, Reconsideration) or remedy.procedure != Procedure.ORDINARY:
        raise Refused("只有普通程序的行政复议可以延长审理期限（行政复议法第六十二条第一款）。")
    if remedy.extension_days:
        raise Refused("审理期限已经延长过，只能延长一次（行政复议法第六十二条第一款）。")
    if days < 1:
        raise BadCase("“延长审理天数”应当是1至30日，请修改", "days")
    return step(remedy, Event.EXTEND, on=on, told={"extension_days": days}, by=by, at=at)


def decide(
    remedy: AnyRemedy,
    *,
    result: Result,
    ending: Ending | None = None,
    decision_number: str = "",
    is_ruling: bool = False,
    reopen: bool = False,
    received_on: date | None = None,
    new_reply_due_on: date | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> AnyRemedy:
    """Record how the case ended, as table four counts it; `ending` says in what way.

    `new_reply_due_on` is the term that a correcting decision sets, kept as the day by which
    it must be performed. A case refused before acceptance can only end as OTHER. With
    `reopen` the request behind the case is taken up again in the same transaction (Art. 51):
    from `received_on`, the day the organ received the decision (else the day it was made), to
    be answered by `new_reply_due_on`, else within the law's own term. The request keeps its
    first result in table three.

    Raises:
        RequestError: the request refuses to be taken up again; nothing has been changed.
    """
    if remedy.state == State.FILED and result is not Result.OTHER:
        raise Refused("未经受理（立案）的案件只能登记为“其他结果”，否则请先登记受理（立案）。")
    told = _ended(remedy, result, ending, decision_number, on)
    told |= _received(remedy, result, on, received_on, new_reply_due_on, at)
    if is_ruling:
        if not isinstance(remedy, Litigation):
            raise BadCase("只有行政诉讼以裁定结案，请取消勾选", "is_ruling")
        told["is_ruling"] = True
    if not reopen:
        return step(remedy, Event.DECIDE, on=on, told=told, by=by, at=at)
    received_on = received_on or on
    _check_reopening(remedy, result, on, received_on, at)
    with transaction.atomic():
        # Rows first, the log last, as every verb does: see `desk.actions`.
        rows = InfoRequest.objects.select_for_update(of=("self",))
        info_request = rows.get(pk=remedy.info_request.partition(":")[2])
        case = step(remedy, Event.DECIDE, on=on, told=told, by=by, at=at)
        inforequests.reopen(
            info_request,
            decision=str(case),
            authority=_decided_by(case),
            why=f"{case._meta.verbose_name}{result.label}，要求重新答复",
            due_on=new_reply_due_on,
            on=received_on,
            by=by,
            at=at,
        )
    return case


def _check_reopening(
    remedy: Remedy, result: Result, on: date, received_on: date, at: datetime
) -> None:
    if result is not Result.CORRECTED:
        raise BadCase("只有“结果纠正”的案件才重新办理所涉申请，请核对结果或者取消勾选", "reopen")
    if not remedy.info_request:
        raise BadCase("案件没有填写所涉申请，无法重新办理", "reopen")
    in_order(on, "结果作出之日", received_on, "收到决定书（判决书）之日", "received_on")
    not_later(received_on, at, "收到决定书（判决书）之日", "received_on")


def appeal(
    remedy: Litigation,
    *,
    side: Side,
    court: str,
    case_number: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> Litigation:
    """Record an appeal: the first result is kept aside and the case is pending anew.

    Raises:
        Refused: no suit, never filed by the court, or appealed before.
    """
    if not isinstance(remedy, Litigation):
        raise Refused("只有行政诉讼可以上诉（行政诉讼法第八十五条）。")
    if remedy.appealed_on is not None:
        raise Refused("案件已经二审，判决、裁定为终审，不能再上诉（行政诉讼法第八十五条）。")
    if remedy.state == State.DECIDED and remedy.accepted_on is None:
        raise Refused("没有立案的案件请按新案件登记，不登记上诉。")
    if remedy.performed_on is not None:
        raise Refused("判决已经登记履行完毕，不能再登记上诉；登记有误的，请作废后重新登记。")
    not_empty(court, "二审法院", "court")
    told = {
        "appealed_on": on,
        "appealed_by": side,
        "appeal_court": court.strip(),
        "appeal_number": case_number.strip(),
        "first_result": remedy.result,
        "first_decided_on": remedy.decided_on,
        "result": "",
        "decided_on": None,
        "ending": "",
        "received_on": None,
        "perform_by": None,
        "is_ruling": False,
    }
    return step(remedy, Event.APPEAL, on=on, told=told, by=by, at=at)


def perform(remedy: AnyRemedy, *, on: date, by: Actor, at: datetime) -> AnyRemedy:
    """Record that the organ has done what a correcting decision ordered.

    Raises:
        Refused: nothing was ordered, or it is recorded already.
    """
    if remedy.state == State.DECIDED and remedy.result != Result.CORRECTED:
        raise Refused("只有“结果纠正”的案件登记履行。")
    if remedy.performed_on is not None:
        raise Refused("已经登记履行完毕，不必重复登记。")
    return step(remedy, Event.PERFORM, on=on, told={"performed_on": on}, by=by, at=at)


def opinion(remedy: Reconsideration, *, on: date, by: Actor, at: datetime) -> Reconsideration:
    """Record that the authority sent an opinion (行政复议意见书), to be reported on in 60 days."""
    _reconsideration_only(remedy)
    if remedy.opinion_on is not None:
        raise Refused("已经登记收到复议意见书，不必重复登记。")
    return step(remedy, Event.OPINION, on=on, told={"opinion_on": on}, by=by, at=at)


def report(remedy: Reconsideration, *, on: date, by: Actor, at: datetime) -> Reconsideration:
    """Record that the organ reported how it put right what the opinion named."""
    _reconsideration_only(remedy)
    if remedy.opinion_on is None:
        raise Refused("没有登记收到复议意见书，请先登记。")
    if remedy.reported_on is not None:
        raise Refused("已经登记报送纠正情况，不必重复登记。")
    in_order(remedy.opinion_on, "收到复议意见书之日", on, "日期", "on")
    return step(remedy, Event.REPORT, on=on, told={"reported_on": on}, by=by, at=at)


def strike(remedy: AnyRemedy, *, reason: str, by: Actor, at: datetime) -> AnyRemedy:
    """Strike a case that was entered in error: it stays on view and no longer counts.

    A request taken up again by its result stays so: that is for the request's own page.
    """
    not_empty(reason, "作废理由", "reason")
    reason = reason.strip()
    if len(reason) > _LONGEST_REASON:
        raise BadCase(f"“作废理由”不能超过{_LONGEST_REASON}字，请删减", "reason")
    told: dict[str, Any] = {"struck_reason": reason}
    return step(remedy, Event.STRIKE, on=None, told=told, by=by, at=at, reason=reason)


def _decided_by(case: Remedy) -> str:
    if isinstance(case, Litigation):
        return case.appeal_court or case.court
    return case.authority


def _reconsideration_only(remedy: Remedy) -> None:
    if not isinstance(remedy, Reconsideration):
        raise Refused("只有行政复议登记复议意见书（行政复议法第七十六条）。")


def _ended(
    remedy: Remedy, result: Result, ending: Ending | None, decision_number: str, on: date
) -> dict[str, Any]:
    if ending is not None and ending.result is not result:
        raise BadCase(
            f"“{ending.label}”应当计入“{ending.result.label}”，与所选结果不一致，请核对", "ending"
        )
    told: dict[str, Any] = {"result": result, "decided_on": on}
    if ending is not None:
        told["ending"] = ending
    if decision_number.strip():
        told["decision_number"] = decision_number.strip()
    return told


def _received(
    remedy: Remedy,
    result: Result,
    on: date,
    received_on: date | None,
    perform_by: date | None,
    at: datetime,
) -> dict[str, Any]:
    """Return when the decision came and by when it must be performed, where that is told."""
    told: dict[str, Any] = {}
    if received_on is not None:
        in_order(on, "结果作出之日", received_on, "收到决定书（判决书）之日", "received_on")
        not_later(received_on, at, "收到决定书（判决书）之日", "received_on")
        told["received_on"] = received_on
    if perform_by is not None and result is Result.CORRECTED:
        in_order(received_on or on, "收到之日", perform_by, "要求的期限", "new_reply_due_on")
        told["perform_by"] = perform_by
    return told
