"""What the chapter counts, with the records behind (law.md 4.5, 4.7): each figure can be opened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from gongkai.engagement.lifecycle import ReportState, SolicitationState
from gongkai.engagement.models import Comment, ErrorReport, Solicitation


@dataclass(frozen=True, slots=True)
class ErrorMonth:
    """The error reports received in one month: how many, answered, answered in time."""

    month: date
    received: int
    answered: int
    on_time: int

    @property
    def waiting(self) -> int:
        """How many of them have no answer yet."""
        return self.received - self.answered


@dataclass(frozen=True, slots=True)
class SolicitationFigures:
    """The 征集调查 figures of a period (law.md 4.7): begun, comments, results published."""

    begun: int
    comments: int
    fed_back: int


def reports_received(organ_ids: Collection[int], start: date, end: date) -> QuerySet[ErrorReport]:
    """Return the error reports received from `start` to `end`, both included."""
    return ErrorReport.objects.filter(organ_id__in=organ_ids, received_on__range=(start, end))


def error_months(organ_ids: Collection[int], start: date, end: date) -> list[ErrorMonth]:
    """Return the figures of each month in which something came. One query."""
    answered = Q(state=ReportState.ANSWERED)
    rows = (
        reports_received(organ_ids, start, end)
        .order_by()
        .annotate(month=TruncMonth("received_on"))
        .values("month")
        .annotate(
            received=Count("pk"),
            answered=Count("pk", filter=answered),
            on_time=Count("pk", filter=answered & Q(answered_on__lte=F("due_on"))),
        )
        .order_by("month")
    )
    return [ErrorMonth(**row) for row in rows]


def solicitations_begun(
    organ_ids: Collection[int], start: date, end: date
) -> QuerySet[Solicitation]:
    """Return the solicitations whose term began in a period and that were public."""
    public = (SolicitationState.OPEN, SolicitationState.FED_BACK)
    return Solicitation.objects.filter(
        organ_id__in=organ_ids, opens_on__range=(start, end), state__in=public
    )


def solicitation_figures(organ_ids: Collection[int], start: date, end: date) -> SolicitationFigures:
    """Return what was asked of the public in a period and what came of it. Three queries."""
    own = Solicitation.objects.filter(organ_id__in=organ_ids)
    comments = Comment.objects.filter(
        solicitation__organ_id__in=organ_ids, received_on__range=(start, end)
    )
    return SolicitationFigures(
        begun=solicitations_begun(organ_ids, start, end).count(),
        comments=comments.count(),
        fed_back=own.filter(fed_back_on__range=(start, end)).count(),
    )
