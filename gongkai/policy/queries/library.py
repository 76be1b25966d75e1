"""The public library of policy documents (政策文件库): filters, validity on a day, stable pages.

Serves law.md 6.7. Three queries a page at any size: rows, organs, years; nothing is counted. Pages
go by where a row stands (day of publication, key), so a new document moves no bookmark.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gongkai.orgs.models import Organ
from gongkai.policy.deadlines import warned_until
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import (
    Interpretation,
    PolicyDocument,
    PolicyDocumentQuerySet,
    Relation,
    standing_relations,
)
from gongkai.policy.queries.documents import life_from, with_days
from gongkai.policy.rules import DocumentKind, RelationKind, Validity, validity_on
from gongkai.text.docnumbers import DocumentNumberError, normalise

PAGE = 20


class Scope(StrEnum):
    """Which documents the library shows, by validity on the day asked for."""

    CURRENT = "CURRENT"
    IN_FORCE = "IN_FORCE"
    NOT_YET_EFFECTIVE = "NOT_YET_EFFECTIVE"
    AMENDED = "AMENDED"
    LAPSED = "LAPSED"
    REPEALED = "REPEALED"
    INVALID = "INVALID"
    ALL = "ALL"

    @property
    def label(self) -> str:
        """Return the Chinese name."""
        return {
            "CURRENT": "有效和尚未生效",
            "IN_FORCE": "有效（含已修改）",
            "NOT_YET_EFFECTIVE": "尚未生效",
            "AMENDED": "已修改",
            "LAPSED": "失效",
            "REPEALED": "废止",
            "INVALID": "废止和失效",
            "ALL": "全部",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ends: the day of publication and the key of a row."""

    on: date
    id: int

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the cursor an address tells, None for anything else."""
        day, _, key = text.rpartition("-")
        try:
            found = cls(date.fromisoformat(day), int(key))
        except ValueError:
            return None
        return found if len(day) == 10 and 0 < found.id < 2**63 else None

    def __str__(self) -> str:
        return f"{self.on.isoformat()}-{self.id}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the library is asked for; empty values do not narrow. `day` is whose validity counts."""

    day: date
    scope: Scope = Scope.CURRENT
    organ_id: int | None = None
    subject: str = ""
    year: int | None = None
    number: str = ""
    kind: DocumentKind | None = None
    genre: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A document in the library; `address` is "" while its text is not on the site."""

    id: int
    title: str
    address: str
    document_number: str
    organ_id: int
    organ: str
    kind: DocumentKind
    subject: str
    genre: str
    formed_on: date
    published_on: date
    effective_on: date | None
    ends_on: date | None
    repealed_on: date | None
    validity: Validity
    interpretation: str

    @property
    def cursor(self) -> Cursor:
        """Where this row stands."""
        return Cursor(self.published_on, self.id)


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """A page of the library, newest first; cursors are None at the ends."""

    rows: tuple[LibraryRow, ...]
    older: Cursor | None
    newer: Cursor | None
    organs: tuple[tuple[int, str], ...]
    years: tuple[int, ...]


def library(
    county_id: int,
    asked: Asked,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PAGE,
) -> LibraryPage:
    """Return a page of a county's public documents: those older than `after`, or newer than
    `before`, or the newest. Three queries.
    """
    rows, older, newer = rows_of(county_id, asked, after=after, before=before, size=size)
    return LibraryPage(rows, older, newer, organs_in(county_id), years_in(county_id))


def rows_of(
    county_id: int,
    asked: Asked,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PAGE,
) -> tuple[tuple[LibraryRow, ...], Cursor | None, Cursor | None]:
    """Return a page's rows and the cursors of the older and the newer page. One query."""
    found = _shown(narrowed(county_id, asked))
    if before is not None:
        beyond = Q(published_on__gt=before.on) | Q(published_on=before.on, pk__gt=before.id)
        kept = list(found.filter(beyond).order_by("published_on", "pk")[: size + 1])
        more, kept = len(kept) > size, kept[:size][::-1]
        rows = tuple(_row(each, asked.day) for each in kept)
        older = rows[-1].cursor if rows else None
        return rows, older, rows[0].cursor if rows and more else None
    if after is not None:
        beyond = Q(published_on__lt=after.on) | Q(published_on=after.on, pk__lt=after.id)
        found = found.filter(beyond, published_on__lte=after.on)
    kept = list(found.order_by("-published_on", "-pk")[: size + 1])
    rows = tuple(_row(each, asked.day) for each in kept[:size])
    older = rows[-1].cursor if len(kept) > size else None
    newer = rows[0].cursor if rows and after is not None else None
    return rows, older, newer


