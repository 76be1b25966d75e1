"""The road of a cleaning-up campaign: running, finished; what is decided of each account.

国办发〔2018〕123号: accounts that are doubled, silent or of no use are cleaned up and merged. That
a merged or closed account is done follows from the account itself and is typed nowhere.
"""

from collections.abc import Mapping
from enum import StrEnum

from gongkai.newmedia.lifecycle.errors import Refused
from gongkai.statute.lifecycles import Arrow, RefusedArrow, follow


class CampaignState(StrEnum):
    """Whether a campaign runs."""

    RUNNING = "RUNNING"
    FINISHED = "FINISHED"

    @property
    def label(self) -> str:
        """Return the state in Chinese."""
        return {"RUNNING": "进行中", "FINISHED": "已完成"}[self.value]


class CampaignEvent(StrEnum):
    """What may happen to a campaign."""

    DECIDE = "DECIDE"
    FINISH = "FINISH"

    @property
    def label(self) -> str:
        """Return the event in Chinese, as a verb."""
        return {"DECIDE": "提出处理意见", "FINISH": "完成清理整合"}[self.value]


class Decision(StrEnum):
    """What becomes of an account."""

    KEEP = "KEEP"
    MERGE = "MERGE"
    CLOSE = "CLOSE"

    @property
    def label(self) -> str:
        """Return the decision in Chinese."""
        return {"KEEP": "保留", "MERGE": "整合", "CLOSE": "关停"}[self.value]


_S, _E = CampaignState, CampaignEvent
CAMPAIGN_TRANSITIONS: Mapping[tuple[CampaignState, CampaignEvent], Arrow[CampaignState]] = {
    (_S.RUNNING, _E.DECIDE): Arrow(
        _S.RUNNING, "国办发〔2018〕123号", "整合的写明并入哪个账号，整合、关停的写明理由"
    ),
    (_S.RUNNING, _E.FINISH): Arrow(
        _S.FINISHED,
        "国办发〔2018〕123号",
        "全部账号已有处理意见，应整合、关停的都已注销，写明工作结果",
    ),
}


def next_campaign_state(state: CampaignState, event: CampaignEvent) -> CampaignState:
    """Return where `event` leads from `state`.

    Raises:
        Refused: there is no such arrow.
    """
    try:
        return follow(CAMPAIGN_TRANSITIONS, state, event).target
    except RefusedArrow:
        raise Refused(f"不能{event.label}：这次清理整合已经完成，不再变动。") from None
