"""Reading reconsiderations and suits: one by its id, and the list of the desk with its dates."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests.models import Act
from gongkai.inforequests.models import Event as Happening
from gongkai.orgs.models import Role
from gongkai.orgs.queries import holds_any, organs_seen_by
from gongkai.remedies import deadlines
from gongkai.remedies.lifecycle import Procedure, Result, Route, State
from gongkai.remedies.models import Litigation, Reconsideration
from gongkai.statute.clock import Deadline
from gongkai.statute.workdays import WorkdayCalendar

Remedy = Reconsideration | Litigation
RECORDERS = frozenset(
    {Role.OGI_OFFICE, Role.REQUEST_HANDLER, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK}
)
VIEWERS = RECORDERS | {Role.LEADER, Role.OGI_HEAD, Role.REVIEWER}


@dataclass(frozen=True, slots=True)
class Dates:
    """What the law asks of a case, where known: of the organ, of the authority or court."""

    answer: Deadline | None
    decision: Deadline | None
    review: Deadline | None = None
    appeal: Deadline | None = None
    report: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What the organ owes next in a case, and by when."""

    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A case as the desk lists it; `due_on` is the organ's own next duty."""

    id: str
    name: str
    organ: str
    kind: str
    before: str
    subject: str
    state: State
    filed_on: date
    due_on: date | None
    late: bool
    result: str
    duty: str = ""


def find(remedy_id: UUID | str) -> Remedy | None:
    """Return the case with this id, of either kind, or None."""
    for model in (Reconsideration, Litigation):
        found = model.objects.select_related("organ").filter(pk=remedy_id).first()
        if found:
            return found
    return None


def dates_of(remedy: Remedy, calendar: WorkdayCalendar | None = None) -> Dates:
    """Return the terms of a case that run or have run by what is recorded of it."""
    calendar = calendar or workday_calendar()
    procedure = Procedure(remedy.procedure)
    if isinstance(remedy, Litigation):
        first = remedy.appealed_on is None and remedy.decided_on is not None
        appeal = first and remedy.accepted_on is not None
        return Dates(
            answer=deadlines.suit_defence_due(remedy.copy_received_on, calendar),
            decision=deadlines.suit_decision_due(
                remedy.accepted_on, remedy.appealed_on, procedure, calendar
            ),
            appeal=deadlines.appeal_due(
                remedy.received_on if appeal else None, calendar, ruling=remedy.is_ruling
            ),
        )
    waits = State(remedy.state) is State.FILED
    return Dates(
        answer=deadlines.reconsideration_reply_due(remedy.copy_received_on, procedure, calendar),
        decision=deadlines.reconsideration_decision_due(
            remedy.accepted_on, procedure, remedy.extension_days, calendar
        ),
        review=deadlines.reconsideration_review_due(remedy.filed_on, calendar) if waits else None,
        report=deadlines.opinion_report_due(remedy.opinion_on, calendar),
    )


def duty_of(remedy: Remedy, calendar: WorkdayCalendar | None = None) -> Duty | None:
    """Return what the organ owes first in a case; None where it only waits."""
    dates = dates_of(remedy, calendar)
    state = State(remedy.state)
    if state is State.STRUCK:
        return None
    suit = isinstance(remedy, Litigation)
    owed: list[Duty] = []
    if state is State.ACCEPTED and dates.answer and dates.answer.due_on:
        words = "提交答辩状" if suit else "提交书面答复"
        owed.append(Duty(words, dates.answer.due_on))
    if remedy.perform_by and remedy.performed_on is None and state is State.DECIDED:
        owed.append(Duty("履行复议决定（判决）", remedy.perform_by))
    report = dates.report
    if report and report.due_on and isinstance(remedy, Reconsideration) and not remedy.reported_on:
        owed.append(Duty("报送纠正情况", report.due_on))
    return min(owed, key=lambda duty: duty.due_on, default=None)


def reopened_on(remedy: Remedy) -> date | None:
    """Return the day on which the request behind a case was taken up again after its result."""
    if not remedy.info_request or remedy.decided_on is None:
        return None
    acts = Act.objects.filter(
        info_request_id=remedy.info_request.partition(":")[2],
        kind=Happening.REOPEN,
        on__gte=remedy.decided_on,
    )
    return acts.order_by("sequence").values_list("on", flat=True).first()


def waits_for_reopening(remedy: Remedy) -> bool:
    """Say whether a case was decided against the organ and its request not taken up again."""
    corrected = remedy.result == Result.CORRECTED and bool(remedy.info_request)
    return corrected and reopened_on(remedy) is None


def desk_rows(organ_ids: Collection[int], today: date) -> list[DeskRow]:
    """Return the cases of some organs: what the organ must answer first, decided ones last."""
    calendar = workday_calendar()
    rows = [_desk_row(remedy, today, calendar) for remedy in _cases_of(organ_ids)]
    return sorted(rows, key=_worst_first)


def _cases_of(organ_ids: Collection[int]) -> Iterator[Remedy]:
    of_organs: dict[str, Any] = {"organ_id__in": organ_ids}
    yield from Reconsideration.objects.filter(**of_organs).select_related("organ")
    yield from Litigation.objects.filter(**of_organs).select_related("organ")


def _desk_row(remedy: Remedy, today: date, calendar: WorkdayCalendar) -> DeskRow:
    state = State(remedy.state)
    duty = duty_of(remedy, calendar)
    due_on = duty.due_on if duty else None
    suit = isinstance(remedy, Litigation)
    return DeskRow(
        id=str(remedy.pk),
        name=str(remedy),
        organ=remedy.organ.short_name,
        kind=f"行政诉讼（{Route(remedy.route).label}）" if suit else "行政复议",
        before=remedy.court if suit else remedy.authority,
        subject=remedy.subject,
        state=state,
        filed_on=remedy.filed_on,
        due_on=due_on,
        late=due_on is not None and today > due_on,
        result=Result(remedy.result).label if remedy.result else "",
        duty=duty.words if duty else "",
    )


def _worst_first(row: DeskRow) -> tuple[bool, date, date]:
    over = row.state in (State.DECIDED, State.STRUCK) and row.due_on is None
    return (over, row.due_on or date.max, row.filed_on)


def waiting_cases(user: User, today: date) -> dict[str, QuerySet[Any]]:
    """Return the cases in which a person's organs owe something, by kind and urgency."""
    if not holds_any(user, today, RECORDERS):
        return {}
    organs = organs_seen_by(user, today, RECORDERS).order_by().values("pk")
    found: dict[str, QuerySet[Any]] = {}
    for name, rows in (
        ("reconsiderations", Reconsideration.objects.all()),
        ("suits", Litigation.objects.all()),
    ):
        owed = rows.filter(organ__in=organs, due_on__isnull=False)
        found[f"{name}_late"] = owed.filter(due_on__lt=today)
        found[f"{name}_due"] = owed.filter(due_on__gte=today)
    return found
