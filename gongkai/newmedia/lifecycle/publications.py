"""The road of an entry onto a platform: asked for, taken by the platform, public, taken down.

What is published is a text that has passed its release review (先审后发); the platform's own answer
is awaited, and what is withdrawn from the website is withdrawn there as well.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.newmedia.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, allowed_events, follow


class PublicationState(StrEnum):
    """How far an entry has come on one account."""

    QUEUED = "QUEUED"
    SUBMITTED = "SUBMITTED"
    BY_HAND = "BY_HAND"
    FAILED = "FAILED"
    PUBLISHED = "PUBLISHED"
    WITHDRAWING = "WITHDRAWING"
    WITHDRAWN = "WITHDRAWN"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return _STATE_LABELS[self]


_S = PublicationState
_STATE_LABELS = {
    _S.QUEUED: "待发布",
    _S.SUBMITTED: "平台处理中",
    _S.BY_HAND: "待人工发布",
    _S.FAILED: "没有发布成功",
    _S.PUBLISHED: "已发布",
    _S.WITHDRAWING: "待撤回",
    _S.WITHDRAWN: "已撤回",
    _S.CANCELLED: "已取消",
}
ENDED = (_S.WITHDRAWN, _S.CANCELLED)


class PublicationEvent(StrEnum):
    """What may happen to it."""

    SUBMIT = "SUBMIT"
    APPEAR = "APPEAR"
    FAIL = "FAIL"
    RETRY = "RETRY"
    HAND_OVER = "HAND_OVER"
    RECORD = "RECORD"
    CANCEL = "CANCEL"
    TAKE_DOWN = "TAKE_DOWN"
    VANISH = "VANISH"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return _EVENT_LABELS[self]


_E = PublicationEvent
_EVENT_LABELS = {
    _E.SUBMIT: "提交平台",
    _E.APPEAR: "发布成功",
    _E.FAIL: "发布失败",
    _E.RETRY: "重新发布",
    _E.HAND_OVER: "改为人工发布",
    _E.RECORD: "登记人工发布",
    _E.CANCEL: "取消发布",
    _E.TAKE_DOWN: "撤回",
    _E.VANISH: "登记已撤回",
}
_RULE = "国办发〔2018〕123号"

PUBLICATION_TRANSITIONS: Mapping[
    tuple[PublicationState, PublicationEvent], Arrow[PublicationState]
] = {
    (_S.QUEUED, _E.SUBMIT): Arrow(_S.SUBMITTED, guard="平台已接收，结果待查询"),
    (_S.QUEUED, _E.APPEAR): Arrow(_S.PUBLISHED, _RULE, "平台给出链接"),
    (_S.QUEUED, _E.FAIL): Arrow(_S.FAILED, guard="平台拒绝，或者多次没有成功，写明原因"),
    (_S.QUEUED, _E.CANCEL): Arrow(_S.CANCELLED, guard="还没有提交平台，写明理由"),
    (_S.SUBMITTED, _E.APPEAR): Arrow(_S.PUBLISHED, _RULE, "平台给出链接"),
    (_S.SUBMITTED, _E.FAIL): Arrow(_S.FAILED, guard="平台审核不通过或者发布失败，写明原因"),
    (_S.FAILED, _E.RETRY): Arrow(_S.QUEUED, guard="可以修改标题、摘要、封面；信息仍在网站公开"),
    (_S.FAILED, _E.HAND_OVER): Arrow(_S.BY_HAND, guard="由人到平台发布"),
    (_S.FAILED, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由"),
    (_S.BY_HAND, _E.RECORD): Arrow(_S.PUBLISHED, _RULE, "填写链接，或者上传截图"),
    (_S.BY_HAND, _E.CANCEL): Arrow(_S.CANCELLED, guard="写明理由"),
    (_S.PUBLISHED, _E.TAKE_DOWN): Arrow(_S.WITHDRAWING, _RULE, "写明理由；网站撤下的自动撤回"),
    (_S.PUBLISHED, _E.VANISH): Arrow(_S.WITHDRAWN, guard="平台上已经没有"),
    (_S.WITHDRAWING, _E.VANISH): Arrow(_S.WITHDRAWN, guard="平台已删除，或者由人删除后登记"),
}


def next_publication_state(state: PublicationState, event: PublicationEvent) -> PublicationState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(PUBLICATION_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：现在是“{state.label}”，请刷新页面。") from None


def open_to_publication(state: PublicationState) -> tuple[PublicationEvent, ...]:
    """Return the events that the table allows in `state`."""
    return allowed_events(PUBLICATION_TRANSITIONS, state)
