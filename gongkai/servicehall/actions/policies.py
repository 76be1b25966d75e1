"""Verbs of a policy for enterprises: written with its clauses, published, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.servicehall.actions import steps
from gongkai.servicehall.lifecycle import PolicyEvent, PolicyState, Refused, ToldWrongly
from gongkai.servicehall.lifecycle.fulfilment import next_policy_state
from gongkai.servicehall.models import EnterprisePolicy
from gongkai.servicehall.rules.amounts import checked_amount
from gongkai.servicehall.rules.kinds import FulfilmentWay
from gongkai.servicehall.rules.texts import chosen, used, web_address

MOST_CLAUSES = 40
_TAKEN = "本县已有同名的惠企政策，请核对政策名称"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTold:
    """What is told of a clause (兑现点); the cap in 元. `number` is kept by what grants by it."""

    number: int
    name: str
    way: FulfilmentWay
    conditions: str
    standard: str
    materials: str = ""
    cap: Decimal | None = None
    fund: str = ""
    opens_on: date | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTold:
    """What is told of a policy."""

    name: str
    issuer: str
    valid_from: date | None
    document_number: str = ""
    document_link: str = ""
    tags: str = ""
    phone: str = ""
    valid_to: date | None = None


@transaction.atomic
def draft_policy(
    organ: Organ, *, told: PolicyTold, clauses: Sequence[ClauseTold], by: Actor, at: datetime
) -> EnterprisePolicy:
    """Begin a policy of an organ with its clauses; raises ToldWrongly."""
    steps.standing(organ, steps.local_day(at))
    values = _checked(told)
    policy = EnterprisePolicy(
        county_id=steps.county_id_of(organ), organ=organ, state=PolicyState.DRAFT, **values
    )
    steps.save(policy, _TAKEN)
    _write_clauses(policy, clauses)
    steps.log("draft_policy", policy, organ, by, at, after={**values, "clauses": len(clauses)})
    return policy


@transaction.atomic
def write_policy(
    policy: EnterprisePolicy,
    *,
    told: PolicyTold,
    clauses: Sequence[ClauseTold],
    by: Actor,
    at: datetime,
) -> EnterprisePolicy:
    """Change a policy and its clauses; what cases were filed under is not dropped.

    Raises:
        Refused: it has ended, or a clause that is dropped has cases.
        ToldWrongly: something is missing or wrong.
    """
    held = steps.hold(policy, "organ")
    held.state = next_policy_state(PolicyState(held.state), PolicyEvent.WRITE)
    after = _checked(told)
    before = {name: getattr(held, name) for name in after}
    for name, value in after.items():
        setattr(held, name, value)
    steps.save(held, _TAKEN)
    _write_clauses(held, clauses)
    if held.state == PolicyState.PUBLISHED:
        _refuse_bare(held)
    changed = {name: value for name, value in after.items() if before[name] != value}
    was = {name: before[name] for name in changed}
    told_after = {**changed, "clauses": len(clauses)}
    steps.log("write_policy", held, held.organ, by, at, before=was, after=told_after)
    return held


@transaction.atomic
def publish_policy(policy: EnterprisePolicy, *, by: Actor, at: datetime) -> EnterprisePolicy:
    """Publish a policy: it is shown, and enterprises may file.

    Raises:
        Refused: it is published or ended, or has no clause.
    """
    held = steps.hold(policy, "organ")
    before = {"state": held.state}
    held.state = next_policy_state(PolicyState(held.state), PolicyEvent.PUBLISH)
    _refuse_bare(held)
    held.save()
    after = {"state": held.state}
    steps.log("publish_policy", held, held.organ, by, at, before=before, after=after)
    return held


@transaction.atomic
def end_policy(policy: EnterprisePolicy, *, why: str, by: Actor, at: datetime) -> EnterprisePolicy:
    """End a policy, with a reason; cases that were filed go on. Raises Refused, ToldWrongly."""
    held = steps.hold(policy, "organ")
    before = {"state": held.state}
    held.state = next_policy_state(PolicyState(held.state), PolicyEvent.END)
    why = used(why, "why")
    held.save()
    after = {"state": held.state}
    steps.log("end_policy", held, held.organ, by, at, before=before, after=after, reason=why)
    return held


def _checked(told: PolicyTold) -> dict[str, Any]:
    if told.valid_from is None:
        raise ToldWrongly("请填写“开始日期”", "valid_from")
    steps.ordered(told.valid_from, told.valid_to, "valid_to", "截止日期")
    return {
        "name": used(told.name, "policy_name"),
        "issuer": used(told.issuer, "issuer"),
        "document_number": used(told.document_number, "document_number", required=False),
        "document_link": web_address(told.document_link, "document_link"),
        "tags": used(told.tags, "tags", required=False),
        "phone": used(told.phone, "phone", required=False),
        "valid_from": told.valid_from,
        "valid_to": told.valid_to,
    }


def _write_clauses(policy: EnterprisePolicy, clauses: Sequence[ClauseTold]) -> None:
    """Bring the rows of a policy's clauses to what is told, by number."""
    if len(clauses) > MOST_CLAUSES:
        raise ToldWrongly(f"“兑现点”最多{MOST_CLAUSES}个，请合并", "clauses")
    numbers = [clause.number for clause in clauses]
    if len(set(numbers)) != len(numbers):
        raise ToldWrongly("“兑现点”的序号不能重复", "clauses")
    try:
        policy.clauses.exclude(number__in=numbers).delete()
    except ProtectedError:
        raise Refused("有的兑现点已有兑现案件，不能删除") from None
    for clause in clauses:
        policy.clauses.update_or_create(number=clause.number, defaults=_clause(clause))


def _clause(told: ClauseTold) -> dict[str, Any]:
    place = f"第{told.number}个兑现点的"
    steps.ordered(told.opens_on, told.closes_on, "clauses", f"{place}申报截止")
    try:
        return {
            "name": used(told.name, "clause_name", label=f"{place}名称"),
            "way": chosen(told.way, FulfilmentWay, f"{place}兑现方式", "clauses"),
            "conditions": used(told.conditions, "clause_conditions", label=f"{place}申报条件"),
            "materials": used(
                told.materials, "clause_materials", required=False, label=f"{place}申报材料"
            ),
            "standard": used(told.standard, "standard", label=f"{place}兑现标准"),
            "cap": told.cap
            if told.cap is None
            else checked_amount(told.cap, "clauses", f"{place}上限（元）"),
            "fund": used(told.fund, "fund", required=False),
            "opens_on": told.opens_on,
            "closes_on": told.closes_on,
        }
    except ToldWrongly as wrong:
        raise ToldWrongly(str(wrong), "clauses") from None


def _refuse_bare(policy: EnterprisePolicy) -> None:
    if not policy.clauses.exists():
        raise Refused("政策还没有兑现点，请先写明至少一个兑现点的条件和标准")
