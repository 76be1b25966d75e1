"""Counting the open clocks of Art. 26 anew once a year's holidays are announced."""

from datetime import datetime

from django.db import transaction

from gongkai.disclosure import queries
from gongkai.disclosure.actions import steps
from gongkai.disclosure.models import Entry

_COUNTED = ("due_on", "due_provisional", "limit_label")


def recount_due(*, at: datetime) -> int:
    """Count anew what was provisional and is still owed; return how many days have moved.

    The day follows from dates and the calendar, so no event is recorded. Safe to repeat.
    """
    moved = 0
    waiting = Entry.objects.filter(owing=True, due_provisional=True).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            entry = Entry.objects.select_for_update(of=("self",)).get(pk=pk)
            text = queries.told_of(entry)
            if text is None or not entry.owing:
                continue
            before = entry.due_on
            steps.set_due(entry, text.told)
            entry.save(update_fields=_COUNTED)
            moved += entry.due_on != before
    return moved
