"""The road of a message to the government: received, passed on, answered or declined, made public.

Serves law.md 4.2 (W5) and 4.5: every message is answered; the answer is public with consent alone.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.engagement.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class MessageKind(StrEnum):
    """What the writer wants."""

    ENQUIRY = "ENQUIRY"
    HELP = "HELP"
    COMPLAINT = "COMPLAINT"
    SUGGESTION = "SUGGESTION"
    PRAISE = "PRAISE"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {
            "ENQUIRY": "咨询",
            "HELP": "求助",
            "COMPLAINT": "投诉",
            "SUGGESTION": "建议",
            "PRAISE": "感谢",
        }[self.value]


class MessageState(StrEnum):
    """Where a message stands."""

    RECEIVED = "RECEIVED"
    PASSED_ON = "PASSED_ON"
    ANSWERED = "ANSWERED"
    PUBLISHED = "PUBLISHED"
    DECLINED = "DECLINED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "RECEIVED": "待办理",
            "PASSED_ON": "已转办",
            "ANSWERED": "已答复",
            "PUBLISHED": "已答复并公开",
            "DECLINED": "不予办理",
        }[self.value]


OPEN = (MessageState.RECEIVED, MessageState.PASSED_ON)
SETTLED = (MessageState.ANSWERED, MessageState.PUBLISHED)


class MessageEvent(StrEnum):
    """What may happen to a message."""

    PASS_ON = "PASS_ON"  # noqa: S105  no password
    CLASSIFY = "CLASSIFY"
    ANSWER = "ANSWER"
    DECLINE = "DECLINE"
    PUBLISH = "PUBLISH"
    TAKE_OFF = "TAKE_OFF"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "PASS_ON": "转办",
            "CLASSIFY": "确定期限",
            "ANSWER": "答复",
            "DECLINE": "不予办理",
            "PUBLISH": "公开答复",
            "TAKE_OFF": "撤下公开的答复",
        }[self.value]


_S, _E = MessageState, MessageEvent
_RULE = "政府网站发展指引（国办发〔2017〕47号）"
_PRIVATE = "个人信息保护法第二十五条"
_DECLINE = "没有实际内容、重复、依法应当通过其他途径提出的；写明理由和途径"
_TO_OTHERS = "转给本县其他机关，写明理由；期限不变"
_CLASSIFY = "简单常见问题五个工作日，其他十五个工作日，写明理由"

TRANSITIONS: Mapping[tuple[MessageState, MessageEvent], Arrow[MessageState]] = {
    (_S.RECEIVED, _E.ANSWER): Arrow(_S.ANSWERED, _RULE, "写明答复"),
    (_S.RECEIVED, _E.PASS_ON): Arrow(_S.PASSED_ON, _RULE, _TO_OTHERS),
    (_S.RECEIVED, _E.CLASSIFY): Arrow(_S.RECEIVED, _RULE, _CLASSIFY),
    (_S.RECEIVED, _E.DECLINE): Arrow(_S.DECLINED, _RULE, _DECLINE),
    (_S.PASSED_ON, _E.ANSWER): Arrow(_S.ANSWERED, _RULE, "写明答复"),
    (_S.PASSED_ON, _E.PASS_ON): Arrow(_S.PASSED_ON, _RULE, _TO_OTHERS),
    (_S.PASSED_ON, _E.CLASSIFY): Arrow(_S.PASSED_ON, _RULE, _CLASSIFY),
    (_S.PASSED_ON, _E.DECLINE): Arrow(_S.DECLINED, _RULE, _DECLINE),
    (_S.ANSWERED, _E.PUBLISH): Arrow(
        _S.PUBLISHED, _PRIVATE, "留言人同意公开；由答复人以外的人核对，不含个人信息"
    ),
    (_S.PUBLISHED, _E.TAKE_OFF): Arrow(_S.ANSWERED, _PRIVATE, "写明理由"),
}
_STANDS_AGAINST = {
    _S.RECEIVED: "留言还没有答复",
    _S.PASSED_ON: "留言还没有答复",
    _S.ANSWERED: "留言已经答复",
    _S.PUBLISHED: "答复已经公开",
    _S.DECLINED: "留言已经不予办理，不再变动",
}


def next_state(state: MessageState, event: MessageEvent) -> MessageState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None


def open_events(state: MessageState) -> tuple[MessageEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(TRANSITIONS, state)
