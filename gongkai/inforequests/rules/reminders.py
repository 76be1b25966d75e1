"""Which reminders a case calls for at a moment, whom they reach, what they say.

Nobody shall miss a date without having been told (Art. 30-33; practice.md 2.7): before the
day the handler hears, on the day and after it also the head, from the third day late the
county's office. Of the steps towards one deadline only the newest is due, so that after an
outage nobody gets yesterday's. What is said never tells who asks or what for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gongkai.inforequests.lifecycle.states import WAITING_FOR_OTHERS, State
from gongkai.inforequests.rules.working_hours import WorkingHours, first_working_hour_over
from gongkai.statute.days import written
from gongkai.statute.workdays import ONE_DAY, WorkdayCalendar

SOONER, SOON = 3, 5  # working days before the deadline
_OVERDUE_EVERY = 3
_TO_COUNTY_AFTER = 3
_SUPPLEMENT_BEFORE = 2
_NEWS_LASTS = 1  # working days for which it is news that a case was assigned or a mail came
MOST_TRIES = 8
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=3)


class Occasion(StrEnum):
    """Why somebody is reminded, most urgent first."""

    OVERDUE = "OVERDUE"
    UNCONFIRMED = "UNCONFIRMED"
    DUE_TODAY = "DUE_TODAY"
    MAIL_RETURNED = "MAIL_RETURNED"
    DUE_IN_3 = "DUE_IN_3"
    SUPPLEMENT_NOTICE_TERM = "SUPPLEMENT_NOTICE_TERM"
    DUE_IN_5 = "DUE_IN_5"
    INNER_DUE = "INNER_DUE"
    SIGN_WAITING = "SIGN_WAITING"
    REVIEW_WAITING = "REVIEW_WAITING"
    MAIL_ATTACHED = "MAIL_ATTACHED"
    ASSIGNED = "ASSIGNED"
    REQUESTER_TERM_ENDED = "REQUESTER_TERM_ENDED"
    OPINION_TERM_ENDED = "OPINION_TERM_ENDED"
    WITHHELD_REVIEW = "WITHHELD_REVIEW"

    @property
    def label(self) -> str:
        """Return the occasion in Chinese, as a heading."""
        return _LABELS[self]

    @property
    def texted(self) -> bool:
        """Say whether it is urgent enough for a short message."""
        return self in _TEXTED


_LABELS = {
    Occasion.OVERDUE: "已超期",
    Occasion.UNCONFIRMED: "尚未确认收到",
    Occasion.DUE_TODAY: "今天到期",
    Occasion.MAIL_RETURNED: "答复邮件被退回",
    Occasion.DUE_IN_3: "三个工作日内到期",
    Occasion.SUPPLEMENT_NOTICE_TERM: "告知补正的期限将到",
    Occasion.DUE_IN_5: "五个工作日内到期",
    Occasion.INNER_DUE: "内部办理期限已到",
    Occasion.SIGN_WAITING: "答复待签发",
    Occasion.REVIEW_WAITING: "答复待审核",
    Occasion.MAIL_ATTACHED: "申请人来信已附入",
    Occasion.ASSIGNED: "新分办",
    Occasion.REQUESTER_TERM_ENDED: "申请人逾期",
    Occasion.OPINION_TERM_ENDED: "征求意见期限已过",
    Occasion.WITHHELD_REVIEW: "不予公开的信息应当再次评估",
}
_TEXTED = frozenset({Occasion.UNCONFIRMED, Occasion.DUE_TODAY, Occasion.OVERDUE})


class Circle(StrEnum):
    """Whom a reminder reaches; `HANDLER` is all handlers of the organ where none is named."""

    HANDLER = "HANDLER"
    HANDLERS = "HANDLERS"
    OFFICE = "OFFICE"
    REVIEWERS = "REVIEWERS"
    HEADS = "HEADS"
    COUNTY = "COUNTY"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know of a case on a day.

    `left` and `inner_left` are working days left (`deadlines.remaining_workdays`),
    `supplement_left` those to ask for a supplement, None once the case has gone further.
    `assigned_on` is of an assignment by somebody else, `opinion_ended_on` the last day of an
    opinion that has not come.
    """

    state: State
    arrived_at: datetime
    due_on: date | None = None
    left: int | None = None
    provisional: bool = False
    inner_due_on: date | None = None
    inner_left: int | None = None
    requester_due_on: date | None = None
    supplement_by: date | None = None
    supplement_left: int | None = None
    assigned_on: date | None = None
    drafted_on: date | None = None
    passed_on: date | None = None
    opinion_ended_on: date | None = None
    mail_returned_on: date | None = None
    mail_attached_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder that is due: the day it stands for tells it from the next of its kind."""

    occasion: Occasion
    on: date
    circles: tuple[Circle, ...]
    words: str

    @property
    def at_least(self) -> int:
        """Return how many people must hear of it (practice.md 2.7: two of what nobody opened)."""
        return 2 if self.occasion is Occasion.UNCONFIRMED else 1


def reminders_due(
    facts: Facts, now: datetime, calendar: WorkdayCalendar, hours: WorkingHours
) -> tuple[Due, ...]:
    """Return the reminders that a case calls for at `now`, most urgent first."""
    found = [
        *_unconfirmed(facts, now, calendar, hours),
        *_deadline(facts, now.date(), calendar),
        *_terms(facts, now.date()),
        *_waiting(facts, now.date(), calendar),
        *_news(facts, now.date(), calendar),
    ]
    order = list(Occasion)
    return tuple(sorted(found, key=lambda due: order.index(due.occasion)))


def _unconfirmed(
    facts: Facts, now: datetime, calendar: WorkdayCalendar, hours: WorkingHours
) -> Iterator[Due]:
    """Yield the alarm of a request that nobody has taken in: the first hour, then each morning."""
    if facts.state is not State.SUBMITTED:
        return
    if not first_working_hour_over(facts.arrived_at, now, calendar, hours):
        return
    morning = now.date()
    while not calendar.is_workday(morning) or hours.begins_on(morning, now) > now:
        morning -= ONE_DAY
    first = hours.first_hour_ends(facts.arrived_at, calendar).date()
    circles = (Circle.HANDLERS, Circle.OFFICE, Circle.COUNTY)
    words = f"{facts.arrived_at:%Y-%m-%d}提交，尚未确认收到，请立即与申请人联系并登记（第三十一条）"
    yield Due(Occasion.UNCONFIRMED, max(first, morning), circles, words)


def _deadline(facts: Facts, today: date, calendar: WorkdayCalendar) -> Iterator[Due]:
    """Yield the newest step towards the deadline of the answer, or beyond it."""
    if facts.due_on is None or facts.left is None or facts.left > SOON:
        return
    guess = "（推算）" if facts.provisional else ""
    day = f"答复期限{written(facts.due_on)}{guess}"
    if facts.left < 0:
        late = -facts.left
        on = overdue_step(facts.due_on, late, today, calendar)
        circles = (Circle.HANDLER, Circle.HEADS)
        if late >= _TO_COUNTY_AFTER:
            circles = (*circles, Circle.COUNTY)
        yield Due(Occasion.OVERDUE, on, circles, f"{day}，已超期{late}个工作日，请立即答复")
    elif facts.left == 0:
        circles = (Circle.HANDLER, Circle.HEADS)
        yield Due(Occasion.DUE_TODAY, facts.due_on, circles, f"{day}，这是最后一个工作日")
    else:
        occasion = Occasion.DUE_IN_3 if facts.left <= SOONER else Occasion.DUE_IN_5
        words = f"{day}，还剩{facts.left}个工作日"
        yield Due(occasion, facts.due_on, (Circle.HANDLER,), words)


def overdue_step(due_on: date, late: int, today: date, calendar: WorkdayCalendar) -> date:
    """Return the newest of the 1st, 4th, 7th ... working day after `due_on`.

    It is found from `today`, `late` working days after it, because a deadline may lie years back.
    """
    day = today
    while not calendar.is_workday(day):
        day -= ONE_DAY
    if day <= due_on:  # nothing but days off since: the first working day to come
        return calendar.next_workday(due_on + ONE_DAY)
    for _ in range((late - 1) % _OVERDUE_EVERY):
        day -= ONE_DAY
        while not calendar.is_workday(day):
            day -= ONE_DAY
    return day


def _terms(facts: Facts, today: date) -> Iterator[Due]:
    """Yield the ends of other terms: the unit's, the requester's, the consulted party's."""
    mine = (Circle.HANDLER,)
    in_hand = facts.state in (State.REGISTERED, State.PROCESSING)
    if in_hand and facts.inner_due_on and facts.inner_left is not None and facts.inner_left <= 0:
        words = f"内部办理期限{written(facts.inner_due_on)}，请办理"
        yield Due(Occasion.INNER_DUE, facts.inner_due_on, mine, words)
    by, left = facts.supplement_by, facts.supplement_left
    if in_hand and by and left is not None and by >= today and left <= _SUPPLEMENT_BEFORE:
        words = f"申请内容不明确的，最迟{written(by)}一次性告知补正（第三十条），请核对"
        yield Due(Occasion.SUPPLEMENT_NOTICE_TERM, by, mine, words)
    ended = facts.requester_due_on
    if facts.state in WAITING_FOR_OTHERS and ended and ended < today:
        what = "缴费" if facts.state is State.AWAITING_PAYMENT else "补正"
        words = f"申请人{what}的期限{written(ended)}已过，请核对后办理"
        yield Due(Occasion.REQUESTER_TERM_ENDED, ended, mine, words)
    if facts.state is State.CONSULTING and (ended := facts.opinion_ended_on) and ended < today:
        words = f"征求意见的期限{written(ended)}已过，请登记情况，继续办理"
        yield Due(Occasion.OPINION_TERM_ENDED, ended, mine, words)
    if facts.review_on and facts.review_on <= today:
        words = f"不予公开的信息到了再次评估之日{written(facts.review_on)}（第十八条）"
        yield Due(Occasion.WITHHELD_REVIEW, facts.review_on, mine, words)


