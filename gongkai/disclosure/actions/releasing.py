"""Verbs of the release: publish, schedule, withdraw; what `gongkai tick` does when a time comes.

Serves Art. 26 and 23: what appears is the version that was reviewed, checked again; its address
is given once and for ever.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai import outbox
from gongkai.audit import SYSTEM, Actor
from gongkai.disclosure import chapter_of, queries
from gongkai.disclosure.actions import checking, placing, steps, writing
from gongkai.disclosure.lifecycle import EntryEvent, EntryState
from gongkai.disclosure.models import Draft, Entry, Release, Version, WithdrawalReason
from gongkai.disclosure.rules import (
    PUBLISHED_MODES,
    DisclosureError,
    EntryRefused,
    Fault,
    NotAllowedNow,
)
from gongkai.disclosure.rules.addresses import address_of
from gongkai.files import actions as files
from gongkai.outbox.actions import put
from gongkai.statute.days import written

RELEASE = "disclosure.release"
PUBLISHED, WITHDRAWN = "disclosure.published", "disclosure.withdrawn"


def publish(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Release the version that was reviewed and signed, with what its chapter says must go along.

    The version is checked once more. The system (`SYSTEM`) releases what was scheduled and is due.

    Raises:
        ChecksStand: a check finds something that no second person has let pass.
        EntryRefused: the chapter has something against it.
        NotAllowedNow: it, or what must go along, is not signed, or its time has not come.
        NotThisPerson: a writer or reviewer of the text; the signer may.
    """
    return publish_together([entry], by=by, at=at)[0]


def publish_together(entries: Sequence[Entry], *, by: Actor, at: datetime) -> list[Entry]:
    """Release several entries, and what must go along, in one transaction or not at all.

    Raises: as `publish`.
    """
    whole = _with_companions(entries)
    for entry in whole:
        steps.next_state(entry, EntryEvent.PUBLISH)
    # Reading attachments takes long: before the lock. A version never changes, so this holds.
    findings = {entry.pk: checking.check(entry, on=steps.local_day(at)) for entry in whole}
    with transaction.atomic():
        held = steps.hold_all(whole, at)
        asked = {entry.pk for entry in entries}
        for entry, seen in zip(held, whole, strict=True):
            steps.next_state(entry, EntryEvent.PUBLISH)
            if entry.in_review_id != seen.in_review_id:
                raise NotAllowedNow(f"《{entry.title}》在检查期间又有办理，请重新发布")
            _refuse_early(entry, by, at, asked=entry.pk in asked)
            checking.refuse_standing(entry, findings[entry.pk])
        released = [_release(entry, by, at) for entry in held]
    return released[: len(entries)]


