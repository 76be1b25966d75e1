"""What fills a search index: every feed by name, and how an index is kept equal to the records.

A feed knows which keys belong into its index and makes records of them; the same few functions
then serve the index of the public (`portal`) and that of the staff (`desk`), which do not see
each other. Each feed is registered by the app that knows its records.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from gongkai.adapters.searchindex.types import Index, Record

PORTION = 500  # keys of one change


@dataclass(frozen=True, slots=True)
class Feed:
    """What belongs into one index.

    `records` yields the records of the keys given, of all when None, in batches from the
    database; a key of what may not be found yields nothing. `changed_since` yields keys that
    may have changed since a moment.
    """

    name: str
    label: str
    index: Callable[[], Index]
    keys: Callable[[], Iterable[str]]
    records: Callable[[Collection[str] | None], Iterator[Record]]
    changed_since: Callable[[datetime], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """How an index differs from the records: keys it lacks, keys it holds too many."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]
    held: int

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.missing or self.extra)


feeds: dict[str, Feed] = {}


def register(feed: Feed) -> Feed:
    """Register a feed under its name and return it."""
    if feeds.setdefault(feed.name, feed) is not feed:
        raise RuntimeError(f"two feeds of the name {feed.name}")
    return feed


def is_on() -> bool:
    """Say whether this installation keeps an index at all."""
    return getattr(settings, "GONGKAI_SEARCH", {"engine": "none"})["engine"] != "none"


def refresh(feed: Feed, keys: Iterable[str]) -> None:
    """Let the index hold what the records of these keys are now; what is none of it goes.

    Safe to repeat. Raises: as `Index.change`.
    """
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), PORTION):
        portion = wanted[start : start + PORTION]
        put = list(feed.records(portion))
        found = {record.key for record in put}
        feed.index().change(put=put, take=[key for key in portion if key not in found])


def rebuild(feed: Feed, *, at: datetime, tell: Callable[[int], None] = lambda done: None) -> int:
    """Make the index anew while the old one serves; return how many records it holds.

    `tell` is told every thousand. What was changed since `at`, meanwhile, is put once more.
    Raises: as `Index.rebuild`.
    """
    count = feed.index().rebuild(_told(feed.records(None), tell))
    refresh(feed, feed.changed_since(at))
    return count


def difference(feed: Feed) -> Difference:
    """Return how the index differs from the records, by keys."""
    held = set(feed.index().keys())
    count, wanted = len(held), feed.keys
    missing = [key for key in wanted() if key not in held]
    held.difference_update(wanted())
    return Difference(tuple(missing), tuple(sorted(held)), count)


def mend(feed: Feed) -> Difference:
    """Put what is missing, take what is too many, and return what was amiss."""
    found = difference(feed)
    refresh(feed, [*found.missing, *found.extra])
    return found


def _told(records: Iterator[Record], tell: Callable[[int], None]) -> Iterator[Record]:
    for place, record in enumerate(records, start=1):
        yield record
        if place % 1000 == 0:
            tell(place)
