"""Who does what here: the county's office all, an organ its own tasks, events and scores."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official, existing_between, organs_of
from gongkai.oversight.lifecycle import AppraisalState, PlanState
from gongkai.oversight.models import (
    AccountabilityCase,
    Appraisal,
    AppraisalUnit,
    Rating,
    WorkEvent,
    WorkPlan,
    WorkTask,
)

# Who keeps the office's work, who reports for an organ, who also looks, who confirms results.
OFFICE = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})
CLERKS = frozenset({Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK})
REPORTERS = OFFICE | CLERKS
VIEWERS = REPORTERS | {Role.REVIEWER, Role.LEADER}
HEADS = frozenset({Role.OGI_HEAD, Role.LEADER})
_OWN = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
_RANKED = (AppraisalState.SHOWN, AppraisalState.CONFIRMED)


@dataclass(frozen=True)
class OversightPerson:
    """A signed-in person at a moment, as far as this chapter goes."""

    user: User
    now: datetime

    @cached_property
    def official(self) -> Official:
        """What their posts let them see and report."""
        return Official(self.user, self.now, REPORTERS, VIEWERS)

    @property
    def today(self) -> date:
        """The day in the county."""
        return self.official.today

    @cached_property
    def counties(self) -> list[Organ]:
        """The counties whose work this person keeps."""
        return list(self._as(OFFICE).filter(kind=OrganKind.COUNTY_GOVERNMENT))

    @cached_property
    def headed_ids(self) -> set[int]:
        """The counties whose results this person confirms."""
        seen = self._as(HEADS).filter(kind=OrganKind.COUNTY_GOVERNMENT)
        return set(seen.values_list("pk", flat=True))

    @cached_property
    def organs(self) -> list[Organ]:
        """Every organ whose records this person sees."""
        return list(self.official.sees.order_by("order", "code"))

    @cached_property
    def organ_ids(self) -> set[int]:
        """The keys of those."""
        return {each.pk for each in self.organs}

    @cached_property
    def home_ids(self) -> set[int]:
        """The counties to which those organs belong."""
        return {each.county_id or each.pk for each in self.organs}

    @cached_property
    def reports_for(self) -> set[int]:
        """The organs for which this person reports and rates: the office for its own alone."""
        found = set(self._as(CLERKS).values_list("pk", flat=True))
        own = self._as(OFFICE).filter(kind__in=_OWN).values_list("pk", flat=True)
        return found | set(own)

    def _as(self, roles: frozenset[Role]) -> QuerySet[Organ]:
        return Official(self.user, self.now, roles, roles).acts_for

    @cached_property
    def kept_ids(self) -> set[int]:
        """The keys of the counties whose work this person keeps."""
        return {county.pk for county in self.counties}

    def keeps(self, county_id: int) -> bool:
        """Say whether this person keeps a county's work."""
        return county_id in self.kept_ids

    @property
    def plans(self) -> QuerySet[WorkPlan]:
        """Return the points of work this person sees: drafts only as their keeper."""
        told = Q(county_id__in=self.home_ids) & ~Q(state=PlanState.DRAFT)
        return WorkPlan.objects.filter(told | Q(county_id__in=self.kept_ids))

    @property
    def tasks(self) -> QuerySet[WorkTask]:
        """Return the tasks of those points."""
        return WorkTask.objects.filter(plan__in=self.plans.order_by())

    @property
    def events(self) -> QuerySet[WorkEvent]:
        """Return the events of the organs in sight."""
        return WorkEvent.objects.filter(organ_id__in=self.organ_ids)

    @property
    def appraisals(self) -> QuerySet[Appraisal]:
        """Return the appraisals this person sees: those of drafts only as their keeper."""
        told = Q(county_id__in=self.home_ids) & ~Q(state=AppraisalState.DRAFT)
        return Appraisal.objects.filter(told | Q(county_id__in=self.kept_ids))

    def units_of(self, appraisal: Appraisal) -> QuerySet[AppraisalUnit]:
        """Return the organs whose scores this person sees; once shown, the ranking is for all."""
        rows = AppraisalUnit.objects.filter(appraisal=appraisal).select_related("organ")
        if self.keeps(appraisal.county_id) or appraisal.county_id in self.headed_ids:
            return rows
        if appraisal.state in _RANKED:
            return rows
        return rows.filter(organ_id__in=self.organ_ids)

    def opens(self, unit: AppraisalUnit) -> bool:
        """Say whether this person sees each score of an organ."""
        county_id = unit.appraisal.county_id
        own = unit.organ_id in self.organ_ids
        return own or self.keeps(county_id) or county_id in self.headed_ids

    def rates(self, unit: AppraisalUnit) -> bool:
        """Say whether this person rates for an organ."""
        return unit.organ_id in self.reports_for

    def may_see(self, rating: Rating) -> bool:
        """Say whether this person sees a score."""
        return self.opens(rating.unit)

    @property
    def cases(self) -> QuerySet[AccountabilityCase]:
        """Return the cases of accountability: the county's keepers and heads alone see them."""
        return AccountabilityCase.objects.filter(county_id__in=self.kept_ids | self.headed_ids)

    @property
    def sees_cases(self) -> bool:
        """Say whether this person may see cases of accountability."""
        return bool(self.kept_ids | self.headed_ids)

    def joined_in(self, county: Organ) -> QuerySet[Organ]:
        """Return the organs of a county to which work may be given today."""
        return organs_of(county).filter(existing_between(self.today, self.today))
