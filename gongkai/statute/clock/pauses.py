"""Consultations as pauses: which working days they keep from counting (Art. 33(3)).

Working days d with SENT < d <= END do not count; END is the day of the answer, at the
latest the day on which the 15 working days from service have run out (a late answer does
not lengthen the pause). Pauses that overlap are merged, so that a day is left out once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.statute.articles import ART_33_3, OLD_ART_24_3, Article
from gongkai.statute.clock.acts import Acts, Consultation
from gongkai.statute.days import written
from gongkai.statute.limits import REVISED_ON, find_limit
from gongkai.statute.workdays import WorkdayCalendar


@dataclass(frozen=True, slots=True)
class Pause:
    """One or more overlapping consultations; `end_on` None while no end can be told."""

    sent_on: date
    end_on: date | None
    consultations: tuple[Consultation, ...]
    article: Article
    why: str

    def covers(self, day: date) -> bool:
        """Return whether `day` is left out."""
        return self.sent_on < day and (self.end_on is None or day <= self.end_on)


def pause_end(consultation: Consultation, acts: Acts, calendar: WorkdayCalendar) -> date | None:
    """Return the last day that a consultation keeps from counting, None without an end yet."""
    limit = find_limit(consultation.kind.rule, acts.received_on)
    if consultation.served_on is None or limit is None:
        return consultation.answered_on
    latest = calendar.add(consultation.served_on, limit.value)
    return min(consultation.answered_on or latest, latest)


def pauses_of(acts: Acts, calendar: WorkdayCalendar) -> tuple[Pause, ...]:
    """Return the pauses of a case in order, overlapping ones merged."""
    groups: list[tuple[date | None, list[Consultation]]] = []
    for consultation in sorted(acts.consultations, key=lambda each: each.sent_on):
        end = pause_end(consultation, acts, calendar)
        last_end = groups[-1][0] if groups else date.min
        if groups and (last_end is None or consultation.sent_on < last_end):
            merged = None if end is None or last_end is None else max(end, last_end)
            groups[-1] = (merged, [*groups[-1][1], consultation])
        else:
            groups.append((end, [consultation]))
    article = ART_33_3 if acts.received_on >= REVISED_ON else OLD_ART_24_3
    return tuple(
        Pause(members[0].sent_on, end, tuple(members), article, _why(members, acts, calendar))
        for end, members in groups
    )


def _why(members: Sequence[Consultation], acts: Acts, calendar: WorkdayCalendar) -> str:
    told = "；".join(_tell(each, acts, calendar) for each in members)
    return f"{told}；重叠的日子只扣除一次" if len(members) > 1 else told


def _tell(consultation: Consultation, acts: Acts, calendar: WorkdayCalendar) -> str:
    """Return one consultation in words, with its dates and how it ended."""
    parts = [f"{written(consultation.sent_on)}发出"]
    end = pause_end(consultation, acts, calendar)
    if consultation.served_on is None:
        return f"{consultation.kind.label}（{parts[0]}，尚未送达）"
    parts.append(f"{written(consultation.served_on)}送达")
    if consultation.answered_on is None:
        parts.append(f"未答复，期限于{written(end)}届满" if end else "尚未答复")
    else:
        parts.append(f"{written(consultation.answered_on)}答复")
        if end is not None and end < consultation.answered_on:
            parts.append(f"逾期答复，只扣除至{written(end)}")
    return f"{consultation.kind.label}（{'，'.join(parts)}）"
