"""Who does what: the county's office assigns, the lead replies, joint organs give their opinion."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q, QuerySet

from gongkai.accounts.models import User
from gongkai.orgs.models import Organ, OrganKind, Role
from gongkai.orgs.queries import Official, holds_any, organs_seen_by
from gongkai.proposals.lifecycle import OWING, ProposalState
from gongkai.proposals.models import JointOrgan, Proposal
from gongkai.proposals.queries.proposals import waiting_openness

# Who assigns and judges, who works for an organ, who confirms openness, who also sees.
OFFICE = frozenset({Role.OGI_OFFICE, Role.OGI_HEAD})
RECORDERS = OFFICE | {Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK}
CONFIRMERS = OFFICE | {Role.REVIEWER, Role.SECRECY_REVIEWER}
VIEWERS = RECORDERS | CONFIRMERS | {Role.LEADER, Role.PUBLISHER}


@dataclass(frozen=True)
class ProposalPerson:
    """A signed-in person at a moment, as far as proposals go."""

    user: User
    now: datetime

    @cached_property
    def official(self) -> Official:
        """What their posts let them see and record."""
        return Official(self.user, self.now, RECORDERS, VIEWERS)

    @cached_property
    def counties(self) -> list[Organ]:
        """The counties whose proposals this person assigns."""
        kept = Official(self.user, self.now, OFFICE, OFFICE).acts_for
        return list(kept.filter(kind=OrganKind.COUNTY_GOVERNMENT))

    @cached_property
    def seen_ids(self) -> frozenset[int]:
        """The organs whose proposals this person sees."""
        return frozenset(self.official.sees.values_list("pk", flat=True))

    @cached_property
    def acting_ids(self) -> frozenset[int]:
        """The organs for which this person works."""
        return frozenset(self.official.acts_for.values_list("pk", flat=True))

    @cached_property
    def confirming_ids(self) -> frozenset[int]:
        """The organs whose decisions on openness this person confirms."""
        found = Official(self.user, self.now, CONFIRMERS, CONFIRMERS).acts_for
        return frozenset(found.values_list("pk", flat=True))

    @property
    def proposals(self) -> QuerySet[Proposal]:
        """Return the proposals this person sees: as lead, as joint organ, or the whole county's."""
        joined = Proposal.objects.filter(joint__organ_id__in=self.seen_ids).values("pk")
        own = Q(lead_id__in=self.seen_ids) | Q(county_id__in=self.seen_ids)
        return Proposal.objects.filter(own | Q(pk__in=joined))

    def keeps(self, proposal: Proposal) -> bool:
        """Say whether this person assigns and judges this proposal."""
        return proposal.county_id in {county.pk for county in self.counties}

    def leads(self, proposal: Proposal) -> bool:
        """Say whether this person works on it for the lead."""
        return proposal.lead_id in self.acting_ids

    def confirms(self, proposal: Proposal) -> bool:
        """Say whether this person may confirm how public its reply is."""
        return proposal.lead_id in self.confirming_ids

    def joined(self, proposal: Proposal) -> Organ | None:
        """Return the first joint organ for which this person works, or None."""
        rows = proposal.joint.filter(organ_id__in=self.acting_ids).select_related("organ")
        row = rows.first()
        return row.organ if row is not None else None


def waiting_proposals(user: User, today: date) -> dict[str, QuerySet[Proposal]]:
    """Return what waits for a person, by what is to be done; empty for other posts.

    `late`, `to_accept` and `to_opine` are their organs', `to_confirm` those whose openness they
    confirm, `to_assign` their county's.
    """
    found: dict[str, QuerySet[Proposal]] = {}
    if holds_any(user, today, RECORDERS):
        organs = organs_seen_by(user, today, RECORDERS).order_by().values("pk")
        own = Proposal.objects.filter(lead__in=organs)
        owing = [state.value for state in OWING]
        found["late"] = own.filter(state__in=owing, due_on__lt=today)
        found["to_accept"] = own.filter(state=ProposalState.ASSIGNED)
        silent = JointOrgan.objects.filter(organ__in=organs, opinion="").values("proposal")
        handled = (ProposalState.ASSIGNED, ProposalState.HANDLING)
        found["to_opine"] = Proposal.objects.filter(pk__in=silent, state__in=handled)
    if holds_any(user, today, CONFIRMERS):
        read = organs_seen_by(user, today, CONFIRMERS).order_by().values("pk")
        asked = Proposal.objects.filter(lead__in=read)
        found["to_confirm"] = waiting_openness(asked)
    if holds_any(user, today, OFFICE):
        kept = organs_seen_by(user, today, OFFICE).filter(kind=OrganKind.COUNTY_GOVERNMENT)
        found["to_assign"] = Proposal.objects.filter(
            county__in=kept.order_by().values("pk"), state=ProposalState.RECEIVED
        )
    return found


def proposals_in_hand(organ_ids: Collection[int]) -> QuerySet[Proposal]:
    """Return the proposals that some organs have yet to answer as leading organs."""
    return Proposal.objects.filter(lead__in=organ_ids, state__in=[state.value for state in OWING])
