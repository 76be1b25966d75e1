"""The states of accounts and campaigns, and what the chapter refuses."""

from gongkai.newmedia.lifecycle.accounts import (
    OVER,
    OWING,
    RUNNING,
    AccountEvent,
    AccountState,
)
from gongkai.newmedia.lifecycle.campaigns import CampaignEvent, CampaignState, Decision
from gongkai.newmedia.lifecycle.errors import (
    MediaError,
    Refused,
    RowFault,
    RowsWrong,
    ToldWrongly,
)

__all__ = [
    "OVER",
    "OWING",
    "RUNNING",
    "AccountEvent",
    "AccountState",
    "CampaignEvent",
    "CampaignState",
    "Decision",
    "MediaError",
    "Refused",
    "RowFault",
    "RowsWrong",
    "ToldWrongly",
]
