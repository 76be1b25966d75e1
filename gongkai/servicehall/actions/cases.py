"""Verbs of a case in which a policy is fulfilled, from the filing to the payment (law.md 8.3).

Two people judge it, its name and amount stand on notice, and then it is paid. The legal person,
the bank and the account are sealed; the log keeps none of them, and who opens them is logged.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.servicehall.actions import steps
from gongkai.servicehall.deadlines import earliest_end, least_notice
from gongkai.servicehall.lifecycle import CaseEvent, CaseState, PolicyState, Refused, ToldWrongly
from gongkai.servicehall.lifecycle.fulfilment import next_case_state
from gongkai.servicehall.models import Clause, FulfilmentCase
from gongkai.servicehall.rules.amounts import checked_amount
from gongkai.servicehall.rules.texts import used
from gongkai.statute.identity import IdentityError, credit_code

_E = CaseEvent
MARK = "DX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What an enterprise files; the amount in 元."""

    enterprise: str
    credit_code: str
    legal_person: str
    bank: str
    bank_account: str
    asked: Decimal | None
    filed_on: date | None


@transaction.atomic
def file_case(clause: Clause, *, filing: Filing, by: Actor, at: datetime) -> FulfilmentCase:
    """Take in what an enterprise files under a clause.

    Raises:
        Refused: the policy is not published, or the enterprise's case under it is not over.
        ToldWrongly: something is missing or wrong, or the day is outside the term of filing.
    """
    policy = clause.policy = steps.hold(clause.policy, "organ", "county")
    if policy.state != PolicyState.PUBLISHED:
        raise Refused(f"政策现在是“{policy.get_state_display()}”，不能申报")
    today = steps.local_day(at)
    filed_on = steps.past_day(filing.filed_on, "filed_on", "申报日期", today)
    _refuse_outside_term(clause, filed_on)
    asked = checked_amount(filing.asked, "asked", "申请金额（元）")
    if clause.cap is not None and asked > clause.cap:
        raise ToldWrongly(f"“申请金额（元）”超过这个兑现点的上限{clause.cap}元", "asked")
    code, account = _checked_numbers(filing)
    case = FulfilmentCase(
        county_id=policy.county_id,
        organ=policy.organ,
        clause=clause,
        number=steps.next_number(FulfilmentCase, policy.county, MARK, filed_on),
        enterprise=used(filing.enterprise, "enterprise"),
        credit_code=code,
        account_tail=account[-4:],
        filed_on=filed_on,
        asked=asked,
        state=CaseState.FILED,
    )
    _refuse_twin(case)
    case.seal(
        legal_person=used(filing.legal_person, "legal_person"),
        bank=used(filing.bank, "bank"),
        bank_account=account,
    )
    case.save(force_insert=True)
    after = {"clause": str(clause), "filed_on": filed_on, "asked": asked}
    steps.log("file_case", case, case.organ, by, at, after=after)
    return case


@transaction.atomic
def examine(
    case: FulfilmentCase, *, opinion: str, examined_on: date | None, by: Actor, at: datetime
) -> FulfilmentCase:
    """Pass a case in the first examination; raises Refused or ToldWrongly."""
    held, before = _hold(case), case.state
    held.state = next_case_state(CaseState(held.state), _E.EXAMINE)
    held.examination = used(opinion, "opinion")
    held.examined_on = _day(held, examined_on, "examined_on", "初审日期", at, held.filed_on)
    held.examined_by, held.examined_by_account = by.name, by.account
    return _done("examine", held, before, by, at, {"examined_on": held.examined_on})


