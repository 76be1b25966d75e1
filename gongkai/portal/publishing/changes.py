"""What has happened since a tree was written, read from the audit log, and the pages it changes.

Each organ's chain is without gaps and in the order of its commits, so "the last event seen of each
chain" misses nothing, whatever was killed when. The bell only says that it is time to look.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from gongkai.audit.models import Chain, Event
from gongkai.disclosure.models import Entry, ItemEntry, SectionCount
from gongkai.disclosure.queries import entry_in, page_at, page_by_id
from gongkai.disclosure.queries.lists import BLOCK
from gongkai.engagement.models import Message
from gongkai.orgs.models import Organ
from gongkai.policy.models import DecisionLink, GazetteItem, Relation
from gongkai.portal.columns import APPRAISALS, FIELDS, HOTLINE, ORGANS
from gongkai.portal.hall import written as hall
from gongkai.portal.publishing import portions
from gongkai.portal.publishing.lists import Stand, addresses_of, stands_of
from gongkai.portal.publishing.table import Shows, touched_by
from gongkai.portal.publishing.view import View
from gongkai.portal.records import card_of
from gongkai.portal.sections import DECISIONS

MANY = 500  # entries; more are left to a run over the whole site
_ENTRY, _POLICY, _MESSAGE = "disclosure:", "policy:", "engagement.message:"
_ORDER = "hotline:"
_APPRAISAL = "oversight.appraisal:"
_PROPOSALS = ("proposals:", "proposals.summary:")


@dataclass(slots=True)
class Changes:
    """What was touched: entries that came or went, records, organs by code, kinds of content.

    `found` are entries that are found by something else now: what is done to their records, too.
    """

    entries: set[int] = field(default_factory=set)
    found: set[int] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    organs: set[str] = field(default_factory=set)
    shows: set[Shows] = field(default_factory=set)

    @property
    def whole(self) -> bool:
        """Say whether every page is concerned."""
        return Shows.FRAME in self.shows or len(self.entries) > MANY

    def at_once(self) -> "Changes":
        """Return what is written before a whole site: of too many entries those withdrawn."""
        if len(self.entries) <= MANY:
            return self
        gone = Entry.objects.filter(pk__in=self.entries).exclude(live=True)
        return Changes(entries=set(gone.values_list("pk", flat=True)))


def heads() -> dict[str, int]:
    """Return how far each chain of the log reaches now."""
    return dict(Chain.objects.values_list("key", "length"))


def since(seen: Mapping[str, int]) -> tuple[dict[str, int], Changes]:
    """Return how far the log reaches now, and what of it changes pages since `seen`."""
    reached, changes = heads(), Changes()
    for chain, length in reached.items():
        if length > (last := seen.get(chain, 0)):
            rows = Event.objects.filter(chain=chain, sequence__gt=last, sequence__lte=length)
            for verb, target in rows.values_list("verb", "target").order_by("sequence"):
                note(changes, verb, target, chain)
    changes.found |= entries_of(changes.records)
    return reached, changes


def note(changes: Changes, verb: str, target: str, chain: str) -> None:
    """Note one event of the log."""
    touched = touched_by(verb)
    if not touched:
        return
    changes.shows |= touched
    changes.organs.add(chain)
    if (entry := entry_of(target)) is not None:
        changes.found.add(entry)
    if Shows.ENTRY in touched and entry is not None:
        changes.entries.add(entry)
    elif touched & {Shows.RECORD, Shows.SERVICES, Shows.RESULTS}:
        changes.records.add(target)


def entry_of(target: str) -> int | None:
    """Return the entry that a target of the log names; None for other records."""
    key = target.removeprefix(_ENTRY)
    return int(key) if key != target and key.isdigit() else None


def entries_of(records: Collection[str]) -> set[int]:
    """Return the entries that are the texts of other chapters' records."""
    return set(Entry.objects.filter(record__in=records).values_list("pk", flat=True))


