"""Moving an order to its answer: assign, sign for, send back, extend, answer, turn over."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.hotline import deadlines
from gongkai.hotline.actions.recording import local, moment_on, take_step
from gongkai.hotline.deadlines import MOST_EXTENSIONS, Step, step_due
from gongkai.hotline.lifecycle import (
    AnswerWay,
    BadOrder,
    Event,
    OrderKind,
    Refused,
    Solved,
    SourceChannel,
    Urgency,
)
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries import workday_clocks
from gongkai.hotline.queries.settings import county_above, handlers_in, own_limits
from gongkai.hotline.rules import is_typed_id, used
from gongkai.orgs.models import Organ
from gongkai.statute.days import written

_RULES = "国办发〔2020〕53号"


def assign(
    order: WorkOrder,
    *,
    unit: str = "",
    handler: Organ | None = None,
    helping: Organ | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Dispatch the order to an organ of the county, or to a unit of its own; or to another one.

    The time to sign for it begins now (law.md 8.1).

    Raises:
        BadOrder: neither an organ nor a unit is told, or the organ is none of the county's.
    """
    unit = used(unit, "unit", required=handler is None)

    def work(held: WorkOrder) -> Mapping[str, Any]:
        for field, organ in (("handler", handler), ("helping", helping)):
            if organ and not handlers_in(county_above(held.organ), on).filter(pk=organ.pk).exists():
                raise BadOrder("请选择本县现有的机关", field)
        if helping and helping == (handler or held.organ):
            raise BadOrder("“协办单位”不能就是承办单位，请另选或者留空", "helping")
        sent = moment_on(on, at)
        sign_by = step_due(Step.SIGN, Urgency(held.urgency), local(sent), workday_clocks())
        return {"assigned_at": sent, "sign_due_at": sign_by, "signed_at": None}

    told = {"unit": unit, "handler": handler, "helping": helping}
    names = [each for each in (handler and handler.short_name, unit) if each]
    to = " ".join(names) + (f"（协办：{helping.short_name}）" if helping else "")
    return take_step(order, Event.ASSIGN, on=on, to=to, told=told, work=work, by=by, at=at)