@transaction.atomic
def approve(
    case: FulfilmentCase,
    *,
    granted: Decimal | None,
    opinion: str,
    approved_on: date | None,
    by: Actor,
    at: datetime,
) -> FulfilmentCase:
    """Grant an amount, by another person than who examined.

    Raises:
        Refused: it was not examined, or `by` examined it.
        ToldWrongly: the amount is above what was asked or the clause's cap, or no opinion.
    """
    held, before = _hold(case), case.state
    held.state = next_case_state(CaseState(held.state), _E.APPROVE)
    if by.account == held.examined_by_account:
        raise Refused("初审人不能核定自己初审的案件，请由其他人核定")
    amount = checked_amount(granted, "granted", "核定金额（元）")
    cap = held.clause.cap
    most = held.asked if cap is None else min(held.asked, cap)
    if amount > most:
        raise ToldWrongly(f"“核定金额（元）”不能超过{most}元（申请金额和兑现点上限）", "granted")
    held.granted, held.approval, held.approved_by = amount, used(opinion, "opinion"), by.name
    held.approved_on = _day(held, approved_on, "approved_on", "核定日期", at, held.examined_on)
    told = {"granted": amount, "approved_on": held.approved_on}
    return _done("approve", held, before, by, at, told)


@transaction.atomic
def put_on_notice(
    case: FulfilmentCase,
    *,
    notice_from: date | None,
    notice_to: date | None,
    by: Actor,
    at: datetime,
) -> FulfilmentCase:
    """Put name and amount on public notice for the working days that are due.

    Raises:
        Refused: nothing is granted yet.
        ToldWrongly: a day is missing or the notice is too short.
    """
    held, before = _hold(case), case.state
    held.state = next_case_state(CaseState(held.state), _E.NOTICE)
    if notice_from is None:
        raise ToldWrongly("请填写“公示开始”", "notice_from")
    if held.approved_on and notice_from < held.approved_on:
        raise ToldWrongly("“公示开始”不能早于核定日期", "notice_from")
    least = earliest_end(notice_from, workday_calendar())
    if notice_to is None or notice_to < least:
        days = least_notice(notice_from).workdays
        raise ToldWrongly(
            f"公示不少于{days}个工作日，“公示截止”最早是{least:%Y-%m-%d}", "notice_to"
        )
    held.notice_from, held.notice_to = notice_from, notice_to
    told = {"notice_from": notice_from, "notice_to": notice_to}
    return _done("put_on_notice", held, before, by, at, told)


@transaction.atomic
def take_objection(case: FulfilmentCase, *, why: str, by: Actor, at: datetime) -> FulfilmentCase:
    """Record an objection against a case on notice; raises Refused or ToldWrongly."""
    return _with_reason(case, _E.OBJECT, "take_objection", why, by, at)


@transaction.atomic
def dismiss_objection(case: FulfilmentCase, *, why: str, by: Actor, at: datetime) -> FulfilmentCase:
    """Record that an objection does not hold; raises Refused or ToldWrongly."""
    return _with_reason(case, _E.DISMISS, "dismiss_objection", why, by, at)


@transaction.atomic
def clear(case: FulfilmentCase, *, by: Actor, at: datetime) -> FulfilmentCase:
    """Record that the notice is over and no objection is open; raises Refused."""
    held, before = _hold(case), case.state
    held.state = next_case_state(CaseState(held.state), _E.CLEAR)
    if held.notice_to is None or steps.local_day(at) <= held.notice_to:
        raise Refused(f"公示到{held.notice_to:%Y-%m-%d}为止，期满后才能登记无异议")
    return _done("clear", held, before, by, at, {})


@transaction.atomic
def pay(
    case: FulfilmentCase,
    *,
    paid: Decimal | None,
    paid_on: date | None,
    by: Actor,
    at: datetime,
) -> FulfilmentCase:
    """Record the payment, at most what was granted; raises Refused or ToldWrongly."""
    held, before = _hold(case), case.state
    held.state = next_case_state(CaseState(held.state), _E.PAY)
    amount = checked_amount(paid, "paid", "拨付金额（元）")
    if held.granted is None or amount > held.granted:
        raise ToldWrongly(f"“拨付金额（元）”不能超过核定金额{held.granted}元", "paid")
    held.paid = amount
    held.paid_on = _day(held, paid_on, "paid_on", "拨付日期", at, held.notice_to)
    return _done("pay", held, before, by, at, {"paid": amount, "paid_on": held.paid_on})