@dataclass(slots=True)
class Touched:
    """The pages of one site that changes concern: documents by key, the rest by address."""

    documents: set[int] = field(default_factory=set)
    withdrawn: list[str] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)


def touched_on(view: View, changes: Changes) -> Touched:
    """Return the pages of a site that show what has changed."""
    found = Touched()
    entries = list(portions.with_address(view).filter(pk__in=changes.entries))
    if entries:
        _entries(view, entries, found)
    for entry in portions.with_address(view).filter(record__in=changes.records):
        found.documents.add(entry.pk)
        found.documents |= kin_of(view, entry.pk)
    found.documents |= _once_related(changes.records)
    found.addresses.update(_messages(view, changes.records))
    found.addresses.update(_orders(changes.records))
    found.addresses.update(_rankings(changes.records))
    if Shows.HOTLINE in changes.shows:
        found.addresses.update((HOTLINE.url,))
    if Shows.SERVICES in changes.shows:
        found.addresses.update(hall.touched(view.county, changes.records))
    if Shows.LIBRARY in changes.shows:
        found.addresses.update(_decisions(view))
    wanted = {
        Shows.ITEMS: ("fields:",),
        Shows.LIBRARY: ("library:",),
        Shows.GAZETTE: ("gazette:",),
        Shows.REPORTS: ("reports:", "home:", "maps:"),
        Shows.ORGANS: ("guides:", "home:"),
        Shows.MEDIA: ("media:", "groups:zwgk", "home:", "maps:"),
        Shows.MESSAGES: ("messages:columns", "maps:"),
        Shows.PROPOSALS: ("proposals:",),
        Shows.SURVEYS: ("surveys:", "maps:"),
        Shows.RESULTS: ("results:", "groups:zwgk", "maps:"),
        Shows.URGENT: ("urgent:", "home:"),
        Shows.SERVICES: ("services:", "groups:zwgk", "maps:"),
        Shows.TEXTS: ("texts:", "home:", "maps:"),
    }
    for shown, parts in wanted.items():
        if shown in changes.shows:
            for part in parts:
                found.addresses.update(portions.addresses(view, part))
    if changes.shows & {Shows.ORGANS, Shows.REPORTS}:
        found.addresses.update(_organs(view, changes.organs))
    return found


def _entries(view: View, entries: Iterable[Entry], found: Touched) -> None:
    slugs = portions.slugs_of(view)
    found.addresses.update(("/", "/sitemap.xml"))
    for entry in entries:
        found.documents.add(entry.pk)
        found.documents |= kin_of(view, entry.pk)
        if not entry.live:
            found.withdrawn.append(entry.address)
        stands = stands_of(view, entry)
        found.addresses |= addresses_of(view, stands, slugs)
        found.addresses.add(f"/sitemap-{entry.pk // BLOCK}.xml")
        found.addresses.update(_first_or_last(view, entry, stands, slugs))
        if entry.organ_id in slugs:
            found.addresses.update(portions.organ_pages(view, slugs[entry.organ_id]))
    keys = [entry.pk for entry in entries]
    if DecisionLink.objects.filter(entry__in=keys).exists():
        found.addresses.update(_decisions(view))
    found.addresses.update(_fields(view, keys))
    found.addresses.update(_issues(keys))
    if any(entry.record for entry in entries):
        found.addresses.update(portions.addresses(view, "library:"))
    if any(entry.record.startswith(_PROPOSALS) for entry in entries):
        found.addresses.update(portions.addresses(view, "proposals:"))
        # With the first reply the column itself appears.
        found.addresses.update(("/zwgk/", "/wzdt/", "/sitemap-columns.xml"))


