"""Reading policy documents: lists with validity on a day, one document with its relations.

The library answers "in force on day D" from the days of each document; see
`rules.validity_on`. Shapes for lists and pages are frozen values.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from gongkai.orgs.models import Organ
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import (
    PolicyDocument,
    PolicyDocumentQuerySet,
    Relation,
    repeals_of,
    standing_relations,
)
from gongkai.policy.rules import (
    Description,
    DocumentKind,
    Life,
    RelationKind,
    Validity,
    validity_on,
)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as lists show it, with its validity on the day asked for."""

    id: int
    organ_id: int
    organ: str
    kind: DocumentKind
    title: str
    document_number: str
    formed_on: date
    published_on: date | None
    effective_on: date | None
    ends_on: date | None
    repealed_on: date | None
    state: DocumentState
    validity: Validity


def documents(
    organ_ids: Collection[int],
    *,
    kind: DocumentKind | None = None,
    year: int | None = None,
    state: DocumentState | None = None,
    words: str = "",
) -> PolicyDocumentQuerySet:
    """Return documents of organs, newest first, with the days of amendment and repeal.

    `year` is the year formed; `words` are sought in the title and the number.
    """
    found = PolicyDocument.objects.of(organ_ids).select_related("organ")
    if kind is not None:
        found = found.filter(kind=kind)
    if year is not None:
        found = found.filter(formed_on__range=(date(year, 1, 1), date(year, 12, 31)))
    if state is not None:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(title__contains=words) | Q(document_number__contains=words))
    return with_days(found).order_by("-formed_on", "-pk")


def with_days(found: PolicyDocumentQuerySet) -> PolicyDocumentQuerySet:
    """Add `amended_on` (first standing amendment) and `repealed_on`."""
    amendments = (
        standing_relations(RelationKind.AMENDS)
        .filter(target=OuterRef("pk"))
        .order_by("effective_on")
    )
    return found.annotate(
        amended_on=Subquery(amendments.values("effective_on")[:1]),
        repealed_on=Subquery(repeals_of(OuterRef("pk")).values("effective_on")[:1]),
    )


def rows(found: Iterable[PolicyDocument], day: date) -> list[DocumentRow]:
    """Return a page of `documents` as values, with their validity on `day`."""
    return [
        DocumentRow(
            id=document.pk,
            organ_id=document.organ_id,
            organ=document.organ.short_name,
            kind=DocumentKind(document.kind),
            title=document.title,
            document_number=document.document_number,
            formed_on=document.formed_on,
            published_on=document.published_on,
            effective_on=document.effective_on,
            ends_on=document.ends_on,
            repealed_on=document.repealed_on,
            state=DocumentState(document.state),
            validity=validity_on(life_from(document), day),
        )
        for document in found
    ]


def years(organ_ids: Collection[int]) -> list[int]:
    """Return the years in which these organs formed documents, newest first."""
    found = PolicyDocument.objects.of(organ_ids).order_by()
    return [day.year for day in found.dates("formed_on", "year", order="DESC")]


def life_of(document: PolicyDocument) -> Life:
    """Return the days that decide a document's validity; one query."""
    return life_from(with_days(PolicyDocument.objects.filter(pk=document.pk)).get())


def life_from(document: PolicyDocument) -> Life:
    """Return the days of a document that was read `with_days`."""
    return Life(
        kind=DocumentKind(document.kind),
        formed_on=document.formed_on,
        published_on=document.published_on,
        effective_on=document.effective_on,
        ends_on=document.ends_on,
        amended_on=document.amended_on,
        repealed_on=document.repealed_on,
    )


def description_of(document: PolicyDocument) -> Description:
    """Return what is registered of a document."""
    return Description(
        kind=DocumentKind(document.kind),
        title=document.title,
        formed_on=document.formed_on,
        document_number=document.document_number,
        effective_on=document.effective_on,
        ends_on=document.ends_on,
        joint_issuers=tuple(
            document.joint_issuers.order_by("order").values_list("name", flat=True)
        ),
    )


def standing_acts_on(document: PolicyDocument) -> QuerySet[Relation]:
    """Return the amendments and the repeal of a document that stand, oldest first."""
    found = Relation.objects.filter(target=document, cancelled_at__isnull=True)
    return found.select_related("source").order_by("effective_on", "pk")


def acts_of(document: PolicyDocument) -> QuerySet[Relation]:
    """Return what a document does to others and still stands, oldest first."""
    found = Relation.objects.filter(source=document, cancelled_at__isnull=True)
    return found.select_related("target").order_by("effective_on", "pk")


def first_act_by(document: PolicyDocument) -> date | None:
    """Return the first day on which a document's act on another takes effect."""
    return acts_of(document).aggregate(day=Min("effective_on"))["day"]


def numbered(organ: Organ, number: str, *, other_than: int | None) -> PolicyDocument | None:
    """Return another document of `organ` that bears the number, if it has been registered."""
    if not number:
        return None
    found = PolicyDocument.objects.counting().filter(organ=organ, document_number=number)
    return found.exclude(pk=other_than).first()


def organs_named(lead: Organ, names: Collection[str]) -> dict[str, Organ]:
    """Return the organs of the lead organ's county that bear one of these names."""
    county_id = lead.county_id or lead.pk
    found = Organ.objects.filter(Q(pk=county_id) | Q(county_id=county_id))
    found = found.filter(Q(name__in=names) | Q(short_name__in=names))
    return {name: organ for organ in found for name in (organ.name, organ.short_name)}


def logged(document: PolicyDocument) -> dict[str, Any]:
    """Return a document's registered fields as the audit log keeps them."""

    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    described = description_of(document)
    return {
        "kind": str(described.kind),
        "title": described.title,
        "document_number": described.document_number,
        "formed_on": day(described.formed_on),
        "effective_on": day(described.effective_on),
        "ends_on": day(described.ends_on),
        "published_on": day(document.published_on),
        "joint_issuers": list(described.joint_issuers),
        "state": str(document.state),
    }
