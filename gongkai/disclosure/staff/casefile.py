"""What the page of one entry tells: the road and who passed when, the clock, history, versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.calendars.queries import workday_calendar
from gongkai.disclosure import deadlines
from gongkai.disclosure.lifecycle import EntryEvent, EntryState
from gongkai.disclosure.models import Entry, ReviewAct
from gongkai.disclosure.rules import Told
from gongkai.disclosure.rules.secrecy import SecrecyConclusion, SecrecyQuestion
from gongkai.statute.workdays import UnknownYear

SOON = 5  # working days
_E, _S = EntryEvent, EntryState
_BACK = frozenset({_E.RETURN, _E.RECALL, _E.REVISE, _E.GIVE_UP, _E.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Act:
    """One step of the review on record, with the version it looked at."""

    event: EntryEvent
    person: str
    post: str
    at: datetime
    note: str
    version: int | None
    sha256: str
    form: dict

    @property
    def label(self) -> str:
        """Return the step in words."""
        return self.event.label


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the road: "done", "now" or "ahead"; who passed it and when."""

    label: str
    standing: str
    person: str = ""
    at: datetime | None = None

    @property
    def said(self) -> str:
        """Return how the step stands in a word, for who does not see the drawing."""
        return {"done": "已完成", "now": "正在进行", "ahead": "尚未进行"}[self.standing]


@dataclass(frozen=True, slots=True)
class ClockSum:
    """The clock of Art. 26 as a sum: from which day, how long, how much of it is used."""

    from_on: date
    from_words: str
    label: str
    due_on: date
    provisional: bool
    used: int
    total: int
    left: int
    tone: str

    @property
    def over(self) -> int:
        """How many working days beyond the term are used."""
        return max(self.used - self.total, 0)

    @property
    def filled(self) -> int:
        """How much of the bar is filled, of 100."""
        return min(100, round(100 * self.used / self.total)) if self.total else 100


def acts_on_record(entry: Entry) -> list[Act]:
    """Return every step, oldest first, without the texts of the versions. One query."""
    rows = ReviewAct.objects.filter(entry_id=entry.pk).order_by("pk")
    names = ("event", "person", "post", "at", "note", "version__number", "version__sha256", "form")
    return [
        Act(EntryEvent(event), person, post, at, note, number, sha256 or "", form)
        for event, person, post, at, note, number, sha256, form in rows.values_list(*names)
    ]


def road(entry: Entry, acts: Sequence[Act], steps: int) -> list[Step]:
    """Return the steps of the text that is under way, or of the last one."""
    round_of = _round(acts)
    passed = {act.event: act for act in round_of}
    first = passed.get(_E.APPROVE_FIRST) or passed.get(_E.APPROVE_ONLY)
    second = passed.get(_E.APPROVE_SECOND)
    stations: list[tuple[str, Act | None, tuple[EntryState, ...]]] = [
        ("拟稿、送审", passed.get(_E.SUBMIT), (_S.DRAFT,)),
        ("初审", first, (_S.FIRST_REVIEW,)),
    ]
    three = steps == 3 if first is None else first.event is _E.APPROVE_FIRST
    if three or entry.state == _S.SECOND_REVIEW:
        stations.append(("复审", second, (_S.SECOND_REVIEW,)))
    stations += [
        ("保密审查", passed.get(_E.CLEAR_SECRECY), (_S.SECRECY_REVIEW,)),
        ("签发", passed.get(_E.SIGN), (_S.SIGNING,)),
        ("发布", passed.get(_E.PUBLISH), (_S.SIGNED, _S.SCHEDULED)),
    ]
    return [_step(label, act, EntryState(entry.state) in now) for label, act, now in stations]


def _round(acts: Sequence[Act]) -> list[Act]:
    """Return the acts since the text last went back to its authors."""
    found: list[Act] = []
    for act in acts:
        if act.event in _BACK:
            found = []
        else:
            found.append(act)
    return found


def _step(label: str, act: Act | None, now: bool) -> Step:
    if now:
        return Step(label, "now")
    if act is None:
        return Step(label, "ahead")
    return Step(label, "done", act.person, act.at)


def clock_sum(entry: Entry, told: Told | None, today: date) -> ClockSum | None:
    """Return how the clock stands while the duty is open; None when nothing is owed."""
    if not entry.owing or entry.due_on is None or told is None or told.counted_from is None:
        return None
    calendar, start = workday_calendar(), told.counted_from
    try:
        total = calendar.count(start, entry.due_on)
        used = calendar.count(start, today) if today > start else 0
        left = calendar.count(today, entry.due_on) if today <= entry.due_on else 0
    except UnknownYear:
        return None
    late = today > entry.due_on
    tone = "bad" if late or today == entry.due_on else "warn" if left <= SOON else ""
    return ClockSum(
        from_on=start,
        from_words="信息变更日期" if told.changed_on else "成文日期",
        label=entry.limit_label or deadlines.due(start, calendar).label,
        due_on=entry.due_on,
        provisional=entry.due_provisional,
        used=used,
        total=total,
        left=left,
        tone=tone,
    )


def secrecy_of(acts: Sequence[Act]) -> dict | None:
    """Return the secrecy review of the text under way as the paper prints it, None before it."""
    found = next((act for act in reversed(_round(acts)) if act.event is _E.CLEAR_SECRECY), None)
    if found is None or not found.form:
        return None
    answers = found.form.get("answers", {})
    return {
        "act": found,
        "answers": [(one.label, answers.get(one.value)) for one in SecrecyQuestion],
        "conclusion": SecrecyConclusion(found.form["conclusion"]).label
        if found.form.get("conclusion")
        else "",
        "basis": found.form.get("basis", ""),
        "opinion": found.form.get("opinion", ""),
    }


def passed_by(acts: Sequence[Act]) -> dict[str, Act]:
    """Return who passed each step of the text under way, by the step's slug."""
    found = {act.event: act for act in _round(acts)}
    names = {
        "submit": (_E.SUBMIT,),
        "first": (_E.APPROVE_FIRST, _E.APPROVE_ONLY),
        "second": (_E.APPROVE_SECOND,),
        "sign": (_E.SIGN,),
        "publish": (_E.PUBLISH,),
    }
    return {
        name: found[event] for name, events in names.items() for event in events if event in found
    }
