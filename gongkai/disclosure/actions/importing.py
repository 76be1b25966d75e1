"""Taking over what an old site had published: many entries at once, live as they were.

No review and no check is made up for them: the record says they were imported and from where.
Lists are numbered anew when all is in, for old texts come in any order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from gongkai.adapters.richtext import Unreadable, clean
from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure import queries
from gongkai.disclosure.actions import numbering, placing, steps, writing
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import (
    Attachment,
    AttachmentRole,
    Entry,
    JointIssuer,
    Placement,
    Release,
    Section,
    Version,
)
from gongkai.disclosure.rules import Content, EntryRefused, Fault, Told
from gongkai.disclosure.rules.addresses import address_of, reference
from gongkai.disclosure.rules.body import read_body
from gongkai.disclosure.rules.content import FileShown, seal, summary_of
from gongkai.disclosure.rules.metadata import OrganLife, tidy
from gongkai.files.actions import FileRefused, keep_for, store
from gongkai.files.models import Purpose
from gongkai.orgs.models import Organ

BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """An attachment that comes with an imported entry; `reference` is how its body names it."""

    name: str
    content: bytes
    role: str = AttachmentRole.ATTACHMENT
    alternative: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """One text of the old site. `source` says where it stood and is imported once only."""

    source: str
    section: Section
    told: Told
    published_at: datetime
    index_number: str = ""
    record: str = ""
    files: tuple[ImportedFile, ...] = ()
    clean: bool = False  # the body has been through `adapters.richtext` already
    text: str = ""  # its words, where they are known already: read from the body otherwise


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that was not taken over, and why."""

    source: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import: sources with their entries, what stood already, what was refused."""

    made: dict[str, int]
    known: tuple[str, ...]
    refused: tuple[Refusal, ...]


def import_entries(
    organ: Organ, rows: Iterable[Imported], *, by: Actor, at: datetime, settle: bool = True
) -> ImportResult:
    """Take over the published texts of one organ, in batches of BATCH, each whole or not at all.

    Faulty ones are left out and told; those whose `source` is there already are passed over, so
    an import that was broken off goes on where it stood. With `settle` False the caller calls
    `settle_import` once at the end.
    """
    made: dict[str, int] = {}
    known: list[str] = []
    refused: list[Refusal] = []
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        there = set(
            Entry.objects.filter(
                organ=organ, imported_from__in=[row.source for row in batch]
            ).values_list("imported_from", flat=True)
        )
        known += sorted(there)
        fresh = list({row.source: row for row in batch if row.source not in there}.values())
        ready = list(_ready(organ, fresh, at, refused))
        if ready:
            with transaction.atomic():
                made |= _take_over(organ, ready, by, at, refused)
    if settle and made:
        settle_import(queries.county_of(organ))
    return ImportResult(made, tuple(known), tuple(refused))


@transaction.atomic
def settle_import(county_id: int) -> int:
    """Number the lists anew in which imported entries stand; return how many."""
    waiting = Placement.objects.filter(serial=0, section__county_id=county_id)
    sections = list(waiting.order_by().values_list("section_id", flat=True).distinct())
    for section_id in sections:
        placing.renumber(section_id)
    return len(sections)


def _ready(
    organ: Organ, rows: Sequence[Imported], at: datetime, refused: list[Refusal]
) -> Iterator[tuple[Imported, Told]]:
    life = OrganLife(organ.short_name, organ.valid_from, organ.valid_to)
    sections: set[int] = set()
    numbers: set[str] = set(
        Entry.objects.filter(
            index_number__in=[row.index_number for row in rows if row.index_number]
        ).values_list("index_number", flat=True)
    )
    for row in rows:
        try:
            if row.section.pk not in sections:
                _check_home(row.section, organ)
                sections.add(row.section.pk)
            told = _told(row, life, at)
            if row.index_number in numbers:
                raise EntryRefused(
                    Fault("index_number", f"索引号{row.index_number}已经用过，请核对")
                )
        except EntryRefused as why:
            refused.append(Refusal(row.source, why.faults))
            continue
        if row.index_number:
            numbers.add(row.index_number)
        yield row, told


def _check_home(section: Section, organ: Organ) -> None:
    """Refuse another county's section or a group; one that is closed may take in its old texts."""
    if section.county_id != queries.county_of(organ):
        raise EntryRefused(Fault("section", "所选栏目不属于本县网站，请另选"))
    if section.content != "ENTRIES":
        raise EntryRefused(Fault("section", f"栏目“{section.title}”不直接收录信息，请选择下级栏目"))


