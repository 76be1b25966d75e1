"""A county with a hall, items in any state, a policy and cases, made through the real verbs."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure.tests import factories as entries
from gongkai.orgs.models import Organ
from gongkai.servicehall import actions
from gongkai.servicehall.actions import (
    Audience,
    ClauseTold,
    Filing,
    FulfilmentWay,
    Guide,
    HallKind,
    HallTold,
    ItemKind,
    ItemTold,
    Material,
    PolicyTold,
)
from gongkai.servicehall.models import (
    EnterprisePolicy,
    FulfilmentCase,
    Hall,
    ServiceItem,
)
from gongkai.servicehall.queries import open_version

CHINA = ZoneInfo("Asia/Shanghai")
CLERK = Actor("clerk", "李信", "部门信息员")
REVIEWER = Actor("reviewer", "钱审", "审核人")
MONDAY = date(2026, 9, 21)
UNTIL = date(2026, 9, 29)  # five working days after Monday: 25 September is a holiday
ACCOUNT = "6222021234567890123"
CODES = ("91350100M000100Y43", "91440300708461136T", "91310000775785552L", "91110108551385082Q")


def moment(day: date = MONDAY, hour: int = 9) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


NOW: dict[str, Any] = {"by": CLERK, "at": moment()}
PASSING: dict[str, Any] = {"by": REVIEWER, "at": moment()}


def county() -> Organ:
    """Return a county."""
    return entries.county()


def department(home: Organ, code: str = "water", name: str = "靖安县水利局") -> Organ:
    """Return a department of a county."""
    return entries.department(home, code, name=name, short_name=name.removeprefix("靖安县"))


def guide(**values: Any) -> Guide:
    """Return a guide that lacks nothing."""
    told: dict[str, Any] = {
        "audience": Audience.BOTH,
        "legal_basis": "《中华人民共和国水法》第四十八条",
        "conditions": "直接从河流取水的单位和个人",
        "procedure": "申请\n受理\n审查\n决定",
        "place": "县政务服务中心12号窗口",
        "hours": "工作日8:30至17:30",
        "enquiry": "0795-4662000",
        "statutory": 45,
        "promised": 10,
        "materials": (Material(name="取水许可申请书"),),
        "themes": ("f26",),
    }
    return Guide(**(told | values))


def drafted(organ: Organ, name: str = "取水许可审批", **values: Any) -> ServiceItem:
    """Return an item whose guide is written."""
    kind = values.pop("kind", ItemKind.LICENCE)
    told = ItemTold(name=name, kind=kind, code=values.pop("code", ""))
    return actions.draft_item(organ, told=told, guide=guide(**values), **NOW)


def published(organ: Organ, name: str = "取水许可审批", **values: Any) -> ServiceItem:
    """Return an item in force."""
    day = values.pop("effective_on", MONDAY)
    item = drafted(organ, name, **values)
    version = open_version(item)
    assert version is not None
    actions.submit(version, **NOW)
    actions.publish(version, effective_on=day, **PASSING)
    item.refresh_from_db()
    return item


def hall(organ: Organ, **values: Any) -> Hall:
    """Return the county's hall, run by an organ."""
    told: dict[str, Any] = {
        "kind": HallKind.COUNTY,
        "name": "县政务服务中心",
        "address": "双溪镇",
        "area": Decimal(2000),
        "investment": Decimal(6_000_000),
    }
    day = date(2020, 5, 18)
    return actions.open_hall(organ, told=HallTold(**(told | values)), opened_on=day, **NOW)


def clause(**values: Any) -> ClauseTold:
    """Return what is told of a clause."""
    told: dict[str, Any] = {
        "number": 1,
        "name": "稳岗返还",
        "way": FulfilmentWay.EXAMINED,
        "conditions": "在本县登记的企业",
        "standard": "按比例返还",
        "cap": Decimal(500_000),
    }
    return ClauseTold(**(told | values))


def policy(organ: Organ, **values: Any) -> EnterprisePolicy:
    """Return a policy that is published."""
    told: dict[str, Any] = {
        "name": "稳岗用工政策",
        "issuer": "县政府",
        "valid_from": date(2026, 1, 1),
    }
    made = actions.draft_policy(
        organ, told=PolicyTold(**(told | values)), clauses=[clause()], **NOW
    )
    return actions.publish_policy(made, **NOW)


def filing(place: int = 0, **values: Any) -> Filing:
    """Return what an enterprise files."""
    told: dict[str, Any] = {
        "enterprise": f"演示企业{place}",
        "credit_code": CODES[place],
        "legal_person": "张三丰",
        "bank": "靖安农商银行",
        "bank_account": ACCOUNT,
        "asked": Decimal("123456.78"),
        "filed_on": MONDAY,
    }
    return Filing(**(told | values))


def filed(made: EnterprisePolicy, place: int = 0, **values: Any) -> FulfilmentCase:
    """Return a case that was filed."""
    row = made.clauses.get(number=1)
    return actions.file_case(row, filing=filing(place, **values), **NOW)


def on_notice(made: EnterprisePolicy, place: int = 0) -> FulfilmentCase:
    """Return a case on notice from Monday on, for as short as may be."""
    case = actions.examine(filed(made, place), opinion="符合", examined_on=MONDAY, **NOW)
    case = actions.approve(
        case, granted=Decimal("100000.50"), opinion="同意", approved_on=MONDAY, **PASSING
    )
    return actions.put_on_notice(case, notice_from=MONDAY, notice_to=UNTIL, **NOW)


def paid(made: EnterprisePolicy, place: int = 0) -> FulfilmentCase:
    """Return a case that was paid after its notice."""
    later: dict[str, Any] = {"by": CLERK, "at": moment(MONDAY + timedelta(days=9))}
    case = actions.clear(on_notice(made, place), **later)
    day = MONDAY + timedelta(days=9)
    return actions.pay(case, paid=Decimal("100000.50"), paid_on=day, **later)
