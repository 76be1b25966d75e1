"""The plain terms: publication, reports, opinions, fees, reconsideration, suits, complaints.

Each function takes the day of the fact and a calendar and returns a `Deadline`; the limit
is the one in force on that day (`statute.limits`). A term in calendar days or months that
ends on a day off moves to the next working day (民事诉讼法 on periods). The fixed dates of
Art. 49 are dates, not terms: they do not move.
"""

from datetime import date, timedelta

from gongkai.statute import articles as art
from gongkai.statute.clock.acts import ConsultationKind
from gongkai.statute.clock.deadline import Deadline, Step
from gongkai.statute.clock.errors import OutOfOrder, TooLong
from gongkai.statute.days import written
from gongkai.statute.limits import (
    GOVERNMENT_REPORT_DATES,
    ORGAN_REPORT_DATES,
    Limit,
    Rule,
    Unit,
    YearDate,
    find_limit,
    limit_on,
    year_date_on,
)
from gongkai.statute.workdays import ONE_DAY, WorkdayCalendar


def term(start_on: date, limit: Limit, calendar: WorkdayCalendar, what: str) -> Deadline:
    """Return the last day of `limit` counted from `start_on`, which is day 0.

    `what` names the term in Chinese for the steps.
    """
    calendar.refuse_unknown(start_on)
    if limit.unit is Unit.WORKDAYS:
        due_on = calendar.add(start_on, limit.value)
        step = Step(limit.article, start_on, due_on, limit.value, f"{what}：次日起{limit.label}")
        return Deadline(due_on, _unsure(start_on, due_on, calendar), limit.value, (step,))
    if limit.unit is Unit.MONTHS:
        ends_on = months_after(start_on, limit.value)
    else:
        ends_on = start_on + timedelta(days=limit.value)
    step = Step(limit.article, start_on, ends_on, 0, f"{what}：{limit.label}，节假日计算在内")
    due_on = calendar.next_workday(ends_on)
    provisional = _unsure(ends_on - ONE_DAY, due_on, calendar)
    if due_on == ends_on:
        return Deadline(due_on, provisional, 0, (step,))
    moved = Step(art.PERIOD_END, ends_on, due_on, 0, f"末日是节假日，顺延至{written(due_on)}")
    return Deadline(due_on, provisional, 0, (step, moved))


