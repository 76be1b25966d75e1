"""Lists of what is public, from `Placement` alone: one query a page, nothing is counted.

Pages are numbered from the oldest end by the serials of the placements: page n holds the same
entries for ever once it is full (less what was withdrawn). Page None is the newest `size`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q

from gongkai.disclosure.models import Entry, EntryQuerySet, Placement, Section, SectionCount
from gongkai.disclosure.queries.pages import moment

PAGE = 20
PORTION = 1000
# Entries a sitemap file, which is written anew with each publication: the protocol allows 50,000.
BLOCK = 2_000
_SHOWN = (
    "e.id, e.title, e.address, e.document_number, p.published_at, p.organ_id, o.short_name, "
    "e.section_id, e.record"
)
_FROM = (
    "FROM disclosure_placement p JOIN disclosure_entry e ON e.id = p.entry_id "
    "JOIN orgs_organ o ON o.id = p.organ_id"
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list."""

    id: int
    title: str
    address: str
    document_number: str
    published_at: datetime
    organ_id: int
    organ: str
    section_id: int
    record: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list, newest first; `older` and `newer` are page numbers, None at the ends.

    `number` is None for the newest page, whose rows may stand on two numbered ones.
    """

    rows: tuple[ListRow, ...]
    number: int | None
    last: int
    older: int | None
    newer: int | None


@dataclass(frozen=True, slots=True)
class SectionNode:
    """A section of a county's tree as menus and pages show it."""

    id: int
    parent_id: int | None
    path: str
    slug: str
    title: str
    kind: str
    content: str
    description: str
    keywords: str
    legal_item: str
    stage: str
    in_menu: bool
    on_organ_pages: bool
    restricted_to_id: int | None
    closed: bool

    @property
    def address(self) -> str:
        """The public address."""
        return f"/{self.path}/"


def list_of(
    section_id: int,
    *,
    organ_id: int | None = None,
    year: int | None = None,
    page: int | None = None,
    size: int = PAGE,
) -> ListPage:
    """Return a page of a section's list, of one organ's entries and one year's where told.

    A group's list holds what stands in all sections under it. An unknown page is empty. One query.
    """
    if page is not None and page < 1:
        return ListPage((), page, 0, None, None)
    told = {"section": section_id, "organ": organ_id, "year": year or 0, "size": size}
    told["from"] = size * ((page or 1) - 1)
    with connection.cursor() as cursor:
        cursor.execute(_statement(organ_id is not None, page is not None), told)
        found = cursor.fetchall()
    return _page(found, page, size)


def newest(section_ids: Collection[int], limit: int = 10) -> dict[int, list[ListRow]]:
    """Return the newest entries of several sections, by section: for a home page. One query."""
    wanted = tuple(dict.fromkeys(section_ids))
    if not wanted:
        return {}
    sql = " UNION ALL ".join([_NEWEST] * len(wanted))
    values = [value for pk in wanted for value in (pk, limit)]
    lists: dict[int, list[ListRow]] = {pk: [] for pk in wanted}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = sorted(cursor.fetchall(), key=lambda row: -row[-1])
    for *row, section_id, _serial in rows:
        lists[section_id].append(_row(row))
    return lists


def newest_of(organ_id: int, limit: int = 10) -> list[ListRow]:
    """Return what an organ has published last, wherever it stands. One query."""
    rows = Entry.objects.live().filter(organ_id=organ_id).order_by("-published_at", "-pk")
    names = ("pk", "title", "address", "document_number", "published_at", "organ_id")
    found = rows.values_list(*names, "organ__short_name", "section_id", "record")[:limit]
    return [_row(values) for values in found]


def titled(organ_ids: Collection[int], words: str, limit: int = 10) -> list[ListRow]:
    """Return the newest public entries of organs whose title or number has the words. One query."""
    rows = Entry.objects.live().of(organ_ids)
    rows = rows.filter(Q(title__contains=words) | Q(document_number__contains=words))
    names = ("pk", "title", "address", "document_number", "published_at", "organ_id")
    found = rows.order_by("-published_at", "-pk").values_list(
        *names, "organ__short_name", "section_id", "record"
    )[:limit]
    return [_row(values) for values in found]


def years_of(section_id: int, organ_id: int | None = None) -> list[tuple[int, int]]:
    """Return the years in which a list has entries, newest first, with how many. One query."""
    rows = SectionCount.objects.filter(section_id=section_id, organ_id=organ_id, live__gt=0)
    return list(rows.exclude(year=0).order_by("-year").values_list("year", "live"))


def tree_of(county_id: int) -> tuple[SectionNode, ...]:
    """Return every section of a county's site in order, closed ones too. One query."""
    names = [name for name in SectionNode.__dataclass_fields__ if name != "closed"]
    rows = Section.objects.filter(county_id=county_id).order_by("order", "path")
    return tuple(
        SectionNode(*values, closed=closed_on is not None)
        for *values, closed_on in rows.values_list(*names, "closed_on")
    )


