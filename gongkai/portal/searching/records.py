"""Entries as the public index holds them: text of the frozen version, attachments by page.

Art. 19 and 20: only what is public is ever read here. A batch of entries costs the same few
queries whatever their number, and memory stays flat however many there are.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from gongkai.adapters.searchindex.types import Facet, Passage, Record
from gongkai.adapters.textextract import extract
from gongkai.disclosure.models import Entry, ItemEntry
from gongkai.disclosure.queries import Content, FileShown
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost, content, text_of
from gongkai.orgs.models import OrganName
from gongkai.policy.models import DocumentState, PolicyDocument
from gongkai.policy.queries.documents import DocumentKind, life_from, validity_on, with_days
from gongkai.policy.queries.found import (
    CODE_OF_VALIDITY,
    KIND_OF_DOCUMENT,
    KIND_OF_SECTION,
)

BATCH = 200
_PARTED = re.compile("[，,、；;\\s]+")
_MOST = 400_000  # characters of all attachments of one entry
_SHOWN_FILES = frozenset({"ATTACHMENT", "ORIGINAL"})
_FIELDS = (
    *("pk", "record", "title", "document_number", "index_number", "subject", "address"),
    *("first_published_at", "organ_id", "organ__name", "organ__short_name"),
    *("section__path", "section__kind", "section__county_id"),
    *("published__content", "published__text"),
)


@dataclass(slots=True)
class Beside:
    """What stands beside a batch of entries, each by the key of its entry."""

    policies: dict[int, PolicyDocument] = field(default_factory=dict)
    fields: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    files: dict[UUID, StoredFile] = field(default_factory=dict)


def entry_keys() -> Iterator[str]:
    """Yield the key of every entry that the public may find."""
    for pk in Entry.objects.live().order_by("pk").values_list("pk", flat=True).iterator():
        yield f"disclosure:{pk}"


def entry_records(pks: Collection[int] | None = None) -> Iterator[Record]:
    """Yield the records of these entries, or of all, as far as they are public now."""
    names = _names_of_organs()
    today = timezone.localdate()
    for rows in _batches(pks):
        contents = {row["pk"]: Content.read(row["published__content"]) for row in rows}
        beside = _beside(rows, contents.values())
        for row in rows:
            yield _record(row, contents[row["pk"]], beside, names[row["organ_id"]], today)


def _batches(pks: Collection[int] | None) -> Iterator[list[dict[str, Any]]]:
    live = Entry.objects.live().order_by("pk").values(*_FIELDS)
    if pks is not None:
        wanted = sorted(pks)
        for start in range(0, len(wanted), BATCH):
            if rows := list(live.filter(pk__in=wanted[start : start + BATCH])):
                yield rows
        return
    last = 0
    while rows := list(live.filter(pk__gt=last)[:BATCH]):
        last = rows[-1]["pk"]
        yield rows


def _beside(rows: list[dict[str, Any]], contents: Iterable[Content]) -> Beside:
    pks = [row["pk"] for row in rows]
    found = Beside()
    policies = PolicyDocument.objects.filter(entry_id__in=pks, state=DocumentState.PUBLISHED)
    found.policies = {each.entry_id: each for each in with_days(policies)}
    slugs = ItemEntry.objects.filter(entry_id__in=pks, item__field__valid_to__isnull=True)
    for pk, slug in slugs.values_list("entry_id", "item__field__slug"):
        found.fields[pk].add(slug)
    wanted = [file.file for each in contents for file in each.files if file.role in _SHOWN_FILES]
    if wanted:
        kept = StoredFile.objects.filter(pk__in=wanted, removed_at__isnull=True)
        found.files = {file.pk: file for file in kept}
    return found


def _record(
    row: dict[str, Any], told: Content, beside: Beside, names: tuple[str, ...], today: date
) -> Record:
    published_on = timezone.localdate(row["first_published_at"])
    return Record(
        key=f"disclosure:{row['pk']}",
        scope=f"county:{row['section__county_id']}",
        title=row["title"],
        address=row["address"],
        published_on=published_on,
        body=row["published__text"],
        number=row["document_number"],
        organ=row["organ__short_name"],
        names=_names(row, told, names),
        passages=passages_of(told.files, beside.files),
        facets=_facets(row, beside, published_on, today),
    )


def _names(row: dict[str, Any], told: Content, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other words that find an entry: issuers, index number (Art. 12), keywords."""
    keywords = _PARTED.split(told.told.keywords)
    words = (*names, *told.told.joint_issuers, row["index_number"], *keywords)
    return tuple(dict.fromkeys(word for word in words if word))


def _facets(
    row: dict[str, Any], beside: Beside, published_on: date, today: date
) -> dict[Facet, tuple[str, ...]]:
    document = beside.policies.get(row["pk"])
    facets: dict[Facet, tuple[str, ...]] = {
        Facet.ORGAN: (row["organ__short_name"],),
        Facet.YEAR: (str(published_on.year),),
        Facet.SECTION: (row["section__path"],),
        Facet.KIND: (_kind(row, document),),
    }
    if row["subject"]:
        facets[Facet.SUBJECT] = (row["subject"],)
    if document is not None:
        validity = validity_on(life_from(document), today)
        facets[Facet.VALIDITY] = (CODE_OF_VALIDITY[validity],)
    if slugs := beside.fields.get(row["pk"]):
        facets[Facet.FIELD] = tuple(sorted(slugs))
    return facets


def _kind(row: dict[str, Any], document: PolicyDocument | None) -> str:
    if document is not None:
        return KIND_OF_DOCUMENT[DocumentKind(document.kind)]
    if row["record"].startswith("interpretation:"):
        return "jd"
    return KIND_OF_SECTION.get(row["section__kind"], "qt")


def passages_of(files: Iterable[FileShown], kept: Mapping[UUID, StoredFile]) -> tuple[Passage, ...]:
    """Return the text of attachments with where it stands: "附件1 第3页"."""
    found: list[Passage] = []
    left = _MOST
    listed = [file for file in files if file.role in _SHOWN_FILES]
    for number, file in enumerate(listed, start=1):
        stored = kept.get(file.file)
        text = _text(stored)[:left] if stored is not None else ""
        left -= len(text)
        pages = text.split("\f")
        for page, words in enumerate(pages, start=1):
            place = f"附件{number} 第{page}页" if len(pages) > 1 else f"附件{number}"
            if words := words.strip():
                found.append(Passage(place, words))
    return tuple(found)


def _text(file: StoredFile) -> str:
    """Return a file's text as it was kept when it was stored, else taken from it now.

    What cannot be read has none here: the office is told of it beside the file itself.
    """
    try:
        if file.text is not None:
            return text_of(file)
        return "" if file.text_note else extract(content(file), file.kind).text
    except FileLost:
        return ""


def _names_of_organs() -> Mapping[int, tuple[str, ...]]:
    """Return every name that each organ bears or bore. One query."""
    names: dict[int, tuple[str, ...]] = defaultdict(tuple)
    rows = OrganName.objects.order_by("-valid_from")
    for pk, full, short in rows.values_list("organ_id", "full_name", "short_name"):
        names[pk] = (*names[pk], full, short)
    return names


def entries_changed_since(at: datetime) -> Iterator[str]:
    """Yield the keys of entries released, withdrawn or otherwise moved since a moment."""
    moved = Q(moved_at__gte=at) | Q(published_at__gte=at) | Q(withdrawn_at__gte=at)
    for pk in Entry.objects.filter(moved).values_list("pk", flat=True).iterator():
        yield f"disclosure:{pk}"
