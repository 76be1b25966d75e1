"""The states of accounts and campaigns, and what the chapter refuses."""

from gongkai.newmedia.lifecycle.accounts import (
    NEVER_OPEN,
    OVER,
    OWING,
    PUBLISHING,
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
    "NEVER_OPEN",
    "OVER",
    "OWING",
    "PUBLISHING",
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