def _told(row: Imported, life: OrganLife, at: datetime) -> Told:
    told = row.told
    if row.published_at > at:
        raise EntryRefused(Fault("published_at", "发布时间晚于现在，请核对"))
    if len(row.index_number) > 80 or len(row.source) > 300:
        raise EntryRefused(Fault("index_number", "索引号不得超过80个字符，来源不得超过300个字符"))
    if not row.clean and told.body.strip():
        kept = {file.reference: file.reference for file in row.files if file.reference}
        try:
            told = writing.with_body(told, clean(told.body, kept).html)
        except Unreadable as why:
            raise EntryRefused(Fault("body", str(why))) from None
    return tidy(told, life, steps.local_day(at))


def _take_over(
    organ: Organ,
    ready: Sequence[tuple[Imported, Told]],
    by: Actor,
    at: datetime,
    refused: list[Refusal],
) -> dict[str, int]:
    numbers = _numbers(organ, ready)
    entries = Entry.objects.bulk_create(
        _entry(organ, row, told, number, by, at)
        for (row, told), number in zip(ready, numbers, strict=True)
    )
    files = [
        _files(entry, row, by, at, refused) for entry, (row, _) in zip(entries, ready, strict=True)
    ]
    versions = Version.objects.bulk_create(
        _version(organ, entry, row, told, shown, by)
        for entry, (row, told), shown in zip(entries, ready, files, strict=True)
    )
    for entry, version, (row, _) in zip(entries, versions, ready, strict=True):
        local = timezone.localtime(row.published_at)
        entry.published, entry.live = version, True
        entry.address = address_of(row.section.path, local, entry.pk)
    read_versions(entries)
    _place(entries, ready)
    Release.objects.bulk_create(
        Release(
            entry=entry,
            version=version,
            organ=organ,
            released_at=entry.published_at,
            released_on=steps.local_day(entry.published_at),
        )
        for entry, version in zip(entries, versions, strict=True)
    )
    JointIssuer.objects.bulk_create(
        JointIssuer(entry=entry, name=name, order=order)
        for entry, (_, told) in zip(entries, ready, strict=True)
        for order, name in enumerate(told.joint_issuers, start=1)
    )
    audit.record(
        "disclosure.import_entries",
        f"orgs:{organ.pk}",
        chain=organ.code,
        by=by,
        at=at,
        label=f"{organ.short_name}：{len(entries)}条",
        after={"entries": len(entries), "first": entries[0].pk, "last": entries[-1].pk},
    )
    return {entry.imported_from: entry.pk for entry in entries}


