"""The demo's hotline of 2020: 1,432 orders by the real verbs, and rates that can be told.

The reference report tells 按期办结率 99.78 % and 满意率 98.44 % of 1,432 orders. Of 1,432 neither
can come (law.md 8.1); here they come of the denominators that the formulas ask for: 1,392 orders
whose limit fell in the year, three of them answered late, and 1,346 call-backs with an answer, 21
of them 不满意. Callers and texts are invented and marked as such.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.hotline import actions
from gongkai.hotline.actions import (
    AnswerWay,
    Caller,
    NewOrder,
    OrderKind,
    PublicText,
    Satisfaction,
    Solved,
    SourceChannel,
)
from gongkai.hotline.models import WorkOrder
from gongkai.orgs.models import Organ
from gongkai.statute.workdays import WorkdayCalendar, national

CHINA = ZoneInfo("Asia/Shanghai")
RECEIVED = 1432
TURNED_OVER, SENT_BACK, MERGED = 6, 9, 5  # not answered here: they count in no rate
LATE, DISSATISFIED = 3, 21
DUE = 1392  # limits that fell in 2020; the others received in its last days fall due in 2021
RATED = 1346  # call-backs of 2020 with an answer
_CENTRE = Actor("ycrx", "宜春12345（演示）", "系统接入")
# What a matter is about, its category, who handles it by the code of the organ, its kind.
_MATTERS = (
    ("村道路灯损坏", "0102", "zjj", OrderKind.HELP),
    ("街道积水未排", "0105", "zjj", OrderKind.COMPLAINT),
    ("垃圾清运不及时", "0201", "sxz", OrderKind.COMPLAINT),
    ("农村公路坑洼", "0301", "jtj", OrderKind.HELP),
    ("咨询耕地补贴发放时间", "0401", "sxz", OrderKind.ENQUIRY),
    ("咨询不动产登记材料", "0503", "zrzyj", OrderKind.ENQUIRY),
    ("夜间施工噪声", "060301", "zjj", OrderKind.COMPLAINT),
    ("预付费卡退款", "110102", "scjg", OrderKind.COMPLAINT),
    ("咨询营业执照变更", "1105", "scjg", OrderKind.ENQUIRY),
    ("建议增设停车位", "0304", "jtj", OrderKind.SUGGESTION),
    ("河道漂浮物清理", "1301", "bfz", OrderKind.HELP),
    ("举报超范围经营", "1105", "scjg", OrderKind.REPORT),
)


_SILENT = DUE - RATED  # nobody was reached, or no number was left
_NEXT_YEAR = RECEIVED - TURNED_OVER - SENT_BACK - MERGED - DUE
_LIMITS = {"ENQUIRY": 3, "HELP": 5, "SUGGESTION": 5, "COMPLAINT": 10, "REPORT": 10}
_COMPLAINTS = [each for each in _MATTERS if each[3] is OrderKind.COMPLAINT]
_PUBLISHED_EVERY = 119


@dataclass(frozen=True, slots=True)
class PlannedOrder:
    """One order of the year: its place in it, the day it came, what becomes of it."""

    place: int
    on: date
    fate: str
    matter: tuple[str, str, str, OrderKind]


def fill(
    office: Organ,
    organs: Mapping[str, Organ],
    clerks: Mapping[str, Actor],
    tell: Callable[[str], object] = print,
    plans: Sequence[PlannedOrder] | None = None,
) -> int:
    """Make the year's orders, or those of `plans`; return how many.

    The year takes about 10,000 acts, each with its event. `office` takes the orders in; `organs`
    and `clerks` are by the code of the organ.
    """
    plans = plans_of_the_year() if plans is None else plans
    usual = clerks.get(office.code, _CENTRE)
    waiting: tuple[WorkOrder, PlannedOrder] | None = None
    for plan in plans:
        order = _receive(office, plan)
        if plan.fate == "merge" and waiting is not None:
            actions.merge(order, into=waiting[0], on=plan.on, by=usual, at=_at(plan.on, 10))
            continue
        if waiting is not None:
            _run(*waiting, organs, clerks, usual)
        waiting = (order, plan)
        if (plan.place + 1) % 400 == 0:
            tell(f"  热线工单：{plan.place + 1}/{len(plans)}")
    if waiting is not None:
        _run(*waiting, organs, clerks, usual)
    return len(plans)


def plans_of_the_year() -> list[PlannedOrder]:
    """Return the year's orders by day: what is due in the year first, its last days at the end."""
    calendar = national()
    fates = _fates()
    early = _workdays(date(2020, 1, 2), date(2020, 12, 16), calendar)
    plans = [
        PlannedOrder(
            place,
            early[place * len(early) // len(fates)],
            fate,
            _MATTERS[place % len(_MATTERS)],
        )
        for place, fate in enumerate(fates)
    ]
    late = _workdays(date(2020, 12, 18), date(2020, 12, 31), calendar)
    for number in range(_NEXT_YEAR):
        place, matter = len(fates) + number, _COMPLAINTS[number % len(_COMPLAINTS)]
        plans.append(PlannedOrder(place, late[number * len(late) // _NEXT_YEAR], "good", matter))
    return plans


def _fates() -> list[str]:
    """Return what becomes of the orders that are due in the year, well mixed."""
    fates = ["good"] * (RECEIVED - _NEXT_YEAR)
    place = 7
    for fate, number in (
        *(("late", LATE), ("bad", DISSATISFIED), ("silent", _SILENT)),
        *(("turn", TURNED_OVER), ("back", SENT_BACK), ("merge", MERGED)),
    ):
        for _ in range(number):
            # A step without a common divisor, never beside another odd one: merges need an order
            # before them that is handled.
            while fates[place] != "good" or fates[place - 1] != "good":
                place = (place + 1) % (len(fates) - 1) or 1
            fates[place] = fate
            place = (place + 97) % (len(fates) - 1) or 1
    return fates


def _workdays(first: date, last: date, calendar: WorkdayCalendar) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if calendar.is_workday(day)]


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def _receive(office: Organ, plan: PlannedOrder) -> WorkOrder:
    subject, category, _, kind = plan.matter
    phone = "" if plan.fate == "silent" and plan.place % 2 else f"000-{plan.place + 1:08d}"
    told = NewOrder(
        source=SourceChannel.PHONE if plan.place % 10 else SourceChannel.WECHAT,
        kind=kind,
        subject=f"{subject}（演示数据）",
        content=f"{subject}，希望尽快办理（演示数据第{plan.place + 1}件）。",
        number=f"YC2020{plan.place + 1:06d}",
        category=category,
        place="靖安县（演示地点）",
        may_publish=plan.place % _PUBLISHED_EVERY == 1,
    )
    caller = Caller(f"演示诉求人{plan.place + 1:04d}" if phone else "", phone)
    return actions.register_order(
        office,
        told=told,
        caller=caller,
        received_at=_at(plan.on, 9),
        by=_CENTRE,
        at=_at(plan.on, 9, 10),
    )


def _run(
    order: WorkOrder,
    plan: PlannedOrder,
    organs: Mapping[str, Organ],
    clerks: Mapping[str, Actor],
    usual: Actor,
) -> None:
    """Take an order to its end."""
    handler = organs.get(plan.matter[2])
    clerk, on = clerks.get(plan.matter[2], usual), plan.on
    steer = {"on": on, "by": usual}
    if plan.fate == "turn":
        told = {"to": "县信访局", "reason": "属于信访事项，已告知诉求人（演示数据）"}
        actions.turn_over(order, **told, **steer, at=_at(on, 10))
        return
    if plan.fate == "back":
        reason = "不属于本县管辖（演示数据）"
        actions.send_back(order, reason=reason, **steer, at=_at(on, 10))
        return
    sent = {"handler": handler, "unit": "" if handler else "督查室"}
    actions.assign(order, **sent, **steer, at=_at(on, 9, 40))
    if plan.place % 173 == 5:  # given back, and dispatched to the same organ after all
        told = {"reason": "不属于本单位职责（演示数据）", "on": on, "by": clerk}
        actions.ask_return(order, **told, at=_at(on, 10))
        actions.let_return(order, **steer, at=_at(on, 10, 20))
        actions.assign(order, **sent, **steer, at=_at(on, 10, 30))
    signed_on = on if plan.place % 97 else national().add(on, 1)
    order = actions.sign_for(order, on=signed_on, by=clerk, at=_at(signed_on, 14, 30))
    if plan.place % 61 == 8 and plan.fate == "good":
        order = _longer(order, signed_on, clerk=clerk, usual=usual)
    if plan.place % 89 == 3:
        note = "请抓紧办理（演示数据）"
        order = actions.urge(order, note=note, on=signed_on, by=usual, at=_at(signed_on, 15))
    answered_on = _answered_on(order, plan)
    order = actions.answer(
        order,
        text=f"已办理：{plan.matter[0]}（演示数据）。",
        way=AnswerWay.PHONE if order.phone_index else None,
        contacted=bool(order.phone_index),
        solved=Solved.UNSOLVED if plan.fate == "bad" else Solved.SOLVED,
        on=answered_on,
        by=clerk,
        at=_at(answered_on, 16),
    )
    _finish(order, plan, answered_on, usual)


def _longer(order: WorkOrder, on: date, *, clerk: Actor, usual: Actor) -> WorkOrder:
    """Ask for two days more and have them; no order of the year falls due in the next by that."""
    if on > date(2020, 11, 30):
        return order
    told = {"workdays": 2, "reason": "需要现场勘查（演示数据）", "on": on, "by": clerk}
    actions.ask_extension(order, **told, at=_at(on, 15, 10))
    return actions.let_extend(order, on=on, by=usual, at=_at(on, 15, 30))


def _answered_on(order: WorkOrder, plan: PlannedOrder) -> date:
    assert order.due_on is not None  # noqa: S101 -- every kind of the demo has a limit
    if plan.fate == "late":
        return national().add(order.due_on, 1)
    if order.due_on.year > plan.on.year:
        return order.due_on  # and called back in that year
    return national().add(plan.on, 1 + plan.place % (_LIMITS[plan.matter[3]] - 1))


def _finish(order: WorkOrder, plan: PlannedOrder, answered_on: date, usual: Actor) -> None:
    actions.pass_answer(order, on=answered_on, by=usual, at=_at(answered_on, 16, 30))
    on = national().add(answered_on, 1)
    if plan.fate == "silent" and order.phone_index:
        for minute in (0, 20, 40):
            actions.call_back(order, reached=False, on=on, by=usual, at=_at(on, 10, minute))
    elif plan.fate != "silent":
        satisfaction = _satisfaction(plan)
        actions.call_back(
            order, reached=True, satisfaction=satisfaction, on=on, by=usual, at=_at(on, 10)
        )
    order = actions.close(order, on=on, by=usual, at=_at(on, 11))
    if order.may_publish:
        words = PublicText(
            title=order.subject,
            text=f"反映{plan.matter[0]}，希望尽快办理。",
            answer=f"已办理：{plan.matter[0]}。",
            place="靖安县",
        )
        actions.publish(order, told=words, by=usual, at=_at(on, 15))


def _satisfaction(plan: PlannedOrder) -> Satisfaction:
    if plan.fate == "bad":
        return Satisfaction.DISSATISFIED
    return Satisfaction.SATISFIED if plan.place % 4 else Satisfaction.FAIR
