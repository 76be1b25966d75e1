"""Findings in any state, made through the real verbs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure.tests import factories as entries
from gongkai.inspections import actions
from gongkai.inspections.actions import Answer, Look, Source
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding, Run, Site
from gongkai.inspections.rules.faults import Fault
from gongkai.orgs.models import Organ, OrganKind

CHINA = ZoneInfo("Asia/Shanghai")
OFFICE = Actor("office", "王办", "政务公开办工作人员")
CLERK = Actor("clerk", "李信", "部门信息员")
ROBOT = Actor("system", "系统")
MONDAY = date(2026, 9, 21)
ADDRESS = "https://www.example.gov.cn/"
RULE = "link-dead"


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def county(**fields: Any) -> Organ:
    """Return a county with an office."""
    home = entries.county(**fields)
    name = {"name": f"{home.name}办公室", "short_name": "县政府办"}
    entries.department(home, f"{home.code}-office", kind=OrganKind.OFFICE, **name)
    return home


def department(home: Organ, code: str = "water", name: str = "靖安县水利局") -> Organ:
    """Return a department of a county."""
    return entries.department(home, code, name=name, short_name=name.removeprefix("靖安县"))


def site(home: Organ, organ: Organ | None = None, address: str = ADDRESS) -> Site:
    """Return a registered site."""
    return actions.register_site(
        home,
        organ=organ or home,
        name="靖安县人民政府网",
        address=address,
        by=OFFICE,
        at=moment(MONDAY),
    )


def fault(place: str = "slj/1.html", **values: Any) -> Fault:
    """Return a fault at a place of the site."""
    told: dict[str, Any] = {
        "rule": RULE,
        "address": f"{ADDRESS}{place}",
        "why": "链接打不开，请更换或者删除",
        "evidence": "<a href='/gone.html'>通知</a>",
        "target": f"{ADDRESS}gone.html",
        "found_at": moment(MONDAY, 8),
        "status": 404,
    }
    return Fault(**(told | values))


def ran(
    where: Site, *faults: Fault, day: date = MONDAY, hour: int = 8, rules: tuple[str, ...] = (RULE,)
) -> Run:
    """Return a run of a site that began at an hour and found these faults."""
    start = moment(day, hour)
    look = Look(
        source=Source.SCAN,
        started_at=start,
        ended_at=start + timedelta(minutes=20),
        rules=frozenset(rules),
        site=where,
    )
    return actions.record_run(
        where.county, faults, look=look, by=ROBOT, at=start + timedelta(minutes=30)
    )


def found(where: Site, **values: Any) -> Finding:
    """Return a finding that nobody has been told of."""
    ran(where, fault(**values))
    return Finding.objects.latest("pk")


def sent(where: Site, **values: Any) -> Finding:
    """Return a finding its organ knows."""
    return actions.send(found(where, **values), by=OFFICE, at=moment(MONDAY))[0]


def ordered(where: Site, **values: Any) -> Finding:
    """Return a finding to be put right in ten working days."""
    finding = found(where, **values)
    return actions.order(finding, requirement="请按期整改", by=OFFICE, at=moment(MONDAY))[0]


def answered(where: Site, **values: Any) -> Finding:
    """Return a finding whose organ says it is put right."""
    told = Answer("已更换链接", "逐页排查", "张三")
    return actions.answer(ordered(where, **values), told=told, by=CLERK, at=moment(MONDAY, 15))


def objected(where: Site, **values: Any) -> Finding:
    """Return a finding its organ objects to."""
    finding = sent(where, **values)
    actions.object_to(finding, reason="该链接正常", by=CLERK, at=moment(MONDAY, 10))
    finding.refresh_from_db()
    return finding


def rechecked(where: Site, **values: Any) -> Finding:
    """Return a finding that passed its re-check."""
    return actions.recheck(
        answered(where, **values), passed=True, by=OFFICE, at=moment(MONDAY, 16)
    )[0]


def _ruled(where: Site, upheld: bool) -> Finding:
    return actions.rule_on_objection(
        objected(where), upheld=upheld, reason="已核实", by=OFFICE, at=moment(MONDAY, 11)
    )


FINDING_IN: dict[FindingState, Callable[[Site], Finding]] = {
    FindingState.FOUND: found,
    FindingState.FALSE_ALARM: lambda where: actions.mark_false(
        found(where), why="页面正常", by=OFFICE, at=moment(MONDAY)
    )[0],
    FindingState.SENT: sent,
    FindingState.OBJECTED: objected,
    FindingState.UPHELD: lambda where: _ruled(where, True),
    FindingState.DISMISSED: lambda where: _ruled(where, False),
    FindingState.RECTIFYING: ordered,
    FindingState.ANSWERED: answered,
    FindingState.RECHECKED: rechecked,
    FindingState.CLOSED: lambda where: actions.close(
        rechecked(where), by=OFFICE, at=moment(MONDAY, 17)
    )[0],
}
