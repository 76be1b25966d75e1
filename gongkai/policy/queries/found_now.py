"""Which of the things that were found are public at this moment, by the keys of the search index.

The index may be a moment behind its jobs; no page and no interface shows a hit before it has
asked here. Entries are "disclosure:12", messages "message:<uuid>", service items "item:7".
"""

from collections.abc import Collection
from datetime import date

from gongkai.disclosure.models import Entry
from gongkai.engagement.queries import found_messages
from gongkai.servicehall.queries import findable_items

ENTRY, MESSAGE, ITEM = "disclosure:", "message:", "item:"


def public_now(county_id: int, keys: Collection[str], today: date) -> frozenset[str]:
    """Return those of some keys that a county's public may see now.

    At most one query for each of entries, messages and service items, none where there are none of
    a kind. What stands otherwise (organs, guides, reports, columns) is public while it is held.
    """
    entries, messages, items = (_after(mark, keys) for mark in (ENTRY, MESSAGE, ITEM))
    looked_up = (ENTRY, MESSAGE, ITEM)
    found = {key for key in keys if not key.startswith(looked_up)}
    if entries:
        rows = Entry.objects.live().filter(pk__in=entries, section__county_id=county_id)
        found |= {f"{ENTRY}{pk}" for pk in rows.values_list("pk", flat=True)}
    if messages:
        public = found_messages(messages).filter(county_id=county_id)
        found |= {f"{MESSAGE}{pk}" for pk in public.values_list("pk", flat=True)}
    if items:
        shown = findable_items(today, [int(each) for each in items]).filter(county_id=county_id)
        found |= {f"{ITEM}{pk}" for pk in shown.values_list("pk", flat=True)}
    return frozenset(found)


def _after(mark: str, keys: Collection[str]) -> list[str]:
    return [key.removeprefix(mark) for key in keys if key.startswith(mark)]
