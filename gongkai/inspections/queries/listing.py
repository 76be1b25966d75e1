"""Looking at a list of people before it is taken in: whose each row is, what is known of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from gongkai.inspections.lifecycle.findings import STANDING
from gongkai.inspections.models import Finding, Verdict
from gongkai.inspections.queries.ledger import organs_to_lay_to
from gongkai.inspections.rules.alike import LISTED
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.ledger_form import FormRow
from gongkai.orgs.models import Organ

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row with its organ, its day and the fault it becomes."""

    row: FormRow
    organ: Organ
    on: date
    fault: Fault


@dataclass(frozen=True, slots=True)
class LookedAt:
    """The rows that can be taken in, and what stands against the others."""

    rows: tuple[ListedRow, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Which of some faults stand in the ledger, and which were judged to be none."""

    standing: frozenset[str]
    silenced: frozenset[str]


def organs_by_name(county: Organ, day: date) -> Mapping[str, Organ]:
    """Return the organs of a county by every name they bear."""
    found: dict[str, Organ] = {}
    for each in organs_to_lay_to(county, day).order_by("-order", "-code"):
        found[each.name] = found[each.short_name] = each
    return found


def look_at(
    county: Organ, rows: Sequence[FormRow], *, organ: Organ | None, found_on: date | None, day: date
) -> LookedAt:
    """Return rows with their organs; `organ` and `found_on` are for rows that name none."""
    organs = organs_by_name(county, day)
    listed: list[ListedRow] = []
    faults: list[str] = []
    for row in (each for each in rows if each.problem):
        whose = organs.get(row.organ) if row.organ else organ
        on = row.found_on or found_on or day
        if whose is None:
            named = f"责任单位“{row.organ}”不是本县现有机关" if row.organ else "没有写责任单位"
            faults.append(f"{row.stands}{named}")
        elif on > day:
            faults.append(f"{row.stands}“发现日期”晚于今天")
        else:
            listed.append(ListedRow(row, whose, on, _fault(row, whose, on)))
    return LookedAt(tuple(listed), tuple(faults))


def known_of(county: Organ, marks: Collection[str]) -> Known:
    """Return what the ledger already knows of some fingerprints."""
    standing: set[str] = set()
    silenced: set[str] = set()
    told = list(marks)
    for start in range(0, len(told), _CHUNK):
        of_county = {"county": county, "fingerprint__in": told[start : start + _CHUNK]}
        rows = Finding.objects.filter(**of_county, state__in=[state.value for state in STANDING])
        standing.update(rows.order_by().values_list("fingerprint", flat=True))
        judged = Verdict.objects.filter(**of_county, taken_back_at__isnull=True)
        silenced.update(judged.order_by().values_list("fingerprint", flat=True))
    return Known(frozenset(standing), frozenset(silenced - standing))


def _fault(row: FormRow, organ: Organ, on: date) -> Fault:
    return Fault(
        rule=LISTED,
        address=row.place or organ.code,
        why=row.problem,
        evidence="",
        found_at=timezone.make_aware(datetime.combine(on, time(9))),
        target=f"{organ.code} {row.problem}",
    )
