"""The road of one text from draft to the public page and off it: one table (先审后发).

Serves Art. 17 (secrecy review before release), 保密法 (2024) 35 and its 实施条例 42 (先审查、
后公开，逐项审查). An entry that is public may be revised: it stays public in its old version while
the new draft takes the same road. Whether the public sees it is `Entry.live`, not the state.
Who passed a step may pass no other and may not have written the text: `rules.people`.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.statute.lifecycles import Arrow


class EntryState(StrEnum):
    """How far the text in hand has come."""

    DRAFT = "DRAFT"
    FIRST_REVIEW = "FIRST_REVIEW"
    SECOND_REVIEW = "SECOND_REVIEW"
    SECRECY_REVIEW = "SECRECY_REVIEW"
    SIGNING = "SIGNING"
    SIGNED = "SIGNED"
    SCHEDULED = "SCHEDULED"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"
    DISCARDED = "DISCARDED"

    @property
    def label(self) -> str:
        """Return the Chinese name of the state."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    EntryState.DRAFT: "拟稿",
    EntryState.FIRST_REVIEW: "待初审",
    EntryState.SECOND_REVIEW: "待复审",
    EntryState.SECRECY_REVIEW: "待保密审查",
    EntryState.SIGNING: "待签发",
    EntryState.SIGNED: "待发布",
    EntryState.SCHEDULED: "定时发布",
    EntryState.PUBLISHED: "已发布",
    EntryState.WITHDRAWN: "已撤下",
    EntryState.DISCARDED: "已作废",
}


class EntryEvent(StrEnum):
    """What can happen to an entry."""

    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    RECALL = "RECALL"
    APPROVE_FIRST = "APPROVE_FIRST"
    APPROVE_ONLY = "APPROVE_ONLY"
    APPROVE_SECOND = "APPROVE_SECOND"
    CLEAR_SECRECY = "CLEAR_SECRECY"
    RETURN = "RETURN"
    SIGN = "SIGN"
    SCHEDULE = "SCHEDULE"
    UNSCHEDULE = "UNSCHEDULE"
    PUBLISH = "PUBLISH"
    REVISE = "REVISE"
    GIVE_UP = "GIVE_UP"
    WITHDRAW = "WITHDRAW"
    DISCARD = "DISCARD"

    @property
    def label(self) -> str:
        """Return the Chinese name of the event."""
        return _EVENT_LABELS[self]


_EVENT_LABELS = {
    EntryEvent.EDIT: "修改稿件",
    EntryEvent.SUBMIT: "送审",
    EntryEvent.RECALL: "撤回送审",
    EntryEvent.APPROVE_FIRST: "初审通过，送复审",
    EntryEvent.APPROVE_ONLY: "初审通过",
    EntryEvent.APPROVE_SECOND: "复审通过",
    EntryEvent.CLEAR_SECRECY: "保密审查通过",
    EntryEvent.RETURN: "退回修改",
    EntryEvent.SIGN: "签发",
    EntryEvent.SCHEDULE: "定时发布",
    EntryEvent.UNSCHEDULE: "取消定时",
    EntryEvent.PUBLISH: "发布",
    EntryEvent.REVISE: "修订已发布信息",
    EntryEvent.GIVE_UP: "放弃修订",
    EntryEvent.WITHDRAW: "撤下",
    EntryEvent.DISCARD: "作废",
}

_S, _E = EntryState, EntryEvent
_REVIEWED = "保密法第三十五条、实施条例第四十二条"
_OTHER_EYES = "不是拟稿人，也没有办理过本稿的其他环节"
_RETURN = Arrow(_S.DRAFT, guard="写明退回理由")
_TAKEN_OFF = Arrow(_S.WITHDRAWN, guard="写明撤下原因和说明")
_OLD_VERSION_OFF = Arrow(_S.WITHDRAWN, guard="旧版仍在公开，写明撤下原因和说明；修订稿退出审核")
UNDER_REVIEW = (
    _S.FIRST_REVIEW,
    _S.SECOND_REVIEW,
    _S.SECRECY_REVIEW,
    _S.SIGNING,
    _S.SIGNED,
    _S.SCHEDULED,
)

TRANSITIONS: Mapping[tuple[EntryState, EntryEvent], Arrow[EntryState]] = {
    (_S.DRAFT, _E.EDIT): Arrow(_S.DRAFT),
    (_S.DRAFT, _E.SUBMIT): Arrow(
        _S.FIRST_REVIEW, article="条例第十七条", guard="必填项齐全，检查没有未处理的问题"
    ),
    (_S.DRAFT, _E.DISCARD): Arrow(_S.DISCARDED, guard="从未发布，写明理由"),
    (_S.DRAFT, _E.GIVE_UP): Arrow(_S.PUBLISHED, guard="修订的是已发布的信息；已撤下的，回到已撤下"),
    (_S.FIRST_REVIEW, _E.RECALL): Arrow(_S.DRAFT, guard="由送审人撤回"),
    (_S.FIRST_REVIEW, _E.APPROVE_FIRST): Arrow(
        _S.SECOND_REVIEW, guard=f"{_OTHER_EYES}；本机关实行三级审核"
    ),
    (_S.FIRST_REVIEW, _E.APPROVE_ONLY): Arrow(
        _S.SECRECY_REVIEW, guard=f"{_OTHER_EYES}；本机关实行两级审核"
    ),
    (_S.FIRST_REVIEW, _E.RETURN): _RETURN,
    (_S.SECOND_REVIEW, _E.APPROVE_SECOND): Arrow(_S.SECRECY_REVIEW, guard=_OTHER_EYES),
    (_S.SECOND_REVIEW, _E.RETURN): _RETURN,
    (_S.SECRECY_REVIEW, _E.CLEAR_SECRECY): Arrow(
        _S.SIGNING, article=_REVIEWED, guard=f"{_OTHER_EYES}；逐项审查，结论为可以公开"
    ),
    (_S.SECRECY_REVIEW, _E.RETURN): Arrow(_S.DRAFT, article=_REVIEWED, guard="写明退回理由"),
    (_S.SIGNING, _E.SIGN): Arrow(_S.SIGNED, guard=_OTHER_EYES),
    (_S.SIGNING, _E.RETURN): _RETURN,
    (_S.SIGNED, _E.PUBLISH): Arrow(
        _S.PUBLISHED, article="条例第二十六条", guard=f"{_OTHER_EYES}；再次检查没有未处理的问题"
    ),
    (_S.SIGNED, _E.SCHEDULE): Arrow(_S.SCHEDULED, guard="发布时间在以后"),
    (_S.SIGNED, _E.RETURN): _RETURN,
    (_S.SCHEDULED, _E.PUBLISH): Arrow(
        _S.PUBLISHED, article="条例第二十六条", guard="时间已到；再次检查没有未处理的问题"
    ),
    (_S.SCHEDULED, _E.UNSCHEDULE): Arrow(_S.SIGNED),
    (_S.PUBLISHED, _E.REVISE): Arrow(_S.DRAFT),
    (_S.PUBLISHED, _E.WITHDRAW): _TAKEN_OFF,
    (_S.WITHDRAWN, _E.REVISE): Arrow(_S.DRAFT, guard="修改后重新审核、重新发布，网址和索引号不变"),
    **{(state, _E.WITHDRAW): _OLD_VERSION_OFF for state in (_S.DRAFT, *UNDER_REVIEW)},
}
"""From WITHDRAWN an entry goes back to the public only by the whole review."""
