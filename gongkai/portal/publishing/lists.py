"""On which pages of lists an entry stands, or stood: by the serials of its placements.

A withdrawn entry has no placement any more. Where it stood is found by the times at which it was
released, for serials are given in the order of release: between its neighbours in the list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongkai.disclosure.models import Entry, Placement, Release, SectionCount, Version
from gongkai.disclosure.queries import SectionNode, content_of
from gongkai.disclosure.queries.lists import PAGE
from gongkai.portal.columns import ORGANS
from gongkai.portal.publishing.view import View

RUN = 100  # pages of a list in one portion of work


@dataclass(frozen=True, slots=True)
class Stand:
    """Serials from `first` to `last` in a section's list, of one organ's where told, in a year."""

    section_id: int
    first: int
    last: int
    year: int
    organ_id: int | None = None


def stands_of(view: View, entry: Entry) -> list[Stand]:
    """Return where an entry stands and, if it has been taken out of lists, where it stood."""
    found = [
        stand
        for row in Placement.objects.filter(entry=entry)
        for stand in (
            Stand(row.section_id, row.serial, row.serial, _year(row.published_at)),
            Stand(
                *(row.section_id, row.organ_serial, row.organ_serial),
                *(_year(row.published_at), entry.organ_id),
            ),
        )
    ]
    standing = {stand.section_id for stand in found}
    released = list(Release.objects.filter(entry=entry).values_list("released_at", flat=True))
    if entry.imported_from and entry.first_published_at:
        released.append(entry.first_published_at)
    for section_id in _ever(view, entry) - standing:
        for at in released:
            found.append(_between(section_id, None, at))
            found.append(_between(section_id, entry.organ_id, at))
    return found


def _ever(view: View, entry: Entry) -> set[int]:
    """Return every section in which a version of an entry asked to stand, and those above."""
    asked = {entry.section_id}
    for version in Version.objects.filter(entry=entry).defer("body", "text"):
        content = content_of(version)
        asked |= {content.section_id, *content.told.extra_sections}
    above = {node.id: node.parent_id for node in view.site.nodes.values()}
    for pk in tuple(asked):
        while (pk := above.get(pk)) is not None:
            asked.add(pk)
    return asked


def _between(section_id: int, organ_id: int | None, at: datetime) -> Stand:
    """Return the serials between the neighbours of what was released at a moment."""
    year = _year(at)
    serial = "organ_serial" if organ_id else "serial"
    rows = Placement.objects.filter(section_id=section_id)
    if organ_id:
        rows = rows.filter(organ_id=organ_id)
    count = SectionCount.objects.filter(section_id=section_id, organ_id=organ_id, year=year).first()
    since, until = (count.before, count.last) if count else (0, 0)
    rows = rows.filter(**{f"{serial}__gt": since, f"{serial}__lte": until})
    before = rows.filter(published_at__lt=at).order_by(f"-{serial}")
    after = rows.filter(published_at__gt=at).order_by(serial)
    first = before.values_list(serial, flat=True).first()
    last = after.values_list(serial, flat=True).first()
    return Stand(section_id, first or since + 1, last or until, year, organ_id)


def _year(at: datetime) -> int:
    return timezone.localtime(at).year


def addresses_of(view: View, stands: Iterable[Stand], slugs: dict[int, str]) -> set[str]:
    """Return the addresses of every page of a list that shows what stands there.

    `slugs` gives the last part of the address of an organ's page.
    """
    nodes = {node.id: node for node in view.site.nodes.values()}
    found: set[str] = set()
    for stand in stands:
        node = nodes.get(stand.section_id)
        if node is None:
            continue
        if stand.organ_id is None:
            found.update(_whole(node, stand))
        elif node.on_organ_pages and stand.organ_id in slugs:
            base = f"{ORGANS.url}{slugs[stand.organ_id]}/{node.path}/"
            found.update((base, *_numbered(base, stand.first, stand.last)))
    return found


def _whole(node: SectionNode, stand: Stand) -> Iterator[str]:
    yield from newest_of(node)
    if node.content != "ENTRIES":
        return
    yield from _numbered(node.address, stand.first, stand.last)
    yield from year_of(node, stand.year)
    before = SectionCount.objects.filter(section_id=node.id, organ=None, year=stand.year).first()
    since = before.before if before else 0
    own = f"{node.address}{stand.year}/"
    yield from _numbered(own, stand.first - since, stand.last - since)


def newest_of(node: SectionNode) -> Iterator[str]:
    """Yield the addresses of a column that change with everything that comes into it."""
    yield node.address
    if node.content != "RECORDS":
        yield f"{node.address}feed.xml"
        yield f"{node.address}list.json"


def year_of(node: SectionNode, year: int) -> Iterator[str]:
    """Yield the addresses of a year's archive that change with everything of that year."""
    yield f"{node.address}{year}/"
    yield f"{node.address}{year}/list.csv"


def _numbered(base: str, first: int, last: int) -> Iterator[str]:
    """Yield the pages with these serials, and the one before: it leads on to a new one."""
    for number in range(max(_page(first) - 1, 1), _page(last) + 1):
        yield f"{base}{number}.html"


def _page(serial: int) -> int:
    return -(-serial // PAGE)


def runs(last: int) -> Iterator[tuple[int, int]]:
    """Yield runs of page numbers for serials up to `last`: first and last of each."""
    for start in range(1, _page(last) + 1, RUN):
        yield start, min(start + RUN - 1, _page(last))