def _waiting(facts: Facts, today: date, calendar: WorkdayCalendar) -> Iterator[Due]:
    """Yield what has waited on somebody's desk for a working day."""

    def is_old(on: date | None) -> bool:
        return on is not None and on < today and calendar.count(on, today) >= 1

    if facts.state is State.UNDER_REVIEW and facts.drafted_on and is_old(facts.drafted_on):
        words = f"答复{written(facts.drafted_on)}拟写，等待审核"
        yield Due(Occasion.REVIEW_WAITING, facts.drafted_on, (Circle.REVIEWERS,), words)
    if facts.state is State.REVIEWED and facts.passed_on and is_old(facts.passed_on):
        words = f"答复{written(facts.passed_on)}审核通过，等待签发"
        yield Due(Occasion.SIGN_WAITING, facts.passed_on, (Circle.HEADS,), words)
    if facts.mail_returned_on and is_old(facts.mail_returned_on):
        words = f"寄出的答复{written(facts.mail_returned_on)}被退回，请核对地址，重新送达"
        circles = (Circle.HANDLER, Circle.HEADS)
        yield Due(Occasion.MAIL_RETURNED, facts.mail_returned_on, circles, words)


def _news(facts: Facts, today: date, calendar: WorkdayCalendar) -> Iterator[Due]:
    """Yield what somebody else did to the case just now."""

    def is_news(on: date | None) -> bool:
        return on is not None and on <= today and calendar.count(on, today) <= _NEWS_LASTS

    if facts.assigned_on and is_news(facts.assigned_on):
        until = f"，答复期限{written(facts.due_on)}" if facts.due_on else ""
        words = f"{written(facts.assigned_on)}分给您办理{until}"
        yield Due(Occasion.ASSIGNED, facts.assigned_on, (Circle.HANDLER,), words)
    if facts.mail_attached_on and is_news(facts.mail_attached_on):
        words = f"申请人{written(facts.mail_attached_on)}来信，已附入案件，请查看"
        yield Due(Occasion.MAIL_ATTACHED, facts.mail_attached_on, (Circle.HANDLER,), words)


def wait_after(tries: int) -> timedelta:
    """Return how long a reminder waits after its nth failure: 5, 10, 20 ... minutes, to 3 hours."""
    return min(_FIRST_WAIT * 2 ** min(tries - 1, 10), _LONGEST_WAIT)
