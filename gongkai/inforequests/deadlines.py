"""The clock of a case: its acts handed to `statute.clock`, the answer handed back.

Serves Art. 30-35, 51 and 收费办法. The law of the day of receipt rules the whole first
round; a REOPEN begins a round of its own, received on its day and ruled by the law of it.
The clock of the law does the counting, this module only says which act is which.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.channels import IntakeChannel
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.notices import notice_of
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event
from gongkai.statute import articles as art
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


def of_this_round(acts: Sequence[CaseAct]) -> Sequence[CaseAct]:
    """Return the acts since the last REOPEN, that act first; all of them when there is none."""
    starts = [place for place, act in enumerate(acts) if act.kind is Event.REOPEN]
    return acts[starts[-1] :] if starts else acts


def clock_acts(
    acts: Sequence[CaseAct],
    channel: IntakeChannel,
    calendar: WorkdayCalendar,
    *,
    as_told: bool = False,
) -> clock.Acts | None:
    """Return the acts of this round that bear on the clock, None while nothing is received.

    A letter counts from the day it was served. Whether an act was admissible is judged by the
    day it was told, `as_told`: its letter going out late afterwards stops nobody.
    """
    acts = of_this_round(acts)
    reopened = _first(acts, Event.REOPEN)
    received = reopened or _first(acts, Event.REGISTER)
    if received is None:
        return None
    extended, delayed = _first(acts, Event.EXTEND), _first(acts, Event.SET_DELAY)
    return clock.Acts(
        received_on=received.on,
        channel=None if reopened else channel.in_law,
        supplement=_supplement(acts, calendar, as_told),
        consultations=_consultations(acts),
        extension=clock.Extension(extended.data["workdays"], extended.on) if extended else None,
        fee=_fee(acts, as_told),
        delay=_delay(delayed),
    )


def reply_deadline(
    acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar
) -> clock.Deadline | None:
    """Return the deadline of the reply with its steps, None while nothing is received."""
    told = clock_acts(acts, channel, calendar)
    if told is None:
        return None
    reopened = _first(of_this_round(acts), Event.REOPEN)
    if reopened is None:
        return clock.replay(told, calendar)
    if (due_on := reopened.day("due_on")) is not None:
        return _decided(reopened, due_on, calendar)
    deadline = clock.replay(told, calendar)
    why = f"{_order(reopened)}；决定未定期限的，自重新办理次日起按答复期限计算"
    return replace(deadline, steps=(_reopening(reopened, why), *deadline.steps[1:]))


def _decided(reopened: CaseAct, due_on: date, calendar: WorkdayCalendar) -> clock.Deadline:
    """Return the deadline that a decision set itself: no pause and no day off moves it."""
    workdays = calendar.count(reopened.on, due_on)
    why = f"{_order(reopened)}，限{written(due_on)}前答复"
    step = clock.Step(art.ART_51, reopened.on, due_on, workdays, why)
    return clock.Deadline(due_on, False, workdays, (step,))


def _reopening(reopened: CaseAct, why: str) -> clock.Step:
    return clock.Step(art.ART_51, reopened.on, reopened.on, 0, why)


def _order(reopened: CaseAct) -> str:
    """Return in Chinese by what the organ must answer again: 复议决定 or 判决, its number."""
    court = "法院" in reopened.data["authority"]
    what = "判决" if court else "行政复议决定"
    return f"{reopened.data['authority']}{what}（{reopened.data['decision']}）要求重新答复"


def trace(
    acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar
) -> tuple[clock.TraceDay, ...]:
    """Return the days on the way to the deadline, counted or not, each with its reason."""
    told = clock_acts(acts, channel, calendar)
    if told is None:
        return ()
    reopened = _first(of_this_round(acts), Event.REOPEN)
    if reopened is None:
        return clock.trace(told, calendar)
    if (due_on := reopened.day("due_on")) is None:
        first, *days = clock.trace(told, calendar)
        return (replace(first, note="重新办理之日，不计入，期限自次日起算"), *days)
    return tuple(_days_decided(reopened.on, due_on, calendar))


def _days_decided(
    start_on: date, due_on: date, calendar: WorkdayCalendar
) -> Iterator[clock.TraceDay]:
    """Yield the days up to the one that a decision set."""
    number = 0
    for day in (start_on + timedelta(days=n) for n in range(1, (due_on - start_on).days + 1)):
        counts = calendar.is_workday(day)
        number += counts
        yield clock.TraceDay(day, number if counts else None, calendar.describe(day))


def admit(acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar) -> None:
    """Check that the last of `acts` is in time by the law of the day of receipt.

    An extension is judged when it is proposed, as if it were granted that day.

    Raises:
        Refused: too late, too long, or unknown to the law of that day; names the article.
    """
    last = acts[-1]
    judged = (*acts[:-1], replace(last, kind=Event.EXTEND)) if _is_proposal(last) else acts
    told = clock_acts(judged, channel, calendar, as_told=True)
    if told is None:
        return
    try:
        _lapse_in_time(acts, channel, calendar)
        _silence_in_time(acts, told, calendar)
        if last.kind in _ON_THE_CLOCK:
            _check(told, clock_acts(acts[:-1], channel, calendar, as_told=True), calendar)
        if last.kind is Event.REOPEN:
            reply_deadline(acts, channel, calendar)
    except (clock.ClockError, LimitUnknown, CalendarError) as error:
        raise Refused(f"不能“{last.kind.label}”：{error}。") from None


def _is_proposal(act: CaseAct) -> bool:
    return act.kind is Event.PROPOSE_EXTENSION


_ON_THE_CLOCK = frozenset(
    {
        Event.REGISTER,
        Event.ASK_SUPPLEMENT,
        Event.RECEIVE_SUPPLEMENT,
        *_CONSULTING,
        Event.SERVE_CONSULTATION,
        *_OPINIONS,
        Event.PROPOSE_EXTENSION,
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


_LAPSES = {
    Event.LAPSE_SUPPLEMENT: (Event.ASK_SUPPLEMENT, "补正告知书", "补正期限"),
    Event.LAPSE_FEE: (Event.CHARGE_FEE, "收费通知书", "缴费期限"),
}


def _lapse_in_time(
    acts: Sequence[CaseAct], channel: IntakeChannel, calendar: WorkdayCalendar
) -> None:
    """Refuse to let a request lapse while the requester still has time (Art. 30, 42)."""
    last = acts[-1]
    if last.kind not in _LAPSES or (told := clock_acts(acts, channel, calendar)) is None:
        return
    asking, letter, what = _LAPSES[last.kind]
    notice = notice_of(of_this_round(acts), asking)
    if notice and notice.under_way:
        raise clock.TooLate(
            f"{letter}已邮寄、尚未登记签收，{what}自申请人收到之日起算，"
            "请先登记文书签收；邮件退回的请重新登记文书送达"
        )
    ends: date | None = None
    if told.supplement and asking is Event.ASK_SUPPLEMENT:
        ends = told.supplement.due_on
    elif told.fee:
        notified_on = told.fee.notified_on
        ends = terms.fee_payment(notified_on, told.received_on, calendar).due_on
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


def _supplement(
    acts: Sequence[CaseAct], calendar: WorkdayCalendar, as_told: bool
) -> clock.Supplement | None:
    """Return the notice to supplement; its working days run from the day it arrived."""
    asked, received = _first(acts, Event.ASK_SUPPLEMENT), _first(acts, Event.RECEIVE_SUPPLEMENT)
    if asked is None:
        return None
    told = clock.Supplement(asked.on, received.on if received else None, asked.day("due_on"))
    notice = None if as_told else notice_of(acts, Event.ASK_SUPPLEMENT)
    if notice is None or notice.service is None:
        return told
    due_on = told.due_on
    if due_on and notice.reached_on and notice.reached_on > asked.on:
        given = calendar.count(asked.on, due_on)
        due_on = max(due_on, calendar.add(notice.reached_on, given))
    return replace(told, asked_on=notice.counts_on, due_on=due_on)


def _fee(acts: Sequence[CaseAct], as_told: bool) -> clock.FeeNotice | None:
    charged, paid = _first(acts, Event.CHARGE_FEE), _first(acts, Event.RECORD_PAYMENT)
    if charged is None:
        return None
    notice = None if as_told else notice_of(acts, Event.CHARGE_FEE)
    notified_on = (notice.reached_on or notice.counts_on) if notice else charged.on
    return clock.FeeNotice(notified_on, paid.on if paid else None)


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
        elif act.kind in _OPINIONS and act.data["opinion"] != Opinion.SILENT:
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
    left = remaining_workdays(due_on, today, calendar) if due_on else None
    return told_in_words(due_on, today, left)


def told_in_words(due_on: date | None, today: date, left: int | None) -> str:
    """Return in Chinese how a deadline stands that is `left` working days away (see above)."""
    if due_on is None or left is None:
        return "期限停止计算"
    if today == due_on:
        return "今天到期"
    return f"还剩{left}个工作日" if left >= 0 and today < due_on else f"已超期{-left}个工作日"