def sign_for(order: WorkOrder, *, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Sign for an order; whether that was in time is seen from the moment."""
    told = {"signed_at": moment_on(on, at)}
    return take_step(order, Event.SIGN_FOR, on=on, told=told, by=by, at=at)


def ask_return(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Ask that an order be given to another organ: within a working day, once a dispatch."""
    words = used(reason, "reason")

    def work(held: WorkOrder) -> Mapping[str, Any]:
        if held.assigned_at is None:
            raise Refused(f"不能“申请退单”（{_RULES}）：工单没有派给别的单位。")
        start, urgency = local(held.assigned_at), Urgency(held.urgency)
        last = step_due(Step.RETURN, urgency, start, workday_clocks())
        if moment_on(on, at) > last:
            raise Refused(
                f"不能“申请退单”（{_RULES}）：退单应当在派单后一个工作日内提出，"
                f"已过时限（{written(local(last).date())}），请办理或者与派单单位协商改派。"
            )
        if held.steps.filter(event=Event.REFUSE_RETURN, recorded_at__gte=held.assigned_at).exists():
            raise Refused(f"不能“申请退单”（{_RULES}）：这次派单已经申请过退单，没有同意，请办理。")
        return {"returns_asked": held.returns_asked + 1}

    return take_step(order, Event.ASK_RETURN, on=on, words=words, work=work, by=by, at=at)


def let_return(order: WorkOrder, *, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Take an order back from the organ that it was dispatched to, to be dispatched anew."""
    told = {"handler": None, "helping": None, "unit": "", "signed_at": None}
    return take_step(order, Event.LET_RETURN, on=on, told=told, by=by, at=at)


def refuse_return(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Leave an order with the organ that it was dispatched to."""
    words = used(reason, "reason")

    def work(held: WorkOrder) -> Mapping[str, Any]:
        return {"signed_at": held.signed_at or moment_on(on, at)}

    return take_step(order, Event.REFUSE_RETURN, on=on, words=words, work=work, by=by, at=at)


def ask_extension(
    order: WorkOrder, *, workdays: int, reason: str, on: date, by: Actor, at: datetime
) -> WorkOrder:
    """Ask for more working days, before the term ends; no more than the term itself has."""
    words = used(reason, "reason")

    def work(held: WorkOrder) -> Mapping[str, Any]:
        if held.due_at is None:
            raise Refused(f"不能“申请延期”（{_RULES}）：这件工单没有办理期限。")
        if moment_on(on, at) > held.due_at:
            raise Refused(
                f"不能“申请延期”（{_RULES}）：办理期限已过，延期应当在期限届满前提出，请尽快答复。"
            )
        if held.extensions >= MOST_EXTENSIONS:
            raise Refused(f"不能“申请延期”（{_RULES}）：已经延期{MOST_EXTENSIONS}次，请尽快答复。")
        limit = deadlines.limit_for(
            OrderKind(held.kind), local(held.received_at).date(), own_limits(held.organ)
        )
        most = deadlines.longest_extension(limit.workdays if limit else 1)
        if not 1 <= workdays <= most:
            raise BadOrder(f"“延长的工作日”应当是1至{most}，请修改", "workdays")
        return {"longer_by": workdays}

    to = f"{workdays}个工作日"
    return take_step(order, Event.ASK_EXTENSION, on=on, to=to, words=words, work=work, by=by, at=at)


def let_extend(order: WorkOrder, *, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Allow the extension asked for; the term is counted on from the last day of the old one."""

    def work(held: WorkOrder) -> Mapping[str, Any]:
        assert held.due_on is not None  # noqa: S101 -- asked before the state was entered
        start = datetime.combine(held.due_on, local(at).timetz())
        due = deadlines.days_due(start, held.longer_by, workday_calendar())
        return {
            "due_on": due.due_on,
            "due_at": due.due_at,
            "provisional": due.provisional,
            "extensions": held.extensions + 1,
        }

    return take_step(order, Event.LET_EXTEND, on=on, work=work, by=by, at=at)


def refuse_extension(
    order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime
) -> WorkOrder:
    """Leave the term as it was."""
    words = used(reason, "reason")
    return take_step(order, Event.REFUSE_EXTENSION, on=on, words=words, by=by, at=at)


def answer(
    order: WorkOrder,
    *,
    text: str,
    way: AnswerWay | None = None,
    contacted: bool | None = None,
    solved: Solved | None = None,
    on: date,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Record what the caller was told, how, and what came of it; a late answer stays late."""
    words = used(text, "text")
    told = {
        "answered_on": on,
        "answered_at": moment_on(on, at),
        "answer_way": way or "",
        "contacted": contacted,
        "solved": solved or "",
    }

    def work(held: WorkOrder) -> Mapping[str, Any]:
        if held.assigned_at is None or held.signed_at is not None:
            return {}
        return {"signed_at": told["answered_at"]}  # who answers has signed for it

    return take_step(order, Event.ANSWER, on=on, words=words, told=told, work=work, by=by, at=at)


def turn_over(
    order: WorkOrder, *, to: str, reason: str, on: date, by: Actor, at: datetime
) -> WorkOrder:
    """Pass on what belongs to another statutory procedure; nothing is owed here any more.

    `to` is the typed id of the record made there, or the name of the procedure or organ.
    """
    to = used(to, "to")
    told = {"linked": to} if is_typed_id(to) else {}
    words = used(reason, "reason")
    return take_step(order, Event.TURN_OVER, on=on, to=to, words=words, told=told, by=by, at=at)


def send_back(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Send an order back to the hotline that sent it, as not this organ's business."""
    words = used(reason, "reason")
    if order.source == SourceChannel.TURNED_OVER:
        raise Refused(
            "不能“退单”（国办发〔2020〕53号）：工单由依申请公开转来，没有上级热线可退，"
            "请派单办理或者转其他法定途径。"
        )
    return take_step(order, Event.SEND_BACK, on=on, words=words, by=by, at=at)
