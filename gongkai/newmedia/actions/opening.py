"""Verbs of an account's beginning: apply, approve or refuse, open; register what is open already.

国办发〔2018〕123号: the organ applies, the office in charge approves, the account is filed in the
national system and opened on the platform.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.newmedia.actions import steps
from gongkai.newmedia.lifecycle import AccountEvent, AccountState, ToldWrongly
from gongkai.newmedia.models import Account
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.terms import Terms, Upkeep, checked_terms, checked_upkeep
from gongkai.newmedia.rules.texts import chosen, used, web_address
from gongkai.orgs.models import Organ

_E = AccountEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """How an account stands on its platform once it is open."""

    platform_id: str
    link: str
    certified_as: str
    filed_number: str
    opened_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What papers tell of an account that was open before the registry was kept."""

    opened_on: date | None = None
    approval_number: str = ""
    approved_on: date | None = None
    filed_number: str = ""
    main: bool = False


@transaction.atomic
def apply(
    organ: Organ,
    *,
    platform: Platform,
    terms: Terms,
    upkeep: Upkeep,
    why: str,
    by: Actor,
    at: datetime,
) -> Account:
    """Apply for an organ to open an account.

    Raises:
        ToldWrongly: something is missing or wrong, or the name is taken on that platform.
    """
    made = _unsaved(organ, platform, terms, upkeep, at)
    made.state, why = AccountState.APPLIED, used(why, "why")
    steps.save(made)
    steps.tell(made, _E.APPLY, by, at, why)
    steps.log("apply", made, by, at, after=_logged(made), reason=why)
    return made


@transaction.atomic
def register(
    organ: Organ,
    *,
    platform: Platform,
    terms: Terms,
    upkeep: Upkeep,
    told: Registered,
    by: Actor,
    at: datetime,
) -> Account:
    """Register an account that was open before, as its papers tell; done by the office.

    Raises:
        ToldWrongly: something is missing or wrong, or the account is registered.
    """
    made = _unsaved(organ, platform, terms, upkeep, at)
    today = steps.local_day(at)
    made.state = AccountState.OPEN
    for name, label in (("opened_on", "开设日期"), ("approved_on", "审批日期")):
        day = getattr(told, name)
        setattr(made, name, day and steps.past_day(day, name, label, today))
    made.approval_number = used(told.approval_number, "approval_number", required=False)
    made.filed_number = used(told.filed_number, "filed_number", required=False)
    made.main = told.main
    steps.save(made)
    steps.tell(made, _E.REGISTER, by, at, number=made.approval_number)
    steps.log("register", made, by, at, after=_logged(made))
    return made


@transaction.atomic
def approve(
    account: Account, *, approval_number: str, approved_on: date | None, by: Actor, at: datetime
) -> Account:
    """Approve the opening of an account.

    Raises:
        Refused: nothing waits for approval.
        ToldWrongly: no number, or a day to come.
    """
    held = steps.hold(account)
    steps.follow(held, _E.APPROVE)
    held.approval_number = used(approval_number, "approval_number")
    held.approved_on = steps.past_day(approved_on, "approved_on", "审批日期", steps.local_day(at))
    steps.save(held)
    steps.tell(held, _E.APPROVE, by, at, number=held.approval_number)
    after = {"approval_number": held.approval_number, "approved_on": held.approved_on.isoformat()}
    steps.log("approve", held, by, at, after=after)
    return held


@transaction.atomic
def refuse(account: Account, *, why: str, by: Actor, at: datetime) -> Account:
    """Refuse the opening of an account, with a reason; raises Refused or ToldWrongly."""
    return steps.with_reason(account, _E.REFUSE, "refuse", why, by, at)


@transaction.atomic
def give_up(account: Account, *, why: str, by: Actor, at: datetime) -> Account:
    """Give up an account before it is open, with a reason; raises Refused or ToldWrongly."""
    return steps.with_reason(account, _E.GIVE_UP, "give_up", why, by, at)


@transaction.atomic
def reapply(account: Account, *, why: str, by: Actor, at: datetime) -> Account:
    """Apply again for what was refused, saying what is better now; raises Refused, ToldWrongly."""
    return steps.with_reason(account, _E.REAPPLY, "reapply", why, by, at)


@transaction.atomic
def open_account(account: Account, *, told: Opened, by: Actor, at: datetime) -> Account:
    """Record that an approved account is open on its platform and filed.

    Raises:
        Refused: it is not approved, or is open already.
        ToldWrongly: something is missing, or the day is to come or before the approval.
    """
    held = steps.hold(account)
    steps.follow(held, _E.OPEN)
    group = Platform(held.platform).is_group
    held.platform_id = used(told.platform_id, "platform_id", required=not group)
    held.link = web_address(told.link, "link", required=False)
    held.certified_as = used(told.certified_as, "certified_as", required=not group)
    held.filed_number = used(told.filed_number, "filed_number", required=not group)
    today = steps.local_day(at)
    held.opened_on = steps.past_day(told.opened_on, "opened_on", "开设日期", today)
    if held.approved_on and held.opened_on < held.approved_on:
        raise ToldWrongly("“开设日期”不能早于审批日期：先批准，后开设", "opened_on")
    steps.save(held)
    steps.tell(held, _E.OPEN, by, at, f"备案编号：{held.filed_number or '无'}")
    steps.log("open", held, by, at, after=_logged(held))
    return held


def _unsaved(
    organ: Organ, platform: Platform, terms: Terms, upkeep: Upkeep, at: datetime
) -> Account:
    today = steps.local_day(at)
    if organ.valid_to is not None and organ.valid_to <= today:
        raise ToldWrongly(f"{organ.short_name}已经撤销，不能作主办单位", "organ")
    return Account(
        county_id=organ.county_id or organ.pk,
        organ=organ,
        platform=chosen(platform, Platform, "平台类型", "platform"),
        **asdict(checked_terms(terms)),
        **asdict(checked_upkeep(upkeep, today)),
    )


def _logged(account: Account) -> dict[str, str]:
    """Return what the log keeps of an account: its terms and numbers, no telephone."""
    return {
        "name": account.name,
        "platform": account.platform,
        "platform_id": account.platform_id,
        "link": account.link,
        "certified_as": account.certified_as,
        "functions": account.functions,
        "approval_number": account.approval_number,
        "filed_number": account.filed_number,
        "opened_on": account.opened_on.isoformat() if account.opened_on else "",
        "responsible": account.responsible,
        "state": str(account.state),
    }
