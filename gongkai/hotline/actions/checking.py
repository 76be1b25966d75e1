"""After the answer: check it, call back, close, or have it done again (law.md 8.1)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.hotline import deadlines
from gongkai.hotline.actions.recording import local, moment_on, take_step
from gongkai.hotline.deadlines import MOST_TRIES
from gongkai.hotline.lifecycle import (
    BadOrder,
    Event,
    OrderKind,
    Refused,
    Satisfaction,
    Solved,
    State,
    Urgency,
)
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.queries.settings import own_limits
from gongkai.hotline.rules import used

_RULES = "国办发〔2020〕53号"


def pass_answer(order: WorkOrder, *, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Find an answer good; the caller is to be called back."""
    return take_step(order, Event.PASS_ANSWER, on=on, by=by, at=at)


def reject_answer(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Have an answer written again; the term runs on as it was."""
    words = used(reason, "reason")
    return take_step(
        order, Event.REJECT_ANSWER, on=on, words=words, told=_unanswered(), by=by, at=at
    )


def call_back(
    order: WorkOrder,
    *,
    reached: bool,
    satisfaction: Satisfaction = Satisfaction.UNRATED,
    solved: Solved | None = None,
    note: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> WorkOrder:
    """Record a call-back: whether the caller was reached, and what they say of the matter.

    Raises:
        BadOrder: nobody was reached and yet somebody rated.
    """
    words = used(note, "note", required=False)
    if not reached and (satisfaction is not Satisfaction.UNRATED or solved is not None):
        raise BadOrder("没有接通的，不能登记满意度和解决情况，请改选", "satisfaction")
    rated: dict[str, Any] = {"satisfaction": satisfaction} if reached else {}
    rated |= {"solved": solved} if solved is not None else {}

    def work(held: WorkOrder) -> Mapping[str, Any]:
        return {"callbacks": held.callbacks + 1, "called_back_at": moment_on(on, at), **rated}

    to = satisfaction.label if reached else "没有接通"
    return take_step(order, Event.CALL_BACK, on=on, to=to, words=words, work=work, by=by, at=at)


def close(order: WorkOrder, *, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Close an order whose caller was called back, or who needs or can have no call-back.

    Raises:
        Refused: the caller has a telephone and has not been called back.
    """

    def work(held: WorkOrder) -> Mapping[str, Any]:
        if held.state == State.ANSWERED and held.assigned_at is not None and held.phone_index:
            raise Refused(f"不能“办结工单”（{_RULES}）：请先审核答复，再回访诉求人。")
        if held.state == State.CHECKED and held.phone_index and not held.satisfaction:
            if held.callbacks == 0:
                raise Refused(f"不能“办结工单”（{_RULES}）：还没有回访诉求人，请先登记回访。")
            if held.callbacks < MOST_TRIES:
                raise Refused(
                    f"不能“办结工单”（{_RULES}）：回访没有接通，请再次回访；"
                    f"{MOST_TRIES}次没有接通的可以办结，视为未评价。"
                )
        unrated = {} if held.satisfaction else {"satisfaction": Satisfaction.UNRATED}
        return {"closed_at": moment_on(on, at), **unrated}

    return take_step(order, Event.CLOSE, on=on, work=work, by=by, at=at)


def redo(order: WorkOrder, *, reason: str, on: date, by: Actor, at: datetime) -> WorkOrder:
    """Have a matter handled again; its term begins anew, and that it once was late is kept."""
    words = used(reason, "reason")

    def work(held: WorkOrder) -> Mapping[str, Any]:
        began = local(moment_on(on, at))
        due = deadlines.answer_due(
            OrderKind(held.kind),
            Urgency(held.urgency),
            began,
            workday_calendar(),
            own_limits(held.organ),
        )
        late = bool(held.answered_at and held.due_at and held.answered_at > held.due_at)
        return {
            **_unanswered(),
            "due_on": due.due_on if due else None,
            "due_at": due.due_at if due else None,
            "provisional": due.provisional if due else False,
            "was_late": held.was_late or late,
            "redos": held.redos + 1,
            "satisfaction": "",
            "called_back_at": None,
            "callbacks": 0,
            "closed_at": None,
        }

    return take_step(order, Event.REDO, on=on, words=words, work=work, by=by, at=at)


def _unanswered() -> dict[str, Any]:
    return {
        "answered_on": None,
        "answered_at": None,
        "answer_way": "",
        "contacted": None,
        "solved": "",
    }
