"""Reading the ledger: filters, rows for lists, one finding, what is owed and overdue."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gongkai.inspections.lifecycle import FindingState, Source
from gongkai.inspections.lifecycle.findings import OVER, STANDING
from gongkai.inspections.models import (
    Finding,
    Objection,
    Rectification,
    Run,
    Site,
    Step,
    Verdict,
)
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import existing_between, organs_of

_NUMBER = re.compile(r"WT\d{4}-\d{5,}")
# The organ owes something; once it has answered, the office does.
OWED = (FindingState.SENT, FindingState.OBJECTED, FindingState.DISMISSED, FindingState.RECTIFYING)
FOR_OFFICE = (
    FindingState.FOUND,
    FindingState.OBJECTED,
    FindingState.ANSWERED,
    FindingState.RECHECKED,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; empty fields narrow nothing."""

    organ_id: int | None = None
    indicator: str = ""
    state: str = ""
    source: str = ""
    overdue: bool = False
    repeated: bool = False
    words: str = ""
    like: tuple[int, int] | None = None  # one kind: the key of its organ, its `alike`


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A finding as lists show it."""

    id: int
    number: str
    organ: str
    indicator: str
    item: str
    why: str
    address: str
    source: str
    state: FindingState
    found_at: datetime
    due_on: date | None
    provisional: bool
    overdue: bool
    repeated: bool
    gone: bool


def narrowed(found: QuerySet[Finding], asked: Asked, today: date) -> QuerySet[Finding]:
    """Return what of `found` is asked for, newest first; the overdue, worst first."""
    if asked.organ_id:
        found = found.filter(organ_id=asked.organ_id)
    if asked.like:
        found = found.filter(organ_id=asked.like[0], alike=asked.like[1])
    if asked.indicator:
        found = found.filter(indicator=asked.indicator)
    if asked.state == "STANDING":
        # What is overdue stands: said twice, it would be looked up without its own small index.
        found = found if asked.overdue else found.filter(state__in=_values(STANDING))
    elif asked.state:
        found = found.filter(state=asked.state)
    if asked.source:
        found = found.filter(source=asked.source)
    if asked.repeated:
        found = found.filter(repeated=True)
    if words := asked.words.strip().replace("\x00", ""):
        held = Q(number__icontains=words) | Q(why__icontains=words) | Q(address__icontains=words)
        number = words.upper()
        found = found.filter(Q(number=number) if _NUMBER.fullmatch(number) else held)
    if asked.overdue:
        return overdue(found, today).order_by("due_on", "pk")
    return found.order_by("-found_at", "-pk")


def overdue(found: QuerySet[Finding], today: date) -> QuerySet[Finding]:
    """Return what the organ has not answered before a day."""
    return found.filter(state__in=_values(OWED), due_on__lt=today)


def owed(found: QuerySet[Finding]) -> QuerySet[Finding]:
    """Return what an organ has still to put right or answer, the most urgent first."""
    return found.filter(state__in=_values(OWED)).order_by("due_on", "pk")


def waiting_findings(
    seen: QuerySet[Organ], kept: QuerySet[Organ] | None, today: date
) -> dict[str, QuerySet[Finding]]:
    """Return what waits as findings to be counted: of the organs seen, and of the counties kept."""
    own = Finding.objects.filter(organ__in=seen.order_by(), state__in=_values(OWED))
    parts = {"owed": own, "overdue": own.filter(due_on__lt=today)}
    if kept is not None:
        rows = Finding.objects.filter(county__in=kept.order_by())
        for state in FOR_OFFICE:
            parts[state.value.lower()] = rows.filter(state=state)
    return parts


def ledger_rows(findings: Iterable[Finding], today: date) -> list[LedgerRow]:
    """Return findings (with their organs) as lists show them."""
    return [
        LedgerRow(
            id=each.pk,
            number=each.number,
            organ=each.organ.short_name,
            indicator=each.indicator,
            item=each.item,
            why=each.why,
            address=each.address,
            source=Source(each.source).label,
            state=FindingState(each.state),
            found_at=each.found_at,
            due_on=each.due_on,
            provisional=each.due_provisional,
            overdue=each.is_overdue(today),
            repeated=each.repeated,
            gone=each.gone_at is not None and each.state not in OVER,
        )
        for each in findings
    ]


def find_finding(pk: object, found: QuerySet[Finding]) -> Finding | None:
    """Return the finding with this key among those a person sees, or None."""
    rows = found.filter(pk=pk).select_related("organ", "county", "site", "run", "last_run")
    return rows.first()


@dataclass(frozen=True, slots=True)
class History:
    """What became of a finding."""

    rounds: list[Rectification]
    objections: list[Objection]
    steps: list[Step]
    before: list[Finding]
    verdict: Verdict | None


def history_of(finding: Finding) -> History:
    """Return all that happened to a finding, and the same fault before it."""
    before = Finding.objects.filter(county_id=finding.county_id, fingerprint=finding.fingerprint)
    return History(
        rounds=list(finding.rounds.order_by("number")),
        objections=list(finding.objections.order_by("pk")),
        steps=list(finding.steps.order_by("pk")),
        before=list(before.filter(pk__lt=finding.pk).order_by("-pk")[:20]),
        verdict=finding.verdicts.filter(taken_back_at__isnull=True).first(),
    )


def open_round(finding: Finding) -> Rectification | None:
    """Return the round that is not re-checked yet, or None."""
    last = finding.rounds.order_by("-number").first()
    return last if last is not None and last.passed is None else None


def open_objection(finding: Finding) -> Objection | None:
    """Return the objection that waits for its ruling, or None."""
    return finding.objections.filter(upheld__isnull=True).order_by("-pk").first()


def indicators_in(county_ids: Iterable[int]) -> list[str]:
    """Return the indicators under which anything was found, each by one step in an index."""
    found: list[str] = []
    rows = Finding.objects.filter(county_id__in=list(county_ids)).order_by("indicator")
    last = rows.values_list("indicator", flat=True).first()
    while last is not None and len(found) < 60:
        found.append(last)
        last = rows.filter(indicator__gt=last).values_list("indicator", flat=True).first()
    return found


def organs_to_lay_to(county: Organ, today: date) -> QuerySet[Organ]:
    """Return the organs of a county that may answer for a finding on a day."""
    return organs_of(county).filter(existing_between(today, today))


def sites_of(counties: Iterable[Organ]) -> QuerySet[Site]:
    """Return the sites of some counties with their columns."""
    rows = Site.objects.filter(county__in=list(counties))
    return rows.select_related("organ", "last_run").prefetch_related("columns__organ")


def runs_of(counties: Iterable[Organ]) -> QuerySet[Run]:
    """Return the runs of some counties, newest first."""
    rows = Run.objects.filter(county__in=list(counties)).select_related("site")
    return rows.order_by("-started_at", "-pk")


def _values(states: Iterable[FindingState]) -> list[str]:
    return [state.value for state in states]
