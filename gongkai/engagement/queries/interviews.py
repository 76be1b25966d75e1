"""Reading interviews and press conferences, and the answers often asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongkai.disclosure.models import Entry
from gongkai.engagement.lifecycle import InterviewKind, InterviewState
from gongkai.engagement.models import Exchange, Faq, Interview
from gongkai.engagement.rules.interviews import Plan, Spoken
from gongkai.orgs.models import Organ

_WHOLE = ("organ", "entry", "transcript_entry")


@dataclass(frozen=True, slots=True)
class BesideInterview:
    """What stands beside a notice or a record: when, who, whether questions are taken, kin."""

    id: int
    kind: InterviewKind
    state: InterviewState
    guests: str
    held_at: datetime
    takes_questions: bool
    questions_until: datetime | None
    notice: tuple[str, str] | None
    transcript: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class PublicInterview:
    """An interview as the form for questions shows it."""

    id: int
    theme: str
    title: str
    address: str
    organ: str
    guests: str
    held_at: datetime
    questions_until: datetime | None
    takes_questions: bool


def interviews_of(organ_ids: Collection[int]) -> QuerySet[Interview]:
    """Return the interviews of some organs, latest first, with counts of questions."""
    rows = Interview.objects.filter(organ_id__in=organ_ids).select_related(*_WHOLE)
    answered = Count("exchanges", filter=Q(exchanges__answered_at__isnull=False))
    return rows.annotate(answered=answered).order_by("-held_at", "-pk")


def find_interview(pk: int, organ_ids: Collection[int]) -> Interview | None:
    """Return the interview with this key among those of some organs, or None."""
    return interviews_of(organ_ids).filter(pk=pk).first()


def exchanges_of(interview: Interview) -> QuerySet[Exchange]:
    """Return the questions in order, answered or not."""
    return Exchange.objects.filter(interview=interview).order_by("number")


def asked_online(interview: Interview) -> int:
    """Return how many questions came online."""
    return exchanges_of(interview).filter(online=True).count()


def spoken_in(interview: Interview) -> list[Spoken]:
    """Return the exchanges as the record shows them."""
    rows = exchanges_of(interview).filter(answered_at__isnull=False)
    return [Spoken(each.asked_by, each.question, each.answered_by, each.answer) for each in rows]


def plan_of(interview: Interview) -> Plan:
    """Return what is planned, in local time."""
    until = interview.questions_until
    return Plan(
        kind=InterviewKind(interview.kind),
        theme=interview.theme,
        guests=interview.guests,
        held_at=timezone.localtime(interview.held_at),
        place=interview.place,
        questions_until=timezone.localtime(until) if until else None,
    )


def beside_interview(record: str, now: datetime) -> BesideInterview | None:
    """Return what stands beside "engagement.interview:<id>" or a transcript. One query."""
    key = record.partition(":")[2]
    rows = Interview.objects.select_related("entry", "transcript_entry")
    row = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    if row is None:
        return None
    return BesideInterview(
        id=row.pk,
        kind=InterviewKind(row.kind),
        state=InterviewState(row.state),
        guests=row.guests,
        held_at=timezone.localtime(row.held_at),
        takes_questions=row.takes_questions(now),
        questions_until=timezone.localtime(row.questions_until) if row.questions_until else None,
        notice=_public(row.entry),
        transcript=_public(row.transcript_entry),
    )


def interview_for_questions(county: Organ, pk: int, now: datetime) -> PublicInterview | None:
    """Return an interview whose notice is public on a county's site, or None. One query."""
    rows = Interview.objects.select_related("organ", "entry").filter(
        Q(organ=county) | Q(organ__county=county), pk=pk, entry__live=True
    )
    row = rows.first()
    if row is None or row.entry is None:
        return None
    until = row.questions_until
    return PublicInterview(
        id=row.pk,
        theme=row.theme,
        title=row.entry.title,
        address=row.entry.address,
        organ=row.organ.name,
        guests=row.guests,
        held_at=timezone.localtime(row.held_at),
        questions_until=timezone.localtime(until) if until else None,
        takes_questions=row.takes_questions(now),
    )


def faqs_of(organ_ids: Collection[int]) -> QuerySet[Faq]:
    """Return the questions and answers of some organs, longest unchecked first."""
    rows = Faq.objects.filter(organ_id__in=organ_ids).select_related("organ", "entry", "message")
    return rows.order_by("checked_on", "pk")


def find_faq(pk: int, organ_ids: Collection[int]) -> Faq | None:
    """Return the question with this key among those of some organs, or None."""
    return faqs_of(organ_ids).filter(pk=pk).first()


def is_faq_stale(faq: Faq, today: date) -> bool:
    """Say whether a public answer was last confirmed longer ago than GONGKAI_FAQ_DAYS."""
    before = today - timedelta(days=settings.GONGKAI_FAQ_DAYS)
    return faq.entry is not None and faq.entry.live and faq.checked_on < before


def checked_on(record: str) -> date | None:
    """Return when the answer of "engagement.faq:<id>" was last confirmed. One query."""
    key = record.partition(":")[2]
    rows = Faq.objects.filter(pk=int(key)) if key.isdecimal() else Faq.objects.none()
    return rows.values_list("checked_on", flat=True).first()


def _public(entry: Entry | None) -> tuple[str, str] | None:
    return (entry.title, entry.address) if entry is not None and entry.live else None