@transaction.atomic
def refuse(case: FulfilmentCase, *, why: str, by: Actor, at: datetime) -> FulfilmentCase:
    """Refuse a case, with a reason; raises Refused or ToldWrongly."""
    return _with_reason(case, _E.REFUSE, "refuse", why, by, at, over=True)


@transaction.atomic
def withdraw(case: FulfilmentCase, *, why: str, by: Actor, at: datetime) -> FulfilmentCase:
    """Record that the enterprise takes its filing back; raises Refused or ToldWrongly."""
    return _with_reason(case, _E.WITHDRAW, "withdraw", why, by, at, over=True)


@transaction.atomic
def show_bank(case: FulfilmentCase, *, why: str, by: Actor, at: datetime) -> dict[str, str]:
    """Open the sealed columns of a case for somebody, and log who did and why.

    Raises:
        ToldWrongly: no reason.
        CannotOpen: the token was altered or its key is not configured.
    """
    why = used(why, "why")
    opened = {column: case.unseal(column) for column in case.SEALED}
    steps.log("show_bank", case, case.organ, by, at, reason=why)
    return opened


def _checked_numbers(filing: Filing) -> tuple[str, str]:
    """Return the credit code and the account in their plain form; raises ToldWrongly."""
    try:
        code = credit_code(filing.credit_code)
    except IdentityError as wrong:
        raise ToldWrongly(str(wrong), "credit_code") from None
    account = used(filing.bank_account, "bank_account").replace(" ", "").replace("-", "")
    if not (account.isascii() and account.isdigit() and 8 <= len(account) <= 32):
        raise ToldWrongly("“银行账号”应当是8至32位数字，请核对", "bank_account")
    return code, account


def _hold(case: FulfilmentCase) -> FulfilmentCase:
    held = steps.hold(case, "organ", "clause")
    case.state = held.state
    return held


def _day(
    held: FulfilmentCase, day: date | None, field: str, label: str, at: datetime, since: Any
) -> date:
    return steps.past_day(day, field, label, steps.local_day(at), since)


def _done(
    verb: str,
    held: FulfilmentCase,
    before: str,
    by: Actor,
    at: datetime,
    told: dict[str, Any],
    reason: str = "",
) -> FulfilmentCase:
    held.save()
    after = {"state": held.state, **told}
    was = {"state": before}
    steps.log(verb, held, held.organ, by, at, before=was, after=after, reason=reason)
    return held


def _with_reason(
    case: FulfilmentCase,
    event: CaseEvent,
    verb: str,
    why: str,
    by: Actor,
    at: datetime,
    *,
    over: bool = False,
) -> FulfilmentCase:
    held, before = _hold(case), case.state
    held.state = next_case_state(CaseState(held.state), event)
    held.reason = used(why, "why")
    if over:
        held.ended_on = steps.local_day(at)
    return _done(verb, held, before, by, at, {}, held.reason)


def _refuse_outside_term(clause: Clause, filed_on: date) -> None:
    policy = clause.policy
    starts = clause.opens_on or policy.valid_from
    ends = clause.closes_on or policy.valid_to
    if filed_on < starts or (ends is not None and filed_on > ends):
        until = f"至{ends:%Y-%m-%d}" if ends else "起"
        raise ToldWrongly(f"“申报日期”不在申报期限内（{starts:%Y-%m-%d}{until}）", "filed_on")


def _refuse_twin(case: FulfilmentCase) -> None:
    """Refuse a second case of an enterprise under a clause while the first is under way."""
    over = (CaseState.PAID, CaseState.REFUSED, CaseState.WITHDRAWN)
    twins = FulfilmentCase.objects.filter(clause=case.clause, credit_code=case.credit_code)
    twin = twins.exclude(state__in=over).first()
    if twin is not None:
        raise Refused(f"这家企业在这个兑现点已有案件{twin.number}正在办理，请核对")
