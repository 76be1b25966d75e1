"""Linking an entry with the catalogue items it fulfils; an item may bring its own time limit."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure import queries
from gongkai.disclosure.actions import steps
from gongkai.disclosure.models import CatalogueItem, Entry, ItemEntry

_DUE = ("due_on", "due_provisional", "limit_label", "moved_at")


@transaction.atomic
def link_item(entry: Entry, item: CatalogueItem, *, by: Actor, at: datetime) -> ItemEntry:
    """Let an entry fulfil an item; while it is not public its clock follows the item's limit."""
    held = steps.hold(entry, at)
    link, fresh = ItemEntry.objects.get_or_create(item=item, entry=held)
    if fresh:
        _count_anew(held, at)
        steps.log("link_item", held, by, at, after={"item": str(item), "due_on": held.due_on})
    return link


@transaction.atomic
def unlink_item(entry: Entry, item: CatalogueItem, *, by: Actor, at: datetime) -> Entry:
    """Take the link back; nothing happens when there is none."""
    held = steps.hold(entry, at)
    if ItemEntry.objects.filter(item=item, entry=held).delete()[0]:
        _count_anew(held, at)
        steps.log("unlink_item", held, by, at, before={"item": str(item)})
    return held


def _count_anew(entry: Entry, at: datetime) -> None:
    text = queries.told_of(entry)
    if entry.owing and text is not None:
        steps.set_due(entry, text.told)
    entry.moved_at = at
    entry.save(update_fields=_DUE)