def _with_companions(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with all that must be released in the same transaction."""
    found: dict[int, Entry] = {}
    waiting = [fresh(entry) for entry in entries]
    while waiting:
        entry = waiting.pop(0)
        if entry.pk in found:
            continue
        found[entry.pk] = entry
        for other in chapter_of(entry.record).companions(entry):
            other = fresh(other)
            if other.pk not in found and not _stands(other):
                waiting.append(other)
    return list(found.values())


def _stands(entry: Entry) -> bool:
    """Say whether a companion is public already and nothing newer of it is under way."""
    return entry.live and entry.state == EntryState.PUBLISHED


def fresh(entry: Entry) -> Entry:
    """Return the row of now with what a check reads."""
    related = ("organ", "section", "in_review", "published")
    return Entry.objects.select_related(*related).get(pk=entry.pk)


def _refuse_early(entry: Entry, by: Actor, at: datetime, *, asked: bool) -> None:
    scheduled = entry.state == EntryState.SCHEDULED
    if by.account != SYSTEM.account:
        if scheduled:
            raise NotAllowedNow(f"《{entry.title}》已定时发布，需要提前发布的，请先取消定时")
        steps.other_eyes(entry, EntryEvent.PUBLISH, by)
    elif asked and not (scheduled and entry.scheduled_at and entry.scheduled_at <= at):
        raise NotAllowedNow(f"《{entry.title}》的定时发布时间未到")
    content = queries.content_of(steps.reviewed(entry))
    formed = content.told.formed_on
    if content.told.mode not in PUBLISHED_MODES:
        raise EntryRefused(Fault("mode", "公开属性不是主动公开，不能发布"))
    if formed is not None and steps.local_day(at) < formed:
        raise EntryRefused(Fault("formed_on", "发布日期不得早于成文日期，请核对"))
    expires = content.told.expires_on
    if expires is not None and expires < steps.local_day(at):
        raise EntryRefused(Fault("expires_on", "公开期限已经届满，请退回修改“公开期限至”"))
    against = chapter_of(entry.record).obstacles(entry, at)
    if against:
        raise EntryRefused(*(Fault(one.field, one.message) for one in against))


def _release(entry: Entry, by: Actor, at: datetime) -> Entry:
    version = steps.reviewed(entry)
    state = steps.next_state(entry, EntryEvent.PUBLISH)
    content = queries.content_of(version)
    first = entry.first_published_at is None
    before = {"state": entry.state, "live": entry.live}
    due_on = entry.due_on if entry.owing else None
    writing.describe(entry, content.told, content.section_id)
    writing.check_section(entry.section, entry.organ)
    writing.save_issuers(entry, content.told)
    _appear(entry, version, at)
    steps.move(entry, state, at, *writing.COLUMNS, *_APPEARING)
    placing.place(entry, content.told.extra_sections, at)
    named = [file.file for file in content.files]
    _keep_files(entry, named)
    Release.objects.create(
        entry=entry,
        version=version,
        organ=entry.organ,
        released_at=at,
        released_on=steps.local_day(at),
        due_on=due_on,
        first=first,
    )
    Draft.objects.filter(entry=entry).delete()
    steps.act(entry, EntryEvent.PUBLISH, by, at, version=version)
    chapter_of(entry.record).published(entry, by=by, at=at)
    after = {"state": str(state), "live": True, "address": entry.address}
    after |= {"version": version.number, "sha256": version.sha256}
    steps.log("publish", entry, by, at, before=before, after=after)
    tell(PUBLISHED, entry, at)
    return entry


_APPEARING = (
    *("live", "published", "in_review", "published_at", "first_published_at", "address"),
    *("scheduled_at", "withdrawn_at", "withdrawal", "withdrawal_note"),
)


def _appear(entry: Entry, version: Version, at: datetime) -> None:
    entry.live, entry.published, entry.in_review = True, version, None
    entry.published_at = at
    if entry.first_published_at is None:
        entry.first_published_at = at
        entry.address = address_of(entry.section.path, timezone.localtime(at), entry.pk)
    entry.owing, entry.scheduled_at = False, None
    entry.withdrawn_at, entry.withdrawal, entry.withdrawal_note = None, "", ""


def _keep_files(entry: Entry, named: Sequence) -> None:
    files.let_go(entry.record_id, but=named)
    try:
        if named:
            files.keep_for(named, entry.record_id)
    except files.FileRefused as why:
        raise EntryRefused(Fault("file", str(why))) from None


def tell(kind: str, entry: Entry, at: datetime) -> None:
    """Put the job that tells of a release or a withdrawal, when somebody above does such jobs."""
    if kind in outbox.handlers:
        put(kind, {"entry": entry.pk}, at=at)


@transaction.atomic
def schedule(entry: Entry, *, when: datetime, by: Actor, at: datetime) -> Entry:
    """Let the system release a signed text at a moment to come.

    Raises:
        EntryRefused: the moment does not lie ahead.
        NotThisPerson: as `publish`.
    """
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.SCHEDULE)
    if when.tzinfo is None or when <= at:
        raise EntryRefused(Fault("when", "定时发布的时间须在现在以后，请改为以后的时间"))
    steps.other_eyes(held, EntryEvent.PUBLISH, by)
    held.scheduled_at = when
    steps.move(held, state, at, "scheduled_at")
    steps.act(held, EntryEvent.SCHEDULE, by, at, form={"when": when.isoformat()})
    steps.log("schedule", held, by, at, after={"state": str(state), "when": when})
    put(RELEASE, {"entry": held.pk}, at=when)
    return held


@transaction.atomic
def unschedule(entry: Entry, *, note: str = "", by: Actor, at: datetime) -> Entry:
    """Take a scheduled release back; the text stays signed."""
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.UNSCHEDULE)
    held.scheduled_at = None
    steps.move(held, state, at, "scheduled_at")
    note = note.strip()[:500]
    steps.act(held, EntryEvent.UNSCHEDULE, by, at, note=note)
    steps.log("unschedule", held, by, at, after={"state": str(state)}, reason=note)
    return held


@transaction.atomic
def withdraw(
    entry: Entry, *, reason: WithdrawalReason, note: str, by: Actor, at: datetime
) -> Entry:
    """Take a public text off, its address says so from now on; a revision leaves the review.

    Raises:
        ReasonMissing: the note is blank.
        NotAllowedNow: it is not public.
    """
    note = steps.read_reason(note, "撤下说明")
    if reason not in WithdrawalReason:
        raise EntryRefused(Fault("reason", "请选择撤下原因"))
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.WITHDRAW)
    if not held.live:
        raise NotAllowedNow("这条信息没有公开，不能撤下")
    before = {"state": held.state, "live": True}
    held.live, held.in_review, held.scheduled_at = False, None, None
    held.withdrawn_at, held.withdrawal, held.withdrawal_note = at, reason, note
    steps.move(held, state, at, *_TAKEN_OFF)
    placing.lift(held)
    files.let_go(held.record_id)
    steps.act(held, EntryEvent.WITHDRAW, by, at, version=held.published, note=note)
    chapter_of(held.record).withdrawn(held, by=by, at=at)
    after = {"state": str(state), "live": False, "withdrawal": reason}
    steps.log("withdraw", held, by, at, before=before, after=after, reason=note)
    tell(WITHDRAWN, held, at)
    return held


_TAKEN_OFF = ("live", "in_review", "scheduled_at", "withdrawn_at", "withdrawal", "withdrawal_note")


def release_due(now: datetime) -> list[str]:
    """Release what was scheduled and is due, take off what has expired; return what went wrong.

    What cannot be released goes back to signed, so that somebody looks at it. Safe to repeat.
    """
    due = Entry.objects.filter(state=EntryState.SCHEDULED, scheduled_at__lte=now)
    wrong = [
        release_one(pk, now) for pk in due.order_by("scheduled_at").values_list("pk", flat=True)
    ]
    expired = Entry.objects.live().filter(expires_on__lt=steps.local_day(now))
    wrong += [_take_off_expired(entry, now) for entry in expired.order_by("pk")]
    return [text for text in wrong if text]


def _take_off_expired(entry: Entry, now: datetime) -> str:
    """Take one expired text off; return why it could not be, so that the next ones still are."""
    said = f"公开期限至{written(entry.expires_on)}，期满自动撤下"
    try:
        withdraw(entry, reason=WithdrawalReason.EXPIRED, note=said, by=SYSTEM, at=now)
    except DisclosureError as why:
        return f"《{entry.title}》期满未能撤下：{why}"
    return ""


def release_one(pk: int, now: datetime) -> str:
    """Release one scheduled entry if it is due; return why it could not be, "" when all is well."""
    entry = Entry.objects.filter(pk=pk, state=EntryState.SCHEDULED, scheduled_at__lte=now).first()
    if entry is None:
        return ""
    try:
        publish(entry, by=SYSTEM, at=now)
    except DisclosureError as why:
        said = f"定时发布未能完成：{why}"
        unschedule(entry, note=said, by=SYSTEM, at=now)
        return f"《{entry.title}》{said}"
    return ""
