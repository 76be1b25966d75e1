"""Whether a reply is public: proposed by who replies, confirmed by other eyes (国办函〔2014〕46号).

Replies on matters of public interest, citizens' rights, public concern or wide knowledge are
published in full; of others an abridgement may be; what secrecy review keeps back needs a reason.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.proposals.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, follow


class Openness(StrEnum):
    """How public a reply is to be (公开属性)."""

    FULL = "FULL"
    ABRIDGED = "ABRIDGED"
    ON_REQUEST = "ON_REQUEST"
    WITHHELD = "WITHHELD"

    @property
    def label(self) -> str:
        """Return the word of the rules."""
        return {
            "FULL": "全文公开",
            "ABRIDGED": "摘要公开",
            "ON_REQUEST": "依申请公开",
            "WITHHELD": "不予公开",
        }[self.value]

    @property
    def public(self) -> bool:
        """Say whether something of the reply is published."""
        return self in (Openness.FULL, Openness.ABRIDGED)


class OpennessState(StrEnum):
    """Where the decision on a reply stands."""

    PROPOSED = "PROPOSED"
    RETURNED = "RETURNED"
    CONFIRMED = "CONFIRMED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"PROPOSED": "待审核", "RETURNED": "退回修改", "CONFIRMED": "审核通过"}[self.value]


class OpennessEvent(StrEnum):
    """What may happen to the decision."""

    PROPOSE = "PROPOSE"
    CONFIRM = "CONFIRM"
    RETURN = "RETURN"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "PROPOSE": "提出公开属性",
            "CONFIRM": "审核通过公开属性",
            "RETURN": "退回公开属性",
        }[self.value]


_S, _E = OpennessState, OpennessEvent
_RULES = "国办函〔2014〕46号"
_OTHER = "审核人与提出人不是同一人；经保密审查"

OPENNESS_TRANSITIONS: Mapping[tuple[OpennessState, OpennessEvent], Arrow[OpennessState]] = {
    (_S.PROPOSED, _E.CONFIRM): Arrow(_S.CONFIRMED, f"{_RULES}；条例第十七条", _OTHER),
    (_S.PROPOSED, _E.RETURN): Arrow(_S.RETURNED, _RULES, "写明理由"),
    (_S.PROPOSED, _E.PROPOSE): Arrow(_S.PROPOSED, _RULES),
    (_S.RETURNED, _E.PROPOSE): Arrow(_S.PROPOSED, _RULES, "不全文公开的写明理由"),
    (_S.CONFIRMED, _E.PROPOSE): Arrow(_S.PROPOSED, _RULES, "改变公开属性，写明理由"),
}
_STANDS_AGAINST = {
    _S.PROPOSED: "公开属性正在审核",
    _S.RETURNED: "公开属性已退回，请先修改后重新提出",
    _S.CONFIRMED: "公开属性已经审核通过，需要改变的请重新提出",
}


def next_openness(state: OpennessState, event: OpennessEvent) -> OpennessState:
    """Return where `event` leads from `state`; raises Refused where there is no arrow."""
    try:
        return follow(OPENNESS_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None
