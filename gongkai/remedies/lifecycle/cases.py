"""The one table of states of reconsiderations and suits, and their closed lists.

行政复议法 (2023) and 行政诉讼法 rule the procedures; the county's part is to answer
in time and to count each result once in table four (Art. 50(1)4).

    RemedyError
    ├── Refused       the state of the case or the law stands against it
    └── BadCase       the case is told wrongly; `field` names the form field
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class RemedyError(Exception):
    """The root of everything that this chapter refuses."""


class Refused(RemedyError):
    """A step that the state of the case or the law does not allow."""


class BadCase(RemedyError):
    """A case whose own data cannot be used; `field` names the form field at fault."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Result(StrEnum):
    """How a case ended: the columns of table four but the last."""

    UPHELD = "UPHELD"
    CORRECTED = "CORRECTED"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        """Return the result as table four prints it."""
        return {"UPHELD": "结果维持", "CORRECTED": "结果纠正", "OTHER": "其他结果"}[self.value]


PENDING = "PENDING"  # 尚未审结: the fourth column, a state at year's end and no result


class Ending(StrEnum):
    """In what way a case ended; each way is counted under one result of table four."""

    UPHELD = "UPHELD"
    REJECTED = "REJECTED"
    REVOKED = "REVOKED"
    CHANGED = "CHANGED"
    ORDERED = "ORDERED"
    UNLAWFUL = "UNLAWFUL"
    NOT_TAKEN = "NOT_TAKEN"
    DISMISSED = "DISMISSED"
    WITHDRAWN = "WITHDRAWN"
    SETTLED = "SETTLED"
    TERMINATED = "TERMINATED"

    @property
    def label(self) -> str:
        """Return the way in Chinese."""
        return _ENDINGS[self][0]

    @property
    def result(self) -> "Result":
        """Return the result under which table four counts it."""
        return _ENDINGS[self][1]


_ENDINGS: Mapping[Ending, tuple[str, Result]] = {
    Ending.UPHELD: ("维持原行政行为", Result.UPHELD),
    Ending.REJECTED: ("驳回复议请求（诉讼请求）", Result.UPHELD),
    Ending.REVOKED: ("撤销", Result.CORRECTED),
    Ending.CHANGED: ("变更", Result.CORRECTED),
    Ending.ORDERED: ("责令（判决）限期履行或者重新作出", Result.CORRECTED),
    Ending.UNLAWFUL: ("确认违法或者无效", Result.CORRECTED),
    Ending.NOT_TAKEN: ("不予受理（立案）", Result.OTHER),
    Ending.DISMISSED: ("驳回申请（起诉）", Result.OTHER),
    Ending.WITHDRAWN: ("撤回申请（撤诉）", Result.OTHER),
    Ending.SETTLED: ("调解、和解", Result.OTHER),
    Ending.TERMINATED: ("终止", Result.OTHER),
}


class Side(StrEnum):
    """Who appealed."""

    ORGAN = "ORGAN"
    OTHERS = "OTHERS"

    @property
    def label(self) -> str:
        """Return the side in Chinese."""
        return {"ORGAN": "本机关", "OTHERS": "原告或者第三人"}[self.value]


class Procedure(StrEnum):
    """The procedure of a reconsideration; information cases may take the simple one (Art. 53)."""

    ORDINARY = "ORDINARY"
    SIMPLE = "SIMPLE"

    @property
    def label(self) -> str:
        """Return the procedure in Chinese."""
        return {"ORDINARY": "普通程序", "SIMPLE": "简易程序"}[self.value]


class Route(StrEnum):
    """How a suit came to court: at once, or after a reconsideration decision."""

    DIRECT = "DIRECT"
    AFTER_RECONSIDERATION = "AFTER_RECONSIDERATION"

    @property
    def label(self) -> str:
        """Return the route as table four prints it."""
        return {"DIRECT": "未经复议直接起诉", "AFTER_RECONSIDERATION": "复议后起诉"}[self.value]


class State(StrEnum):
    """Where a case stands."""

    FILED = "FILED"
    ACCEPTED = "ACCEPTED"
    ANSWERED = "ANSWERED"
    DECIDED = "DECIDED"
    APPEALED = "APPEALED"
    STRUCK = "STRUCK"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "FILED": "已提出",
            "ACCEPTED": "已受理（立案）",
            "ANSWERED": "已答复（答辩）",
            "DECIDED": "已审结",
            "APPEALED": "二审审理中",
            "STRUCK": "登记作废",
        }[self.value]


