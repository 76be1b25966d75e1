"""States of a version of a report: written, frozen, published, superseded (Art. 49, 50).

A version is never taken back: a correction opens the next version with a reason,
and the one before it is kept.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.annualreport.lifecycle import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow
from gongkai.statute.lifecycles import follow as follow_arrow


class ReportState(StrEnum):
    """Where a version stands; after DRAFT its content never changes."""

    DRAFT = "DRAFT"
    FROZEN = "FROZEN"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "DRAFT": "编制中",
            "FROZEN": "已定稿",
            "PUBLISHED": "已公布",
            "SUPERSEDED": "已被更正",
        }[self.value]


class ReportEvent(StrEnum):
    """What may happen to a version of a report."""

    WRITE = "WRITE"
    FREEZE = "FREEZE"
    PUBLISH = "PUBLISH"
    CORRECT = "CORRECT"
    SUPERSEDE = "SUPERSEDE"

    @property
    def label(self) -> str:
        """Return the event in Chinese."""
        return {
            "WRITE": "编写",
            "FREEZE": "定稿",
            "PUBLISH": "公布",
            "CORRECT": "更正",
            "SUPERSEDE": "被新版代替",
        }[self.value]


_S, _E = ReportState, ReportEvent
TRANSITIONS: Mapping[tuple[ReportState, ReportEvent], Arrow[ReportState]] = {
    (_S.DRAFT, _E.WRITE): Arrow(_S.DRAFT, "第五十条"),
    (_S.DRAFT, _E.FREEZE): Arrow(
        _S.FROZEN, "第五十条", "报送表全部接收，汇总与登记册核对无误，文字已写完"
    ),
    (_S.FROZEN, _E.PUBLISH): Arrow(_S.PUBLISHED, "第四十九条", "内容与定稿摘要相符"),
    (_S.FROZEN, _E.CORRECT): Arrow(_S.FROZEN, "第五条", "写明理由，另立新版"),
    (_S.FROZEN, _E.SUPERSEDE): Arrow(_S.SUPERSEDED, "第五条", "新版已定稿"),
    (_S.PUBLISHED, _E.CORRECT): Arrow(_S.PUBLISHED, "第五条", "写明理由，另立新版"),
    (_S.PUBLISHED, _E.SUPERSEDE): Arrow(_S.SUPERSEDED, "第五条", "新版已公布"),
}
_FIXED = "这一版年度报告已定稿，内容不能再改；有误的，请用“更正”生成新版并写明理由。"
_KEPT = "这一版年度报告已被新版代替，只作留存，请在最新一版上操作。"
REFUSALS: Mapping[tuple[ReportState, ReportEvent], str] = {
    (_S.DRAFT, _E.PUBLISH): "年度报告还在编制，尚未定稿，不能公布，请先定稿。",
    (_S.DRAFT, _E.CORRECT): "年度报告还在编制，可以直接修改，不必更正。",
    (_S.DRAFT, _E.SUPERSEDE): "年度报告还在编制，没有可代替的定稿。",
    (_S.FROZEN, _E.WRITE): _FIXED,
    (_S.FROZEN, _E.FREEZE): "这一版年度报告已经定稿，不必重复定稿。",
    (_S.PUBLISHED, _E.WRITE): _FIXED,
    (_S.PUBLISHED, _E.FREEZE): "这一版年度报告已经公布；有误的，请用“更正”生成新版。",
    (_S.PUBLISHED, _E.PUBLISH): "这一版年度报告已经公布，不必重复公布。",
    (_S.SUPERSEDED, _E.WRITE): _KEPT,
    (_S.SUPERSEDED, _E.FREEZE): _KEPT,
    (_S.SUPERSEDED, _E.PUBLISH): _KEPT,
    (_S.SUPERSEDED, _E.CORRECT): _KEPT,
    (_S.SUPERSEDED, _E.SUPERSEDE): _KEPT,
}


def follow(state: ReportState, event: ReportEvent) -> ReportState:
    """Return the state that `event` leads to from `state`.

    Raises:
        Refused: there is no such arrow; the message says why and what to do.
    """
    try:
        return follow_arrow(TRANSITIONS, state, event).target
    except RefusedArrow as refused:
        raise Refused(REFUSALS[state, event]) from refused
