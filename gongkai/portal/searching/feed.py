"""The public index kept equal to what is public: by every publishing job, daily, and anew.

`refresh(entry_ids)` is what the publishing job calls; it looks at the records of now, so a job
that comes twice or late does no harm, and a withdrawn entry goes with its job.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from django.db.models import Q

from gongkai.adapters import searchfeeds, searchindex
from gongkai.adapters.searchfeeds import PORTION, Feed
from gongkai.adapters.searchindex.types import Index, Record
from gongkai.disclosure.models import Entry
from gongkai.policy.models import DocumentState, PolicyDocument, Relation
from gongkai.policy.queries.found_now import ENTRY, ITEM, MESSAGE
from gongkai.portal.searching.matters import (
    keys_of,
    matter_keys,
    matter_records,
    matters_changed_since,
    matters_turned,
)
from gongkai.portal.searching.records import entries_changed_since, entry_keys, entry_records
from gongkai.portal.searching.standing import possible_keys, standing_keys, standing_records

_SLACK = timedelta(minutes=10)  # a row bears the moment of its verb, not of its commit
_LOOKED_BACK = timedelta(days=31)  # a server that stood still for so long catches up


def _index() -> Index:
    return searchindex.public_index()


def _keys() -> Iterator[str]:
    return chain(entry_keys(), standing_keys(), matter_keys())


def _records(keys: Collection[str] | None) -> Iterator[Record]:
    if keys is None:
        yield from entry_records()
        yield from standing_records()
        yield from matter_records()
        return
    entries = [int(key.removeprefix(ENTRY)) for key in keys if key.startswith(ENTRY)]
    matters = [key for key in keys if key.startswith((MESSAGE, ITEM))]
    others = [key for key in keys if not key.startswith((ENTRY, MESSAGE, ITEM))]
    if entries:
        yield from entry_records(entries)
    if matters:
        yield from matter_records(matters)
    if others:
        yield from standing_records(others)


def _changed_since(at: datetime) -> Iterator[str]:
    since = at - _SLACK
    return chain(entries_changed_since(since), possible_keys(), matters_changed_since(since))


PUBLIC = searchfeeds.register(
    Feed("public", "门户（公众）", _index, _keys, _records, _changed_since)
)


def refresh(entry_ids: Iterable[int]) -> None:
    """Let the index hold these entries as they are public now; those that are not are taken out.

    Safe to repeat. Raises: IndexBusy, IndexFailed, and the outbox tries again.
    """
    if searchfeeds.is_on():
        searchfeeds.refresh(PUBLIC, (f"{ENTRY}{pk}" for pk in entry_ids))


def refresh_alike(target: str, after: int) -> int:
    """Refresh some of the entries of an organ or a section; return the last one, 0 at the end.

    `target` is what the log calls it: its names and its kind stand in the index with each entry.
    """
    name, _, key = target.partition(":")
    place = {"orgs": "organ_id", "disclosure.section": "section_id"}[name]
    rows = Entry.objects.live().filter(**{place: int(key)}, pk__gt=after).order_by("pk")
    found = list(rows.values_list("pk", flat=True)[:PORTION])
    refresh(found)
    return found[-1] if len(found) == PORTION else 0


def refresh_standing() -> None:
    """Let the index hold organs, guides, annual reports and columns as they are now."""
    if searchfeeds.is_on():
        searchfeeds.refresh(PUBLIC, possible_keys())


def refresh_matters(target: str) -> None:
    """Let the index hold the message or guide, or all of a table or an organ, as they are now."""
    if searchfeeds.is_on():
        searchfeeds.refresh(PUBLIC, keys_of(target))


def refresh_turned_matters(today: date) -> None:
    """Let the index hold guides that days have changed as they are today."""
    if searchfeeds.is_on():
        searchfeeds.refresh(PUBLIC, matters_turned(today - _LOOKED_BACK, today))


def validity_turned(today: date) -> list[int]:
    """Return the public entries of documents whose validity turned in the days up to `today`.

    A document enters into force, lapses, is amended or repealed on a day of its own, on which
    nobody publishes anything. Two queries.
    """
    days = (today - _LOOKED_BACK, today)
    over = (days[0] - timedelta(days=1), today - timedelta(days=1))  # the last day is still valid
    turned = Q(effective_on__range=days) | Q(ends_on__range=over) | Q(published_on__range=days)
    acted = Relation.objects.filter(effective_on__range=days).values("target_id")
    documents = PolicyDocument.objects.filter(turned | Q(pk__in=acted), entry__live=True)
    found = documents.filter(state=DocumentState.PUBLISHED)
    return list(found.values_list("entry_id", flat=True))
