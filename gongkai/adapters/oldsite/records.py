"""What is read of an old site: a page, a row of a sheet, or why something was refused."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OldFile:
    """A file a page links to; `address` is how the body writes it, `inline` a picture in it."""

    name: str
    path: Path
    address: str
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an old site says of a document, in its own words; days and moments as such.

    `others` are the labels that have no field here, with what stood beside them; `notes` tell in
    Chinese what was guessed, not understood or left out.
    """

    title: str
    body_html: str = ""
    text: str = ""
    index_number: str = ""
    document_number: str = ""
    issuer: str = ""
    formed_on: date | None = None
    published_at: datetime | None = None
    effective_on: date | None = None
    ceased_on: date | None = None
    source: str = ""
    keywords: tuple[str, ...] = ()
    summary: str = ""
    subject: str = ""
    genre: str = ""
    validity: str = ""
    column: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPage(Facts):
    """A page of the old site; `old_address` is its path below the root, `key` never changes."""

    key: str
    old_address: str
    old_urls: tuple[str, ...] = ()
    attachments: tuple[OldFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRow(Facts):
    """A row of a sheet; `attachments` are names as written there."""

    key: str
    row: int
    old_address: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not taken, where it stands, and why (in Chinese)."""

    address: str
    reason: str
    key: str = ""


class SiteUnreadable(ValueError):
    """The folder or sheet as a whole cannot be read; the message says what to do."""