def _first_or_last(
    view: View, entry: Entry, stands: Iterable[Stand], slugs: Mapping[int, str]
) -> Iterator[str]:
    """Yield the pages that list years or columns, where one has got its first or lost its last."""
    nodes = {node.id: node for node in view.site.nodes.values()}
    for stand in stands:
        node = nodes.get(stand.section_id)
        year = 0 if stand.organ_id else stand.year
        rows = SectionCount.objects.filter(section_id=stand.section_id, organ_id=stand.organ_id)
        if node is None or rows.filter(year=year, live__gt=1).exists():
            continue
        if stand.organ_id is None and node.content == "ENTRIES":
            years = rows.exclude(year=0).values_list("year", flat=True)
            yield from (f"{node.address}{each}/" for each in years)
        elif stand.organ_id and (slug := slugs.get(entry.organ_id)):
            for portion in portions.of_organs(view):
                if portion == slug or portion.startswith(f"{slug}/"):
                    yield from portions.organ_pages(view, portion)


def kin_of(view: View, pk: int) -> set[int]:
    """Return the entries whose pages name this one, or are named by it, with their titles."""
    page = page_by_id(view.county.pk, pk)
    if page is None or not page.record:
        return set()
    found = set()
    for each in card_of(page).related:
        if each.address.endswith(".html") and page_at(view.county.pk, each.address) is not None:
            found.add(entry_in(each.address))
    return found


def _once_related(records: Iterable[str]) -> set[int]:
    """Return the entries of documents that one of these acted on or was acted on by.

    A relation that was cancelled is none of either's kin any more, and stands on both pages still.
    """
    keys = [int(each.removeprefix(_POLICY)) for each in records if each.startswith(_POLICY)]
    if not keys:
        return set()
    either = Q(target__in=keys) | Q(source__in=keys)
    rows = Relation.objects.filter(either, cancelled_at__isnull=False)
    pairs = rows.values_list("target__entry", "source__entry")
    return {pk for pair in pairs for pk in pair if pk is not None}


def _messages(view: View, records: Iterable[str]) -> Iterator[str]:
    """Yield where messages stand that were made public or taken off."""
    keys = [each.removeprefix(_MESSAGE) for each in records if each.startswith(_MESSAGE)]
    rows = Message.objects.filter(pk__in=keys, county_id=view.county.pk).only("number")
    yield from (row.address for row in rows)


def _orders(records: Iterable[str]) -> Iterator[str]:
    """Yield where work orders stand that were published or taken off."""
    keys = (each.removeprefix(_ORDER) for each in records if each.startswith(_ORDER))
    yield from (f"{HOTLINE.url}{key}.html" for key in keys)


def _rankings(records: Iterable[str]) -> Iterator[str]:
    """Yield where rankings stand that were published or taken off."""
    keys = (each.removeprefix(_APPRAISAL) for each in records if each.startswith(_APPRAISAL))
    yield from (f"{APPRAISALS.url}{key}.html" for key in keys)


def _decisions(view: View) -> Iterator[str]:
    """Yield the column that shows how far each decision has come, with the texts of its steps."""
    node = view.site.nodes.get(DECISIONS)
    if node is not None and view.site.live.get(node.id):
        yield node.address


def _fields(view: View, keys: list[int]) -> Iterator[str]:
    linked = ItemEntry.objects.filter(entry__in=keys, item__field__catalogue__county=view.county)
    slugs = set(linked.values_list("item__field__slug", flat=True))
    if slugs:
        yield FIELDS.url
    yield from (f"{FIELDS.url}{slug}/" for slug in slugs)


def _issues(keys: list[int]) -> Iterator[str]:
    items = GazetteItem.objects.filter(entry__in=keys, issue__published_on__isnull=False)
    for address in {item.issue.address for item in items.select_related("issue")}:
        yield from (address, address.removesuffix("html") + "pdf")


def _organs(view: View, codes: Iterable[str]) -> Iterator[str]:
    slugs = portions.slugs_of(view)
    for pk in Organ.objects.filter(code__in=codes).values_list("pk", flat=True):
        if pk in slugs:
            yield from portions.organ_pages(view, slugs[pk])
    yield ORGANS.url
