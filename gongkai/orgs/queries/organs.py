"""Organs on a day: names, families, heirs, and the level at which each reports."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from gongkai.orgs.models import Organ, OrganKind, Succession


class Level(StrEnum):
    """The layers of a county's figures: 县本级, departments, townships."""

    OWN = "OWN"
    DEPARTMENTS = "DEPARTMENTS"
    TOWNSHIPS = "TOWNSHIPS"

    @property
    def label(self) -> str:
        """Return the Chinese name of the layer."""
        return {"OWN": "县本级", "DEPARTMENTS": "县直部门", "TOWNSHIPS": "乡镇"}[self.value]


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """An organ that makes its own return, with every organ whose records it covers."""

    organ_id: int
    code: str
    name: str
    short_name: str
    level: Level
    covered: tuple[int, ...]


_REPORTING = {
    OrganKind.COUNTY_GOVERNMENT: Level.OWN,
    OrganKind.DEPARTMENT: Level.DEPARTMENTS,
    OrganKind.TOWNSHIP: Level.TOWNSHIPS,
}
BODIES = (OrganKind.DISPATCHED, OrganKind.INTERNAL)


def existing_between(start: date, end: date) -> Q:
    """Return the condition of organs that existed on a day from `start` to `end`, both included."""
    return Q(valid_from__lte=end) & (Q(valid_to__isnull=True) | Q(valid_to__gt=start))


def organs_of(county: Organ) -> QuerySet[Organ]:
    """Return the county government and every organ under it."""
    return Organ.objects.filter(Q(pk=county.pk) | Q(county=county))


def name_on(organ: Organ, day: date) -> str:
    """Return the full name that `organ` bore on `day`; its latest name when none is recorded."""
    # Picked in Python, so that a prefetched `names` costs no query.
    held = [
        name
        for name in organ.names.all()
        if name.valid_from <= day and (name.valid_to is None or day < name.valid_to)
    ]
    return max(held, key=lambda name: name.valid_from).full_name if held else organ.name


def reporting_units(county: Organ, start: date, end: date) -> list[ReportingUnit]:
    """Return the organs of `county` that make a return for the period, in the county's order.

    The county government's own return (县本级) covers its office too; a department's covers
    its dispatched and internal bodies, however deep (law.md 3.5). An organ that was gone
    before the period is covered by whom it passed its duties to: what it left open is
    answered, and what it had issued stands, there. Names are those of the last day. Three
    queries.
    """
    family = {organ.pk: organ for organ in organs_of(county).prefetch_related("names")}
    existing = {pk for pk, organ in family.items() if organ.existed_between(start, end)}
    units = [organ for pk, organ in family.items() if pk in existing and organ.kind in _REPORTING]
    covered = {organ.pk: [organ.pk] for organ in units}
    heirs = _heirs(county, end)
    for organ in family.values():
        if organ.pk in covered or organ.valid_from > end:
            continue
        unit = _answering(organ, covered, family, heirs)
        if unit is not None:
            covered[unit].append(organ.pk)
        elif organ.pk in existing and county.pk in covered:
            covered[county.pk].append(organ.pk)
    return [
        ReportingUnit(
            organ_id=organ.pk,
            code=organ.code,
            name=name_on(organ, end),
            short_name=organ.short_name,
            level=_REPORTING[OrganKind(organ.kind)],
            covered=tuple(covered[organ.pk]),
        )
        for organ in units
    ]


def _heirs(county: Organ, end: date) -> dict[int, int]:
    """Return who took over from each organ by `end`: the first on record, when there are several.

    Succession is within a county, so that one query finds all.
    """
    links = Succession.objects.filter(predecessor__county=county, effective_on__lte=end)
    pairs = links.order_by("-pk").values_list("predecessor_id", "successor_id")
    return dict(pairs)


def _answering(
    organ: Organ, units: Container[int], family: Mapping[int, Organ], heirs: Mapping[int, int]
) -> int | None:
    """Return the unit that answers for `organ`: its heir's, or its nearest superior's."""
    passed: set[int] = set()
    current: Organ | None = organ
    while current is not None and current.pk not in passed:
        if current.pk in units:
            return current.pk
        passed.add(current.pk)
        above = None if current.kind == OrganKind.OFFICE else current.superior_id
        onward = heirs.get(current.pk, above) if current.valid_to is not None else above
        current = family.get(onward) if onward is not None else None
    return None


def succession_of(organ: Organ) -> tuple[list[Succession], list[Succession]]:
    """Return whom `organ` succeeded and who succeeded it, by day."""
    links = Succession.objects.select_related("predecessor", "successor").order_by("effective_on")
    return (
        list(links.filter(successor=organ)),
        list(links.filter(predecessor=organ)),
    )
