"""What a person's posts let them see and do: the organs whose records are theirs on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.accounts.models import User
from gongkai.accounts.queries import asked_once
from gongkai.audit import Actor
from gongkai.orgs.models import Organ, OrganKind, Role, Succession
from gongkai.orgs.queries.organs import BODIES
from gongkai.orgs.queries.posts import held_by, posts_of
from gongkai.orgs.rules import ADMINISTRATIVE

COUNTY_WIDE_ROLES = frozenset(
    {
        Role.OGI_OFFICE,
        Role.OGI_HEAD,
        Role.LEADER,
        Role.EVALUATOR,
        Role.SYSTEM_ADMIN,
        Role.SECURITY_ADMIN,
        Role.AUDITOR,
    }
)
# Who assesses from outside sees drafts and cases only where the role is asked for by name.
BUSINESS_ROLES = frozenset(role for role in Role if role.value not in ADMINISTRATIVE) - {
    Role.EVALUATOR
}


def holds_any(user: User, today: date, roles: Iterable[Role] | None = None) -> bool:
    """Return whether `user` holds one of `roles` anywhere on `today`: whether they see any organ.

    Costs no query beyond `held_by`; the roles are taken as by `organs_seen_by`.
    """
    asked = BUSINESS_ROLES if roles is None else frozenset(roles)
    return any(post.role in asked for post in held_by(user, today))


def holds_for_county(user: User, today: date, roles: Collection[Role]) -> bool:
    """Return whether `user` holds one of `roles` for a county government or its office on `today`.

    Costs no query beyond `held_by`.
    """
    wide = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
    return any(post.role in roles and post.organ.kind in wide for post in held_by(user, today))


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
