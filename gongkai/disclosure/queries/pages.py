"""What the public reads of one entry: its page and its attachments. One cheap query each."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from gongkai.disclosure.models import Entry, OrganPage, WithdrawalReason
from gongkai.disclosure.rules import Content, FileShown
from gongkai.disclosure.rules.addresses import ATTACHED, entry_in, folder_of
from gongkai.files.models import StoredFile

_FIELDS = (
    *("pk", "record", "live", "address", "index_number", "first_published_at", "published_at"),
    *("withdrawn_at", "withdrawal", "withdrawal_note", "title", "organ_id", "organ__code"),
    *("organ__name", "organ__short_name", "section_id", "section__path", "section__title"),
    *("published__number", "published__sha256", "published__content", "published__body"),
)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The public version of an entry; a withdrawn one has no content, body or files."""

    id: int
    record: str
    live: bool
    address: str
    title: str
    index_number: str
    content: Content | None
    body: str
    first_published_at: datetime
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawal: str
    organ_id: int
    organ_code: str
    organ_name: str
    organ_short_name: str
    organ_slug: str
    section_id: int
    section_path: str
    section_title: str
    version: int
    sha256: str

    @property
    def record_id(self) -> str:
        """The typed id."""
        return f"disclosure:{self.id}"

    @property
    def folder(self) -> str:
        """Where its attachments stand."""
        return folder_of(self.address)

    @property
    def files(self) -> tuple[FileShown, ...]:
        """Its attachments."""
        return self.content.files if self.content else ()

    def address_of(self, file: FileShown) -> str:
        """Return the public address of an attachment."""
        return f"{self.folder}{file.file_name}"


def page_of(county_id: int, path: str, pk: int) -> DocumentPage | None:
    """Return the page at "/{path}/{pk}.html" on a county's site; None when there never was one.

    `path` is the section's with the month: "zwgk/fdzdgknr/zcwj/gfxwj/202611". One query.
    """
    return _read(county_id, f"/{path}/{pk}.html", pk)


def page_by_id(county_id: int, pk: int) -> DocumentPage | None:
    """Return the page of the entry with this key on a county's site, as `page_of`."""
    return _read(county_id, None, pk)


def page_at(county_id: int, address: str) -> DocumentPage | None:
    """Return the page of an address with its slash, as `page_of`."""
    pk = entry_in(address)
    return _read(county_id, address, pk) if pk is not None else None


def pages_of(county_id: int, keys: Collection[int]) -> list[DocumentPage]:
    """Return the pages of many entries on a county's site, by key, as `page_of`. One query."""
    slug = OrganPage.objects.filter(organ_id=OuterRef("organ_id")).values("slug")[:1]
    rows = Entry.objects.filter(pk__in=keys).exclude(address="").order_by("pk")
    names = (*_FIELDS, "organ__county_id", "slug")
    found = (
        dict(zip((*_FIELDS, "county_id", "slug"), row, strict=True))
        for row in rows.annotate(slug=Subquery(slug)).values_list(*names)
    )
    return [_page(told) for told in found if (told["county_id"] or told["organ_id"]) == county_id]


def attachment_of(
    county_id: int, address: str, attachment: UUID
) -> tuple[FileShown, StoredFile] | None:
    """Return an attachment that the public version of an entry names, and the file kept of it.

    Its bytes: `files.queries.content`. None when the entry is not public or does not name it.
    Two queries.
    """
    page = page_at(county_id, address)
    if page is None or not page.live:
        return None
    named = next((file for file in page.files if file.id == attachment), None)
    if named is None:
        return None
    row = StoredFile.objects.defer("text").filter(pk=named.file, removed_at__isnull=True).first()
    return (named, row) if row is not None else None


def _read(county_id: int, address: str | None, pk: int) -> DocumentPage | None:
    sql = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [pk])
        row = cursor.fetchone()
    if row is None:
        return None
    told = dict(zip((*_FIELDS, "county_id", "slug"), row, strict=True))
    if address is not None and told["address"] != address:
        return None
    if (told["county_id"] or told["organ_id"]) != county_id:
        return None
    return _page(told)


@lru_cache(maxsize=4)
def _statement(vendor: str) -> str:
    """Return the query of a page by key: written by the ORM once, it takes longer than running."""
    slug = OrganPage.objects.filter(organ_id=OuterRef("organ_id")).values("slug")[:1]
    rows = Entry.objects.filter(pk=0).exclude(address="").order_by()
    query = (
        rows.annotate(slug=Subquery(slug)).values_list(*_FIELDS, "organ__county_id", "slug").query
    )
    sql, params = query.sql_with_params()
    return _only_key(sql, params)


def _only_key(sql: str, params: tuple[Any, ...]) -> str:
    """Return the statement with every parameter but the key (0) written into it."""
    parts = sql.split("%s")
    told = ["%s" if value == 0 else "''" for value in params]
    return "".join(part + value for part, value in zip(parts, [*told, ""], strict=True))


def _page(told: Mapping[str, Any]) -> DocumentPage:
    live = bool(told["live"])
    content, body = None, ""
    if live:
        kept = told["published__content"]
        content = Content.read(json.loads(kept) if isinstance(kept, str) else kept)
        body = with_addresses(told["published__body"], told["address"], content)
    return DocumentPage(
        id=told["pk"],
        record=told["record"],
        live=live,
        address=told["address"],
        title=told["title"] if live else "",
        index_number=told["index_number"],
        content=content,
        body=body,
        first_published_at=moment(told["first_published_at"]),
        published_at=moment(told["published_at"]),
        withdrawn_at=moment(told["withdrawn_at"]) if told["withdrawn_at"] else None,
        withdrawal=WithdrawalReason(told["withdrawal"]).label if told["withdrawal"] else "",
        organ_id=told["organ_id"],
        organ_code=told["organ__code"],
        organ_name=told["organ__name"],
        organ_short_name=told["organ__short_name"],
        organ_slug=told["slug"] or "",
        section_id=told["section_id"],
        section_path=told["section__path"],
        section_title=told["section__title"],
        version=told["published__number"],
        sha256=told["published__sha256"],
    )


def with_addresses(body: str, address: str, content: Content) -> str:
    """Return a body with the public addresses of its own attachments in place of their ids."""
    if "/attachment/" not in body:
        return body
    folder = folder_of(address)
    names = {str(file.id): folder + file.file_name for file in content.files}
    return ATTACHED.sub(lambda found: names.get(found[1].lower(), found[0]), body)


def moment(value: Any) -> datetime:
    """Return a moment as the driver gives it: text in UTC on SQLite."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)
