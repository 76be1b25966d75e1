"""Who is who: organs on a day, the level at which each reports, who may see and act for whom."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.queries import asked_once
from gongkai.audit import Actor
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
    {Role.OGI_OFFICE, Role.OGI_HEAD, Role.LEADER, Role.EVALUATOR, Role.SYSTEM_ADMIN, Role.AUDITOR}
)
# Who assesses from outside sees drafts and cases only where the role is asked for by name.
BUSINESS_ROLES = frozenset(role for role in Role if role.value not in ADMINISTRATIVE) - {
    Role.EVALUATOR
}


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


def posts_of(user: User, today: date) -> QuerySet[Post]:
    """Return the posts that `user` holds on `today`; none when the account is closed."""
    if not user.is_active:
        return Post.objects.none()
    return (
        Post.objects.filter(user_id=user.pk, valid_from__lte=today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .select_related("organ")
    )


def held_by(user: User, today: date) -> tuple[Post, ...]:
    """Return the posts that `user` holds on `today`; within a web request asked once."""
    return asked_once(("posts", user.pk, today), lambda: tuple(posts_of(user, today)))


def holds_any(user: User, today: date, roles: Iterable[Role] | None = None) -> bool:
    """Return whether `user` holds one of `roles` anywhere on `today`: whether they see any organ.

    Costs no query beyond `held_by`; the roles are taken as by `organs_seen_by`.
    """
    asked = BUSINESS_ROLES if roles is None else frozenset(roles)
    return any(post.role in asked for post in held_by(user, today))


def organs_seen_by(user: User, today: date, roles: Iterable[Role] | None = None) -> QuerySet[Organ]:
    """Return the organs whose records `user` may see on `today`, in one of `roles` when given.

    A department sees its own, its dispatched and internal bodies, and the
    organs whose duties it has taken over; the county office and its leader see
    the whole county. Administrators of the system and of the log, and assessors from
    outside, see records only where their role is asked for by name.
    """
    asked = BUSINESS_ROLES if roles is None else frozenset(roles)
    organs: dict[int, Organ] = {}
    counties: set[int] = set()
    for post in held_by(user, today):
        if post.role not in asked:
            continue
        organ = post.organ
        organs[organ.pk] = organ
        if post.role in COUNTY_WIDE_ROLES and organ.kind == OrganKind.COUNTY_GOVERNMENT:
            counties.add(organ.pk)
        elif post.role in COUNTY_WIDE_ROLES and organ.kind == OrganKind.OFFICE:
            counties.add(organ.county_id)
    # Bodies and predecessors are of the organ's own county: who sees that sees them already.
    first = frozenset(pk for pk, organ in organs.items() if not {pk, organ.county_id} & counties)
    own = asked_once(
        ("family", first, today), lambda: _with_bodies_and_predecessors(set(first), today)
    )
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


@dataclass(frozen=True)
class Official:
    """A signed-in person at a moment: what their posts let them see and do in one chapter.

    `recorders` are the roles that act in the chapter, `viewers` those that may look
    (None: every post). Being a superuser is no post.
    """

    user: User
    now: datetime
    recorders: frozenset[Role]
    viewers: frozenset[Role] | None = None

    @property
    def today(self) -> date:
        """The day of the moment in the county."""
        return timezone.localdate(self.now)

    @cached_property
    def sees(self) -> QuerySet[Organ]:
        """The organs whose records this person may see."""
        return organs_seen_by(self.user, self.today, self.viewers)

    @property
    def sees_any(self) -> bool:
        """Say whether this person sees the records of any organ, without asking for them."""
        return holds_any(self.user, self.today, self.viewers)

    @cached_property
    def acts_for(self) -> QuerySet[Organ]:
        """The organs whose records this person may make and change."""
        return organs_seen_by(self.user, self.today, self.recorders)

    def may_act_for(self, organ_id: int) -> bool:
        """Say whether this person may make and change records of an organ."""
        return self.acts_for.filter(pk=organ_id).exists()

    @cached_property
    def actor(self) -> Actor:
        """This person by value, with the posts they act from."""
        posts = posts_of(self.user, self.today).filter(role__in=self.recorders)
        return self.user.actor("、".join(str(post) for post in posts[:3]))


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
