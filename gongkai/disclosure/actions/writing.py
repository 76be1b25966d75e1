"""Verbs on the text in hand: create, edit, revise what is public, give up, discard."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.richtext import Unreadable, clean
from gongkai.audit import Actor
from gongkai.disclosure import queries
from gongkai.disclosure.actions import steps
from gongkai.disclosure.lifecycle import EntryEvent, EntryState
from gongkai.disclosure.models import Draft, Entry, JointIssuer, Section, SectionContent
from gongkai.disclosure.rules import (
    PUBLISHED_MODES,
    ChangedMeanwhile,
    EntryRefused,
    Fault,
    NotAllowedNow,
    Told,
)
from gongkai.disclosure.rules.addresses import reference
from gongkai.disclosure.rules.metadata import OrganLife, tidy
from gongkai.orgs.models import Organ

_NUMBERED = ("title", "document_number", "formed_on", "mode")


@transaction.atomic
def create(
    organ: Organ, *, section: Section, told: Told, record: str = "", by: Actor, at: datetime
) -> Entry:
    """Begin an entry of `organ` in a section, for a chapter's record or ("") plain information.

    Raises:
        EntryRefused: fields are wrong, the section is closed, another county's or not for this
            organ, or the record has an entry already.
    """
    told = tidied(organ, told, at)
    check_section(section, organ)
    check_extra(told, organ)
    standing = Entry.objects.filter(record=record).exclude(state=EntryState.DISCARDED)
    if record and standing.exists():
        raise EntryRefused(Fault("record", "这份记录已有公开信息，请在原信息上修改"))
    entry = Entry(
        organ=organ,
        record=record,
        created_at=at,
        created_by=by.name,
        created_by_account=by.account,
        moved_at=at,
    )
    describe(entry, told, section.pk)
    steps.set_due(entry, told)
    entry.owing = told.mode in PUBLISHED_MODES
    entry.save(force_insert=True)
    Draft.objects.create(
        entry=entry,
        section=section,
        metadata=told.metadata(),
        body=told.body,
        authors=[by.account],
        changed_at=at,
    )
    save_issuers(entry, told)
    steps.log("create", entry, by, at, after=_logged(told, section.path))
    return entry


@transaction.atomic
def edit(
    entry: Entry,
    *,
    told: Told,
    revision: int,
    section: Section | None = None,
    by: Actor,
    at: datetime,
) -> Entry:
    """Save the text in hand; `revision` is the one the editor saw, `section` moves the entry.

    Who saves becomes an author. The columns of an entry that was ever public stay those of its
    public version until the next release.

    Raises:
        ChangedMeanwhile: somebody else has saved since.
        EntryRefused: fields are wrong; nothing was saved.
        NotAllowedNow: it is not a draft.
    """
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.EDIT)
    draft = held_draft(held)
    if draft.revision != revision:
        raise ChangedMeanwhile(
            "这份稿件刚才已由其他人保存，请核对对方的修改后再保存，您填写的内容未丢失"
        )
    told = tidied(held.organ, told, at, held)
    if section is not None and section.pk != draft.section_id:
        check_section(section, held.organ)
        draft.section = section
    check_extra(told, held.organ)
    before = _logged(queries.in_hand(draft).told)
    draft.metadata, draft.body = told.metadata(), told.body
    keep(draft, by, at)
    _take_over(held, told, draft.section_id)
    steps.move(held, state, at, *COLUMNS)
    if held.first_published_at is None:
        save_issuers(held, told)
    after = _logged(told)
    changed = [name for name in after if before.get(name) != after[name]]
    steps.log(
        "edit",
        held,
        by,
        at,
        before={name: before.get(name) for name in changed},
        after={"revision": draft.revision, **{name: after[name] for name in changed}},
    )
    return held


@transaction.atomic
def revise(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Take what is public, or was, back into hand; what is public stays so meanwhile.

    The authors of the public version stay authors: most of the text is still theirs.
    """
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.REVISE)
    version = held.published
    if version is None:
        raise NotAllowedNow("这条信息没有公开过的版本，不能修订")
    draft = Draft.objects.filter(entry=held).first()
    if draft is None:
        content = queries.content_of(version)
        draft = Draft(
            entry=held,
            section_id=content.section_id,
            metadata=content.told.metadata(),
            body=version.body,
            authors=version.authors,
        )
    keep(draft, by, at)
    steps.move(held, state, at)
    steps.act(held, EntryEvent.REVISE, by, at, version=version)
    steps.log("revise", held, by, at, after={"state": str(state)})
    return held


