"""Reading single decisions (双公示): lists, what is late, rows of a file, what an export tells."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from gongkai.accounts.models import User
from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import holds_any, organs_seen_by
from gongkai.registers import deadlines
from gongkai.registers.lifecycle import DecisionState
from gongkai.registers.models import Decision, DecisionQuerySet
from gongkai.registers.rules import (
    DOUBLE,
    DecisionFacts,
    PartyKind,
    RegisterKind,
    RowFault,
    kept_party,
)
from gongkai.registers.rules import decision_sheet as sheet
from gongkai.statute.clock import Deadline
from gongkai.tables.grid import Grid

RECORDERS = frozenset({Role.OGI_OFFICE, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK})
VIEWERS = RECORDERS | {Role.OGI_HEAD, Role.LEADER, Role.REVIEWER}
# Choices of the list beside the states: the term was ever missed; it is over and still owed.
LATE, OVERDUE = "LATE", "OVERDUE"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One row of a file, read: the organ it speaks of, the decision, its row number."""

    row: int
    organ: Organ
    facts: DecisionFacts


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as lists show it; `late` says that its term was or is missed."""

    id: int
    organ: str
    kind: str
    number: str
    party: str
    matter: str
    decided_on: date
    due_on: date | None
    published_on: date | None
    taken_down_on: date | None
    state: DecisionState
    late: bool


def decision_rows(
    grids: Sequence[Grid], *, file_name: str, organs: QuerySet[Organ]
) -> tuple[tuple[DecisionRow, ...], tuple[RowFault, ...]]:
    """Read worksheets into decisions of `organs`, the ones the importing person may act for.

    Names of natural persons are cut as they are read, so that no preview shows them whole.
    """
    read = sheet.read(grids, file_name=file_name)
    known: dict[str, set[Organ]] = {}
    for organ in organs:
        for name in (organ.name, organ.short_name, organ.code):
            known.setdefault(name, set()).add(organ)
    rows: list[DecisionRow] = []
    faults = list(read.faults)
    for written in read.rows:
        found = known.get(written.organ, set())
        if len(found) == 1:
            party = kept_party(written.facts.party_kind, written.facts.party)
            facts = replace(written.facts, party=party)
            rows.append(DecisionRow(written.row, next(iter(found)), facts))
        else:
            why = "有几个机构同名，请改填全称" if found else "不是您可以填报的机构，请核对名称"
            message = f"“{written.organ[:30]}”{why}"
            faults.append(RowFault(written.row, sheet.HEADS["organ"], message))
    return tuple(rows), tuple(sorted(faults, key=lambda fault: fault.row))


def decisions(
    organ_ids: Collection[int],
    *,
    today: date,
    kind: RegisterKind | None = None,
    year: int | None = None,
    state: str = "",
) -> DecisionQuerySet:
    """Return the decisions of organs, newest first; `state` may be a state, LATE or OVERDUE."""
    found = Decision.objects.filter(organ_id__in=organ_ids).select_related("organ")
    if kind is not None:
        found = found.filter(kind=kind)
    if year is not None:
        found = found.filter(decided_on__year=year)
    if state == LATE:
        found = found.filter(missed(today))
    elif state == OVERDUE:
        found = found.owed().filter(due_on__lt=today)
    elif state:
        found = found.filter(state=state)
    return found.order_by("-decided_on", "-pk")


def missed(today: date) -> Q:
    """Return the condition of decisions of which a term is over or was missed."""
    owed = Q(state__in=[DecisionState.ENTERED, DecisionState.CANCELLED], due_on__lt=today)
    published = Q(published_on__gt=F("publish_by")) & ~Q(state=DecisionState.STRUCK)
    down = Q(state=DecisionState.TAKEN_DOWN, taken_down_on__gt=F("due_on"))
    return owed | published | down


def decision_lines(found: Collection[Decision], today: date) -> list[DecisionLine]:
    """Return a page of `decisions` as values."""
    return [
        DecisionLine(
            id=row.pk,
            organ=row.organ.short_name,
            kind=row.get_kind_display(),
            number=row.number,
            party=row.party,
            matter=row.matter,
            decided_on=row.decided_on,
            due_on=row.due_on,
            published_on=row.published_on,
            taken_down_on=row.taken_down_on,
            state=DecisionState(row.state),
            late=is_late(row, today),
        )
        for row in found
    ]


def is_late(row: Decision, today: date) -> bool:
    """Say whether a term of a decision is over or was missed."""
    state = DecisionState(row.state)
    if state is DecisionState.STRUCK:
        return False
    if row.published_on and row.publish_by and row.published_on > row.publish_by:
        return True
    if row.due_on is None or state is DecisionState.PUBLISHED:
        return False
    return (row.taken_down_on or today) > row.due_on


def decision_terms(row: Decision) -> list[tuple[str, Deadline]]:
    """Return the terms of a decision with their steps, by what they are for."""
    calendar = workday_calendar()
    kind = RegisterKind(row.kind)
    due = deadlines.publication_due(row.decided_on, calendar, double=kind in DOUBLE)
    found = [("公开期限", due)]
    if row.cancelled_on is not None and row.published_on is not None:
        penalty = kind is RegisterKind.PENALTY
        down = deadlines.take_down_due(row.cancelled_on, calendar, penalty=penalty)
        found.append(("撤回公开期限", down))
    return found


def facts_of(row: Decision) -> DecisionFacts:
    """Return a decision as it was told."""
    return DecisionFacts(
        kind=RegisterKind(row.kind),
        number=row.number,
        party_kind=PartyKind(row.party_kind),
        party=row.party,
        matter=row.matter,
        outcome=row.outcome,
        decided_on=row.decided_on,
        credit_code=row.credit_code,
        basis=row.basis,
        amount=Decimal(row.amount),
        valid_to=row.valid_to,
        published_on=row.published_on,
        address=row.address,
        source_name=row.source_name,
    )


def standing_numbers(
    organ_ids: Collection[int], told: Collection[DecisionFacts]
) -> set[tuple[Any, ...]]:
    """Return which numbers of `told` stand already: (organ id, kind, number)."""
    numbers = {facts.text("number") for facts in told}
    found = Decision.objects.counting().filter(organ_id__in=organ_ids, number__in=numbers)
    return set(found.order_by().values_list("organ_id", "kind", "number"))


def decision_years(organ_ids: Collection[int]) -> list[int]:
    """Return the years that have decisions of these organs, newest first."""
    found = Decision.objects.filter(organ_id__in=organ_ids).order_by()
    return [day.year for day in found.dates("decided_on", "year", order="DESC")]


def counted_by_kind(organ_ids: Collection[int], year: int) -> dict[tuple[int, str], int]:
    """Return how many single decisions of a year each organ has entered, by (organ id, kind)."""
    found = Decision.objects.counting().filter(organ_id__in=organ_ids, decided_on__year=year)
    rows = found.order_by().values_list("organ_id", "kind").annotate(number=Count("pk"))
    return {(organ_id, kind): number for organ_id, kind, number in rows}


def waiting_decisions(user: User, today: date) -> dict[str, QuerySet[Decision]]:
    """Return the decisions that wait for a person's organs: late, to publish, to take down."""
    if not holds_any(user, today, RECORDERS):
        return {}
    organs = organs_seen_by(user, today, RECORDERS).order_by().values("pk")
    own = Decision.objects.filter(organ__in=organs)
    return {
        "late": own.owed().filter(due_on__lt=today),
        "to_publish": own.filter(state=DecisionState.ENTERED),
        "to_take_down": own.filter(state=DecisionState.CANCELLED),
    }
