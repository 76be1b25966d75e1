"""What tests of catalogues share: a founded catalogue, rows, entries that are public or overdue."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from gongkai.disclosure.actions.catalogue import found_catalogue
from gongkai.disclosure.actions.catalogue_items import add_item
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import (
    CatalogueField,
    CatalogueItem,
    Entry,
    ItemEntry,
    Section,
    SectionKind,
    StandardCatalogue,
    Version,
)
from gongkai.disclosure.models.catalogues import CatalogueLevel
from gongkai.disclosure.tests.factories import AUTHOR, NOON
from gongkai.orgs.models import Organ
from gongkai.tables.catalogue import CatalogueRow

BEGUN = date(2026, 1, 1)
TODAY = date(2026, 9, 21)
_numbers = count(1)


def catalogue(home: Organ, level: CatalogueLevel = CatalogueLevel.COUNTY) -> StandardCatalogue:
    return found_catalogue(home, level=level, on=BEGUN, by=AUTHOR, at=NOON)


def field(held: StandardCatalogue, name: str = "财政预决算") -> CatalogueField:
    return held.fields.get(name=name)


def row(**given: Any) -> CatalogueRow:
    told = {
        "number": "1",
        "first_level": "政府预算",
        "second_level": "一般公共预算",
        "content": "收支总表",
        "basis": "《预算法》",
        "time_limit": "批准后20日内",
        "organ_words": "财政局",
        "channels": ("政府网站",),
        **given,
    }
    return CatalogueRow(**told)


def item(where: CatalogueField, *, on: date = BEGUN, **given: Any) -> CatalogueItem:
    columns = {name: given.pop(name) for name in list(given) if name in CatalogueRow.__slots__}
    return add_item(where, row=row(**columns), on=on, by=AUTHOR, at=NOON, **given)


def plain_section(home: Organ, **fields: Any) -> Section:
    number = next(_numbers)
    values = {
        "slug": f"lm{number}",
        "path": f"zwgk/lm{number}",
        "title": f"栏目{number}",
        "kind": SectionKind.STATUTORY,
        "description": "栏目",
        "keywords": "栏目",
        **fields,
    }
    return Section.objects.create(county=home, **values)


def public(
    organ: Organ, where: Section, fulfils: CatalogueItem | None = None, **fields: Any
) -> Entry:
    """Return a public entry made without the review, for reads alone."""
    number = next(_numbers)
    at: datetime = fields.pop("at", NOON)
    summary = fields.pop("summary", "")
    entry = Entry.objects.create(
        organ=organ,
        section=where,
        title=fields.pop("title", f"信息{number}"),
        formed_on=at.date(),
        created_at=at,
        created_by="拟稿人",
        created_by_account="author",
        moved_at=at,
        index_number=f"014500815/2026-{number:05d}",
        address=f"/{where.path}/202609/{number}.html",
        **fields,
    )
    version = Version.objects.create(
        entry=entry,
        number=1,
        title=entry.title,
        content={"summary": summary},
        body="<p>正文</p>",
        text=fields.get("text", "正文第一句。"),
        sha256="0" * 64,
        made_at=at,
        made_by="拟稿人",
        made_by_account="author",
    )
    entry.state, entry.live, entry.owing, entry.published = (
        EntryState.PUBLISHED,
        True,
        False,
        version,
    )
    entry.published_at = entry.first_published_at = at
    entry.save()
    if fulfils is not None:
        ItemEntry.objects.create(item=fulfils, entry=entry)
    return entry


def overdue(organ: Organ, where: Section, fulfils: CatalogueItem, due_on: date) -> Entry:
    """Return an entry that is past its last day and not public."""
    entry = Entry.objects.create(
        organ=organ,
        section=where,
        title="逾期未发布",
        formed_on=due_on - timedelta(days=30),
        due_on=due_on,
        created_at=NOON,
        created_by="拟稿人",
        created_by_account="author",
        moved_at=NOON,
    )
    ItemEntry.objects.create(item=fulfils, entry=entry)
    return entry
