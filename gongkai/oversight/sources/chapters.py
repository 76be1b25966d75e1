"""Where each figure comes from: the chapters' statistics, or the rows of their models."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gongkai.disclosure import statistics as disclosure
from gongkai.disclosure.models import Release
from gongkai.inspections.models import Finding
from gongkai.inspections.models.findings import NO_FAULT, FindingState
from gongkai.newmedia import statistics as newmedia
from gongkai.oversight.lifecycle import PlanState, TaskState
from gongkai.oversight.models import Attendee, WorkTask
from gongkai.oversight.queries import standing_cases, standing_events
from gongkai.oversight.rules.kinds import EventKind
from gongkai.oversight.sources.asked import ENGAGED, HOTLINE, REQUESTS
from gongkai.oversight.sources.counting import (
    Asked,
    Called,
    Counts,
    FactsOf,
    Rate,
    Rows,
    Source,
    end_of,
)
from gongkai.policy import statistics as policy
from gongkai.policy.models import Interpretation
from gongkai.proposals.models import Proposal
from gongkai.tables.facts import Measure, Record

_ONE = Decimal(1)


# -- what was published ---------------------------------------------------------------------


def _interpretations(asked: Asked) -> QuerySet[Release]:
    return Release.objects.filter(
        organ_id__in=asked.organ_ids,
        released_on__range=(asked.period.start, asked.period.end),
        first=True,
        entry__in=Interpretation.objects.order_by().values("entry_id"),
    ).select_related("entry")


def _interpretation_records(asked: Asked) -> list[Record]:
    return [
        Record(each.entry.typed_id, str(each.entry), each.organ_id, each.released_on, _ONE)
        for each in _interpretations(asked)
    ]


def _proposals(asked: Asked) -> QuerySet[Proposal]:
    """Return the proposals whose answer was published in the period and is public still."""
    return Proposal.objects.filter(
        entry__live=True,
        entry__organ_id__in=asked.organ_ids,
        published_on__range=(asked.period.start, asked.period.end),
    ).select_related("entry")


def _accounts(platforms: Callable[[str], bool], asked: Asked) -> list[newmedia.AccountPosts]:
    period = asked.period
    found = newmedia.posts_by_account(asked.organ_ids, period.start, period.end)
    return [each for each in found if platforms(each.platform.value)]


def _posts(platforms: Callable[[str], bool], asked: Asked) -> Counts:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for each in _accounts(platforms, asked):
        found[each.organ_id] += each.posts
    return found


def _post_records(platforms: Callable[[str], bool], asked: Asked) -> list[Record]:
    period = asked.period
    return [
        Record(post.id, post.title, each.organ_id, timezone.localdate(post.posted_at), _ONE)
        for each in _accounts(platforms, asked)
        for post in newmedia.posts_behind(each.account_id, period.start, period.end)
    ]


def _on(platforms: Callable[[str], bool]) -> Called:
    return Called(partial(_posts, platforms), partial(_post_records, platforms))


_PUBLISHED: dict[str, Source | Rate] = {
    **{
        f"disclosure.{aspect}": FactsOf(disclosure, (Measure("disclosure", aspect),))
        for aspect in ("published", "renewed", "late", "outstanding", "withdrawn")
    },
    **{
        f"policy.{aspect}": FactsOf(policy, (Measure("documents.NORMATIVE", aspect),))
        for aspect in ("made", "published", "repealed")
    },
    "policy.interpretations": Called(
        Rows(_interpretations, "released_on").count, _interpretation_records
    ),
    "newmedia.wechat": _on(lambda name: name == "WECHAT"),
    "newmedia.weibo": _on(lambda name: name == "WEIBO"),
    "newmedia.others": _on(lambda name: name not in ("WECHAT", "WEIBO")),
    "proposals.published": Rows(_proposals, "published_on", organ="entry__organ_id"),
}


# -- faults and the office's own work -------------------------------------------------------


def _findings(more: Q = Q(), day: str = "found_at__date__range") -> Rows:  # noqa: B008
    def rows(asked: Asked) -> QuerySet[Finding]:
        found = Finding.objects.filter(
            more, organ_id__in=asked.organ_ids, **{day: (asked.period.start, asked.period.end)}
        )
        return found.exclude(state__in=[each.value for each in NO_FAULT])

    return Rows(rows, "found_at")


def _overdue(asked: Asked) -> QuerySet[Finding]:
    """Return the findings that fell due in the period and were not answered by their day."""
    found = _findings(Q(due_on__isnull=False), "due_on__range").rows(asked)
    unanswered = Q(answered_at__isnull=True) | Q(answered_at__date__gt=F("due_on"))
    return found.filter(unanswered, due_on__lt=end_of(asked.period, asked.now).date())


def _events(kind: EventKind, adds: str = "") -> Rows:
    def rows(asked: Asked) -> QuerySet[Any]:
        return standing_events(asked.organ_ids, kind, asked.period.start, asked.period.end)

    return Rows(rows, "held_on", adds=adds)


def _attended(asked: Asked) -> QuerySet[Attendee]:
    return Attendee.objects.filter(
        organ_id__in=asked.organ_ids,
        event__kind=EventKind.TRAINING,
        event__struck_at__isnull=True,
        event__held_on__range=(asked.period.start, asked.period.end),
    ).select_related("event")


def _attended_records(asked: Asked) -> list[Record]:
    return [
        Record(
            each.event.typed_id, f"{each.event}：{each}", each.organ_id, each.event.held_on, _ONE
        )
        for each in _attended(asked)
    ]


def _tasks(more: Q = Q()) -> Rows:  # noqa: B008
    def rows(asked: Asked) -> QuerySet[WorkTask]:
        found = WorkTask.objects.filter(
            more,
            lead_id__in=asked.organ_ids,
            due_on__range=(asked.period.start, asked.period.end),
        )
        return found.exclude(state=TaskState.DROPPED).exclude(plan__state=PlanState.DRAFT)

    return Rows(rows, "due_on", organ="lead_id")


_WORK: dict[str, Source | Rate] = {
    "inspections.findings": _findings(),
    "inspections.repeated": _findings(Q(repeated=True)),
    "inspections.closed": Rate(_findings(Q(state=FindingState.CLOSED)), _findings()),
    "inspections.overdue": Rows(_overdue, "due_on"),
    "oversight.trainings": _events(EventKind.TRAINING),
    "oversight.trained": _events(EventKind.TRAINING, "heads"),
    "oversight.attended": Called(Rows(_attended, "pk").count, _attended_records),
    "oversight.meetings": _events(EventKind.MEETING),
    "oversight.activities": _events(EventKind.ACTIVITY),
    "oversight.tasks_done": Rate(_tasks(Q(state=TaskState.DONE)), _tasks()),
    "oversight.accountability": Rows(
        lambda asked: standing_cases(asked.organ_ids, asked.period.start, asked.period.end),
        "decided_on",
    ),
}

SOURCES: Mapping[str, Source | Rate] = MappingProxyType(
    {**REQUESTS, **_PUBLISHED, **ENGAGED, **HOTLINE, **_WORK}
)
