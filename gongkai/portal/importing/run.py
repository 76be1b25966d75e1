"""One import from its beginning to its end: read, sorted, taken over in portions, linked.

A portion is one transaction with its entries, files and old addresses. What stands in already is
passed over by its key, so that an import which was broken off is simply run again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from gongkai.adapters.oldsite import OldPage, OldRow, Refused
from gongkai.audit import Actor
from gongkai.disclosure.actions import Imported, ImportResult, import_entries, settle_import
from gongkai.disclosure.models import Attachment, Entry
from gongkai.orgs.models import Organ
from gongkai.portal.actions import keep_old_addresses
from gongkai.portal.importing import linking, policies, telling
from gongkai.portal.importing.mapping import Organs, Sections
from gongkai.portal.importing.telling import Outcome
from gongkai.portal.importing.texts import (
    NotTaken,
    Text,
    address_of,
    days_of,
    files_of,
    source_of,
    told_of,
)
from gongkai.portal.models import OldAddress
from gongkai.portal.old_addresses import normalised

PORTION = 500
PORTION_BYTES = 64 * 1024 * 1024  # of attachments held at once
ACTOR = Actor("importsite", "旧站导入", "命令行")
Old = OldPage | OldRow | Refused


@dataclass
class Run:
    """An import into a county's site; `beside` is where a sheet's attachments lie."""

    county: Organ
    organs: Organs
    sections: Sections
    beside: Path
    at: datetime
    dry_run: bool = False
    by: Actor = ACTOR
    progress: Callable[[Outcome], object] = lambda _: None
    outcome: Outcome = field(default_factory=Outcome)

    def go(self, documents: Iterable[Old]) -> Outcome:
        """Take over what `documents` yields and return what came of it."""
        for portion in self._portions(documents):
            with transaction.atomic():
                self._take(portion)
                if self.dry_run:
                    transaction.set_rollback(True)
            if self.dry_run:
                self.sections.forget_holding()
            self.progress(self.outcome)
        if not self.dry_run:
            settle_import(self.county.pk)
            self.outcome.relinked = linking.relink(self.county, by=self.by, at=self.at)
        return self.outcome

    def _portions(self, documents: Iterable[Old]) -> Iterator[list[Old]]:
        portion: list[Old] = []
        held = 0
        for old in documents:
            portion.append(old)
            if isinstance(old, OldPage):
                held += sum(file.path.stat().st_size for file in old.attachments)
            if len(portion) >= PORTION or held >= PORTION_BYTES:
                yield portion
                portion, held = [], 0
        if portion:
            yield portion

    def _take(self, portion: list[Old]) -> None:
        """Take over one portion: documents one by one, all else by organ."""
        there = self._standing(portion)
        plain: dict[int, list[Text]] = {}
        noted: dict[str, list[str]] = {}
        for old in portion:
            if isinstance(old, Refused):
                self.outcome.tell(telling.NOT_TAKEN, old.address, "", old.reason)
                continue
            self.outcome.read += 1
            source = source_of(old)
            if source in there:
                self.outcome.known += 1
                continue
            there.add(source)
            notes = noted.setdefault(source, list(old.notes))
            text = self._text(old, source, notes)
            if text is None:
                continue
            if policies.is_document(text):
                self._document(text, notes)
            else:
                plain.setdefault(text.organ.pk, []).append(text)
            for note in notes:
                self.outcome.tell(telling.NOTE, text.address, text.told.title, note)
        for texts in plain.values():
            self._plain(texts)

    def _standing(self, portion: list[Old]) -> set[str]:
        sources = [source_of(old) for old in portion if not isinstance(old, Refused)]
        rows = Entry.objects.filter(imported_from__in=sources)
        return set(rows.values_list("imported_from", flat=True))

    def _text(self, old: OldPage | OldRow, source: str, notes: list[str]) -> Text | None:
        address = address_of(old)
        try:
            formed, published_at = days_of(old, notes)
            organ, joint = self.organs.find(old.issuer, formed)
            organ = organ or self.organs.usual
            if organ is None:
                said = (
                    f"发布机构“{old.issuer[:60]}”不是本县的机构"
                    if old.issuer
                    else "没有写明发布机构"
                )
                raise NotTaken(f"{said}，请用 --organs 对照表或者 --organ 指定。")
        except NotTaken as why:
            self.outcome.tell(telling.NOT_TAKEN, address, old.title, str(why))
            return None
        section = self.sections.find(old.column, address)
        if section is None:
            section = self.sections.holding(by=self.by, at=self.at)
            self.outcome.held += 1
        return Text(
            old=old,
            source=source,
            address=address,
            organ=organ,
            section=section,
            told=told_of(old, formed, joint, notes),
            published_at=published_at,
            files=files_of(old, self.beside, notes),
        )

    def _document(self, text: Text, notes: list[str]) -> None:
        result = policies.take_over(
            text, notes, with_files=not self.dry_run, by=self.by, at=self.at
        )
        self._settle([text], result)
        entries = Entry.objects.filter(pk__in=result.made.values(), record__startswith="policy:")
        self.outcome.documents += entries.count()

    def _plain(self, texts: list[Text]) -> None:
        rows: Iterator[Imported] = (text.imported(with_files=not self.dry_run) for text in texts)
        result = import_entries(texts[0].organ, rows, by=self.by, at=self.at, settle=False)
        self._settle(texts, result)

    def _settle(self, texts: list[Text], result: ImportResult) -> None:
        """Count what came in, tell what did not, keep the addresses."""
        by_source = {text.source: text for text in texts}
        self.outcome.made += len(result.made)
        aliases: dict[str, int] = {}
        for refusal in result.refused:
            text = by_source[refusal.source]
            why = "；".join(fault.message for fault in refusal.faults)
            twin = None if refusal.source in result.made else self._twin(text)
            if twin is not None:
                aliases[text.source] = twin
                why = "与另一栏目中的同一条信息索引号、标题相同，原网址指向已导入的那一条"
                self.outcome.tell(telling.SAME, text.address, text.told.title, why)
                continue
            kept = refusal.source in result.made
            kind = telling.FILE_NOT_TAKEN if kept else telling.NOT_TAKEN
            self.outcome.tell(kind, text.address, text.told.title, why)
        if self.dry_run:
            return
        moved = [
            *self._files_moved(by_source, result),
            *self._pages_moved(by_source, result, aliases),
        ]
        keep_old_addresses(self.county, moved, by=self.by, at=self.at)

    def _twin(self, text: Text) -> int | None:
        """Return the entry that the same text under another column became, if it did."""
        if not text.old.index_number:
            return None
        rows = Entry.objects.filter(index_number=text.old.index_number, title=text.told.title)
        return rows.filter(organ=text.organ).values_list("pk", flat=True).first()

    def _pages_moved(
        self, texts: dict[str, Text], result: ImportResult, aliases: dict[str, int]
    ) -> Iterator[OldAddress]:
        for source, entry_id in (result.made | aliases).items():
            for address in _addresses(texts[source].old):
                yield OldAddress(county=self.county, address=address, entry_id=entry_id)

    def _files_moved(self, texts: dict[str, Text], result: ImportResult) -> Iterator[OldAddress]:
        with_files = {
            pk: texts[source] for source, pk in result.made.items() if texts[source].files
        }
        rows = Attachment.objects.filter(entry__in=with_files).values_list(
            "pk", "entry_id", "entry__address", "file__sha256", "file__kind"
        )
        stored: dict[tuple[int, str], str] = {}
        for pk, entry_id, page, digest, kind in rows:
            stored[entry_id, digest] = f"{page.removesuffix('.html')}/{pk}.{kind}"
        self.outcome.files += len(stored)
        for entry_id, text in with_files.items():
            for file in text.files:
                digest = sha256(file.path.read_bytes()).hexdigest()
                target = stored.get((entry_id, digest))
                if target and file.address:
                    yield OldAddress(
                        county=self.county,
                        address=normalised(file.address),
                        entry_id=entry_id,
                        target=target,
                    )


def _addresses(old: OldPage | OldRow) -> list[str]:
    """Return the addresses at which a page was found, as they are kept; its own path first."""
    said = [old.old_address] if old.old_address else []
    if isinstance(old, OldPage):
        host, _, rest = old.old_address.lstrip("/").partition("/")
        if "." in host and rest:  # a copy of several sites: the first step names the host
            said.append(f"/{rest}")
        said += old.old_urls
    kept = (normalised(address) for address in said)
    return [address for address in dict.fromkeys(kept) if address not in ("", "/")]
