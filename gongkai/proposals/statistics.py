"""What the chapter counts of a year or a period, each figure with the proposals behind it.

Serves law.md 8.4 (总件数、办结率、满意率、公开件数) and the annual report's count of what was
published. `figures` and `behind` are made of the same conditions, so that they cannot part.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from gongkai.orgs.models import Organ
from gongkai.proposals.lifecycle import ANSWERED, OWING, Openness, OpennessState, ProposalState
from gongkai.proposals.lifecycle.kinds import (
    CONTENT,
    FACE_TO_FACE,
    ProposalKind,
    Result,
)
from gongkai.proposals.models import Proposal, ProposalStep, Reply
from gongkai.proposals.rules.figures import Figure
from gongkai.tables.facts import Period, Record

PART, WHOLE = "part", "whole"


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a figure is counted: what it counts (`part`), of what (`whole`; None for a count)."""

    name: str
    label: str
    part: Q
    whole: Q | None = None


def _last(**conditions: object) -> Exists:
    return Exists(
        Reply.objects.filter(
            proposal=OuterRef("pk"), round=OuterRef("round"), **conditions
        ).order_by()
    )


def _first_on_time() -> Exists:
    rows = Reply.objects.filter(proposal=OuterRef("pk"), round=1, replied_on__lte=F("due_on"))
    return Exists(rows.order_by())


def _face_to_face() -> Exists:
    ways = [way.value for way in FACE_TO_FACE]
    return Exists(ProposalStep.objects.filter(proposal=OuterRef("pk"), way__in=ways).order_by())


def _rules(today: date) -> tuple[_Rule, ...]:
    counted = ~Q(state=ProposalState.WITHDRAWN)
    answered = Q(state__in=[state.value for state in ANSWERED])
    replied_once = Exists(Reply.objects.filter(proposal=OuterRef("pk"), round=1).order_by())
    overdue = Q(state__in=[state.value for state in OWING], round=1, due_on__lt=today)
    rated = Q(_last()) & ~Q(_last(satisfaction=""))
    confirmed = {"openness_state": OpennessState.CONFIRMED}
    to_publish = Q(_last(openness__in=[Openness.FULL, Openness.ABRIDGED], **confirmed)) & answered
    live = Q(entry__live=True)
    promised = Q(_last(promised_on__isnull=False))
    content = [each.value for each in CONTENT]
    return (
        _Rule("total", "总件数", counted),
        *(
            _Rule(name, kind.label, counted & Q(kind=kind))
            for name, kind in (
                ("suggestions", ProposalKind.SUGGESTION),
                ("proposals", ProposalKind.PROPOSAL),
            )
        ),
        _Rule("replied", "办复率", counted & answered, counted),
        _Rule(
            "on_time",
            "按期答复率",
            counted & Q(_first_on_time()),
            counted & (Q(replied_once) | overdue),
        ),
        _Rule("face_to_face", "面商率", answered & Q(_face_to_face()), answered),
        _Rule("satisfied", "满意率", rated & Q(_last(satisfaction__in=content)), rated),
        _Rule("redone", "重新办理", counted & Q(round__gt=1)),
        *(
            _Rule(f"result_{each.value.lower()}", each.label, answered & Q(_last(result=each)))
            for each in Result
        ),
        _Rule(
            "fulfilled",
            "B类落实率",
            answered & promised & Q(_last(fulfilled_on__isnull=False)),
            answered & promised,
        ),
        *(
            _Rule(
                f"openness_{each.value.lower()}",
                each.label,
                answered & Q(_last(openness=each, **confirmed)),
            )
            for each in Openness
        ),
        _Rule("published", "公开答复", live),
        _Rule("published_share", "应公开的公开率", to_publish & live, to_publish),
    )


def figures(found: QuerySet[Proposal], today: date) -> tuple[Figure, ...]:
    """Return every figure of some proposals as they stand. Two queries a share, one a count."""
    return tuple(
        Figure(
            rule.name,
            rule.label,
            found.filter(rule.part).count(),
            None if rule.whole is None else found.filter(rule.whole).count(),
        )
        for rule in _rules(today)
    )


def behind(
    found: QuerySet[Proposal], name: str, side: str, today: date
) -> QuerySet[Proposal] | None:
    """Return the proposals that a figure counts, or is a share of (`side` WHOLE); None: unknown."""
    rule = next((each for each in _rules(today) if each.name == name), None)
    condition = rule and (rule.whole if side == WHOLE else rule.part)
    return None if condition is None else found.filter(condition)


def label_of(name: str, today: date) -> str:
    """Return the Chinese name of a figure, "" when there is none such."""
    return next((each.label for each in _rules(today) if each.name == name), "")


def of_year(found: QuerySet[Proposal], year: int) -> QuerySet[Proposal]:
    """Return those of a year's sessions."""
    return found.filter(year=year)


def published_by_organ(period: Period, organ_ids: Collection[int]) -> dict[int, Decimal]:
    """Return how many each organ published in a period that are public still. One query."""
    rows = _published_by(period, organ_ids).order_by().values("entry__organ_id")
    return {
        row["entry__organ_id"]: Decimal(row["number"]) for row in rows.annotate(number=Count("pk"))
    }


def published_records(period: Period, organ_ids: Collection[int]) -> list[Record]:
    """Return what that counts, each adding one."""
    rows = _published_by(period, organ_ids).select_related("entry")
    return [
        Record(each.typed_id, str(each), each.entry.organ_id, each.published_on, Decimal(1))
        for each in rows.order_by("published_on", "pk")
    ]


def _published_by(period: Period, organ_ids: Collection[int]) -> QuerySet[Proposal]:
    return Proposal.objects.filter(
        entry__live=True,
        entry__organ_id__in=organ_ids,
        published_on__range=(period.start, period.end),
    )


def published_between(county: Organ, start: date, end: date) -> QuerySet[Proposal]:
    """Return what a county published from `start` to `end`, both included, and is public still.

    What the annual report tells as 公开人大建议、政协提案办理信息 (138 in the reference report).
    """
    return Proposal.objects.filter(
        county=county, entry__live=True, published_on__range=(start, end)
    )
