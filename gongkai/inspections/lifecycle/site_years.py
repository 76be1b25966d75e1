"""The road of a website's yearly report: filled in, reviewed by another, published, corrected.

国办函〔2018〕12号: published by 31 January. A published version is never changed: a correction is
the next version with its reason, and the one before it is kept.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.inspections.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, follow


class SiteYearState(StrEnum):
    """Where a version stands; from REVIEWED on its figures are frozen."""

    DRAFT = "DRAFT"
    REVIEWED = "REVIEWED"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {
            "DRAFT": "填报中",
            "REVIEWED": "已审核",
            "PUBLISHED": "已公布",
            "SUPERSEDED": "已被更正",
        }[self.value]


class SiteYearEvent(StrEnum):
    """What may happen to a version."""

    FILL = "FILL"
    REVIEW = "REVIEW"
    SEND_BACK = "SEND_BACK"
    PUBLISH = "PUBLISH"
    CORRECT = "CORRECT"
    SUPERSEDE = "SUPERSEDE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {
            "FILL": "填报",
            "REVIEW": "审核定稿",
            "SEND_BACK": "退回修改",
            "PUBLISH": "公布",
            "CORRECT": "更正",
            "SUPERSEDE": "被新版代替",
        }[self.value]


_S, _E = SiteYearState, SiteYearEvent
_RULE = "国办函〔2018〕12号"

SITE_YEAR_TRANSITIONS: Mapping[tuple[SiteYearState, SiteYearEvent], Arrow[SiteYearState]] = {
    (_S.DRAFT, _E.FILL): Arrow(_S.DRAFT, _RULE),
    (_S.DRAFT, _E.REVIEW): Arrow(
        _S.REVIEWED, _RULE, "年度已结束，数据齐全、勾稽无误，审核人不是填报人；数字从此固定"
    ),
    (_S.REVIEWED, _E.SEND_BACK): Arrow(_S.DRAFT, guard="写明理由"),
    (_S.REVIEWED, _E.PUBLISH): Arrow(_S.PUBLISHED, _RULE, "内容与审核时的摘要相符"),
    (_S.PUBLISHED, _E.CORRECT): Arrow(_S.PUBLISHED, guard="写明理由，另立新版"),
    (_S.PUBLISHED, _E.SUPERSEDE): Arrow(_S.SUPERSEDED, guard="新版已公布"),
}
_STANDS_AGAINST = {
    _S.DRAFT: "报表还在填报，没有审核定稿",
    _S.REVIEWED: "报表已审核定稿，数字不再变动；要修改，请先退回",
    _S.PUBLISHED: "报表已公布，不再变动；有误的，请用“更正”生成新版并写明理由",
    _S.SUPERSEDED: "这一版已被新版代替，只作留存，请在最新一版上操作",
}


def next_site_year_state(state: SiteYearState, event: SiteYearEvent) -> SiteYearState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(SITE_YEAR_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：{_STANDS_AGAINST[state]}。") from None
