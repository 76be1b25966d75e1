"""Who is who: organs on a day, the level at which each reports, who may see and act for whom."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, OrganKind, Post, Role, Succession
from gongkai.orgs.rules import ADMINISTRATIVE


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
COUNTY_WIDE_ROLES = frozenset(
    {Role.OGI_OFFICE, Role.LEADER, Role.EVALUATOR, Role.SYSTEM_ADMIN, Role.AUDITOR}
)
BUSINESS_ROLES = frozenset(role for role in Role if role.value not in ADMINISTRATIVE)


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

    The county government's own return (县本级) covers its office too; a
    department's covers its dispatched and internal bodies, however deep
    (law.md 3.5). Names are those of the last day. Two queries.
    """
    family = {organ.pk: organ for organ in organs_of(county).prefetch_related("names")}
    existing = [organ for organ in family.values() if organ.existed_between(start, end)]
    units = [organ for organ in existing if organ.kind in _REPORTING]
    covered = {organ.pk: [organ.pk] for organ in units}
    for organ in existing:
        if organ.pk not in covered:
            unit = _unit_above(organ, covered, family)
            covered.setdefault(county.pk if unit is None else unit, []).append(organ.pk)
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


def _unit_above(organ: Organ, units: Container[int], family: Mapping[int, Organ]) -> int | None:
    """Return the nearest superior that makes a return; None where the county itself answers."""
    if organ.kind == OrganKind.OFFICE:
        return None
    passed: set[int | None] = {organ.pk}
    above = organ.superior_id
    while above is not None and above not in passed:
        if above in units:
            return above
        passed.add(above)
        above = family[above].superior_id if above in family else None
    return None


def posts_of(user: User, today: date) -> QuerySet[Post]:
    """Return the posts that `user` holds on `today`; none when the account is closed."""
    if not user.is_active:
        return Post.objects.none()
    return (
        Post.objects.filter(user_id=user.pk, valid_from__lte=today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .select_related("organ")
    )


def organs_seen_by(user: User, today: date, roles: Iterable[Role] | None = None) -> QuerySet[Organ]:
    """Return the organs whose records `user` may see on `today`, in one of `roles` when given.

    A department sees its own, its dispatched and internal bodies, and the
    organs whose duties it has taken over; the county office and its leader see
    the whole county. Administrators of the system and of the log see records
    only where their role is asked for by name.
    """
    asked = BUSINESS_ROLES if roles is None else frozenset(roles)
    own: set[int] = set()
    counties: set[int] = set()
    for post in posts_of(user, today):
        if post.role not in asked:
            continue
        organ = post.organ
        own.add(organ.pk)
        if post.role in COUNTY_WIDE_ROLES and organ.kind == OrganKind.COUNTY_GOVERNMENT:
            counties.add(organ.pk)
        elif post.role in COUNTY_WIDE_ROLES and organ.kind == OrganKind.OFFICE:
            counties.add(organ.county_id)
    own = _with_bodies_and_predecessors(own, today)
    return Organ.objects.filter(Q(pk__in=own) | Q(pk__in=counties) | Q(county_id__in=counties))


def _with_bodies_and_predecessors(organ_ids: set[int], today: date) -> set[int]:
    """Return `organ_ids` with every body below them and every organ they succeeded."""
    found: set[int] = set()
    frontier = set(organ_ids)
    while frontier:
        found |= frontier
        bodies = Organ.objects.filter(superior_id__in=frontier, kind__in=BODIES).order_by()
        before = Succession.objects.filter(successor_id__in=frontier, effective_on__lte=today)
        reached = bodies.values_list("pk").union(before.values_list("predecessor_id"))
        frontier = {pk for (pk,) in reached} - found
    return found


def may_act_for(user: User, organ: Organ, today: date, roles: Iterable[Role]) -> bool:
    """Return whether `user` holds one of `roles` for `organ` on `today`."""
    return organs_seen_by(user, today, roles).filter(pk=organ.pk).exists()


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post as people read it."""

    id: int
    account: str
    name: str
    role: Role
    valid_from: date
    valid_to: date | None


def posts_in(organ: Organ) -> list[PostHeld]:
    """Return every post ever held in `organ`, those in force first, by role and name."""
    posts = Post.objects.filter(organ=organ).select_related("user")
    held = [
        PostHeld(
            post.pk,
            post.user.username,
            post.user.name,
            Role(post.role),
            post.valid_from,
            post.valid_to,
        )
        for post in posts
    ]
    order = list(Role)
    return sorted(
        held, key=lambda post: (post.valid_to is not None, order.index(post.role), post.name)
    )


def succession_of(organ: Organ) -> tuple[list[Succession], list[Succession]]:
    """Return whom `organ` succeeded and who succeeded it, by day."""
    links = Succession.objects.select_related("predecessor", "successor").order_by("effective_on")
    return (
        list(links.filter(successor=organ)),
        list(links.filter(predecessor=organ)),
    )
