"""Reading campaigns: each account with its decision, and how far it is carried out."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.newmedia.lifecycle import AccountState, Decision
from gongkai.newmedia.models import Campaign, CampaignItem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign has come; `owed` are to be closed and are not."""

    accounts: int
    undecided: int
    keep: int
    merge: int
    close: int
    done: int
    owed: int


def items_of(campaign: Campaign) -> list[CampaignItem]:
    """Return the accounts of a campaign in the county's order."""
    rows = campaign.items.select_related("account__organ", "into")
    return list(rows.order_by("account__organ__order", "account__platform", "account__name"))


def is_done(item: CampaignItem) -> bool:
    """Say whether what was decided of an account is carried out: the account itself tells."""
    if item.decision in (Decision.MERGE, Decision.CLOSE):
        return item.account.state == AccountState.CLOSED
    return item.decision == Decision.KEEP


def progress_of(campaign: Campaign, items: Iterable[CampaignItem] | None = None) -> Progress:
    """Return how far a campaign has come. One query, none when its items are given."""
    told = list(items) if items is not None else items_of(campaign)
    decided = {each: sum(item.decision == each for item in told) for each in Decision}
    done = sum(is_done(item) for item in told)
    undecided = sum(not item.decision for item in told)
    return Progress(
        accounts=len(told),
        undecided=undecided,
        keep=decided[Decision.KEEP],
        merge=decided[Decision.MERGE],
        close=decided[Decision.CLOSE],
        done=done,
        owed=len(told) - undecided - done,
    )
