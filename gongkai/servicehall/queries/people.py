"""Who does what: an organ its own items and policies, who runs a hall the hall, the office all.

The organ that runs the county's hall (行政审批局) keeps the items of the whole county, as the
county's office for open government does; guides are passed by reviewers and by the office.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official, existing_between
from gongkai.servicehall.models import (
    Assistance,
    EnterprisePolicy,
    FulfilmentCase,
    Hall,
    OpenZone,
    ServiceItem,
)
from gongkai.servicehall.rules.kinds import HallKind

OFFICE = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})
CLERKS = frozenset({Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK, Role.WINDOW_CLERK, Role.PUBLISHER})
RECORDERS = OFFICE | CLERKS
REVIEWERS = OFFICE | {Role.REVIEWER}
VIEWERS = RECORDERS | {Role.REVIEWER, Role.LEADER}


@dataclass(frozen=True)
class HallPerson:
    """A signed-in person at a moment, as far as the service hall goes."""

    user: User
    now: datetime

    @cached_property
    def official(self) -> Official:
        """What their posts let them see and record."""
        return Official(self.user, self.now, RECORDERS, VIEWERS)

    @cached_property
    def _reviewer(self) -> Official:
        return Official(self.user, self.now, REVIEWERS, REVIEWERS)

    @cached_property
    def own_ids(self) -> frozenset[int]:
        """The organs for which this person records."""
        return frozenset(self.official.acts_for.values_list("pk", flat=True))

    @cached_property
    def review_ids(self) -> frozenset[int]:
        """The organs for which this person reviews."""
        return frozenset(self._reviewer.acts_for.values_list("pk", flat=True))

    @cached_property
    def clerk_ids(self) -> frozenset[int]:
        """The organs for which this person works as a clerk."""
        clerk = Official(self.user, self.now, CLERKS, CLERKS)
        return frozenset(clerk.acts_for.values_list("pk", flat=True))

    @cached_property
    def seen_ids(self) -> frozenset[int]:
        """The organs whose records this person sees by their posts alone."""
        return frozenset(self.official.sees.values_list("pk", flat=True))

    @cached_property
    def counties(self) -> list[Organ]:
        """The counties whose items this person keeps: as the office, or for the county's hall."""
        return self._counties(self.own_ids)

    @cached_property
    def reviewed_counties(self) -> frozenset[int]:
        """The counties whose guides this person may pass."""
        return frozenset(county.pk for county in self._counties(self.review_ids))

    @cached_property
    def watched_counties(self) -> frozenset[int]:
        """The counties all of whose records this person sees."""
        return frozenset(county.pk for county in self._counties(self.seen_ids))

    def _counties(self, organ_ids: frozenset[int]) -> list[Organ]:
        run = Hall.objects.filter(
            kind=HallKind.COUNTY, left_on__isnull=True, organ_id__in=organ_ids
        )
        keys = run.values_list("county_id", flat=True)
        own = Q(kind=OrganKind.COUNTY_GOVERNMENT, pk__in=organ_ids)
        return list(Organ.objects.filter(own | Q(pk__in=list(keys))))

    @property
    def places(self) -> Q:
        """The condition of rows of organs or counties in sight."""
        return Q(organ_id__in=self.seen_ids) | Q(county_id__in=self.watched_counties)

    @property
    def items(self) -> QuerySet[ServiceItem]:
        """Return the items in sight."""
        return ServiceItem.objects.filter(self.places)

    @property
    def halls(self) -> QuerySet[Hall]:
        """Return the halls in sight: those run or moved into by organs in sight."""
        inside = Q(residencies__organ_id__in=self.seen_ids, residencies__left_on__isnull=True)
        return Hall.objects.filter(self.places | inside).distinct()

    @property
    def policies(self) -> QuerySet[EnterprisePolicy]:
        """Return the policies in sight."""
        return EnterprisePolicy.objects.filter(self.places)

    @property
    def cases(self) -> QuerySet[FulfilmentCase]:
        """Return the cases in sight: an organ sees its own alone, and the office all."""
        return FulfilmentCase.objects.filter(self.places)

    @property
    def assistances(self) -> QuerySet[Assistance]:
        """Return the help in sight."""
        return Assistance.objects.filter(self.places)

    @property
    def zones(self) -> QuerySet[OpenZone]:
        """Return the zones in sight."""
        return OpenZone.objects.filter(self.places)

    @property
    def own_organs(self) -> QuerySet[Organ]:
        """Return the organs of today for which this person records, or whose county they keep."""
        today = self.official.today
        kept = [county.pk for county in self.counties]
        mine = Q(pk__in=self.own_ids) | Q(county_id__in=kept) | Q(pk__in=kept)
        return Organ.objects.filter(mine, existing_between(today, today))

    def records_for(self, row: ServiceItem | Hall | EnterprisePolicy | OpenZone) -> bool:
        """Say whether this person records for a row's organ or keeps its county."""
        kept = {county.pk for county in self.counties}
        return row.organ_id in self.own_ids or row.county_id in kept

    def handles(self, row: FulfilmentCase | Assistance) -> bool:
        """Say whether this person handles the cases of a row's organ; keeping a county is no post.

        Money and personal data are the organ's own: the office looks and does not handle.
        """
        return row.organ_id in self.clerk_ids

    def files_for(self, policy: EnterprisePolicy) -> bool:
        """Say whether this person takes in what enterprises file under a policy."""
        return policy.organ_id in self.clerk_ids

    def approves(self, case: FulfilmentCase) -> bool:
        """Say whether this person grants amounts for a case's organ."""
        reviewer = Official(
            self.user, self.now, frozenset({Role.REVIEWER}), frozenset({Role.REVIEWER})
        )
        return reviewer.may_act_for(case.organ_id)

    def reviews(self, item: ServiceItem) -> bool:
        """Say whether this person passes guides of an item's organ."""
        return item.organ_id in self.review_ids or item.county_id in self.reviewed_counties
