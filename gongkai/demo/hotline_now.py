"""Work orders under way today, so that the hotline's desk has work on it: one of each sort."""

from datetime import date, timedelta

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.demo import county as where
from gongkai.demo.road import MARK, moment
from gongkai.hotline import actions
from gongkai.hotline.actions import AnswerWay, Caller, NewOrder, OrderKind, Solved, SourceChannel
from gongkai.hotline.models import WorkOrder
from gongkai.orgs.models import Organ

# About what, its category, its kind, whose, how many working days ago it came, how far it is.
_NOW = (
    ("小区门口路灯不亮", "0102", OrderKind.HELP, "zjj", 0, "received"),
    ("咨询宅基地确权登记材料", "0503", OrderKind.ENQUIRY, "zrzyj", 1, "assigned"),
    ("超市预付卡不退余额", "110102", OrderKind.COMPLAINT, "scjg", 12, "signed"),
    ("集镇垃圾桶清运不及时", "0201", OrderKind.COMPLAINT, "sxz", 4, "signed"),
    ("农贸市场短斤少两", "1105", OrderKind.COMPLAINT, "scjg", 6, "extension"),
    ("山塘护栏损坏", "1301", OrderKind.HELP, "sxz", 3, "return"),
    ("咨询不动产抵押登记", "0503", OrderKind.ENQUIRY, "zrzyj", 3, "answered"),
    ("广场噪声扰民", "060301", OrderKind.COMPLAINT, "scjg", 5, "checked"),
)


def lay(today: date, people: dict[str, Actor]) -> int:
    """Make the orders as of `today`, the last of them waiting for their call-back."""
    organs = {organ.code: organ for organ in Organ.objects.all()}
    for place, told in enumerate(_NOW):
        _make(place, told, today, organs, people)
    return len(_NOW)


def _back(today: date, workdays: int) -> date:
    calendar, day = workday_calendar(), today
    while workdays or not calendar.is_workday(day):
        day -= timedelta(days=1)
        workdays -= bool(workdays) and calendar.is_workday(day)
    return day


def _make(
    place: int,
    told: tuple[str, str, OrderKind, str, int, str],
    today: date,
    organs: dict[str, Organ],
    people: dict[str, Actor],
) -> None:
    subject, category, kind, code, ago, until = told
    on, office = _back(today, ago), people["office"]
    clerk = people.get(code, office)
    order = actions.register_order(
        organs[where.OFFICE_CODE],
        told=NewOrder(
            source=SourceChannel.PHONE,
            kind=kind,
            subject=f"{subject}{MARK}",
            content=f"{subject}，请尽快处理（演示数据）。",
            number=f"YC{on.year}9{place + 1:05d}",
            category=category,
            place="靖安县（演示地点）",
        ),
        caller=Caller(f"演示诉求人{place + 1:02d}", f"000-9{place + 1:07d}"),
        received_at=moment(on, 8, 40),
        by=office,
        at=moment(on, 8, 50),
    )
    if until != "received":
        _handle(order, organs[code], clerk, office, on, until)


def _handle(
    order: WorkOrder, handler: Organ, clerk: Actor, office: Actor, on: date, until: str
) -> None:
    actions.assign(order, handler=handler, unit="", on=on, by=office, at=moment(on, 9, 10))
    if until == "assigned":
        return
    if until == "return":
        why = "该山塘由水利部门管理（演示数据）"
        actions.ask_return(order, reason=why, on=on, by=clerk, at=moment(on, 9, 40))
        return
    order = actions.sign_for(order, on=on, by=clerk, at=moment(on, 9, 40))
    if until == "extension":
        why = "需要调取进货台账核对（演示数据）"
        actions.ask_extension(order, workdays=3, reason=why, on=on, by=clerk, at=moment(on, 10))
    if until not in ("answered", "checked"):
        return
    after = workday_calendar().add(on, 1)
    order = actions.answer(
        order,
        text="已经现场办理，并向来电人说明情况（演示数据）。",
        way=AnswerWay.PHONE,
        contacted=True,
        solved=Solved.SOLVED,
        on=after,
        by=clerk,
        at=moment(after, 15),
    )
    if until == "checked":
        actions.pass_answer(order, on=after, by=office, at=moment(after, 16))
