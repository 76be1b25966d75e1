"""Who is who: organs on a day, the level at which each reports, who may see and act for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, OrganKind, Post, Role


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
COUNTY_WIDE_ROLES = frozenset({Role.OGI_OFFICE, Role.LEADER, Role.EVALUATOR})


def existing_between(start: date, end: date) -> Q:
    """Return the condition of organs that existed on a day from `start` to `end`, both included."""
    return Q(valid_from__lte=end) & (Q(valid_to__isnull=True) | Q(valid_to__gt=start))


def organs_of(county: Organ) -> QuerySet[Organ]:
    """Return the county government and every organ under it."""
    return Organ.objects.filter(Q(pk=county.pk) | Q(county=county))


def name_on(organ: Organ, day: date) -> str:
    """Return the full name that `organ` bore on `day`; its latest name when none is recorded."""
    held = organ.names.filter(valid_from__lte=day).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    )
    name = held.order_by("-valid_from").first()
    return name.full_name if name else organ.name


def reporting_units(county: Organ, start: date, end: date) -> list[ReportingUnit]:
    """Return the organs of `county` that make a return for the period, in the county's order.

    The county government's own return (县本级) covers its office too; a
    department's covers its dispatched and internal bodies (law.md 3.5).
    """
    organs = list(organs_of(county).filter(existing_between(start, end)))
    covered = {organ.pk: [organ.pk] for organ in organs if organ.kind in _REPORTING}
    for organ in organs:
        if organ.kind == OrganKind.OFFICE:
            covered[county.pk].append(organ.pk)
        elif organ.pk not in covered:
            covered[_reporting_superior(organ, covered)].append(organ.pk)
    return [
        ReportingUnit(
            organ_id=organ.pk,
            code=organ.code,
            name=name_on(organ, end),
            short_name=organ.short_name,
            level=_REPORTING[OrganKind(organ.kind)],
            covered=tuple(covered[organ.pk]),
        )
        for organ in organs
        if organ.pk in covered
    ]


def _reporting_superior(organ: Organ, covered: dict[int, list[int]]) -> int:
    while organ.superior is not None:
        organ = organ.superior
        if organ.pk in covered:
            return organ.pk
    return organ.county_id or organ.pk


def posts_of(user: User, today: date) -> QuerySet[Post]:
    """Return the posts that `user` holds on `today`."""
    return (
        Post.objects.filter(user_id=user.pk, valid_from__lte=today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .select_related("organ")
    )


def organs_seen_by(user: User, today: date, roles: Iterable[Role] | None = None) -> QuerySet[Organ]:
    """Return the organs whose records `user` may see on `today`, in one of `roles` when given.

    A department sees its own and its dispatched and internal bodies; the
    county office and its leader see the whole county.
    """
    seen = Q(pk__in=[])
    for post in posts_of(user, today):
        if roles is not None and post.role not in set(roles):
            continue
        organ = post.organ
        seen |= Q(pk=organ.pk) | Q(superior=organ)
        if post.role in COUNTY_WIDE_ROLES and organ.kind in (
            OrganKind.COUNTY_GOVERNMENT,
            OrganKind.OFFICE,
        ):
            county_id = organ.pk if organ.kind == OrganKind.COUNTY_GOVERNMENT else organ.county_id
            seen |= Q(pk=county_id) | Q(county_id=county_id)
    return Organ.objects.filter(seen)


def may_act_for(user: User, organ: Organ, today: date, roles: Iterable[Role]) -> bool:
    """Return whether `user` holds one of `roles` for `organ` on `today`."""
    return organs_seen_by(user, today, roles).filter(pk=organ.pk).exists()