def read_versions(entries: Iterable[Entry]) -> None:
    """Write what the public reads of each: an UPDATE a row is a fifth of `bulk_update`'s work."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE disclosure_entry SET published_id = %s, live = %s, address = %s WHERE id = %s",
            [(entry.published_id, entry.live, entry.address, entry.pk) for entry in entries],
        )


def _numbers(organ: Organ, ready: Sequence[tuple[Imported, Told]]) -> list[str]:
    """Return an index number for each: its own, or one of the series of its year."""
    pattern: dict[int, str] = {}
    given: dict[str, list[int]] = {}
    numbers = [row.index_number for row, _ in ready]
    series_at = {}
    for place, (row, _) in enumerate(ready):
        day = steps.local_day(row.published_at)
        rule = pattern.setdefault(day.year, "") or queries.index_pattern(
            queries.county_of(organ), day
        )
        pattern[day.year] = rule
        series = numbering.series_of(organ, day, rule)
        if not row.index_number:
            series_at[series.key] = series
            given.setdefault(series.key, []).append(place)
    for key, places in given.items():
        for place, number in zip(places, numbering.take(series_at[key], len(places)), strict=True):
            numbers[place] = number
    return numbers


def _entry(organ: Organ, row: Imported, told: Told, number: str, by: Actor, at: datetime) -> Entry:
    entry = Entry(
        organ=organ,
        section=row.section,
        record=row.record,
        index_number=number,
        state=EntryState.PUBLISHED,
        owing=False,
        first_published_at=row.published_at,
        published_at=row.published_at,
        imported_from=row.source,
        created_at=at,
        created_by=by.name,
        created_by_account=by.account,
        moved_at=at,
    )
    writing.describe(entry, told, row.section.pk)
    return entry


def _files(
    entry: Entry, row: Imported, by: Actor, at: datetime, refused: list[Refusal]
) -> list[tuple[ImportedFile, FileShown]]:
    shown: list[tuple[ImportedFile, FileShown]] = []
    for order, given in enumerate(row.files, start=1):
        try:
            file = store(
                organ=entry.organ,
                about=entry.record_id,
                purpose=Purpose.PUBLICATION,
                name=given.name,
                content=given.content,
                by=by,
                at=at,
            )
        except FileRefused as why:
            refused.append(Refusal(row.source, (Fault("file", f"附件“{given.name}”：{why}"),)))
            continue
        attachment, _ = Attachment.objects.get_or_create(
            entry=entry,
            file=file,
            defaults={
                "role": given.role,
                "name": given.name[:200],
                "alternative": given.alternative[:500],
                "order": order,
            },
        )
        one = FileShown(
            id=attachment.pk,
            file=file.pk,
            name=attachment.name,
            role=attachment.role,
            kind=file.kind,
            size=file.size,
            sha256=file.sha256,
            alternative=attachment.alternative,
        )
        shown.append((given, one))
    if shown:
        keep_for({one.file for _, one in shown}, entry.record_id)
    return shown


def _version(
    organ: Organ,
    entry: Entry,
    row: Imported,
    told: Told,
    files: Sequence[tuple[ImportedFile, FileShown]],
    by: Actor,
) -> Version:
    body = told.body
    for given, one in files:
        if given.reference:
            body = body.replace(f'"{given.reference}"', f'"{reference(one.id)}"')
    text = row.text or read_body(body).text
    metadata: dict[str, Any] = told.metadata()
    metadata["summary"] = summary_of(told, text)
    metadata["source"] = told.source or organ.short_name
    content = Content(
        told=Told.read(metadata, ""),
        index_number=entry.index_number,
        organ=organ.name,
        section_id=entry.section_id,
        files=tuple({one.id: one for _, one in files}.values()),
    ).as_json()
    return Version(
        entry=entry,
        number=1,
        title=told.title,
        content=content,
        body=body,
        text=text,
        sha256=seal(content, body),
        authors=[],
        made_at=row.published_at,
        made_by=by.name,
        made_by_account=by.account,
    )


def _place(entries: Sequence[Entry], ready: Sequence[tuple[Imported, Told]]) -> None:
    parents = placing.parents_of(queries.county_of(entries[0].organ))
    rows = []
    for entry, (_, told) in zip(entries, ready, strict=True):
        wanted = placing.wanted_places(entry.section_id, told.extra_sections, parents)
        rows += [
            Placement(
                entry=entry,
                section_id=pk,
                organ_id=entry.organ_id,
                kind=kind,
                published_at=entry.published_at,
                serial=0,
                organ_serial=0,
            )
            for pk, kind in wanted.items()
        ]
    Placement.objects.bulk_create(rows, batch_size=1000)
