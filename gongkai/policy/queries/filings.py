"""Filing (备案): what still has to be filed, by when, and what is late (law.md 6.1)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.policy.deadlines import FILING_DAYS, filing_due_on
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import PolicyDocument, PolicyDocumentQuerySet
from gongkai.policy.rules import DocumentKind

FILED = (DocumentKind.RULES.value, DocumentKind.NORMATIVE.value)


@dataclass(frozen=True, slots=True)
class FilingRow:
    """A document as the filing list shows it; `days` are left, negative when it is late."""

    document: PolicyDocument
    due_on: date
    days: int
    late: bool


def to_file(organ_ids: Collection[int]) -> PolicyDocumentQuerySet:
    """Return the public rules and normative documents not filed yet, the most urgent first."""
    found = PolicyDocument.objects.of(organ_ids).filter(
        state=DocumentState.PUBLISHED, kind__in=FILED, filed_on__isnull=True
    )
    return found.select_related("organ").order_by("published_on", "pk")


def late_to_file(organ_ids: Collection[int], today: date) -> PolicyDocumentQuerySet:
    """Return those of `to_file` whose thirty days are over."""
    return to_file(organ_ids).filter(published_on__lt=today - timedelta(days=FILING_DAYS))


def filed(organ_ids: Collection[int]) -> PolicyDocumentQuerySet:
    """Return what was filed, the latest first."""
    found = PolicyDocument.objects.of(organ_ids).filter(filed_on__isnull=False)
    return found.select_related("organ").order_by("-filed_on", "-pk")


def filing_rows(documents: Iterable[PolicyDocument], today: date) -> list[FilingRow]:
    """Return documents with their last day of filing; a filed one is late by the day it was."""
    rows = []
    for document in documents:
        if document.published_on is None:
            continue
        due_on = filing_due_on(document.published_on)
        days = (due_on - (document.filed_on or today)).days
        rows.append(FilingRow(document, due_on, days, days < 0))
    return rows
