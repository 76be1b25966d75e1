"""The road of an error report of a page: received, passed on, answered (law.md 4.4, 4.5)."""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.engagement.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class ErrorKind(StrEnum):
    """What is wrong with a page, as the reader says."""

    MISSPELLING = "MISSPELLING"
    DEAD_LINK = "DEAD_LINK"
    ATTACHMENT = "ATTACHMENT"
    INACCURATE = "INACCURATE"
    OUTDATED = "OUTDATED"
    DISPLAY = "DISPLAY"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    ErrorKind.MISSPELLING: "错别字",
    ErrorKind.DEAD_LINK: "链接打不开",
    ErrorKind.ATTACHMENT: "附件不能下载",
    ErrorKind.INACCURATE: "内容不准确",
    ErrorKind.OUTDATED: "内容过时",
    ErrorKind.DISPLAY: "页面显示或操作问题",
    ErrorKind.OTHER: "其他",
}


class ReportState(StrEnum):
    """Where a report stands."""

    RECEIVED = "RECEIVED"
    PASSED_ON = "PASSED_ON"
    ANSWERED = "ANSWERED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"RECEIVED": "待核实", "PASSED_ON": "已转办", "ANSWERED": "已答复"}[self.value]


WAITING = (ReportState.RECEIVED, ReportState.PASSED_ON)


class ReportEvent(StrEnum):
    """What may happen to a report."""

    PASS_ON = "PASS_ON"  # noqa: S105  no password
    ANSWER = "ANSWER"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {"PASS_ON": "转办", "ANSWER": "答复"}[self.value]


class Result(StrEnum):
    """What came of a report."""

    CORRECTED = "CORRECTED"
    FAULTLESS = "FAULTLESS"
    NOT_OURS = "NOT_OURS"
    KNOWN = "KNOWN"

    @property
    def label(self) -> str:
        """Return the result in Chinese."""
        return {
            "CORRECTED": "已更正",
            "FAULTLESS": "经核实无误",
            "NOT_OURS": "不属于本网站",
            "KNOWN": "与他人所报重复",
        }[self.value]


_S, _E = ReportState, ReportEvent
_RULE = "政府网站发展指引（国办发〔2017〕47号）"

TRANSITIONS: Mapping[tuple[ReportState, ReportEvent], Arrow[ReportState]] = {
    (_S.RECEIVED, _E.PASS_ON): Arrow(_S.PASSED_ON, _RULE, "转给本县其他机关，写明理由"),
    (_S.RECEIVED, _E.ANSWER): Arrow(_S.ANSWERED, _RULE, "选择处理结果，写明答复"),
    (_S.PASSED_ON, _E.PASS_ON): Arrow(_S.PASSED_ON, _RULE, "再转其他机关，写明理由；期限不变"),
    (_S.PASSED_ON, _E.ANSWER): Arrow(_S.ANSWERED, _RULE, "选择处理结果，写明答复"),
}


def next_state(state: ReportState, event: ReportEvent) -> ReportState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：这条纠错“{state.label}”，不再变动。") from None


def open_events(state: ReportState) -> tuple[ReportEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