class Event(StrEnum):
    """What may happen to a case."""

    ACCEPT = "ACCEPT"
    ANSWER = "ANSWER"
    EXTEND = "EXTEND"
    DECIDE = "DECIDE"
    APPEAL = "APPEAL"
    PERFORM = "PERFORM"
    OPINION = "OPINION"
    REPORT = "REPORT"
    STRIKE = "STRIKE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "ACCEPT": "登记受理（立案）",
            "ANSWER": "登记书面答复（答辩）",
            "EXTEND": "登记延长审理期限",
            "DECIDE": "登记结果",
            "APPEAL": "登记上诉",
            "PERFORM": "登记履行完毕",
            "OPINION": "登记收到复议意见书",
            "REPORT": "登记报送纠正情况",
            "STRIKE": "登记作废",
        }[self.value]


_OPINION = "行政复议法第七十六条"
_STRIKE = Arrow(State.STRUCK, "条例第五十条", "登记有误，写明理由")


def _during(state: State) -> dict[tuple[State, Event], Arrow[State]]:
    """Return what the authority may ask of the organ while a case stands in `state`."""
    return {
        (state, Event.OPINION): Arrow(state, _OPINION, "只有行政复议；只登记一次"),
        (state, Event.REPORT): Arrow(state, _OPINION, "收到复议意见书之后"),
    }


_S, _E = State, Event
TRANSITIONS: Mapping[tuple[State, Event], Arrow[State]] = {
    (_S.FILED, _E.ACCEPT): Arrow(_S.ACCEPTED, "行政复议法第三十条；行政诉讼法第五十一条"),
    (_S.FILED, _E.DECIDE): Arrow(
        _S.DECIDED, "行政复议法第三十条；行政诉讼法第五十一条", "不予受理（立案），计入其他结果"
    ),
    (_S.ACCEPTED, _E.ANSWER): Arrow(
        _S.ANSWERED, "行政复议法第四十八条、第五十四条；行政诉讼法第六十七条"
    ),
    (_S.ACCEPTED, _E.EXTEND): Arrow(
        _S.ACCEPTED, "行政复议法第六十二条第一款", "普通程序的复议；只能一次；不超过30日"
    ),
    (_S.ACCEPTED, _E.DECIDE): Arrow(_S.DECIDED, "行政复议法第六十二条；行政诉讼法第八十一条"),
    (_S.ANSWERED, _E.EXTEND): Arrow(
        _S.ANSWERED, "行政复议法第六十二条第一款", "普通程序的复议；只能一次；不超过30日"
    ),
    (_S.ANSWERED, _E.DECIDE): Arrow(_S.DECIDED, "行政复议法第六十二条；行政诉讼法第八十一条"),
    (_S.DECIDED, _E.APPEAL): Arrow(
        _S.APPEALED,
        "行政诉讼法第八十五条",
        "受理过的诉讼；只有一次；一审结果不再计入，重新计为尚未审结",
    ),
    (_S.APPEALED, _E.DECIDE): Arrow(_S.DECIDED, "行政诉讼法第八十八条"),
    (_S.DECIDED, _E.PERFORM): Arrow(
        _S.DECIDED, "行政复议法第七十七条；行政诉讼法第九十四条", "结果纠正；只登记一次"
    ),
    **{
        arrow: target
        for state in (_S.ACCEPTED, _S.ANSWERED, _S.DECIDED)
        for arrow, target in _during(state).items()
    },
    **{(state, _E.STRIKE): _STRIKE for state in _S if state is not _S.STRUCK},
}
_STANDS_AGAINST = {
    State.FILED: "案件尚未受理（立案），请先登记受理（立案）",
    State.ACCEPTED: "案件已经受理（立案），不必重复登记",
    State.ANSWERED: "书面答复（答辩）已经提交，请等待审理结果",
    State.DECIDED: "案件已经审结，不再变动",
    State.APPEALED: "案件正在二审，请等待二审结果",
    State.STRUCK: "这件登记已经作废",
}


def next_state(state: State, event: Event) -> State:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow; the message names the article.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        article = next(arrow.article for (_, e), arrow in TRANSITIONS.items() if e is event)
        why = _STANDS_AGAINST[state]
        raise Refused(f"不能“{event.label}”（{article}）：{why}。") from None


def open_events(state: State) -> tuple[Event, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
