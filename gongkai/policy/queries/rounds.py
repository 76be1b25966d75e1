"""Clean-up reviews: what is to be reviewed, how far a round is, its lists, its figures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from gongkai.orgs.models import Organ
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import PolicyDocument, ReviewRound, RoundItem
from gongkai.policy.queries.documents import life_of
from gongkai.policy.rules import DocumentKind
from gongkai.policy.rules.rounds import Decision, Listed

REVIEWED = (DocumentKind.RULES.value, DocumentKind.NORMATIVE.value)

__all__ = [
    "Progress",
    "Reconciled",
    "items_of",
    "life_of",
    "lists_of",
    "progress_of",
    "reconciled",
    "rounds_of",
    "to_review",
]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come."""

    documents: int
    proposed: int
    settled: int

    @property
    def open(self) -> int:
        """How many are not settled."""
        return self.documents - self.settled


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The lists of a round against what is in force (table two) on a day.

    `stays` are the documents that the round keeps and that are in force, `lost` those it kept
    that are not (repealed or lapsed since), `later` those in force that it did not review.
    """

    stays: int
    lost: int
    later: int
    in_force: int

    @property
    def agrees(self) -> bool:
        """Say whether lists and table two tell the same."""
        return self.stays + self.later == self.in_force


def to_review(county_id: int, day: date) -> list[PolicyDocument]:
    """Return the rules and normative documents of a county in force on a day. One query."""
    found = PolicyDocument.objects.filter(
        county_id=county_id, kind__in=REVIEWED, state=DocumentState.PUBLISHED
    )
    return list(found.in_force_on(day).select_related("organ").order_by("organ", "formed_on", "pk"))


def rounds_of(organs: QuerySet[Organ]) -> QuerySet[ReviewRound]:
    """Return the rounds of the counties of these organs, the newest first."""
    homes = organs.annotate(home=Coalesce("county_id", "pk")).values("home")
    return ReviewRound.objects.filter(county_id__in=homes).select_related("county")


def items_of(round_: ReviewRound, organ_ids: Collection[int]) -> QuerySet[RoundItem]:
    """Return the documents of these organs in a round, in the order of organs."""
    found = RoundItem.objects.filter(round=round_, document__organ_id__in=organ_ids)
    return found.select_related("document__organ")


def progress_of(round_: ReviewRound) -> Progress:
    """Return how far a round has come. One query."""
    told = round_.items.aggregate(
        documents=Count("pk"),
        proposed=Count("pk", filter=~Q(proposed="")),
        settled=Count("pk", filter=~Q(settled="")),
    )
    return Progress(**told)


def lists_of(round_: ReviewRound) -> dict[Decision, list[Listed]]:
    """Return the lists of a round by decision, in the order of organs. One query."""
    lists: dict[Decision, list[Listed]] = {decision: [] for decision in Decision}
    for item in round_.items.exclude(settled="").select_related("document__organ"):
        document = item.document
        lists[Decision(item.settled)].append(
            Listed(
                document.title,
                document.document_number,
                document.organ.short_name,
                document.formed_on,
            )
        )
    return lists


def reconciled(round_: ReviewRound, day: date) -> Reconciled:
    """Return how the lists of a closed round agree with what is in force on a day."""
    keeps = [decision.value for decision in Decision if decision.stays]
    kept = set(round_.items.filter(settled__in=keeps).values_list("document", flat=True))
    force = {document.pk for document in to_review(round_.county_id, day)}
    return Reconciled(len(kept & force), len(kept - force), len(force - kept), len(force))
