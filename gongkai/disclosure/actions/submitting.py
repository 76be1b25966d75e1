"""Submitting: the text is checked, frozen as a version, numbered, and goes to review."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure import chapter_of, queries
from gongkai.disclosure.actions import checking, numbering, steps, writing
from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models import CheckFinding, Entry, SectionKind, Version
from gongkai.disclosure.rules import ChangedMeanwhile, EntryRefused, Fault, Found, Told
from gongkai.disclosure.rules.body import read_body
from gongkai.disclosure.rules.content import Content, seal, summary_of
from gongkai.disclosure.rules.metadata import check_complete


def submit(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Send the text in hand to review: checked, frozen with its attachments, never changed again.

    The index number is given with the first submission and stays for ever.

    Raises:
        EntryRefused: something required is missing, or the chapter has something against it.
        ChecksStand: blocking findings that no second person has let pass.
        NotAllowedNow: it is no draft.
    """
    steps.next_state(entry, EntryEvent.SUBMIT)
    text = queries.told_of(entry)
    # Reading attachments takes long: before the lock, and void if the text changes meanwhile.
    findings = checking.check(entry, on=steps.local_day(at))
    with transaction.atomic():
        held = steps.hold(entry, at)
        state = steps.next_state(held, EntryEvent.SUBMIT)
        draft = writing.held_draft(held)
        if text is None or draft.revision != text.revision:
            raise ChangedMeanwhile("检查期间稿件又有修改，请重新送审")
        writing.check_section(draft.section, held.organ)
        _refuse_incomplete(held, text.told, draft.section.kind, at)
        checking.refuse_standing(held, findings)
        if not held.index_number:
            series = numbering.series_of(held.organ, steps.local_day(at))
            held.index_number = numbering.take(series)[0]
        version = _freeze(held, text, by, at)
        _keep_findings(version, findings)
        held.in_review = version
        steps.move(held, state, at, "in_review", "index_number")
        steps.act(held, EntryEvent.SUBMIT, by, at)
        after = {"state": str(state), "version": version.number, "sha256": version.sha256}
        after["index_number"] = held.index_number
        steps.log("submit", held, by, at, after=after)
    return held


def _refuse_incomplete(entry: Entry, told: Told, kind: str, at: datetime) -> None:
    faults = check_complete(
        told,
        has_files=entry.attachments.exists(),
        policy=kind == SectionKind.POLICY,
        today=steps.local_day(at),
    )
    chapter = chapter_of(entry.record).obstacles(entry, at)
    faults += [Fault(one.field, one.message) for one in chapter]
    if faults:
        raise EntryRefused(*faults)


def _freeze(entry: Entry, text: queries.InHand, by: Actor, at: datetime) -> Version:
    words = read_body(text.told.body).text
    metadata = text.told.metadata()
    metadata["summary"] = summary_of(text.told, words)
    metadata["source"] = text.told.source or entry.organ.short_name
    content = Content(
        told=Told.read(metadata, ""),
        index_number=entry.index_number,
        organ=entry.organ.name,
        section_id=text.section_id,
        files=queries.files_in_hand(entry),
    ).as_json()
    last = Version.objects.filter(entry=entry).order_by("-number").values_list("number", flat=True)
    return Version.objects.create(
        entry=entry,
        number=(last.first() or 0) + 1,
        title=text.told.title,
        content=content,
        body=text.told.body,
        text=words,
        sha256=seal(content, text.told.body),
        authors=list(text.authors),
        made_at=at,
        made_by=by.name,
        made_by_account=by.account,
    )


def _keep_findings(version: Version, findings: tuple[Found, ...]) -> None:
    CheckFinding.objects.bulk_create(
        CheckFinding(
            version=version,
            rule=found.rule,
            blocking=found.blocking,
            place=found.place[:200],
            found=found.found[:200],
            message=found.message[:300],
            suggestion=found.suggestion[:300],
            fingerprint=found.fingerprint,
        )
        for found in findings
    )
