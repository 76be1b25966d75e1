"""The slow clock: the last day of an answer counted day by day, from the acts alone.

Written apart from `statute.clock`, which it judges: no terms, pauses or restarts of that
module are used, only whether a day is a working day.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.states import Event
from gongkai.statute.workdays import WorkdayCalendar

DAY = timedelta(days=1)
FOREVER = date.max
REVISED = date(2019, 5, 15)
OPINION_DAYS = 15


def due_on(acts: Sequence[CaseAct], calendar: WorkdayCalendar) -> date | None:
    """Return the last day to answer by, None while the clock stands or has not begun."""
    acts = _this_round(acts)
    begun = [act for act in acts if act.kind in (Event.REGISTER, Event.REOPEN)]
    if not begun:
        return None
    start = begun[0].on
    if begun[0].data.get("due_on"):
        return date.fromisoformat(begun[0].data["due_on"])
    term = (20 if start >= REVISED else 15) + sum(
        act.data["workdays"] for act in acts if act.kind is Event.EXTEND
    )
    for stopped, resumed in (
        (Event.ASK_SUPPLEMENT, Event.RECEIVE_SUPPLEMENT),
        (Event.CHARGE_FEE, Event.RECORD_PAYMENT),
    ):
        if _on(acts, stopped):
            if not _on(acts, resumed):
                return None
            start = max(start, *_on(acts, resumed))
    day = _walk(start, term, _left_out(acts, begun[0].on, calendar), calendar)
    return _delayed(acts, day, calendar) if day else None


def _walk(
    day: date, term: int, left_out: list[tuple[date, date]], calendar: WorkdayCalendar
) -> date | None:
    counted = 0
    while counted < term:
        day += DAY
        if not calendar.is_workday(day):
            continue
        if any(sent < day and end is FOREVER for sent, end in left_out):
            return None
        counted += not any(sent < day <= end for sent, end in left_out)
    return day


def _this_round(acts: Sequence[CaseAct]) -> list[CaseAct]:
    round_: list[CaseAct] = []
    for act in acts:
        round_ = [act] if act.kind is Event.REOPEN else [*round_, act]
    return round_


def _on(acts: Sequence[CaseAct], kind: Event) -> list[date]:
    return [act.on for act in acts if act.kind is kind]


def _left_out(
    acts: Sequence[CaseAct], received: date, calendar: WorkdayCalendar
) -> list[tuple[date, date]]:
    """Return what consultations keep from counting: after the first day, up to the last."""
    found = []
    for asked in acts:
        if asked.kind not in (Event.CONSULT_THIRD_PARTY, Event.CONSULT_ORGAN):
            continue
        end, limit = FOREVER, FOREVER
        for act in acts:
            if act.data.get("consultation") != asked.sequence:
                continue
            if act.kind is Event.SERVE_CONSULTATION and received >= REVISED:
                limit = _after(act.on, OPINION_DAYS, calendar)
            elif act.kind in (Event.RECORD_OPINION, Event.RECORD_LAST_OPINION):
                end = FOREVER if act.data["opinion"] == "SILENT" else act.on
        found.append((asked.on, min(end, limit)))
    return found


def _after(day: date, workdays: int, calendar: WorkdayCalendar) -> date:
    while workdays:
        day += DAY
        workdays -= calendar.is_workday(day)
    return day


def _delayed(acts: Sequence[CaseAct], day: date, calendar: WorkdayCalendar) -> date:
    for act in acts:
        if act.kind is Event.SET_DELAY:
            day = date.fromisoformat(act.data["until_on"])
            while not calendar.is_workday(day):
                day += DAY
    return day
