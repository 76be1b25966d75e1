"""The course of the answer term, day by day: where it starts, what counts, where it ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.statute import articles as art
from gongkai.statute.articles import Article
from gongkai.statute.clock.acts import Acts
from gongkai.statute.clock.deadline import Waiting, WaitingFor
from gongkai.statute.clock.pauses import Pause
from gongkai.statute.days import written
from gongkai.statute.limits import REVISED_ON, Rule, find_limit
from gongkai.statute.workdays import ONE_DAY, WorkdayCalendar


@dataclass(frozen=True, slots=True)
class Restart:
    """An act that stops the term and, once answered, starts it anew from the next day."""

    stopped_on: date
    resumed_on: date | None
    what: WaitingFor
    article: Article
    asked: str
    answered: str

    @property
    def why(self) -> str:
        """Return the restart in Chinese."""
        asked = f"{written(self.stopped_on)}{self.asked}"
        if self.resumed_on is None:
            return f"{asked}，尚未{self.answered}，期限停止计算"
        return f"{asked}，{written(self.resumed_on)}{self.answered}，期限自次日重新计算"


@dataclass(frozen=True, slots=True)
class CourseDay:
    """One day on the way: its number in the term (None if it does not count), its pause."""

    on: date
    number: int | None
    pause: Pause | None
    is_workday: bool


def restarts_of(acts: Acts) -> tuple[Restart, ...]:
    """Return the supplement and the fee notice of a case as restarts, in order."""
    found = []
    if acts.supplement:
        # The Regulations of 2008 let the organ ask (Art. 21(4)) without saying when the term
        # runs again; practice of that time restarted it too.
        article = art.ART_30 if acts.received_on >= REVISED_ON else art.OLD_ART_21
        found.append(
            Restart(
                acts.supplement.asked_on,
                acts.supplement.received_on,
                WaitingFor.SUPPLEMENT,
                article,
                "告知申请人补正",
                "收到补正",
            )
        )
    if acts.fee:
        found.append(
            Restart(
                acts.fee.notified_on,
                acts.fee.paid_on,
                WaitingFor.PAYMENT,
                art.FEE_ART_6,
                "通知申请人缴费",
                "完成缴费",
            )
        )
    return tuple(sorted(found, key=lambda restart: restart.stopped_on))


def standing(acts: Acts, calendar: WorkdayCalendar) -> Waiting | None:
    """Return what a stopped clock waits for; None when the clock runs."""
    for restart in restarts_of(acts):
        if restart.resumed_on is None:
            until = acts.supplement.due_on if acts.supplement else None
            if restart.what is WaitingFor.PAYMENT:
                limit = find_limit(Rule.FEE_PAYMENT, acts.received_on)
                until = calendar.add(restart.stopped_on, limit.value) if limit else None
            return Waiting(restart.what, restart.article, restart.stopped_on, until)
    return None


def start_of(acts: Acts) -> date:
    """Return day 0 of the term: the day of receipt, of the supplement or of the payment."""
    resumed = (restart.resumed_on for restart in restarts_of(acts))
    return max([acts.received_on, *(day for day in resumed if day)])


def walk(
    start: date, term: int, pauses: Sequence[Pause], calendar: WorkdayCalendar
) -> Iterator[CourseDay]:
    """Yield each day after `start` up to the last day of a term of `term` working days.

    Ends early, on its first working day, at a pause that has no end.
    """
    calendar.refuse_unknown(start)
    on, number = start, 0
    while number < term:
        on += ONE_DAY
        if not calendar.is_workday(on):
            yield CourseDay(on, None, None, False)
            continue
        pause = next((each for each in pauses if each.covers(on)), None)
        if pause is None:
            number += 1
            yield CourseDay(on, number, None, True)
            continue
        yield CourseDay(on, None, pause, True)
        if pause.end_on is None:
            return


def last_day(
    start: date, term: int, pauses: Sequence[Pause], calendar: WorkdayCalendar
) -> date | None:
    """Return the last day of the term, None when it meets a pause without an end."""
    *_, last = walk(start, term, pauses, calendar)
    return last.on if last.number is not None else None
