"""What the chapter counts, with the records behind (law.md 4.5, 4.7, 5.2): each figure opens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from gongkai.engagement.lifecycle import (
    InterviewKind,
    InterviewState,
    MessageState,
    OpinionState,
    ReportState,
    SolicitationState,
    SurveyState,
)
from gongkai.engagement.lifecycle.messages import SETTLED
from gongkai.engagement.models import (
    Comment,
    ErrorReport,
    Exchange,
    Interview,
    Message,
    OpinionMatter,
    Solicitation,
    Survey,
)
from gongkai.engagement.rules.opinion import RULES, Clock


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


@dataclass(frozen=True, slots=True)
class MessageFigures:
    """Messages of a period: received; of them answered, in time, declined, public; days it took.

    `answered` is what `on_time`, `public` and `days` are of; `received` counts what was declined.
    """

    received: int
    answered: int
    on_time: int
    declined: int
    public: int
    days: Decimal | None

    @property
    def waiting(self) -> int:
        """How many of them wait still."""
        return self.received - self.answered - self.declined

    @property
    def on_time_rate(self) -> str:
        """Return the share of answers in time, such as 98.5%; "" when none was answered."""
        return f"{100 * self.on_time / self.answered:.1f}%" if self.answered else ""


def messages_received(organ_ids: Collection[int], start: date, end: date) -> QuerySet[Message]:
    """Return the messages received from `start` to `end`, both included."""
    return Message.objects.filter(organ_id__in=organ_ids, received_on__range=(start, end))


def messages_answered(organ_ids: Collection[int], start: date, end: date) -> QuerySet[Message]:
    """Return those of a period that were answered, whenever that was."""
    return messages_received(organ_ids, start, end).filter(state__in=SETTLED)


def message_figures(organ_ids: Collection[int], start: date, end: date) -> MessageFigures:
    """Return the figures of the messages received in a period. Two queries."""
    answered = Q(state__in=SETTLED)
    rows = messages_received(organ_ids, start, end)
    counts = rows.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=answered),
        on_time=Count("pk", filter=answered & Q(answered_on__lte=F("due_on"))),
        declined=Count("pk", filter=Q(state=MessageState.DECLINED)),
        public=Count("pk", filter=Q(state=MessageState.PUBLISHED)),
    )
    spent = [
        (until - since).days
        for since, until in rows.filter(answered).values_list("received_on", "answered_on")
    ]
    mean = Decimal(sum(spent)) / len(spent) if spent else None
    return MessageFigures(**counts, days=mean)


def messages_by_kind(organ_ids: Collection[int], start: date, end: date) -> dict[str, int]:
    """Return how many messages of each kind came in a period."""
    rows = messages_received(organ_ids, start, end).order_by().values("kind")
    return dict(rows.annotate(given=Count("pk")).values_list("kind", "given"))


def surveys_begun(organ_ids: Collection[int], start: date, end: date) -> QuerySet[Survey]:
    """Return the surveys whose term began in a period and that were public."""
    public = (SurveyState.OPEN, SurveyState.RESULTS)
    return Survey.objects.filter(
        organ_id__in=organ_ids, opens_on__range=(start, end), state__in=public
    )


def surveys_with_results(organ_ids: Collection[int], start: date, end: date) -> QuerySet[Survey]:
    """Return the surveys whose results became public in a period."""
    return Survey.objects.filter(organ_id__in=organ_ids, results_on__range=(start, end))


def interviews_held(
    organ_ids: Collection[int],
    start: date,
    end: date,
    kind: InterviewKind = InterviewKind.INTERVIEW,
) -> QuerySet[Interview]:
    """Return the interviews (or conferences) held in a period whose record is public."""
    return Interview.objects.filter(
        organ_id__in=organ_ids,
        kind=kind,
        state=InterviewState.PUBLISHED,
        held_at__date__range=(start, end),
    )


def questions_asked(
    organ_ids: Collection[int], start: date, end: date
) -> tuple[QuerySet[Exchange], QuerySet[Exchange]]:
    """Return the questions asked online in the interviews of a period, and those answered."""
    held = interviews_held(organ_ids, start, end)
    asked = Exchange.objects.filter(interview__in=held.order_by(), online=True)
    return asked, asked.filter(answered_at__isnull=False)


@dataclass(frozen=True, slots=True)
class OpinionFigure:
    """One clock over a period: how many matters were under it, met it in time, with both lists."""

    code: str
    label: str
    hours: int
    due: tuple[OpinionMatter, ...]
    met: tuple[OpinionMatter, ...]

    @property
    def rate(self) -> str:
        """Return the share met in time, such as 100.0%; "" of nothing."""
        return f"{100 * len(self.met) / len(self.due):.1f}%" if self.due else ""


def opinion_matters(organ_ids: Collection[int], start: date, end: date) -> QuerySet[OpinionMatter]:
    """Return the matters found in a period."""
    return OpinionMatter.objects.filter(organ_id__in=organ_ids, found_at__date__range=(start, end))


def opinion_responded(
    organ_ids: Collection[int], start: date, end: date
) -> QuerySet[OpinionMatter]:
    """Return the matters of a period that were answered (回应公众关注热点或重大舆情)."""
    return opinion_matters(organ_ids, start, end).filter(responses__isnull=False).distinct()


def opinion_figures(
    organ_ids: Collection[int], start: date, end: date, now: datetime
) -> tuple[OpinionFigure, ...]:
    """Return each clock's figures; what was set aside, or runs still, does not count. 2 queries."""
    rows = opinion_matters(organ_ids, start, end).exclude(state=OpinionState.SET_ASIDE)
    rows = rows.select_related("organ").prefetch_related("responses").order_by("found_at", "pk")
    judged: dict[str, list[tuple[OpinionMatter, Clock]]] = {rule.code: [] for rule in RULES}
    for row in rows:
        for clock in row.clocks(now):
            if clock.met_at is not None or clock.late:
                judged[clock.rule.code].append((row, clock))
    return tuple(
        OpinionFigure(
            rule.code,
            rule.label,
            rule.hours,
            tuple(row for row, _ in judged[rule.code]),
            tuple(row for row, clock in judged[rule.code] if not clock.late),
        )
        for rule in RULES
    )
