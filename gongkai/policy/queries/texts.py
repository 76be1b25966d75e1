"""The text of a document as it stood on any day (law.md 6.1), from its frozen versions."""

from dataclasses import dataclass
from datetime import date

from gongkai.disclosure.queries import Content
from gongkai.disclosure.queries.pages import with_addresses
from gongkai.policy.models import PolicyDocument, Relation, TextVersion
from gongkai.policy.queries.documents import life_of
from gongkai.policy.rules import RelationKind, Validity, validity_on


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text of a document: from which day it stands and why it is another than before."""

    valid_from: date
    until: date | None  # the first day of the next text
    why: str
    current: bool


@dataclass(frozen=True, slots=True)
class TextOnDay:
    """What a document said on a day.

    `body` is "" on days before its first text. `missing_since` is the day of an amendment that
    stood on that day and of which no consolidated text was kept.
    """

    title: str
    body: str
    content: Content | None
    valid_from: date | None
    validity: Validity
    missing_since: date | None
    lines: tuple[TextLine, ...]


def text_on(document_id: int, address: str, day: date) -> TextOnDay | None:
    """Return the text of a document on a day; None when there is no such document.

    `address` is the public one of its entry, under which its attachments stand. Four queries.
    """
    document = PolicyDocument.objects.filter(pk=document_id).first()
    if document is None:
        return None
    rows = _standing(document_id)
    found = next((row for row in reversed(rows) if row.valid_from <= day), None)
    lines = _lines(rows, day)
    validity = validity_on(life_of(document), day)
    if found is None:
        return TextOnDay(document.title, "", None, None, validity, None, lines)
    content = Content.read(found.version.content)
    return TextOnDay(
        title=found.version.title,
        body=with_addresses(found.version.body, address, content),
        content=content,
        valid_from=found.valid_from,
        validity=validity,
        missing_since=_missing(document_id, found.valid_from, day),
        lines=lines,
    )


def _standing(document_id: int) -> list[TextVersion]:
    """Return the texts oldest first, without those that a later one of the same day puts right."""
    rows = TextVersion.objects.filter(document_id=document_id).select_related(
        "version", "relation__source"
    )
    by_day: dict[date, TextVersion] = {}
    for row in rows.order_by("valid_from", "pk"):
        before = by_day.get(row.valid_from)
        if before is not None and row.relation_id is None:
            row.relation = before.relation
        by_day[row.valid_from] = row
    return list(by_day.values())


def _lines(rows: list[TextVersion], day: date) -> tuple[TextLine, ...]:
    current = next((row for row in reversed(rows) if row.valid_from <= day), None)
    following = [row.valid_from for row in rows[1:]]
    return tuple(
        TextLine(row.valid_from, until, _why(row), row is current)
        for row, until in zip(rows, [*following, None], strict=True)
    )


def _why(row: TextVersion) -> str:
    relation = row.relation
    if relation is None:
        return "首次公布的文本"
    source = relation.source
    named = str(source) if source is not None and source.state == "PUBLISHED" else relation.basis
    return f"根据{named}修改" if named else "修改后的文本"


def _missing(document_id: int, since: date, day: date) -> date | None:
    found = Relation.objects.filter(
        target_id=document_id,
        kind=RelationKind.AMENDS,
        cancelled_at__isnull=True,
        effective_on__gt=since,
        effective_on__lte=day,
    )
    return found.order_by("effective_on").values_list("effective_on", flat=True).first()