def narrowed(county_id: int, asked: Asked) -> PolicyDocumentQuerySet:
    """Return the public documents of a county that are asked for, unordered."""
    found = PolicyDocument.objects.filter(county_id=county_id, state=DocumentState.PUBLISHED)
    if asked.organ_id is not None:
        found = found.filter(organ_id=asked.organ_id)
    if asked.subject:
        found = found.filter(subject__startswith=asked.subject)
    if asked.year is not None:
        found = found.filter(formed_on__range=(date(asked.year, 1, 1), date(asked.year, 12, 31)))
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    if asked.genre:
        found = found.filter(genre=asked.genre)
    if asked.number:
        found = found.filter(_numbered(asked.number))
    for word in asked.words.split():
        found = found.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    return _valid(found, asked.scope, asked.day)


def has_any(county_id: int) -> bool:
    """Say whether a county has any public document."""
    return PolicyDocument.objects.filter(
        county_id=county_id, state=DocumentState.PUBLISHED
    ).exists()


def organs_in(county_id: int) -> tuple[tuple[int, str], ...]:
    """Return the organs that have public documents, in the county's order. One query."""
    public = PolicyDocument.objects.filter(organ=OuterRef("pk"), state=DocumentState.PUBLISHED)
    found = Organ.objects.filter(Q(pk=county_id) | Q(county_id=county_id)).filter(Exists(public))
    return tuple(found.order_by("order", "code").values_list("pk", "short_name"))


def years_in(county_id: int) -> tuple[int, ...]:
    """Return the years from the last to the first in which documents were formed. One query."""
    formed = PolicyDocument.objects.filter(county_id=county_id).values("formed_on")
    # Each end is one step into the index; SQLite walks all of it for both in one aggregate.
    ends = Organ.objects.filter(pk=county_id).values_list(
        Subquery(formed.order_by("formed_on")[:1]), Subquery(formed.order_by("-formed_on")[:1])
    )
    first, last = ends.first() or (None, None)
    if first is None or last is None:
        return ()
    return tuple(range(last.year, first.year - 1, -1))


def expiring(organ_ids: Collection[int], today: date) -> PolicyDocumentQuerySet:
    """Return documents in force whose term ends within six months, the soonest first."""
    found = PolicyDocument.objects.of(organ_ids).filter(
        state=DocumentState.PUBLISHED, ends_on__gte=today, ends_on__lte=warned_until(today)
    )
    gone = standing_relations(RelationKind.REPEALS).filter(effective_on__lte=today)
    found = found.exclude(pk__in=gone.values("target"))
    return found.select_related("organ").order_by("ends_on", "pk")


def _numbered(typed: str) -> Q:
    """Return the condition of a whole number in any form, or of a part of one."""
    try:
        return Q(document_number=normalise(typed))
    except DocumentNumberError:
        return Q(document_number__contains=typed.strip())


def _valid(found: PolicyDocumentQuerySet, scope: Scope, day: date) -> PolicyDocumentQuerySet:
    repealed = Q(pk__in=_targets(RelationKind.REPEALS, day))
    # Not by the column itself: its index would be walked and all the lapsed sorted for one page.
    found = found.alias(last_on=Coalesce("ends_on", date.max))
    lapsed = Q(last_on__lt=day)
    match scope:
        case Scope.CURRENT:
            return found.exclude(repealed).exclude(lapsed)
        case Scope.IN_FORCE:
            return found.in_force_on(day)
        case Scope.AMENDED:
            return found.in_force_on(day).filter(pk__in=_targets(RelationKind.AMENDS, day))
        case Scope.NOT_YET_EFFECTIVE:
            ahead = found.with_begin().filter(begins_on__gt=day)
            return ahead.exclude(repealed).exclude(lapsed)
        case Scope.REPEALED:
            return found.filter(repealed)
        case Scope.LAPSED:
            return found.filter(lapsed).exclude(repealed)
        case Scope.INVALID:
            return found.filter(repealed | lapsed)
    return found


def _targets(kind: RelationKind, day: date) -> QuerySet[Relation]:
    return standing_relations(kind).filter(effective_on__lte=day).values("target")


def _shown(found: PolicyDocumentQuerySet) -> PolicyDocumentQuerySet:
    beside = Interpretation.objects.filter(document=OuterRef("pk"), entry__live=True)
    return with_days(found).annotate(
        short_name=F("organ__short_name"),
        address=F("entry__address"),
        live=F("entry__live"),
        explained_at=Subquery(beside.order_by("pk").values("entry__address")[:1]),
    )


def _row(document: PolicyDocument, day: date) -> LibraryRow:
    return LibraryRow(
        id=document.pk,
        title=document.title,
        address=document.address if document.live else "",
        document_number=document.document_number,
        organ_id=document.organ_id,
        organ=document.short_name,
        kind=DocumentKind(document.kind),
        subject=document.subject,
        genre=document.genre,
        formed_on=document.formed_on,
        published_on=document.published_on,
        effective_on=document.effective_on,
        ends_on=document.ends_on,
        repealed_on=document.repealed_on,
        validity=validity_on(life_from(document), day),
        interpretation=document.explained_at or "",
    )
