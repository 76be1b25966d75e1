"""Verbs of an account that runs: change with approval, put right, keep up, figures of a month."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.newmedia.actions import steps
from gongkai.newmedia.lifecycle import NEVER_OPEN, OVER, AccountEvent, Refused, ToldWrongly
from gongkai.newmedia.models import Account, MonthFigures
from gongkai.newmedia.rules.terms import (
    TERMS,
    UPKEEP,
    Terms,
    Upkeep,
    checked_terms,
    checked_upkeep,
    differences,
    in_words,
)
from gongkai.newmedia.rules.texts import used

_E = AccountEvent
MOST = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a platform shows of a month; `starts_on` is any day of it."""

    starts_on: date
    followers: int | None = None
    received: int = 0
    answered: int = 0
    updated_on: date | None = None


@transaction.atomic
def ask_change(account: Account, *, terms: Terms, why: str, by: Actor, at: datetime) -> Account:
    """Apply to change what the approval covers; nothing of it changes yet.

    Raises:
        Refused: the account is not simply open.
        ToldWrongly: nothing would change, or something is missing or wrong.
    """
    held = steps.hold(account)
    steps.follow(held, _E.ASK_CHANGE)
    before = _told_by(held, TERMS)
    changed = differences(before, asdict(checked_terms(terms)))
    if not changed:
        raise ToldWrongly("没有要变更的事项，请修改后再提交")
    why = used(why, "why")
    _refuse_twin_of(held, changed)
    held.wanted = changed
    steps.save(held)
    steps.tell(held, _E.ASK_CHANGE, by, at, f"{in_words(before, changed)}。理由：{why}")
    old = {name: before[name] for name in changed}
    steps.log("ask_change", held, by, at, before=old, after=changed, reason=why)
    return held


@transaction.atomic
def change(account: Account, *, approval_number: str, by: Actor, at: datetime) -> Account:
    """Approve a change, which makes it.

    Raises:
        Refused: none was applied for.
        ToldWrongly: no number, or another account has taken the name since.
    """
    held = steps.hold(account)
    steps.follow(held, _E.CHANGE)
    number = used(approval_number, "approval_number")
    before, changed = _told_by(held, TERMS), dict(held.wanted)
    for name, value in changed.items():
        setattr(held, name, value)
    held.wanted = {}
    steps.save(held)
    steps.tell(held, _E.CHANGE, by, at, in_words(before, changed), number)
    old = {name: before[name] for name in changed}
    after = {**changed, "approval_number": number}
    steps.log("change", held, by, at, before=old, after=after)
    return held


@transaction.atomic
def refuse_change(account: Account, *, why: str, by: Actor, at: datetime) -> Account:
    """Refuse a change, with a reason; raises Refused or ToldWrongly."""
    held = steps.hold(account)
    held.wanted = {}
    steps.follow(held, _E.REFUSE_CHANGE)
    why = used(why, "why")
    steps.save(held)
    steps.tell(held, _E.REFUSE_CHANGE, by, at, why)
    steps.log("refuse_change", held, by, at, after={"state": str(held.state)}, reason=why)
    return held


@transaction.atomic
def suspend(account: Account, *, why: str, by: Actor, at: datetime) -> Account:
    """Order an account to be put right, saying what is wrong; raises Refused or ToldWrongly."""
    return steps.with_reason(account, _E.SUSPEND, "suspend", why, by, at)


@transaction.atomic
def resume(account: Account, *, why: str, by: Actor, at: datetime) -> Account:
    """Find an account put right, saying what was seen; raises Refused or ToldWrongly."""
    return steps.with_reason(account, _E.RESUME, "resume", why, by, at)


@transaction.atomic
def keep_up(account: Account, *, upkeep: Upkeep, by: Actor, at: datetime) -> Account:
    """Change who looks after an account; needs no approval.

    Raises:
        Refused: the account is over.
        ToldWrongly: nobody is responsible, or something is wrong.
    """
    held = steps.hold(account)
    if held.state in OVER:
        raise Refused(f"账号“{held.get_state_display()}”，不再维护。")
    before = _told_by(held, UPKEEP)
    changed = differences(before, asdict(checked_upkeep(upkeep, steps.local_day(at))))
    for name, value in changed.items():
        setattr(held, name, value)
    if changed:
        held.save(update_fields=[*changed])
        old = {name: _plain(before[name]) for name in changed}
        new = {name: _plain(value) for name, value in changed.items()}
        personal = [name for name in changed if name == "phone"]
        steps.log("keep_up", held, by, at, before=old, after=new, protected=personal)
    return held


@transaction.atomic
def mark_main(account: Account, *, main: bool, by: Actor, at: datetime) -> Account:
    """Make an account one that leads the county's matrix, or no more; done by the office."""
    held = steps.hold(account)
    if held.state in OVER:
        raise Refused(f"账号“{held.get_state_display()}”，不能设为主账号。")
    if held.main is not main:
        held.main = main
        held.save(update_fields=["main"])
        steps.log("mark_main", held, by, at, before={"main": not main}, after={"main": main})
    return held


@transaction.atomic
def enter_month(account: Account, *, month: Month, by: Actor, at: datetime) -> MonthFigures:
    """Enter what the platform shows of a month, or enter it anew.

    Raises:
        Refused: the account is not open yet.
        ToldWrongly: a month to come, or numbers that cannot be.
    """
    held, today = steps.hold(account), steps.local_day(at)
    starts_on = month.starts_on.replace(day=1)
    if held.state in NEVER_OPEN:
        raise Refused("账号还没有开通，不用填报。")
    if starts_on > today:
        raise ToldWrongly("这个月还没有到，请核对月份", "starts_on")
    if month.answered > month.received:
        raise ToldWrongly("“答复量”不能多于“留言量”", "answered")
    if month.updated_on and not starts_on <= month.updated_on <= today:
        raise ToldWrongly("“最后更新日期”应当在所填月份内，不晚于今天", "updated_on")
    if max(month.followers or 0, month.received) > MOST:
        raise ToldWrongly("数字过大，请核对", "followers")
    values = {
        "followers": month.followers,
        "received": month.received,
        "answered": month.answered,
        "updated_on": month.updated_on,
    }
    row = MonthFigures.objects.filter(account=held, starts_on=starts_on).first()
    before = {name: _plain(getattr(row, name)) for name in values} if row else None
    row, _ = MonthFigures.objects.update_or_create(
        account=held,
        starts_on=starts_on,
        defaults={**values, "entered_by": by.name, "entered_at": at},
    )
    after = {name: _plain(value) for name, value in values.items()}
    steps.log(
        "enter_month", held, by, at, before=before, after={"month": f"{starts_on:%Y-%m}", **after}
    )
    return row


def _refuse_twin_of(account: Account, changed: Mapping[str, Any]) -> None:
    """Refuse a change to a name or number that another account has."""
    names = [name for name in ("name", "platform_id") if name in changed]
    old = {name: getattr(account, name) for name in names}
    for name in names:
        setattr(account, name, changed[name])
    steps.refuse_twin(account)
    for name, value in old.items():
        setattr(account, name, value)


def _told_by(account: Account, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(account, name) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
