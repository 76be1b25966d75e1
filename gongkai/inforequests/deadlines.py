"""The clock of a case: its acts handed to `statute.clock`, the answer handed back.

Serves Art. 30-35 and 收费办法. The law of the day of receipt rules the whole case; the
clock of the law does the counting, this module only says which act is which.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import IntakeChannel
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.statute import clock
from gongkai.statute.clock import terms
from gongkai.statute.days import written
from gongkai.statute.limits import REVISED_ON, LimitUnknown
from gongkai.statute.workdays import CalendarError, WorkdayCalendar

_CONSULTING = (Event.CONSULT_THIRD_PARTY, Event.CONSULT_ORGAN)
_OPINIONS = (Event.RECORD_OPINION, Event.RECORD_LAST_OPINION)


def day_of_receipt(channel: IntakeChannel, arrived_on: date, confirmed_on: date | None) -> date:
    """Return the day of receipt by the rule of the channel (Art. 31).

    `confirmed_on` is the day both sides confirmed; channels that need none ignore it
    unless it differs. Requests of before 2019-05-15 take the day that is told.

    Raises:
        BadAct: the confirmation is missing, or a day is told that the channel rules out.
    """
    if arrived_on < REVISED_ON:
        return confirmed_on or arrived_on
    try:
        receipt = clock.receipt(channel.in_law, arrived_on=arrived_on, confirmed_on=confirmed_on)
    except clock.ClockError as error:
        raise BadAct(str(error), "on") from None
    if receipt is None:
        raise BadAct(
            f"{channel.label}的申请以双方确认之日为收到之日（第三十一条），请填写确认日期", "on"
        )
    if confirmed_on is not None and confirmed_on != receipt.received_on:
        raise BadAct(
            f"{channel.label}的申请以{written(receipt.received_on)}（提交或者签收之日）"
            "为收到之日（第三十一条），不能另填日期",
            "on",
        )
    return receipt.received_on


def clock_acts(acts: Sequence[CaseAct], channel: IntakeChannel) -> clock.Acts | None:
    """Return the acts that bear on the clock, None while the request is not received."""
    registered = _first(acts, Event.REGISTER)
    if registered is None:
        return None
    extended, delayed = _first(acts, Event.EXTEND), _first(acts, Event.SET_DELAY)
    return clock.Acts(
        received_on=registered.on,
        channel=channel.in_law,
        supplement=_supplement(acts),
        consultations=_consultations(acts),
        extension=clock.Extension(extended.data["workdays"], extended.on) if extended else None,
        fee=_fee(acts),
        delay=_delay(delayed),
    )


def reply_deadline(
    acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar
) -> clock.Deadline | None:
    """Return the deadline of the reply with its steps, None while nothing is received."""
    told = clock_acts(acts, channel)
    return clock.replay(told, calendar) if told else None


def trace(
    acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar
) -> tuple[clock.TraceDay, ...]:
    """Return the days on the way to the deadline, counted or not, each with its reason."""
    told = clock_acts(acts, channel)
    return clock.trace(told, calendar) if told else ()


def admit(acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar) -> None:
    """Check that the last of `acts` is in time by the law of the day of receipt.

    Raises:
        Refused: too late, too long, or unknown to the law of that day; names the article.
    """
    told = clock_acts(acts, channel)
    if told is None:
        return
    last = acts[-1]
    try:
        _lapse_in_time(last, told, calendar)
        _silence_in_time(acts, told, calendar)
        if last.kind in _ON_THE_CLOCK:
            _check(told, clock_acts(acts[:-1], channel), calendar)
    except (clock.ClockError, LimitUnknown, CalendarError) as error:
        raise Refused(f"不能“{last.kind.label}”：{error}。") from None


_ON_THE_CLOCK = frozenset(
    {
        Event.REGISTER,
        Event.ASK_SUPPLEMENT,
        Event.RECEIVE_SUPPLEMENT,
        *_CONSULTING,
        Event.SERVE_CONSULTATION,
        *_OPINIONS,
        Event.EXTEND,
        Event.SET_DELAY,
        Event.CHARGE_FEE,
        Event.RECORD_PAYMENT,
    }
)


def _check(told: clock.Acts, before: clock.Acts | None, calendar: WorkdayCalendar) -> None:
    """Check `told`, forgiving what a later notice made of acts that were admitted before."""
    try:
        clock.check(told, calendar)
    except clock.ClockError as error:
        try:
            if before:
                clock.check(before, calendar)
        except clock.ClockError as older:
            if str(older) == str(error):
                return
        raise


def _lapse_in_time(last: CaseAct, told: clock.Acts, calendar: WorkdayCalendar) -> None:
    """Refuse to let a request lapse while the requester still has time (Art. 30, 42)."""
    if last.kind is Event.LAPSE_SUPPLEMENT and told.supplement:
        ends, what = told.supplement.due_on, "补正期限"
    elif last.kind is Event.LAPSE_FEE and told.fee:
        notified_on = told.fee.notified_on
        ends, what = terms.fee_payment(notified_on, told.received_on, calendar).due_on, "缴费期限"
    else:
        return
    if ends is not None and last.on <= ends:
        raise clock.TooLate(f"{what}到{written(ends)}为止，届满次日起才能视为放弃申请")


def _silence_in_time(acts: Sequence[CaseAct], told: clock.Acts, calendar: WorkdayCalendar) -> None:
    """Refuse to call a consulted party silent while its term still runs (Art. 32, 34)."""
    last = acts[-1]
    if last.kind not in _OPINIONS or last.data["opinion"] != Opinion.SILENT:
        return
    asked = next(act for act in acts if act.sequence == last.data["consultation"])
    consultation = _consultation(asked, acts)
    if consultation.served_on is None:
        return
    ends = terms.opinion(
        consultation.kind, consultation.served_on, told.received_on, calendar
    ).due_on
    if ends is not None and last.on <= ends:
        raise clock.TooLate(
            f"征求意见的期限到{written(ends)}为止，届满次日起才能登记逾期未提出意见"
        )


def _first(acts: Sequence[CaseAct], kind: Event) -> CaseAct | None:
    return next((act for act in acts if act.kind is kind), None)


def _supplement(acts: Sequence[CaseAct]) -> clock.Supplement | None:
    asked, received = _first(acts, Event.ASK_SUPPLEMENT), _first(acts, Event.RECEIVE_SUPPLEMENT)
    if asked is None:
        return None
    return clock.Supplement(asked.on, received.on if received else None, asked.day("due_on"))


def _fee(acts: Sequence[CaseAct]) -> clock.FeeNotice | None:
    charged, paid = _first(acts, Event.CHARGE_FEE), _first(acts, Event.RECORD_PAYMENT)
    return clock.FeeNotice(charged.on, paid.on if paid else None) if charged else None


def _delay(delayed: CaseAct | None) -> clock.Delay | None:
    until_on = delayed.day("until_on") if delayed else None
    return clock.Delay(until_on, delayed.on) if delayed and until_on else None


def _consultations(acts: Sequence[CaseAct]) -> tuple[clock.Consultation, ...]:
    return tuple(_consultation(act, acts) for act in acts if act.kind in _CONSULTING)


def _consultation(asked: CaseAct, acts: Sequence[CaseAct]) -> clock.Consultation:
    """Return one consultation as the clock takes it, from all acts that speak of it."""
    consultation = clock.Consultation(asked.on, kind=asked.consultation_kind)
    for act in acts:
        if act.data.get("consultation") != asked.sequence:
            continue
        if act.kind is Event.SERVE_CONSULTATION:
            consultation = replace(consultation, served_on=act.on)
        elif act.data["opinion"] != Opinion.SILENT:
            # A consultation called off before its letter arrived ends on that day.
            served_on = consultation.served_on or act.on
            consultation = replace(consultation, served_on=served_on, answered_on=act.on)
    return consultation


def remaining_workdays(due_on: date, today: date, calendar: WorkdayCalendar) -> int:
    """Return the working days left after `today`, 0 on the last day, negative when late."""
    if today <= due_on:
        return calendar.count(today, due_on)
    return -calendar.count(due_on, today) or -1


def in_words(due_on: date | None, today: date, calendar: WorkdayCalendar) -> str:
    """Return in Chinese how a deadline stands: 还剩3个工作日, 今天到期, 已超期2个工作日."""
    if due_on is None:
        return "期限停止计算"
    left = remaining_workdays(due_on, today, calendar)
    if today == due_on:
        return "今天到期"
    return f"还剩{left}个工作日" if left >= 0 and today < due_on else f"已超期{-left}个工作日"
