"""Who does what with findings: the county's office all, an organ those it has been told of."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.inspections.lifecycle.findings import UNTOLD
from gongkai.inspections.models import Finding
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official

# Who keeps the ledger, who answers for an organ, and who also sees its rows.
OFFICE = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})
ANSWERERS = OFFICE | {Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK}
VIEWERS = ANSWERERS | {Role.REVIEWER, Role.LEADER}
_OWN = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)


@dataclass(frozen=True)
class Inspector:
    """A signed-in person at a moment, as far as findings go."""

    user: User
    now: datetime

    @cached_property
    def official(self) -> Official:
        """What their posts let them see and answer."""
        return Official(self.user, self.now, ANSWERERS, VIEWERS)

    @cached_property
    def keeper(self) -> Official:
        """What their posts let them keep, as the county's office."""
        return Official(self.user, self.now, OFFICE, OFFICE)

    @cached_property
    def counties(self) -> list[Organ]:
        """The counties whose ledger this person keeps."""
        return list(self.keeper.acts_for.filter(kind=OrganKind.COUNTY_GOVERNMENT))

    @cached_property
    def organ_ids(self) -> list[int]:
        """Every organ some of whose rows this person sees."""
        return list(self.official.sees.values_list("pk", flat=True))

    @property
    def findings(self) -> QuerySet[Finding]:
        """Return the findings this person sees: an organ's own only once they were sent."""
        kept = [county.pk for county in self.counties]
        others = Organ.objects.filter(pk__in=self.organ_ids).exclude(
            Q(pk__in=kept) | Q(county_id__in=kept)
        )
        own = list(others.values_list("pk", flat=True))
        if not own:
            return Finding.objects.filter(county_id__in=kept)
        told = Q(organ_id__in=own) & ~Q(state__in=[state.value for state in UNTOLD])
        return Finding.objects.filter(told | Q(county_id__in=kept) if kept else told)

    def keeps(self, finding: Finding) -> bool:
        """Say whether this person keeps the ledger in which a finding stands."""
        return finding.county_id in {county.pk for county in self.counties}

    def answers_for(self, finding: Finding) -> bool:
        """Say whether this person answers for the finding's organ: the office for its own alone."""
        if self.keeps(finding) and finding.organ.kind not in _OWN:
            return False
        return self.official.may_act_for(finding.organ_id)
