"""The steps every verb takes: hold the row, follow the table, check the person, write the act."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.adapters.statements import RowsBy, insert, update
from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.calendars.queries import workday_calendar
from gongkai.disclosure import deadlines, queries
from gongkai.disclosure.lifecycle import TRANSITIONS, EntryEvent, EntryState
from gongkai.disclosure.models import Entry, ReviewAct, Section, Version
from gongkai.disclosure.rules import (
    PUBLISHED_MODES,
    EntryRefused,
    Fault,
    NotAllowedNow,
    ReasonMissing,
    Told,
)
from gongkai.disclosure.rules.people import check_person
from gongkai.orgs.models import Organ
from gongkai.statute.lifecycles import RefusedArrow, follow

_LONGEST_REASON = 500


def hold(entry: Entry, at: datetime) -> Entry:
    """Return the entry's row locked for this transaction, with organ, section and versions.

    Raises:
        NotAllowedNow: `at` lies before the last act (moments are the server's and never go back).
    """
    return hold_all([entry], at)[0]


def hold_all(entries: Iterable[Entry], at: datetime) -> list[Entry]:
    """Return the rows locked, in the order told; locked by key: two never wait crosswise."""
    wanted = [entry.pk for entry in entries]
    found = {pk: _locked(pk) for pk in sorted(wanted)}
    held = [found[pk] for pk in wanted]
    for entry in held:
        if at < entry.moved_at:
            raise NotAllowedNow("服务器时间早于这条信息的上一次办理，请核对服务器时钟后再试")
    return held


# What every step of every text reads is written once for a process (see `adapters.statements`).
_entries = RowsBy(Entry.objects.select_for_update(), "id")
_organs = RowsBy(Organ.objects.order_by(), "id")
_sections = RowsBy(Section.objects.order_by(), "id")
_versions = RowsBy(Version.objects.order_by(), "id")


def _locked(pk: int) -> Entry:
    """Return the row of now, locked, with organ, county, section and versions read along."""
    rows = _entries(pk)
    if not rows:
        raise Entry.DoesNotExist(f"no entry {pk}")
    held = rows[0]
    [held.organ] = _organs(held.organ_id)
    if held.organ.county_id:
        [held.organ.county] = _organs(held.organ.county_id)
    [held.section] = _sections(held.section_id)
    versions = {key: _versions(key)[0] for key in {held.in_review_id, held.published_id} if key}
    held.in_review, held.published = (
        versions.get(held.in_review_id),
        versions.get(held.published_id),
    )
    return held


def next_state(entry: Entry, event: EntryEvent) -> EntryState:
    """Return the state an event leads to; raises NotAllowedNow."""
    state = EntryState(entry.state)
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise NotAllowedNow(f"这条信息“{state.label}”，不能{event.label}") from None


def other_eyes(entry: Entry, event: EntryEvent, by: Actor) -> None:
    """Refuse a person who wrote the version in review or passed another step of it."""
    version = reviewed(entry)
    authors = (*version.authors, version.made_by_account)
    check_person(event, by.account, authors, queries.passed_of(version.pk))


def reviewed(entry: Entry) -> Version:
    """Return the version in review; raises NotAllowedNow when there is none."""
    if entry.in_review is None:
        raise NotAllowedNow("这条信息没有在审的版本")
    return entry.in_review


def read_reason(reason: str, what: str = "理由") -> str:
    """Return a reason trimmed; raises ReasonMissing when blank or too long."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing(f"请填写{what}")
    if len(reason) > _LONGEST_REASON:
        raise ReasonMissing(f"{what}不得超过{_LONGEST_REASON}个字")
    return reason


def read_note(note: str) -> str:
    """Return an opinion trimmed; raises EntryRefused when too long."""
    note = note.strip()
    if len(note) > _LONGEST_REASON:
        raise EntryRefused(Fault("note", f"意见不得超过{_LONGEST_REASON}个字"))
    return note


def move(entry: Entry, state: EntryState, at: datetime, *fields: str) -> None:
    """Save the entry in a state, with the named fields."""
    entry.state, entry.moved_at = state, at
    update(entry, ("state", "moved_at", *fields))


def act(
    entry: Entry,
    event: EntryEvent,
    by: Actor,
    at: datetime,
    *,
    version: Version | None = None,
    note: str = "",
    form: Mapping[str, Any] | None = None,
) -> ReviewAct:
    """Write a step into the record of the review."""
    done = ReviewAct(
        entry=entry,
        version=version or entry.in_review,
        event=event,
        account=by.account,
        person=by.name,
        post=by.post[:200],
        at=at,
        note=note,
        form=dict(form or {}),
    )
    insert(done)
    return done


def log(verb: str, entry: Entry, by: Actor, at: datetime, **values: Any) -> None:
    """Record a verb on the chain of the entry's organ."""
    audit.record(
        f"disclosure.{verb}",
        entry.record_id,
        chain=entry.organ.code,
        by=by,
        at=at,
        label=entry.title,
        **values,
    )


def set_due(entry: Entry, told: Told) -> None:
    """Work out the clock of Art. 26 for what is told; the entry is not saved here."""
    limit = queries.own_limit(entry.pk) if entry.pk else None
    counted_from = told.counted_from if told.mode in PUBLISHED_MODES else None
    due = deadlines.due(counted_from, workday_calendar(), limit)
    entry.due_on, entry.due_provisional, entry.limit_label = due.on, due.provisional, due.label


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localtime(at).date()
