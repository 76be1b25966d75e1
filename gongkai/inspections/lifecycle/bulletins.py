"""The road of a bulletin: figures taken, frozen when it is issued."""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.inspections.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, follow


class BulletinPeriod(StrEnum):
    """What span a bulletin tells of."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"

    @property
    def label(self) -> str:
        """Return the period in Chinese."""
        return {"MONTH": "月度", "QUARTER": "季度"}[self.value]


class BulletinState(StrEnum):
    """Where a bulletin stands."""

    DRAFT = "DRAFT"
    ISSUED = "ISSUED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"DRAFT": "草稿", "ISSUED": "已印发"}[self.value]


class BulletinEvent(StrEnum):
    """What may happen to a bulletin."""

    RETAKE = "RETAKE"
    ISSUE = "ISSUE"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {"RETAKE": "重新取数", "ISSUE": "印发"}[self.value]


_S, _E = BulletinState, BulletinEvent

BULLETIN_TRANSITIONS: Mapping[tuple[BulletinState, BulletinEvent], Arrow[BulletinState]] = {
    (_S.DRAFT, _E.RETAKE): Arrow(_S.DRAFT, guard="印发以前；数字和清单一并重新取"),
    (_S.DRAFT, _E.ISSUE): Arrow(
        _S.ISSUED, "国办秘函〔2019〕19号", "数字固定；同时把各单位的问题分别告知"
    ),
}


def next_bulletin_state(state: BulletinState, event: BulletinEvent) -> BulletinState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(BULLETIN_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：通报已经印发，数字不再变动。") from None
