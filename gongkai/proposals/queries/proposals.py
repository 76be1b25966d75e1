"""Reading proposals: lists, one with all that belongs to it, what is late."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from gongkai.orgs.models import Organ
from gongkai.proposals.deadlines import PUBLISH_WORKDAYS
from gongkai.proposals.lifecycle import ANSWERED, OWING, Openness, OpennessState, ProposalState
from gongkai.proposals.lifecycle.kinds import Result
from gongkai.proposals.models import (
    JointOrgan,
    Proposal,
    ProposalStep,
    ProposerContact,
    Reply,
    key_mark,
)
from gongkai.statute.workdays import WorkdayCalendar

_ANSWERED = [state.value for state in ANSWERED]
_OWING = [state.value for state in OWING]
_PUBLIC = [each.value for each in Openness if each.public]


def of_county(county: Organ) -> QuerySet[Proposal]:
    """Return the proposals of a county."""
    return Proposal.objects.filter(county=county)


def of_organs(organ_ids: Collection[int]) -> QuerySet[Proposal]:
    """Return the proposals that some organs lead."""
    return Proposal.objects.filter(lead_id__in=organ_ids)


def find_proposal(pk: Any, among: QuerySet[Proposal]) -> Proposal | None:
    """Return the proposal with this key among some, with its organs and entry, or None."""
    rows = Proposal.objects.filter(pk__in=among.order_by().values("pk"))
    return rows.filter(pk=pk).select_related("county", "lead", "entry").first()


def with_last_reply(found: QuerySet[Proposal], *, published: bool = False) -> QuerySet[Proposal]:
    """Return proposals with the day, class, openness and opinion of their last reply beside.

    `published` takes the reply that the public text shows instead.
    """
    last = Reply.objects.filter(proposal=OuterRef("pk")).order_by("-round")
    if published:
        last = last.filter(round=OuterRef("published_round"))
    names = ("replied_on", "result", "openness", "openness_state", "satisfaction")
    told = {f"last_{name}": Subquery(last.values(name)[:1]) for name in names}
    told["last_number"] = Subquery(last.values("number")[:1])
    told["last_due_on"] = Subquery(last.values("due_on")[:1])
    return found.select_related("lead").annotate(**told)


def matching(found: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Return proposals whose subject, number or proposer holds `words`."""
    words = " ".join(words.replace("\x00", "").split())
    if not words:
        return found
    number = words.removeprefix("第").removesuffix("号")
    return found.filter(
        Q(subject__icontains=words) | Q(number=number) | Q(proposer__icontains=words)
    )


def replies_of(proposal: Proposal) -> list[Reply]:
    """Return the replies of a proposal, the last first."""
    return list(Reply.objects.filter(proposal=proposal).order_by("-round"))


def reply_of(proposal: Proposal) -> Reply | None:
    """Return the last reply, or None."""
    return Reply.objects.filter(proposal=proposal).order_by("-round").first()


def joint_of(proposal: Proposal) -> list[JointOrgan]:
    """Return the joint organs with their opinions, in the county's order."""
    rows = JointOrgan.objects.filter(proposal=proposal).select_related("organ")
    return list(rows.order_by("organ__order", "organ__code"))


def steps_of(proposal: Proposal) -> list[ProposalStep]:
    """Return what happened to a proposal, in order."""
    return list(ProposalStep.objects.filter(proposal=proposal).order_by("pk"))


def has_contact(proposal: Proposal) -> bool:
    """Say whether it is registered how to reach the proposer."""
    return ProposerContact.objects.filter(proposal=proposal).exists()


def standing_twin(proposal: Proposal) -> Proposal | None:
    """Return another proposal of the same session with the same number, or None."""
    found = Proposal.objects.filter(
        county_id=proposal.county_id,
        kind=proposal.kind,
        session=proposal.session,
        number=proposal.number,
    )
    return found.exclude(pk=proposal.pk).first()


def late_replies(found: QuerySet[Proposal], today: date) -> QuerySet[Proposal]:
    """Return what is past its term without a reply, worst first."""
    late = found.filter(state__in=_OWING, due_on__lt=today)
    return late.select_related("lead", "county").order_by("due_on", "pk")


def late_to_publish(
    found: QuerySet[Proposal], today: date, calendar: WorkdayCalendar
) -> list[Proposal]:
    """Return what was replied to more than 20 working days ago and is not public as it should be.

    A reply whose openness nobody has confirmed is late too. Worst first, with `last_replied_on`.
    """
    open_ones = with_last_reply(found.filter(state__in=_ANSWERED, published_on__isnull=True))
    kept_back = Q(last_openness_state=OpennessState.CONFIRMED) & ~Q(last_openness__in=_PUBLIC)
    rows = open_ones.exclude(kept_back).filter(last_replied_on__lt=today)
    return [
        row
        for row in rows.order_by("last_replied_on", "pk")
        if calendar.count(row.last_replied_on, today) > PUBLISH_WORKDAYS
    ]


def waiting_openness(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return what was replied to and waits for other eyes to confirm how public it is."""
    waits = Reply.objects.filter(
        proposal=OuterRef("pk"),
        round=OuterRef("round"),
        openness_state=OpennessState.PROPOSED,
    )
    return found.filter(Exists(waits.order_by()), state__in=_ANSWERED)


def waiting_opinions(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return what is being handled and lacks the opinion of a joint organ."""
    silent = JointOrgan.objects.filter(proposal=OuterRef("pk"), opinion="")
    handled = (ProposalState.ASSIGNED, ProposalState.HANDLING)
    return found.filter(Exists(silent.order_by()), state__in=handled)


def overdue_promises(found: QuerySet[Proposal], today: date) -> QuerySet[Reply]:
    """Return the last replies of class B whose day has passed and of which nothing was heard."""
    rows = Reply.objects.filter(
        proposal__in=found.filter(state__in=_ANSWERED).order_by().values("pk"),
        round=F("proposal__round"),
        result=Result.B,
        fulfilled_on__isnull=True,
        promised_on__lt=today,
    )
    return rows.select_related("proposal__lead").order_by("promised_on", "pk")


def to_reseal() -> int:
    """Return how many contacts are sealed with a key of before."""
    return ProposerContact.objects.exclude(key_id=key_mark()).count()
