"""The steps that verbs share: hold an account, follow the table, tell its page, log."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.newmedia.lifecycle import AccountEvent, AccountState, Refused, ToldWrongly
from gongkai.newmedia.lifecycle.accounts import next_state
from gongkai.newmedia.models import Account, AccountStep
from gongkai.newmedia.queries import standing_twin
from gongkai.newmedia.rules.texts import used


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localdate(at)


def hold(account: Account) -> Account:
    """Return an account as it now stands, locked until the end of the transaction."""
    rows = Account.objects.select_for_update(of=("self",)).select_related("organ", "county")
    return rows.get(pk=account.pk)


def follow(account: Account, event: AccountEvent) -> None:
    """Let an account take the state an event leads to; the row is not saved; raises Refused."""
    account.state = next_state(AccountState(account.state), event)


def save(account: Account) -> None:
    """Save an account, or say which other one has its name or its number.

    Raises:
        ToldWrongly: another account of the county has that name, or any that number.
    """
    refuse_twin(account)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:  # written by somebody else since it was looked for
        raise Refused("同一平台上已有同名或者同ID的账号，请刷新后核对。") from None


def refuse_twin(account: Account) -> None:
    """Raise ToldWrongly when another account has this one's name or number on its platform."""
    twin = standing_twin(account)
    if twin is None:
        return
    if twin.name == account.name and twin.county_id == account.county_id:
        raise ToldWrongly(f"{twin}已由{twin.organ.short_name}登记，请核对名称", "name")
    raise ToldWrongly(f"这个平台账号ID已登记为{twin}，请核对", "platform_id")


def tell(
    account: Account,
    event: AccountEvent,
    by: Actor,
    at: datetime,
    words: str = "",
    number: str = "",
) -> None:
    """Write what happened to an account for its page."""
    AccountStep.objects.create(
        account=account,
        event=event,
        at=at,
        words=words[:2000],
        number=number,
        actor_account=by.account,
        actor_name=by.name,
        actor_post=by.post[:200],
    )


def log(verb: str, account: Account, by: Actor, at: datetime, **values: Any) -> None:
    """Record a verb on an account on the chain of its organ."""
    record(
        f"newmedia.{verb}",
        account.typed_id,
        chain=account.organ.code,
        by=by,
        at=at,
        label=str(account),
        **values,
    )


def with_reason(
    account: Account, event: AccountEvent, verb: str, why: str, by: Actor, at: datetime
) -> Account:
    """Let an event that needs but a reason happen to an account."""
    held = hold(account)
    before = {"state": held.state}
    follow(held, event)
    why = used(why, "why")
    save(held)
    tell(held, event, by, at, why)
    log(verb, held, by, at, before=before, after={"state": str(held.state)}, reason=why)
    return held


def past_day(day: date | None, field: str, label: str, today: date) -> date:
    """Return a day that is told and not to come; raises ToldWrongly otherwise."""
    if day is None:
        raise ToldWrongly(f"请填写“{label}”", field)
    if day > today:
        raise ToldWrongly(f"“{label}”不能晚于今天", field)
    return day
