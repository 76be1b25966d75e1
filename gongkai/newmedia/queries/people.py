"""Who does what with accounts: the county's office approves, an organ keeps its own."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.newmedia.models import Account, Campaign
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official

# Who approves, who applies and records for an organ, and who also sees its accounts.
OFFICE = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})
RECORDERS = OFFICE | {Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK, Role.PUBLISHER}
VIEWERS = RECORDERS | {Role.REVIEWER, Role.LEADER}


@dataclass(frozen=True)
class MediaPerson:
    """A signed-in person at a moment, as far as accounts go."""

    user: User
    now: datetime

    @cached_property
    def official(self) -> Official:
        """What their posts let them see and record."""
        return Official(self.user, self.now, RECORDERS, VIEWERS)

    @cached_property
    def counties(self) -> list[Organ]:
        """The counties whose registry this person keeps."""
        kept = Official(self.user, self.now, OFFICE, OFFICE).acts_for
        return list(kept.filter(kind=OrganKind.COUNTY_GOVERNMENT))

    @cached_property
    def organ_ids(self) -> list[int]:
        """Every organ whose accounts this person sees."""
        return list(self.official.sees.values_list("pk", flat=True))

    @property
    def accounts(self) -> QuerySet[Account]:
        """Return the accounts this person sees."""
        kept = [county.pk for county in self.counties]
        return Account.objects.filter(Q(organ_id__in=self.organ_ids) | Q(county_id__in=kept))

    @property
    def recorded(self) -> QuerySet[Account]:
        """Return the accounts for which this person records."""
        organs = list(self.official.acts_for.values_list("pk", flat=True))
        return Account.objects.filter(organ_id__in=organs)

    @property
    def campaigns(self) -> QuerySet[Campaign]:
        """Return the campaigns in which accounts of this person's organs stand, or that they run.

        The office sees its county's, an organ those that concern it.
        """
        kept = [county.pk for county in self.counties]
        own = Q(items__account__organ_id__in=self.organ_ids)
        return Campaign.objects.filter(own | Q(county_id__in=kept)).distinct()

    def keeps(self, county_id: int) -> bool:
        """Say whether this person keeps the registry of a county."""
        return county_id in {county.pk for county in self.counties}

    def records_for(self, account: Account) -> bool:
        """Say whether this person applies and records for the account's organ."""
        return self.official.may_act_for(account.organ_id)
