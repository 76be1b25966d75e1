"""Proposals in any state, made through the real verbs."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.tests import factories as entries
from gongkai.orgs.models import Organ, OrganKind
from gongkai.proposals import actions
from gongkai.proposals.actions import (
    Answer,
    Contact,
    Decision,
    Openness,
    ProposalKind,
    Result,
    Satisfaction,
    Told,
)
from gongkai.proposals.lifecycle import ProposalState
from gongkai.proposals.models import Proposal

CHINA = ZoneInfo("Asia/Shanghai")
OFFICE = Actor("office", "王办", "政务公开办工作人员")
CLERK = Actor("clerk", "李信", "部门信息员")
READER = Actor("reader", "赵审", "审核人")
SECTION = "zwgk/fdzdgknr/jyta"
RECEIVED, ASSIGNED, REPLIED = date(2026, 3, 2), date(2026, 3, 9), date(2026, 5, 20)
TODAY = date(2026, 9, 21)
PHONE = "13800138000"
LIVES = "靖安县双溪镇学前路8号"


def moment(day: date = TODAY, hour: int = 9) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


KEPT: dict[str, Any] = {"by": OFFICE, "at": moment()}
NOW: dict[str, Any] = {"by": CLERK, "at": moment()}
READ: dict[str, Any] = {"by": READER, "at": moment()}


def county() -> Organ:
    """Return a county with an office and the section of proposals."""
    home = entries.county()
    name = {"name": f"{home.name}办公室", "short_name": "县政府办"}
    entries.department(home, f"{home.code}-office", kind=OrganKind.OFFICE, **name)
    entries.section(home, SECTION, title="建议提案办理")
    return home


def department(home: Organ, code: str = "water", name: str = "靖安县水利局") -> Organ:
    """Return a department of a county."""
    return entries.department(home, code, name=name, short_name=name.removeprefix("靖安县"))


def told(**values: Any) -> Told:
    """Return what is registered of a proposal."""
    given: dict[str, Any] = {
        "kind": ProposalKind.SUGGESTION,
        "year": 2026,
        "session": "县十七届人大六次会议",
        "number": "12",
        "subject": "关于修缮北潦河堤防的建议",
        "proposer": "陈代表",
        "cosigners": 4,
        "received_on": RECEIVED,
    }
    return Told(**(given | values))


def answer(**values: Any) -> Answer:
    """Return a reply."""
    given: dict[str, Any] = {
        "number": "靖水复〔2026〕12号",
        "replied_on": REPLIED,
        "result": Result.A,
        "body": f"陈代表：\n堤防已经修缮。\n您的电话{PHONE}，住址{LIVES}。",
    }
    return Answer(**(given | values))


def decision(openness: Openness = Openness.FULL, **values: Any) -> Decision:
    """Return how public a reply is to be."""
    if openness is not Openness.FULL:
        values.setdefault("why", "涉及尚未定稿的规划")
    if openness is Openness.ABRIDGED:
        values.setdefault("abridged", "堤防已经修缮。")
    return Decision(openness=openness, **values)


def registered(home: Organ, **values: Any) -> Proposal:
    """Return a proposal that waits to be assigned."""
    contact = Contact(PHONE, LIVES)
    return actions.register(home, told=told(**values), contact=contact, **KEPT)


def assigned(home: Organ, lead: Organ, *joint: Organ, **values: Any) -> Proposal:
    """Return a proposal that waits to be accepted."""
    row = registered(home, **values)
    return actions.assign(row, lead=lead, joint=joint, assigned_on=ASSIGNED, **KEPT)


def handled(home: Organ, lead: Organ, *joint: Organ, **values: Any) -> Proposal:
    """Return a proposal that is being handled."""
    return actions.accept(assigned(home, lead, *joint, **values), **NOW)


def replied(
    home: Organ, lead: Organ, openness: Openness = Openness.FULL, **values: Any
) -> Proposal:
    """Return a proposal that is replied to, its openness proposed."""
    row = handled(home, lead, **values)
    return actions.reply(row, answer=answer(), decision=decision(openness), **NOW)


def confirmed(
    home: Organ, lead: Organ, openness: Openness = Openness.FULL, **values: Any
) -> Proposal:
    """Return a proposal whose reply is to be published as confirmed."""
    row = replied(home, lead, openness, **values)
    actions.confirm_openness(row, **READ)
    return row


def published(home: Organ, lead: Organ, **values: Any) -> Proposal:
    """Return a proposal whose reply is public."""
    row = actions.draft_publication(confirmed(home, lead, **values), **NOW)
    assert row.entry is not None
    entries.forward(row.entry, EntryState.PUBLISHED, moment())
    row.refresh_from_db()
    return row


def settled(home: Organ, lead: Organ, **values: Any) -> Proposal:
    """Return a proposal whose proposer is content."""
    row = replied(home, lead, **values)
    return actions.rate(row, satisfaction=Satisfaction.SATISFIED, on=TODAY, **KEPT)


def in_state(state: ProposalState, home: Organ, lead: Organ) -> Proposal:
    """Return a proposal in a state."""
    match state:
        case ProposalState.RECEIVED:
            return registered(home)
        case ProposalState.ASSIGNED:
            return assigned(home, lead)
        case ProposalState.HANDLING:
            return handled(home, lead)
        case ProposalState.REPLIED:
            return replied(home, lead)
        case ProposalState.SETTLED:
            return settled(home, lead)
    return actions.withdraw(registered(home), why="代表撤回", **KEPT)
