"""Single decisions in any state, made through the real verbs."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from gongkai.registers import actions
from gongkai.registers.models import Decision
from gongkai.registers.rules import CancelReason, DecisionFacts, PartyKind, RegisterKind
from gongkai.registers.tests.factories import CLERK

NOW = datetime(2026, 6, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
CODE = "91350100M000100Y43"


def facts(**fields) -> DecisionFacts:
    values = {
        "kind": RegisterKind.PENALTY,
        "number": "靖市监罚〔2026〕1号",
        "party_kind": PartyKind.LEGAL,
        "party": "靖安县某某食品有限公司",
        "credit_code": CODE,
        "matter": "经营超过保质期的食品",
        "outcome": "罚款2000元",
        "amount": Decimal("2000"),
        "decided_on": date(2026, 4, 30),
        "source_name": "处罚台账",
        **fields,
    }
    return DecisionFacts(**values)


def entered(owner, **fields) -> Decision:
    return actions.enter_decision(owner, facts=facts(**fields), by=CLERK, at=NOW)


def published(owner, **fields) -> Decision:
    return entered(
        owner, published_on=date(2026, 5, 6), address="http://www.jingan.gov.cn/1", **fields
    )


def cancelled(owner, **fields) -> Decision:
    return actions.cancel_decision(
        published(owner, **fields),
        reason=CancelReason.REVOKED,
        words="复议撤销",
        on=date(2026, 5, 20),
        by=CLERK,
        at=NOW,
    )


def taken_down(owner, **fields) -> Decision:
    return actions.take_down_decision(
        cancelled(owner, **fields), on=date(2026, 5, 26), by=CLERK, at=NOW
    )


def struck(owner, **fields) -> Decision:
    return actions.strike_decision(entered(owner, **fields), reason="重复", by=CLERK, at=NOW)
