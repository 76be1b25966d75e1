"""Verbs of the review: recall, the reviews, the secrecy review, return, sign."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure import queries
from gongkai.disclosure.actions import steps
from gongkai.disclosure.lifecycle import EntryEvent, EntryState
from gongkai.disclosure.models import Entry
from gongkai.disclosure.rules import NotThisPerson, SecrecyForm
from gongkai.disclosure.rules.secrecy import check_form


@transaction.atomic
def recall(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Take a text back before anyone has reviewed it: only who submitted it may."""
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.RECALL)
    if steps.reviewed(held).made_by_account != by.account:
        raise NotThisPerson("只有送审人可以撤回送审，请由送审人撤回，或者请审核人退回")
    return _back(held, EntryEvent.RECALL, state, "", by, at)


@transaction.atomic
def approve_first(entry: Entry, *, note: str = "", by: Actor, at: datetime) -> Entry:
    """Pass the first review (初审); organs of two levels go on to the secrecy review at once."""
    held = steps.hold(entry, at)
    steps.next_state(held, EntryEvent.APPROVE_FIRST)
    three = queries.steps_of(held.organ, steps.local_day(at)) == 3
    event = EntryEvent.APPROVE_FIRST if three else EntryEvent.APPROVE_ONLY
    return _pass(held, event, note, by, at)


@transaction.atomic
def approve_second(entry: Entry, *, note: str = "", by: Actor, at: datetime) -> Entry:
    """Pass the second review (复审)."""
    return _pass(steps.hold(entry, at), EntryEvent.APPROVE_SECOND, note, by, at)


@transaction.atomic
def clear_secrecy(entry: Entry, *, form: SecrecyForm, by: Actor, at: datetime) -> Entry:
    """Pass the secrecy review (保密审查) by its form, item by item.

    Raises:
        EntryRefused: an item is open, or does not allow the release.
    """
    held = steps.hold(entry, at)
    steps.next_state(held, EntryEvent.CLEAR_SECRECY)
    check_form(form, steps.reviewed(held).content["mode"])
    return _pass(held, EntryEvent.CLEAR_SECRECY, form.opinion, by, at, form)


@transaction.atomic
def sign(entry: Entry, *, note: str = "", by: Actor, at: datetime) -> Entry:
    """Sign the text for release (签发)."""
    return _pass(steps.hold(entry, at), EntryEvent.SIGN, note, by, at)


@transaction.atomic
def return_entry(entry: Entry, *, why: str, by: Actor, at: datetime) -> Entry:
    """Send a text back to its authors with the reason, from any step.

    Raises:
        ReasonMissing: no reason.
    """
    why = steps.read_reason(why, "退回理由")
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.RETURN)
    return _back(held, EntryEvent.RETURN, state, why, by, at)


def _pass(
    entry: Entry,
    event: EntryEvent,
    note: str,
    by: Actor,
    at: datetime,
    form: SecrecyForm | None = None,
) -> Entry:
    state = steps.next_state(entry, event)
    note = steps.read_note(note)
    steps.other_eyes(entry, event, by)
    steps.move(entry, state, at)
    steps.act(entry, event, by, at, note=note, form=form.as_json() if form else None)
    steps.log(event.lower(), entry, by, at, after=_seen(entry, state), reason=note)
    return entry


def _back(
    entry: Entry, event: EntryEvent, state: EntryState, why: str, by: Actor, at: datetime
) -> Entry:
    seen = _seen(entry, state)
    steps.act(entry, event, by, at, note=why)
    entry.in_review = None
    steps.move(entry, state, at, "in_review")
    steps.log(event.lower(), entry, by, at, after=seen, reason=why)
    return entry


def _seen(entry: Entry, state: EntryState) -> dict[str, object]:
    """Return which version was looked at, by number and digest, and where it stands now."""
    version = steps.reviewed(entry)
    return {"state": str(state), "version": version.number, "sha256": version.sha256}
