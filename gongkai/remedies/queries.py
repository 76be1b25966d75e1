"""Reading reconsiderations and suits: one by its id, and the list of the desk with its dates."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gongkai.calendars.queries import workday_calendar
from gongkai.inforequests.models import Act
from gongkai.inforequests.models import Event as Happening
from gongkai.orgs.models import Role
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
    """What the law asks of a case: the organ's answer and the decision, where known."""

    answer: Deadline | None
    decision: Deadline | None


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


def find(remedy_id: UUID | str) -> Remedy | None:
    """Return the case with this id, of either kind, or None."""
    for model in (Reconsideration, Litigation):
        found = model.objects.select_related("organ").filter(pk=remedy_id).first()
        if found:
            return found
    return None


def dates_of(remedy: Remedy, calendar: WorkdayCalendar | None = None) -> Dates:
    """Return the dates by which the organ must answer and the authority must decide."""
    calendar = calendar or workday_calendar()
    if isinstance(remedy, Litigation):
        return Dates(deadlines.suit_defence_due(remedy.copy_received_on, calendar), None)
    procedure = Procedure(remedy.procedure)
    return Dates(
        deadlines.reconsideration_reply_due(remedy.copy_received_on, procedure, calendar),
        deadlines.reconsideration_decision_due(
            remedy.accepted_on, procedure, remedy.extension_days, calendar
        ),
    )


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
    answer = dates_of(remedy, calendar).answer if state is State.ACCEPTED else None
    due_on = answer.due_on if answer else None
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
    )


def _worst_first(row: DeskRow) -> tuple[bool, date, date]:
    return (row.state is State.DECIDED, row.due_on or date.max, row.filed_on)
