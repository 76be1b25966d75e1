"""States of one organ's return: laid out, handed in, accepted by the county office (Art. 49)."""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.annualreport.lifecycle import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow
from gongkai.statute.lifecycles import follow as follow_arrow


class ReturnState(StrEnum):
    """Where a return stands; only while DRAFT is it laid out from live records."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"DRAFT": "填报中", "SUBMITTED": "已报送", "ACCEPTED": "已接收"}[self.value]


class ReturnEvent(StrEnum):
    """What may happen to a return."""

    WRITE = "WRITE"
    SUBMIT = "SUBMIT"
    SEND_BACK = "SEND_BACK"
    ACCEPT = "ACCEPT"
    REOPEN = "REOPEN"

    @property
    def label(self) -> str:
        """Return the event in Chinese."""
        return {
            "WRITE": "填写",
            "SUBMIT": "报送",
            "SEND_BACK": "退回",
            "ACCEPT": "接收",
            "REOPEN": "退回更正",
        }[self.value]


_S, _E = ReturnState, ReturnEvent
TRANSITIONS: Mapping[tuple[ReturnState, ReturnEvent], Arrow[ReturnState]] = {
    (_S.DRAFT, _E.WRITE): Arrow(_S.DRAFT, "第五十条"),
    (_S.DRAFT, _E.SUBMIT): Arrow(
        _S.SUBMITTED, "第四十九条第一款", "年度已结束，勾稽无误，与上年不衔接处已说明，文字已写完"
    ),
    (_S.SUBMITTED, _E.SEND_BACK): Arrow(_S.DRAFT, "第四十七条", "县政府办写明理由"),
    (_S.SUBMITTED, _E.ACCEPT): Arrow(_S.ACCEPTED, "第四十九条第一款", "县政府办核对"),
    (_S.ACCEPTED, _E.REOPEN): Arrow(_S.DRAFT, "第四十七条", "县年度报告未定稿，县政府办写明理由"),
}
REFUSALS: Mapping[tuple[ReturnState, ReturnEvent], str] = {
    (_S.DRAFT, _E.SEND_BACK): "报送表还在填报，尚未报送，不必退回。",
    (_S.DRAFT, _E.ACCEPT): "报送表还在填报，尚未报送，不能接收，请先由填报单位报送。",
    (_S.DRAFT, _E.REOPEN): "报送表本来就在填报，可以直接修改，不必退回更正。",
    (_S.SUBMITTED, _E.WRITE): "报送表已经报送，内容已固定；要修改，请县政府办退回。",
    (_S.SUBMITTED, _E.SUBMIT): "报送表已经报送，不必重复报送。",
    (_S.SUBMITTED, _E.REOPEN): "报送表已报送、尚未接收；要修改，请用“退回”。",
    (_S.ACCEPTED, _E.WRITE): "报送表已被接收，内容已固定；要修改，请县政府办退回更正。",
    (_S.ACCEPTED, _E.SUBMIT): "报送表已被接收，不能再次报送；要修改，请县政府办退回更正。",
    (_S.ACCEPTED, _E.SEND_BACK): "报送表已被接收；要修改，请用“退回更正”并写明理由。",
    (_S.ACCEPTED, _E.ACCEPT): "报送表已被接收，不必重复接收。",
}


def follow(state: ReturnState, event: ReturnEvent) -> ReturnState:
    """Return the state that `event` leads to from `state`.

    Raises:
        Refused: there is no such arrow; the message says why and what to do.
    """
    try:
        return follow_arrow(TRANSITIONS, state, event).target
    except RefusedArrow as refused:
        raise Refused(REFUSALS[state, event]) from refused
