"""The answer term day by day, for the printed trace and the screen."""

from datetime import date, timedelta

from gongkai.statute.clock.acts import Acts
from gongkai.statute.clock.course import CourseDay, restarts_of, standing, start_of, walk
from gongkai.statute.clock.deadline import TraceDay
from gongkai.statute.clock.pauses import pauses_of
from gongkai.statute.clock.reply import replay
from gongkai.statute.limits import Rule, limit_on
from gongkai.statute.workdays import WorkdayCalendar


def trace(acts: Acts, calendar: WorkdayCalendar) -> tuple[TraceDay, ...]:
    """Return every day from receipt to the deadline, counted or not, with the reason.

    While the clock stands the trace ends on the day on which it stopped.
    """
    stopped = standing(acts, calendar)
    start = stopped.since_on if stopped else start_of(acts)
    days = [_void_day(acts, day) for day in _days(acts.received_on, start)]
    if stopped:
        return tuple(days)
    limit = limit_on(Rule.REPLY, acts.received_on).value
    term = limit + (acts.extension.workdays if acts.extension else 0)
    course = tuple(walk(start, term, pauses_of(acts, calendar), calendar))
    days += [_course_day(day, limit, term, calendar) for day in course]
    due_on = replay(acts, calendar).due_on
    if due_on is not None:
        days += _delayed(course[-1].on, due_on, term, calendar)
    return tuple(days)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _void_day(acts: Acts, day: date) -> TraceDay:
    """Return a day up to the start of the term that stands: none of them counts."""
    notes = ["收到申请"] if day == acts.received_on else []
    for restart in restarts_of(acts):
        notes += [restart.asked] if day == restart.stopped_on else []
        notes += [restart.answered] if day == restart.resumed_on else []
    if day == start_of(acts):
        return TraceDay(day, None, f"{'、'.join(notes)}之日，不计入，期限自次日起算")
    told = f"{'、'.join(notes)}；" if notes else ""
    return TraceDay(day, None, f"{told}期限重新计算，此前不计")


def _course_day(day: CourseDay, limit: int, term: int, calendar: WorkdayCalendar) -> TraceDay:
    """Return one day of the running term with the reason why it counts or not."""
    kind = calendar.describe(day.on)
    if day.pause is not None:
        labels = "、".join(dict.fromkeys(each.kind.label for each in day.pause.consultations))
        return TraceDay(day.on, None, f"{kind}，{labels}期间，不计入")
    if day.number is None:
        return TraceDay(day.on, None, f"{kind}，不计入")
    note = f"{kind}，第{day.number}个"
    note += "（延长期）" if day.number > limit else ""
    note += "，期限届满" if day.number == term else ""
    return TraceDay(day.on, day.number, note)


def _delayed(
    ordinary_on: date, due_on: date, term: int, calendar: WorkdayCalendar
) -> list[TraceDay]:
    """Return the days that the later date of Art. 35 adds."""
    days, number = [], term
    for day in _days(ordinary_on, due_on)[1:]:
        counts = calendar.is_workday(day)
        number += counts
        note = f"{calendar.describe(day)}，{'延迟答复期间' if counts else '不计入'}"
        days.append(TraceDay(day, number if counts else None, note))
    return days
