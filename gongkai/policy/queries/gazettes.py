"""The government gazette: issues and their texts as the public reads them, the PDF of one.

A text that was withdrawn after its issue came out is not shown any more, and while an issue
holds one its PDF is not handed out (it would still show it).
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from gongkai.adapters import gazette_pdf
from gongkai.adapters.gazette_pdf import PrintedIssue, PrintedPicture, PrintedText
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import content_of, reference
from gongkai.disclosure.queries.pages import with_addresses
from gongkai.files.models import StoredFile
from gongkai.files.queries import content
from gongkai.orgs.models import Organ, OrganKind
from gongkai.policy.models import GazetteIssue, GazetteItem, PolicyDocument


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue as lists show it."""

    year: int
    number: int
    total: int | None
    published_on: date
    address: str


@dataclass(frozen=True, slots=True)
class IssueText:
    """A text of an issue; `body` is "" when it has been withdrawn since."""

    order: int
    heading: str
    title: str
    document_number: str
    organ: str
    body: str
    address: str
    files: tuple[str, ...]
    live: bool


@dataclass(frozen=True, slots=True)
class IssueShown:
    """An issue as its page shows it."""

    line: IssueLine
    title: str
    publisher: str
    sha256: str
    texts: tuple[IssueText, ...]
    pdf: StoredFile | None


def issues(county_id: int) -> tuple[IssueLine, ...]:
    """Return the public issues of a county, the newest first. One query."""
    rows = GazetteIssue.objects.filter(county_id=county_id, published_on__isnull=False)
    return tuple(_line(row) for row in rows.order_by("-year", "-number"))


def has_any(county_id: int) -> bool:
    """Say whether a county's gazette has a public issue."""
    return GazetteIssue.objects.filter(county_id=county_id, published_on__isnull=False).exists()


def issue_shown(county_id: int, year: int, number: int) -> IssueShown | None:
    """Return a public issue with its texts; None when there is none. Two queries."""
    found = GazetteIssue.objects.filter(
        county_id=county_id, year=year, number=number, published_on__isnull=False
    )
    issue = found.select_related("county", "pdf").first()
    if issue is None:
        return None
    items = issue.items.select_related("version", "entry__organ").order_by("order")
    texts = [_text(item) for item in items]
    whole = all(text.live for text in texts)
    return IssueShown(
        line=_line(issue),
        title=title_of(issue),
        publisher=publisher_of(issue.county),
        sha256=issue.sha256,
        texts=tuple(texts),
        pdf=issue.pdf if whole else None,
    )


def drafts(county_ids: Collection[int]) -> list[GazetteIssue]:
    """Return every issue of counties for staff, those in hand first."""
    rows = GazetteIssue.objects.filter(county_id__in=county_ids).select_related("county")
    return sorted(rows, key=lambda row: (row.published_on is not None, -row.year, -row.number))


def candidates(issue: GazetteIssue, words: str = "", limit: int = 50) -> list[Entry]:
    """Return public documents that no issue has printed yet, the newest first."""
    printed = GazetteItem.objects.filter(issue__county_id=issue.county_id).values("entry")
    documents = PolicyDocument.objects.filter(
        county_id=issue.county_id, entry__live=True, state="PUBLISHED"
    )
    found = Entry.objects.filter(pk__in=documents.values("entry")).exclude(pk__in=printed)
    for word in words.split():
        found = found.filter(title__icontains=word)
    return list(found.select_related("organ").order_by("-first_published_at", "-pk")[:limit])


def title_of(issue: GazetteIssue) -> str:
    """Return the name of a county's gazette."""
    return f"{issue.county.name}公报"


def publisher_of(county: Organ) -> str:
    """Return who publishes a county's gazette: its office, else the county itself."""
    office = Organ.objects.filter(county=county, kind=OrganKind.OFFICE, valid_to=None).first()
    return (office or county).name


def seal(issue: GazetteIssue, items: Sequence[GazetteItem]) -> str:
    """Return the digest over an issue's number and the digests of its texts, in order."""
    texts = [
        [item.heading, item.entry_id, (item.version or item.entry.published).sha256]
        for item in items
    ]
    whole = json.dumps([issue.year, issue.number, texts], ensure_ascii=False)
    return sha256(whole.encode()).hexdigest()


def pdf_of(issue: GazetteIssue, items: Sequence[GazetteItem], day: date) -> bytes:
    """Return an issue typeset from what its texts publish now.

    Raises:
        adapters.report_pdf.NoChineseFont: no Chinese font is installed.
    """
    printed = PrintedIssue(
        title=title_of(issue),
        publisher=publisher_of(issue.county),
        year=issue.year,
        number=issue.number,
        total=issue.total,
        day=day,
        texts=tuple(_printed(item) for item in items),
    )
    return gazette_pdf.render(printed, font_dir=Path(settings.GONGKAI_FONT_DIR))


def _printed(item: GazetteItem) -> PrintedText:
    version = item.version or item.entry.published
    told = content_of(version)
    pictures = [file for file in told.files if file.role == "PICTURE"]
    stored = StoredFile.objects.in_bulk([file.file for file in pictures])
    return PrintedText(
        heading=item.heading,
        title=version.title,
        number=told.told.document_number,
        organ=told.organ,
        day=told.told.formed_on,
        body=version.body,
        files=tuple(file.name for file in told.files if file.role == "ATTACHMENT"),
        pictures={
            reference(file.id): PrintedPicture(file.kind, content(stored[file.file]))
            for file in pictures
            if file.file in stored
        },
    )


def _line(issue: GazetteIssue) -> IssueLine:
    return IssueLine(issue.year, issue.number, issue.total, issue.published_on, issue.address)


def _text(item: GazetteItem) -> IssueText:
    entry, version = item.entry, item.version
    live = entry.live
    told = content_of(version)
    return IssueText(
        order=item.order,
        heading=item.heading,
        title=version.title if live else "（本文已经撤下）",
        document_number=told.told.document_number if live else "",
        organ=entry.organ.short_name,
        body=with_addresses(version.body, entry.address, told) if live else "",
        address=entry.address if live else "",
        files=tuple(file.name for file in told.files if file.role == "ATTACHMENT") if live else (),
        live=live,
    )
