"""Which acts of a case cannot be, or came too late (Art. 30 to 35).

`check` is for the moment an act is recorded or asked about. A reducer that replays acts
already admitted does not check again: a later holiday notice must not turn a recorded act
into an error.
"""

from dataclasses import replace
from datetime import date

from gongkai.statute.clock.acts import Acts, Consultation, ConsultationKind
from gongkai.statute.clock.course import last_day, start_of
from gongkai.statute.clock.errors import NoSuchRule, OutOfOrder, TooLate, TooLong
from gongkai.statute.clock.pauses import pauses_of
from gongkai.statute.days import written
from gongkai.statute.limits import REVISED_ON, Limit, Rule, find_limit
from gongkai.statute.workdays import WorkdayCalendar


def check(acts: Acts, calendar: WorkdayCalendar) -> None:
    """Raise a ClockError when an act is out of order, too late, too long or unknown to the law."""
    limit = find_limit(Rule.REPLY, acts.received_on)
    if limit is None:
        raise NoSuchRule(
            f"收到日期{written(acts.received_on)}早于2008年5月1日，当时尚无政府信息公开条例，请核对"
        )
    for rule in (_supplement, _consultations, _fee_dates, _extension_length):
        rule(acts, calendar)
    _told_in_time(acts, calendar, limit)


def _in_order(first: date, first_name: str, then: date | None, then_name: str) -> None:
    """Raise OutOfOrder when `then` is before `first`."""
    if then is not None and then < first:
        raise OutOfOrder(
            f"{then_name}（{written(then)}）早于{first_name}（{written(first)}），请核对"
        )


def _supplement(acts: Acts, calendar: WorkdayCalendar) -> None:
    """Check the notice to supplement: once, within 7 working days of receipt (Art. 30)."""
    supplement = acts.supplement
    if supplement is None:
        return
    _in_order(acts.received_on, "收到日期", supplement.asked_on, "补正告知日期")
    _in_order(supplement.asked_on, "补正告知日期", supplement.received_on, "收到补正日期")
    _in_order(supplement.asked_on, "补正告知日期", supplement.due_on, "补正期限")
    limit = find_limit(Rule.SUPPLEMENT_NOTICE, acts.received_on)
    if limit is None:
        return
    latest = calendar.add(acts.received_on, limit.value)
    if supplement.asked_on > latest:
        raise TooLate(
            f"补正告知日期（{written(supplement.asked_on)}）超过{limit.article}规定的"
            f"{limit.label}，最迟应为{written(latest)}；逾期不能再要求补正，应当按现有内容答复"
        )


def _consultations(acts: Acts, _calendar: WorkdayCalendar) -> None:
    """Check the dates of each consultation and that the law of the time knew it."""
    for number, consultation in enumerate(acts.consultations, start=1):
        name = f"{consultation.kind.label}（第{number}次）"
        _consultation_dates(acts, consultation, name)
        old = acts.received_on < REVISED_ON
        if old and consultation.kind is not ConsultationKind.THIRD_PARTY:
            raise NoSuchRule(
                f"{name}：2019年5月15日前收到的申请适用旧条例，"
                "征求其他机关意见的时间不能从答复期限中扣除，请删去这一项"
            )


def _consultation_dates(acts: Acts, consultation: Consultation, name: str) -> None:
    """Check sent <= served <= answered."""
    _in_order(acts.received_on, "收到日期", consultation.sent_on, f"{name}的发出日期")
    _in_order(
        consultation.sent_on, f"{name}的发出日期", consultation.served_on, f"{name}的送达日期"
    )
    if consultation.served_on is None and consultation.answered_on is not None:
        raise OutOfOrder(f"{name}填写了答复日期但没有送达日期，请补填送达日期")
    if consultation.served_on is not None:
        _in_order(
            consultation.served_on,
            f"{name}的送达日期",
            consultation.answered_on,
            f"{name}的答复日期",
        )


def _fee_dates(acts: Acts, calendar: WorkdayCalendar) -> None:
    """Check the fee notice: known to the law, after the supplement, within the answer term."""
    fee = acts.fee
    if fee is None:
        return
    if find_limit(Rule.FEE_PAYMENT, acts.received_on) is None:
        raise NoSuchRule("2021年1月1日前收到的申请不适用信息处理费，请删去收费通知")
    _in_order(acts.received_on, "收到日期", fee.notified_on, "收费通知日期")
    _in_order(fee.notified_on, "收费通知日期", fee.paid_on, "缴费日期")
    if acts.supplement:
        if acts.supplement.received_on is None:
            raise OutOfOrder("尚未收到补正，不能发出收费通知，请先填写收到补正日期")
        _in_order(acts.supplement.received_on, "收到补正日期", fee.notified_on, "收费通知日期")


def _extension_length(acts: Acts, _calendar: WorkdayCalendar) -> None:
    """Check that an extension is of 1 to 20 working days (15 before 2019-05-15)."""
    extension = acts.extension
    limit = find_limit(Rule.EXTENSION, acts.received_on)
    if extension is None or limit is None:
        return
    if not 1 <= extension.workdays <= limit.value:
        raise TooLong(
            f"延长期限（{extension.workdays}个工作日）应当在1至{limit.value}个工作日之间"
            f"（{limit.article}），请修改"
        )
    if extension.told_on is not None:
        _in_order(acts.received_on, "收到日期", extension.told_on, "延期告知日期")


def _told_in_time(acts: Acts, calendar: WorkdayCalendar, limit: Limit) -> None:
    """Check that fee notice, extension and delay were told before the running term ended."""
    pauses = pauses_of(acts, calendar)
    extra = acts.extension.workdays if acts.extension else 0
    if acts.fee:
        before_the_fee = start_of(replace(acts, fee=None))
        ends = last_day(before_the_fee, limit.value + extra, pauses, calendar)
        _before(acts.fee.notified_on, ends, "收费通知日期", "收费通知应当在答复期限内发出")
    if acts.extension and acts.extension.told_on:
        ends = last_day(start_of(acts), limit.value, pauses, calendar)
        _before(
            acts.extension.told_on, ends, "延期告知日期", "延期应当在原答复期限届满前告知申请人"
        )
    if acts.delay:
        ends = last_day(start_of(acts), limit.value + extra, pauses, calendar)
        if acts.delay.told_on:
            _in_order(acts.received_on, "收到日期", acts.delay.told_on, "延迟答复告知日期")
            _before(
                acts.delay.told_on, ends, "延迟答复告知日期", "延迟答复应当在答复期限届满前告知"
            )
        if ends is not None and acts.delay.until_on <= ends:
            raise TooLong(
                f"延迟答复的期限（{written(acts.delay.until_on)}）不晚于原期限"
                f"（{written(ends)}），不必延迟，请核对"
            )


def _before(told_on: date, ends: date | None, name: str, rule: str) -> None:
    """Raise TooLate when `told_on` is after the end of the term."""
    if ends is not None and told_on > ends:
        raise TooLate(f"{name}（{written(told_on)}）已过答复期限（{written(ends)}）；{rule}")