# A union of limited subqueries: each walks the index of its section and stops.
_NEWEST = (
    f"SELECT * FROM (SELECT {_SHOWN}, p.section_id, p.serial {_FROM} "  # noqa: S608 -- no values
    "WHERE p.section_id = %s ORDER BY p.serial DESC LIMIT %s) AS one"
)


@lru_cache(maxsize=4)
def _statement(of_organ: bool, numbered: bool) -> str:
    """Return the query of a page; the counters' row leads it, so that an empty page has one too.

    Written by hand: the bounds are looked up inside the query and the index is walked from them.
    """
    serial = "organ_serial" if of_organ else "serial"
    whose = "= %(organ)s" if of_organ else "IS NULL"
    count = (
        "FROM disclosure_sectioncount c WHERE c.section_id = %(section)s "
        f"AND c.year = %(year)s AND c.organ_id {whose}"
    )
    until = 'c."last"'
    since = 'c."before"'
    if numbered:  # one bound at each end: SQLite walks an index from one only
        since = 'c."before" + %(from)s'
        ends = f"{since} + %(size)s"
        until = f'CASE WHEN c."last" < {ends} THEN c."last" ELSE {ends} END'
    bounds = f"p.{serial} <= (SELECT {until} {count}) AND p.{serial} > (SELECT {since} {count})"
    own = "AND p.organ_id = %(organ)s " if of_organ else ""
    return (
        f'SELECT c."before", c."last", r.* FROM (SELECT c."before", c."last" {count}) c '  # noqa: S608 -- no values
        f"LEFT JOIN (SELECT p.{serial} AS place, {_SHOWN} {_FROM} "
        f"WHERE p.section_id = %(section)s {own}AND {bounds} "
        f"ORDER BY p.{serial} DESC LIMIT %(size)s) r ON 1 = 1 ORDER BY r.place DESC"
    )


def _page(found: list[Any], number: int | None, size: int) -> ListPage:
    if not found:
        return ListPage((), number, 0, None, None)
    before, until = found[0][0], found[0][1]
    last = -((before - until) // size)  # how many numbered pages there are, rounded up
    rows = tuple(_row(row[3:]) for row in found if row[2] is not None)
    if number is not None:
        older = number - 1 if 1 < number <= last else None
        newer = number + 1 if number < last else None
        return ListPage(rows, number, last, older, newer)
    oldest = min((row[2] for row in found if row[2] is not None), default=before)
    older = -((before - oldest + 1) // size) if oldest - 1 > before else None
    return ListPage(rows, None, last, older or None, None)


def _row(values: Any) -> ListRow:
    pk, title, address, number, at, organ_id, organ, section_id, record = values
    return ListRow(pk, title, address, number, moment(at), organ_id, organ, section_id, record)


def every_row(section_id: int, *, year: int | None = None) -> Iterator[ListRow]:
    """Yield every entry of a section's list, oldest first, of one year's where told.

    Read in portions by the serials, so that a long list is never held whole.
    """
    where = Placement.objects.filter(section_id=section_id)
    if year is not None:
        count = SectionCount.objects.filter(section_id=section_id, organ=None, year=year).first()
        if count is None:
            return
        where = where.filter(serial__gt=count.before, serial__lte=count.last)
    names = ("entry_id", "entry__title", "entry__address", "entry__document_number")
    more = ("published_at", "organ_id", "organ__short_name", "entry__section_id", "entry__record")
    last = 0
    while True:
        rows = where.filter(serial__gt=last).order_by("serial")
        found = list(rows.values_list(*names, *more, "serial")[:PORTION])
        for *values, _serial in found:
            yield _row(values)
        if len(found) < PORTION:
            return
        last = found[-1][-1]


def live_blocks(county_id: int) -> list[int]:
    """Return the numbers of the blocks of `BLOCK` entry keys that reach the newest one."""
    newest_key = _live_of(county_id).order_by("-pk").values_list("pk", flat=True).first()
    return list(range(newest_key // BLOCK + 1)) if newest_key else []


def live_in_block(county_id: int, block: int) -> list[tuple[str, datetime]]:
    """Return address and moment of the public entries of one block, oldest first."""
    rows = _live_of(county_id).filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
    return list(rows.order_by("pk").values_list("address", "published_at"))


def _live_of(county_id: int) -> EntryQuerySet:
    return Entry.objects.live().filter(section__county_id=county_id)


def live_counts(county_id: int) -> dict[int, int]:
    """Return how many entries stand in each section of a site, those below it included.

    A section without any is left out. One query.
    """
    rows = SectionCount.objects.filter(section__county_id=county_id, organ=None, year=0, live__gt=0)
    return dict(rows.values_list("section_id", "live"))
