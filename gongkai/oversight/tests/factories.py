"""A small county at work on its yearly duties, made through the real verbs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure.tests import factories as entries
from gongkai.orgs.models import Organ, OrganKind
from gongkai.oversight import actions
from gongkai.oversight.actions import AppraisalTold, EventTold, IndicatorTold, TaskTold
from gongkai.oversight.models import Appraisal, WorkEvent, WorkPlan
from gongkai.oversight.rules.scoring import Method

CHINA = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 21)
OFFICE = Actor("office1", "王办", "政务公开办工作人员")
OTHER = Actor("office2", "赵办", "政务公开办工作人员")
CLERK = Actor("clerk1", "李信", "部门信息员")
HEAD = Actor("head1", "孙主任", "公开工作机构负责人")


def moment(day: date = MONDAY, hour: int = 9) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


NOW: dict[str, Any] = {"by": OFFICE, "at": moment()}
TOLD: dict[str, Any] = {"by": CLERK, "at": moment()}


def county() -> tuple[Organ, Organ, Organ, Organ]:
    """Return a county, two of its departments and a township."""
    home = entries.county()
    name = {"name": "靖安县人民政府办公室", "short_name": "县政府办"}
    entries.department(home, "jingan-office", kind=OrganKind.OFFICE, **name)
    water = entries.department(home, "water", name="靖安县水利局", short_name="水利局")
    forest = entries.department(home, "forest", name="靖安县林业局", short_name="林业局")
    town = entries.department(
        home, "luowan", kind=OrganKind.TOWNSHIP, name="靖安县罗湾乡人民政府", short_name="罗湾乡"
    )
    return home, water, forest, town


def issued(home: Organ, lead: Organ, *joint: Organ, due_on: date = date(2026, 9, 25)) -> WorkPlan:
    """Return points of work with one task."""
    plan = actions.draft_plan(home, year=2026, title="2026年政务公开工作要点", **NOW)
    told = TaskTold("推进河湖管理信息公开", lead, due_on, "一、主动公开", joint)
    actions.add_task(plan, told=told, **NOW)
    return actions.issue_plan(
        plan, issued_on=date(2026, 3, 2), number="靖府办字〔2026〕12号", **NOW
    )


def trained(organ: Organ, **values: Any) -> WorkEvent:
    """Return a training that an organ held."""
    told = {"kind": "TRAINING", "title": "业务培训班", "held_on": date(2026, 9, 10)}
    return actions.record_event(organ, told=EventTold(**(told | values)), **NOW)


def drafted(home: Organ) -> Appraisal:
    """Return an appraisal with one indicator scored by hand and one by the rate of tasks done."""
    told = AppraisalTold(
        year=2026,
        title="2026年政务公开工作考核",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        self_due_on=date(2026, 9, 30),
    )
    made = actions.draft_appraisal(home, told=told, **NOW)
    by_hand = IndicatorTold(group="组织保障", item="制度建设", points=Decimal(60))
    by_rate = IndicatorTold(
        group="任务落实",
        item="要点任务",
        points=Decimal(40),
        method=Method.BY_RATE,
        figure="oversight.tasks_done",
    )
    for told_indicator in (by_hand, by_rate):
        actions.add_indicator(made, told=told_indicator, **NOW)
    return made
