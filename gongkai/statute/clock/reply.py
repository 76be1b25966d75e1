"""The clock of the answer: 20 working days, restarted, paused, extended, delayed.

Serves Art. 30 (a supplement restarts), 32 to 34 (consultations pause, a day is left out
once however many overlap), 33(2) (extension), 35 (reasonable later date) and the fee
notice (payment restarts). The day of the act is day 0. Cases received before 2019-05-15
keep the 15 working days of the Regulations of 2008.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from gongkai.statute import articles as art
from gongkai.statute.clock.acts import Acts, Delay
from gongkai.statute.clock.checks import check
from gongkai.statute.clock.course import CourseDay, restarts_of, standing, start_of, walk
from gongkai.statute.clock.deadline import Deadline, Step, Waiting, WaitingFor
from gongkai.statute.clock.pauses import Pause, pause_end, pauses_of
from gongkai.statute.days import written
from gongkai.statute.limits import REVISED_ON, Limit, Rule, limit_on
from gongkai.statute.workdays import ONE_DAY, WorkdayCalendar


def reply(acts: Acts, calendar: WorkdayCalendar) -> Deadline:
    """Return the deadline for the answer, after checking that the acts can be.

    Raises ClockError, and CalendarError for a year without any calendar.
    """
    check(acts, calendar)
    return replay(acts, calendar)


def replay(acts: Acts, calendar: WorkdayCalendar) -> Deadline:
    """Return the deadline for acts that were checked when they were recorded.

    For the reducer of a chapter: a holiday notice that came later may put a recorded act
    past its term, and that must not become an error here.
    """
    limit = limit_on(Rule.REPLY, acts.received_on)
    term = limit.value + (acts.extension.workdays if acts.extension else 0)
    opening = (_receipt_step(acts), *_restart_steps(acts))
    waiting = standing(acts, calendar)
    if waiting:
        return Deadline(None, False, term, opening, waiting)
    pauses = pauses_of(acts, calendar)
    days = tuple(walk(start_of(acts), term, pauses, calendar))
    steps = (*opening, *_counted_steps(days, pauses, limit))
    provisional = any(calendar.is_provisional(day.on) for day in days)
    waiting = _opinion(acts, calendar)
    if days[-1].number is None:
        return Deadline(None, provisional, term, steps, waiting)
    if acts.delay is None:
        return Deadline(days[-1].on, provisional, term, steps, waiting)
    delayed = _delay_step(acts.delay, days[-1].on, calendar)
    return Deadline(
        delayed.end_on,
        provisional or calendar.is_provisional(delayed.end_on),
        term + delayed.workdays,
        (*steps, delayed),
        waiting,
    )


def _receipt_step(acts: Acts) -> Step:
    """Return the first step: the day of receipt is day 0 (Art. 31)."""
    if acts.received_on < REVISED_ON:
        article, why = art.OLD_ART_24, "收到申请之日"
    elif acts.channel is None:
        article, why = art.ART_31, "收到申请之日"
    else:
        article = acts.channel.article
        why = f"{acts.channel.label}提交，{acts.channel.receipt_day}为收到申请之日"
    return Step(article, acts.received_on, acts.received_on, 0, f"{why}，不计入，自次日起算")


def _restart_steps(acts: Acts) -> tuple[Step, ...]:
    """Return a step for the supplement and for the fee notice: time made void."""
    return tuple(
        Step(each.article, each.stopped_on, each.resumed_on or each.stopped_on, 0, each.why)
        for each in restarts_of(acts)
    )


def _counted_steps(days: Sequence[CourseDay], pauses: Sequence[Pause], limit: Limit) -> list[Step]:
    """Return the counted stretches and the pauses between them, in order."""
    steps: list[Step] = []
    seen: set[int] = set()
    workdays = (day for day in days if day.is_workday)
    for (pause, extended), group in groupby(workdays, key=lambda day: _stretch(day, limit)):
        stretch = tuple(group)
        first, last = stretch[0], stretch[-1]
        if pause is not None:
            seen.add(id(pause))
            why = f"{pause.why}；{len(stretch)}个工作日不计入答复期限"
            if pause.end_on is None:
                steps.append(Step(pause.article, first.on, last.on, 0, f"{pause.why}；期限暂停"))
            else:
                steps.append(Step(pause.article, first.on, last.on, 0, why, len(stretch)))
            continue
        name = "延长的答复期限" if extended else "答复期限"
        numbers = f"第{first.number}个" if first is last else f"第{first.number}至第{last.number}个"
        steps.append(Step(limit.article, first.on, last.on, len(stretch), f"{name}{numbers}工作日"))
    idle = [pause for pause in pauses if id(pause) not in seen]
    steps.extend(_idle_step(pause) for pause in idle)
    return sorted(steps, key=lambda step: step.start_on)


def _stretch(day: CourseDay, limit: Limit) -> tuple[Pause | None, bool]:
    """Return what a working day belongs to: a pause, the first term or the extension."""
    return day.pause, day.number is not None and day.number > limit.value


def _idle_step(pause: Pause) -> Step:
    """Return the step of a consultation that took no day of the term."""
    why = f"{pause.why}；没有占用答复期限内的工作日，不影响期限"
    return Step(pause.article, pause.sent_on, pause.end_on or pause.sent_on, 0, why)


def _opinion(acts: Acts, calendar: WorkdayCalendar) -> Waiting | None:
    """Return the consultation still without an answer that can wait the longest."""
    still = [each for each in acts.consultations if each.answered_on is None]
    if not still:
        return None
    ends = {each: pause_end(each, acts, calendar) for each in still}
    longest = max(still, key=lambda each: ends[each] or date.max)
    return Waiting(WaitingFor.OPINION, longest.kind.article, longest.sent_on, ends[longest])


def _delay_step(delay: Delay, due_on: date, calendar: WorkdayCalendar) -> Step:
    """Return the step from the ordinary due day to the later date of Art. 35."""
    until = calendar.next_workday(delay.until_on)
    why = f"申请理由合理但无法按期答复，延迟至{written(delay.until_on)}"
    if until != delay.until_on:
        why += f"，遇节假日顺延至{written(until)}"
    return Step(art.ART_35, due_on + ONE_DAY, until, calendar.count(due_on, until), why)
