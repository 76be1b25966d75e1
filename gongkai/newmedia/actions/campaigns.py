"""Verbs on cleaning-up campaigns: begin one, decide of each account, finish.

国办发〔2018〕123号: doubled, silent and useless accounts are merged or closed. What is decided is
carried out by the verbs of the account itself; nothing is closed here.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.newmedia.actions import steps
from gongkai.newmedia.lifecycle import (
    RUNNING,
    CampaignEvent,
    CampaignState,
    Decision,
    Refused,
    ToldWrongly,
)
from gongkai.newmedia.lifecycle.campaigns import next_campaign_state
from gongkai.newmedia.models import Account, Campaign, CampaignItem
from gongkai.newmedia.queries.campaigns import progress_of
from gongkai.newmedia.rules.texts import chosen, used
from gongkai.orgs.models import Organ


@transaction.atomic
def begin_campaign(
    county: Organ,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    requirement: str = "",
    by: Actor,
    at: datetime,
) -> Campaign:
    """Begin a campaign over every account of the county that runs now.

    Raises:
        Refused: another one runs, or there is no account.
        ToldWrongly: no name, or days that cannot be.
    """
    name, requirement = used(name, "campaign"), used(requirement, "requirement", required=False)
    if ends_on < starts_on:
        raise ToldWrongly("“完成期限”不能早于“开始日期”", "ends_on")
    held = Organ.objects.select_for_update(of=("self",)).get(pk=county.pk)
    accounts = _accounts_to_clean(held)
    made = Campaign.objects.create(
        county=held,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        requirement=requirement,
        state=CampaignState.RUNNING,
        begun_by=by.name,
        begun_at=at,
    )
    CampaignItem.objects.bulk_create(
        [CampaignItem(campaign=made, account=each) for each in accounts]
    )
    after = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    _log("begin_campaign", made, by, at, after={**after, "accounts": len(accounts)})
    return made


@transaction.atomic
def decide(
    item: CampaignItem,
    *,
    decision: Decision,
    into: Account | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> CampaignItem:
    """Decide what becomes of an account, or decide anew; the office does.

    Raises:
        Refused: the campaign is finished.
        ToldWrongly: no reason to merge or close, or no account to merge into.
    """
    campaign = _hold(item.campaign)
    next_campaign_state(CampaignState(campaign.state), CampaignEvent.DECIDE)
    decision = chosen(decision, Decision, "处理意见", "decision")
    reason = used(reason, "why", required=decision is not Decision.KEEP)
    held = CampaignItem.objects.select_related("account", "into").get(pk=item.pk)
    if decision is Decision.MERGE:
        _refuse_target(held, into)
    elif into is not None:
        raise ToldWrongly("只有整合的账号才填“并入账号”", "into")
    before = {"decision": held.decision, "into": str(held.into or "")}
    held.decision, held.into, held.reason = decision, into, reason
    held.decided_by, held.decided_at = by.name, at
    held.save(update_fields=["decision", "into", "reason", "decided_by", "decided_at"])
    after = {"decision": str(decision), "into": str(into or ""), "account": str(held.account)}
    _log("decide", campaign, by, at, before=before, after=after, reason=reason)
    return held


@transaction.atomic
def finish_campaign(campaign: Campaign, *, outcome: str, by: Actor, at: datetime) -> Campaign:
    """Finish a campaign once everything that was decided is carried out.

    Raises:
        Refused: it is finished, or accounts are undecided or not closed yet.
        ToldWrongly: nothing is told of what came of it.
    """
    held = _hold(campaign)
    outcome = used(outcome, "outcome")
    held.state = next_campaign_state(CampaignState(held.state), CampaignEvent.FINISH)
    progress = progress_of(held)
    if progress.undecided:
        raise Refused(f"还有{progress.undecided}个账号没有处理意见，不能完成清理整合。")
    if progress.owed:
        raise Refused(f"还有{progress.owed}个应当整合、关停的账号没有注销，不能完成清理整合。")
    held.outcome, held.finished_on = outcome, steps.local_day(at)
    held.save(update_fields=["state", "outcome", "finished_on"])
    figures = {"keep": progress.keep, "merge": progress.merge, "close": progress.close}
    _log("finish_campaign", held, by, at, after={**figures, "outcome": outcome})
    return held


def _accounts_to_clean(county: Organ) -> list[Account]:
    """Return the accounts a new campaign is over; raises Refused without any, or with another."""
    if Campaign.objects.filter(county=county, state=CampaignState.RUNNING).exists():
        raise Refused("上一次清理整合还没有完成，请先完成。")
    states = [state.value for state in RUNNING]
    accounts = list(Account.objects.filter(county=county, state__in=states))
    if not accounts:
        raise Refused("还没有登记账号，请先登记或者导入现有账号。")
    return accounts


def _refuse_target(item: CampaignItem, into: Account | None) -> None:
    """Refuse to merge an account into none, itself, a closed one or one that goes itself."""
    if into is None:
        raise ToldWrongly("请选择“并入账号”", "into")
    if into.pk == item.account_id or into.county_id != item.campaign.county_id:
        raise ToldWrongly("“并入账号”应当是本县的另一个账号", "into")
    going = CampaignItem.objects.filter(campaign=item.campaign, account=into).exclude(
        decision__in=["", Decision.KEEP]
    )
    if into.state not in RUNNING or going.exists():
        raise ToldWrongly("“并入账号”应当是保留的账号", "into")
    if CampaignItem.objects.filter(campaign=item.campaign, into=item.account).exists():
        raise ToldWrongly("已有账号并入这个账号，它应当保留", "decision")


def _hold(campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("county")
    return rows.get(pk=campaign.pk)


def _log(verb: str, campaign: Campaign, by: Actor, at: datetime, **values: Any) -> None:
    record(
        f"newmedia.{verb}",
        campaign.typed_id,
        chain=campaign.county.code,
        by=by,
        at=at,
        label=campaign.name,
        **values,
    )