def months_after(start_on: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a month too short for it."""
    years, month = divmod(start_on.month - 1 + months, 12)
    first = date(start_on.year + years, month + 1, 1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=start_on.day - 1), next_first - ONE_DAY)


def _unsure(start_on: date, end_on: date, calendar: WorkdayCalendar) -> bool:
    """Return whether a day after `start_on` up to `end_on` may still change."""
    days = (start_on + timedelta(days=n) for n in range(1, (end_on - start_on).days + 1))
    return any(calendar.is_provisional(day) for day in days)


# -- the request procedure -------------------------------------------------------------------


def supplement_notice(received_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day to ask, once, for a supplement (Art. 30: 7 working days)."""
    limit = limit_on(Rule.SUPPLEMENT_NOTICE, received_on)
    return term(received_on, limit, calendar, "一次性告知补正")


def requester_supplement(served_on: date, workdays: int, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day of the reasonable term that the notice sets the requester (Art. 30)."""
    limit = Limit(workdays, Unit.WORKDAYS, art.ART_30)
    return term(served_on, limit, calendar, "申请人补正")


def opinion(
    kind: ConsultationKind, served_on: date, received_on: date, calendar: WorkdayCalendar
) -> Deadline:
    """Return the last day for an opinion (Art. 32, 34: 15 working days from service).

    `received_on` is the day of receipt of the request, whose law governs.
    """
    limit = limit_on(kind.rule, received_on)
    return term(served_on, limit, calendar, kind.label)


def fee_payment(notified_on: date, received_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day to pay (收费办法: 20 working days from the day after the notice)."""
    return term(notified_on, limit_on(Rule.FEE_PAYMENT, received_on), calendar, "申请人缴费")


# -- proactive disclosure and reports --------------------------------------------------------


def publication(
    formed_on: date, calendar: WorkdayCalendar, own_limit: Limit | None = None
) -> Deadline:
    """Return the last day to publish information formed or changed on `formed_on` (Art. 26).

    `own_limit` is the item's own limit where a law or regulation sets one.
    """
    limit = own_limit or limit_on(Rule.PUBLICATION, formed_on)
    return term(formed_on, limit, calendar, "主动公开")


def organ_report(year: int) -> Deadline:
    """Return the day by which a department publishes its report for `year` (Art. 49(1))."""
    return _year_date(year_date_on(ORGAN_REPORT_DATES, date(year + 1, 1, 1)), year)


def government_report(year: int) -> Deadline:
    """Return the day by which a government publishes its report for `year` (Art. 49(2))."""
    return _year_date(year_date_on(GOVERNMENT_REPORT_DATES, date(year + 1, 1, 1)), year)


def _year_date(row: YearDate, year: int) -> Deadline:
    due_on = date(year + 1, row.month, row.day)
    step = Step(row.article, date(year + 1, 1, 1), due_on, 0, f"公布{year}年度报告的法定日期")
    return Deadline(due_on, False, 0, (step,))


# -- reconsideration and suits ---------------------------------------------------------------


def reconsideration_application(
    served_on: date, calendar: WorkdayCalendar, *, told: bool = True, learned_on: date | None = None
) -> Deadline:
    """Return the last day to apply for reconsideration: 60 days from service.

    When the letter did not tell of this right (`told` False) the 60 days run from the day
    the requester learned of it, within one year of service (行政复议法 20(3)).
    """
    return _remedy(
        served_on,
        calendar,
        (Rule.RECONSIDERATION_APPLICATION, Rule.RECONSIDERATION_LONGEST, "申请行政复议"),
        None if told else (learned_on,),
    )


def suit_direct(
    served_on: date, calendar: WorkdayCalendar, *, told: bool = True, learned_on: date | None = None
) -> Deadline:
    """Return the last day to sue without reconsideration: 6 months from service.

    When the letter did not tell of this right, from the day the requester learned of it,
    within one year of service (行诉解释 64).
    """
    return _remedy(
        served_on,
        calendar,
        (Rule.SUIT_DIRECT, Rule.SUIT_DIRECT_LONGEST, "直接提起行政诉讼"),
        None if told else (learned_on,),
    )


def _remedy(
    served_on: date,
    calendar: WorkdayCalendar,
    rules: tuple[Rule, Rule, str],
    untold: tuple[date | None] | None,
) -> Deadline:
    """Return the term from service, or the untold requester's term with its longest bound."""
    rule, longest_rule, what = rules
    if untold is None:
        return term(served_on, limit_on(rule, served_on), calendar, what)
    longest = term(served_on, limit_on(longest_rule, served_on), calendar, f"{what}的最长期限")
    learned_on = untold[0]
    if learned_on is None:
        return longest
    if learned_on < served_on:
        raise OutOfOrder(
            f"知道救济权利的日期（{written(learned_on)}）早于送达日期（{written(served_on)}），请核对"
        )
    own = term(learned_on, limit_on(rule, learned_on), calendar, f"自知道权利之日起{what}")
    return min(own, longest, key=lambda each: each.due_on or date.max)


def suit_after_reconsideration(decision_served_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day to sue after a reconsideration decision: 15 days (行政诉讼法 45)."""
    limit = limit_on(Rule.SUIT_AFTER_RECONSIDERATION, decision_served_on)
    return term(decision_served_on, limit, calendar, "不服复议决定提起行政诉讼")


def reconsideration_decision(
    accepted_on: date, calendar: WorkdayCalendar, *, simple: bool = False, extended_by: int = 0
) -> Deadline:
    """Return the last day to decide: 60 days and at most 30 more, or 30 in simple procedure."""
    rule = Rule.RECONSIDERATION_SIMPLE_DECISION if simple else Rule.RECONSIDERATION_DECISION
    limit = limit_on(rule, accepted_on)
    most = 0 if simple else limit_on(Rule.RECONSIDERATION_EXTENSION, accepted_on).value
    if not 0 <= extended_by <= most:
        raise TooLong(
            f"复议期限的延长（{extended_by}日）应当在0至{most}日之间（{limit.article}），请修改"
        )
    whole = Limit(limit.value + extended_by, limit.unit, limit.article)
    return term(accepted_on, whole, calendar, "作出复议决定")


def reconsideration_reply(
    copy_received_on: date, calendar: WorkdayCalendar, *, simple: bool = False
) -> Deadline:
    """Return the last day for the respondent's reply: 10 working days, 5 in simple procedure."""
    rule = Rule.RECONSIDERATION_SIMPLE_REPLY if simple else Rule.RECONSIDERATION_REPLY
    return term(copy_received_on, limit_on(rule, copy_received_on), calendar, "提出复议书面答复")


def suit_defence(copy_received_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day for the defendant's answer to the court: 15 days (行政诉讼法 67)."""
    limit = limit_on(Rule.SUIT_DEFENCE, copy_received_on)
    return term(copy_received_on, limit, calendar, "提交行政诉讼答辩状")


def reconsideration_review(applied_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day to decide on acceptance: 5 working days (行政复议法 30)."""
    limit = limit_on(Rule.RECONSIDERATION_REVIEW, applied_on)
    return term(applied_on, limit, calendar, "审查是否受理")


def reconsideration_opinion(received_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day to report what an opinion of the authority led to (行政复议法 76)."""
    limit = limit_on(Rule.RECONSIDERATION_OPINION, received_on)
    return term(received_on, limit, calendar, "报送纠正情况")


def suit_judgment(filed_on: date, calendar: WorkdayCalendar, *, simple: bool = False) -> Deadline:
    """Return the last day of the first instance: 6 months, 45 days in simple procedure."""
    rule = Rule.SUIT_SIMPLE_JUDGMENT if simple else Rule.SUIT_JUDGMENT
    return term(filed_on, limit_on(rule, filed_on), calendar, "第一审审结")


def appeal(served_on: date, calendar: WorkdayCalendar, *, ruling: bool = False) -> Deadline:
    """Return the last day to appeal: 15 days against a judgment, 10 against a ruling."""
    rule = Rule.APPEAL_OF_RULING if ruling else Rule.APPEAL_OF_JUDGMENT
    return term(served_on, limit_on(rule, served_on), calendar, "提起上诉")


def appeal_judgment(appealed_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day of the second instance: 3 months from the appeal (行政诉讼法 88)."""
    limit = limit_on(Rule.APPEAL_JUDGMENT, appealed_on)
    return term(appealed_on, limit, calendar, "第二审审结")


# -- decisions of enforcement ----------------------------------------------------------------


def decision_publication(
    decided_on: date, calendar: WorkdayCalendar, *, double: bool = True
) -> Deadline:
    """Return the last day to publish a decision: 7 working days for licences and penalties.

    Other decisions of enforcement (`double` False) have 20; before the rule of 2018 every
    decision had the 20 working days of Art. 26 alone.
    """
    rule = Rule.DECISION_PUBLICATION if double else Rule.ENFORCEMENT_PUBLICATION
    limit = find_limit(rule, decided_on) or limit_on(Rule.PUBLICATION, decided_on)
    return term(decided_on, limit, calendar, "公开决定")


def decision_withdrawal(
    cancelled_on: date, calendar: WorkdayCalendar, *, penalty: bool = True
) -> Deadline:
    """Return the last day to withdraw a published decision that no longer stands.

    A penalty within 3 working days (行政处罚法 48(2), 85); anything else is information
    that changed, with the 20 working days of Art. 26.
    """
    own = find_limit(Rule.PENALTY_WITHDRAWAL, cancelled_on) if penalty else None
    limit = own or limit_on(Rule.PUBLICATION, cancelled_on)
    return term(cancelled_on, limit, calendar, "撤回公开的决定")


# -- complaints and reports (Art. 47, 51), by analogy with petitions --------------------------


def complaint_acceptance(received_on: date, calendar: WorkdayCalendar) -> Deadline:
    """Return the last day to tell whether a complaint is taken: 15 days."""
    limit = limit_on(Rule.COMPLAINT_ACCEPTANCE, received_on)
    return term(received_on, limit, calendar, "告知是否受理")


def complaint_handling(
    accepted_on: date, calendar: WorkdayCalendar, *, extended_by: int = 0
) -> Deadline:
    """Return the last day to finish a complaint: 60 days and at most 30 more."""
    limit = limit_on(Rule.COMPLAINT_HANDLING, accepted_on)
    most = limit_on(Rule.COMPLAINT_EXTENSION, accepted_on).value
    if not 0 <= extended_by <= most:
        raise TooLong(
            f"投诉举报的延长（{extended_by}日）应当在0至{most}日之间（{limit.article}），请修改"
        )
    whole = Limit(limit.value + extended_by, limit.unit, limit.article)
    return term(accepted_on, whole, calendar, "办结投诉举报")
