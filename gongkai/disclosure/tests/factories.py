"""Entries in any state, made through the real verbs, by people who are all different."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, Section, SectionContent, SectionKind
from gongkai.disclosure.rules import SecrecyConclusion, SecrecyForm, SecrecyQuestion, Told
from gongkai.orgs.models import Organ, OrganKind

AUTHOR = Actor("author", "拟稿人", "部门信息员")
FIRST = Actor("first", "初审人", "审核人")
SECOND = Actor("second", "复审人", "公开工作机构负责人")
SECRECY = Actor("secrecy", "保密员", "保密审查员")
LEADER = Actor("leader", "签发人", "分管领导")
PUBLISHER = Actor("publisher", "发布员", "信息发布员")
NOON = datetime(2026, 9, 21, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
MINUTE = timedelta(minutes=1)
CLEAR = SecrecyForm(
    answers=dict.fromkeys(SecrecyQuestion, False),
    conclusion=SecrecyConclusion.PUBLIC,
    basis="条例第二十条第四项",
)
_numbers = count(1)


def county(code: str = "jingan", **fields: Any) -> Organ:
    """Return a county government."""
    values = {
        "kind": OrganKind.COUNTY_GOVERNMENT,
        "name": "靖安县人民政府",
        "short_name": "县政府",
        "region_code": "360925",
        "credit_code": "11360925014500815X",
        "valid_from": date(1949, 10, 1),
        **fields,
    }
    return Organ.objects.create(code=code, **values)


def department(home: Organ, code: str = "czj", **fields: Any) -> Organ:
    """Return a department of a county."""
    values = {
        "kind": OrganKind.DEPARTMENT,
        "name": f"靖安县{code}局",
        "short_name": f"{code}局",
        "county": home,
        "region_code": "360925",
        "valid_from": date(1990, 1, 1),
        **fields,
    }
    return Organ.objects.create(code=code, **values)


def section(home: Organ, path: str = "tjxx", **fields: Any) -> Section:
    """Return an open section, with those above it as groups: "zwgk/tjxx"."""
    above, _, slug = path.rpartition("/")
    parent = None
    if above:
        parent = Section.objects.filter(county=home, path=above).first()
        parent = parent or section(home, above, content=SectionContent.GROUP)
    values = {"kind": SectionKind.STATUTORY, "title": f"栏目{slug}", **fields}
    return actions.open_section(
        home, parent=parent, slug=slug, by=AUTHOR, at=NOON - timedelta(days=1), **values
    )


def told(**fields: Any) -> Told:
    """Return a text without fault."""
    values: dict[str, Any] = {
        "title": f"关于第{next(_numbers)}期统计公报的说明",
        "formed_on": date(2026, 9, 18),
        "body": "<p>本期公报由县统计部门编制，数据以公报为准。</p>",
        **fields,
    }
    return Told(**values)


def draft(
    organ: Organ, where: Section, *, at: datetime = NOON, record: str = "", **fields: Any
) -> Entry:
    """Return an entry whose text is in hand."""
    return actions.create(
        organ, section=where, told=told(**fields), record=record, by=AUTHOR, at=at
    )


def forward(entry: Entry, state: EntryState, at: datetime = NOON) -> Entry:
    """Lead an entry along the road until it stands in `state`."""
    while entry.state != state:
        entry = _step(entry, at)
    return entry


def _step(entry: Entry, at: datetime) -> Entry:
    match EntryState(entry.state):
        case EntryState.DRAFT:
            return actions.submit(entry, by=AUTHOR, at=at)
        case EntryState.FIRST_REVIEW:
            return actions.approve_first(entry, by=FIRST, at=at)
        case EntryState.SECOND_REVIEW:
            return actions.approve_second(entry, by=SECOND, at=at)
        case EntryState.SECRECY_REVIEW:
            return actions.clear_secrecy(entry, form=CLEAR, by=SECRECY, at=at)
        case EntryState.SIGNING:
            return actions.sign(entry, by=LEADER, at=at)
        case EntryState.SIGNED:
            return actions.publish(entry, by=PUBLISHER, at=at)
    raise AssertionError(f"no way on from {entry.state}")


def published(organ: Organ, where: Section, *, at: datetime = NOON, **fields: Any) -> Entry:
    """Return a public entry."""
    return forward(draft(organ, where, at=at, **fields), EntryState.PUBLISHED, at)