@transaction.atomic
def give_up(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Throw the revision away: what is public stays, what was withdrawn stays withdrawn."""
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.GIVE_UP)
    if held.published is None:
        raise NotAllowedNow("这条信息从未发布，不能放弃修订；不再需要的，请作废")
    if not held.live:
        state = EntryState.WITHDRAWN
    Draft.objects.filter(entry=held).delete()
    content = queries.content_of(held.published)
    steps.set_due(held, content.told)
    held.owing = False
    steps.move(held, state, at, "due_on", "due_provisional", "limit_label", "owing")
    steps.act(held, EntryEvent.GIVE_UP, by, at, version=held.published)
    steps.log("give_up", held, by, at, after={"state": str(state)})
    return held


@transaction.atomic
def discard(entry: Entry, *, why: str, by: Actor, at: datetime) -> Entry:
    """Put away a draft that was never public; it stays on record with the reason.

    Raises:
        ReasonMissing: no reason.
        NotAllowedNow: it was public once, or is under review.
    """
    why = steps.read_reason(why, "作废理由")
    held = steps.hold(entry, at)
    state = steps.next_state(held, EntryEvent.DISCARD)
    if held.first_published_at is not None:
        raise NotAllowedNow("已经公开过的信息不能作废；不宜继续公开的，请撤下")
    held.owing = False
    steps.move(held, state, at, "owing")
    steps.act(held, EntryEvent.DISCARD, by, at, note=why)
    steps.log("discard", held, by, at, after={"state": str(state)}, reason=why)
    return held


COLUMNS = (
    *("section", "title", "document_number", "genre", "subject", "mode", "mode_reason"),
    *("formed_on", "changed_on", "expires_on", "due_on", "due_provisional", "limit_label"),
    "owing",
)


def describe(entry: Entry, told: Told, section_id: int) -> None:
    """Write the columns that lists show; the entry is not saved here."""
    entry.section_id = section_id
    entry.title, entry.document_number = told.title, told.document_number
    entry.genre, entry.subject = told.genre, told.subject
    entry.mode, entry.mode_reason = told.mode, told.mode_reason
    entry.formed_on, entry.changed_on = told.formed_on, told.changed_on
    entry.expires_on = told.expires_on


def save_issuers(entry: Entry, told: Told) -> None:
    """Write the other organs that issued it, by name, with their rows where they have one."""
    standing = tuple(entry.joint_issuers.order_by("order").values_list("name", flat=True))
    if standing == told.joint_issuers:
        return
    entry.joint_issuers.all().delete()
    known = dict(Organ.objects.filter(name__in=told.joint_issuers).values_list("name", "pk"))
    JointIssuer.objects.bulk_create(
        JointIssuer(entry=entry, name=name, organ_id=known.get(name), order=order)
        for order, name in enumerate(told.joint_issuers, start=1)
    )


def keep(draft: Draft, by: Actor, at: datetime) -> None:
    """Save a draft that was changed: one revision more, its changer an author."""
    draft.revision += 1
    draft.changed_at = at
    if by.account not in draft.authors:
        draft.authors = [*draft.authors, by.account]
    draft.save()


def held_draft(entry: Entry) -> Draft:
    """Return the text in hand of a held entry; raises NotAllowedNow when there is none."""
    draft = Draft.objects.filter(entry=entry).first()
    if draft is None:
        raise NotAllowedNow("这条信息没有在写的稿件，请先修订")
    return draft


def tidied(organ: Organ, told: Told, at: datetime, entry: Entry | None = None) -> Told:
    """Return what was told in good form, its body clean HTML.

    Raises:
        EntryRefused: fields are wrong.
    """
    files = entry.attachments.values_list("pk", flat=True) if entry is not None else ()
    known = {reference(pk): reference(pk) for pk in files}
    try:
        body = clean(told.body, known).html if told.body.strip() else ""
    except Unreadable as why:
        raise EntryRefused(Fault("body", str(why))) from None
    life = OrganLife(organ.short_name, organ.valid_from, organ.valid_to)
    return tidy(with_body(told, body), life, steps.local_day(at))


def with_body(told: Told, body: str) -> Told:
    """Return what was told with another body."""
    return Told.read(told.metadata(), body)


def check_section(section: Section, organ: Organ) -> None:
    """Refuse a section in which `organ` cannot publish; raises EntryRefused."""
    if section.county_id != queries.county_of(organ):
        raise EntryRefused(Fault("section", "所选栏目不属于本县网站，请另选"))
    if section.closed_on is not None:
        raise EntryRefused(Fault("section", f"栏目“{section.title}”已经停用，请另选"))
    if section.content != SectionContent.ENTRIES:
        raise EntryRefused(Fault("section", f"栏目“{section.title}”不直接收录信息，请选择下级栏目"))
    if section.restricted_to_id not in (None, organ.pk):
        raise EntryRefused(Fault("section", f"栏目“{section.title}”不由本机关发布，请另选"))


def check_extra(told: Told, organ: Organ) -> None:
    """Refuse further sections in which `organ` cannot publish; raises EntryRefused."""
    if not told.extra_sections:
        return
    found = Section.objects.in_bulk(told.extra_sections)
    for pk in told.extra_sections:
        if pk not in found:
            raise EntryRefused(Fault("extra_sections", "所选栏目不存在，请另选"))
        try:
            check_section(found[pk], organ)
        except EntryRefused as why:
            raise EntryRefused(Fault("extra_sections", str(why))) from None


def _take_over(entry: Entry, told: Told, section_id: int) -> None:
    """Let a never released entry follow its draft; a released one only begins a new term."""
    if entry.first_published_at is None:
        describe(entry, told, section_id)
        steps.set_due(entry, told)
        entry.owing = told.mode in PUBLISHED_MODES
        return
    public = entry.published
    old = queries.content_of(public).told if public is not None else told
    changed = told.changed_on is not None and told.changed_on != old.changed_on
    steps.set_due(entry, told if changed else old)
    entry.owing = changed and told.mode in PUBLISHED_MODES


def _logged(told: Told, section: str = "") -> dict[str, Any]:
    """Return what the log keeps of a text: its numbers and dates, not its words."""
    kept = {name: told.metadata()[name] for name in _NUMBERED}
    kept["characters"] = len(told.body)
    return kept | ({"section": section} if section else {})
