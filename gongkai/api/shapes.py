"""The shapes of the open data interface; names are the glossary's, moments carry their zone."""

from datetime import date, datetime

from ninja import Schema


class Problem(Schema):
    """What was wrong with a request, in Chinese."""

    detail: str


class CountyShape(Schema):
    """A county government."""

    code: str
    name: str


class SectionShape(Schema):
    """A column of the site; `entries` is how many stand in it, those below it included."""

    path: str
    title: str
    kind: str
    parent: str | None
    description: str
    legal_item: str | None
    entries: int
    url: str


class OrganShape(Schema):
    """An organ with its contacts."""

    code: str
    slug: str
    name: str
    short_name: str
    kind: str
    address: str | None
    phone: str | None
    hours: str | None
    url: str


class LineShape(Schema):
    """An entry in a list."""

    id: int
    title: str
    document_number: str | None
    organ: str
    published_at: datetime
    url: str


class LinesShape(Schema):
    """A page of a list, newest first; pages are numbered from the oldest end and stay as they are.

    `page` is null for the newest page.
    """

    page: int | None
    pages: int
    older: int | None
    newer: int | None
    entries: list[LineShape]


class FileShape(Schema):
    """An attachment."""

    name: str
    kind: str
    size: int
    sha256: str
    url: str


class EntryShape(Schema):
    """An entry whole: metadata, text and attachments of its public version."""

    id: int
    title: str
    index_number: str
    document_number: str | None
    organ: str
    joint_issuers: list[str]
    subject: str | None
    genre: str | None
    formed_on: date | None
    first_published_at: datetime
    published_at: datetime
    expires_on: date | None
    keywords: str | None
    summary: str | None
    source: str | None
    section: str
    body_html: str
    attachments: list[FileShape]
    version: int
    sha256: str
    url: str
