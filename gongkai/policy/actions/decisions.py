"""Verbs of the catalogue of major administrative decisions (重大行政决策事项目录)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.actions import Told
from gongkai.disclosure.models import Entry, Section
from gongkai.disclosure.queries import EntryState, told_of
from gongkai.orgs.models import Organ
from gongkai.policy import rules
from gongkai.policy.actions import steps
from gongkai.policy.models import DecisionCatalogue, DecisionLink, MajorDecision
from gongkai.policy.rules.decisions import DecisionStep, catalogue_html

LONGEST_TITLE = 200


@transaction.atomic
def add_decision(
    county: Organ, *, year: int, title: str, organ: Organ, by: Actor, at: datetime
) -> MajorDecision:
    """Put a matter into a year's catalogue; it is public once a published list names it.

    Raises:
        DocumentRefused: no title, the matter stands already, or the organ is another county's.
    """
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise steps.refused("title", f"请填写决策事项，不得超过{LONGEST_TITLE}个字")
    if (organ.county_id or organ.pk) != county.pk:
        raise steps.refused("organ", "承办单位不属于本县，请另选")
    Organ.objects.select_for_update(no_key=True).get(pk=county.pk)
    catalogue, _ = DecisionCatalogue.objects.get_or_create(county=county, year=year)
    if catalogue.items.filter(title=title).exists():
        raise steps.refused("title", "目录中已有这一事项")
    last = catalogue.items.order_by("-order").values_list("order", flat=True).first() or 0
    made = MajorDecision.objects.create(
        catalogue=catalogue, organ=organ, title=title, order=last + 1
    )
    _record("add_decision", catalogue, by, at, after={"title": title, "organ": organ.code})
    return made


@transaction.atomic
def note_steps(
    decision: MajorDecision, *, done: Sequence[DecisionStep], by: Actor, at: datetime
) -> MajorDecision:
    """Say which steps of the procedure a decision has taken so far."""
    held = _hold(decision)
    before = {"steps": list(held.steps)}
    held.steps = [step.value for step in DecisionStep if step in set(done)]
    held.save(update_fields=["steps"])
    after = {"title": held.title, "steps": held.steps}
    _record("note_steps", held.catalogue, by, at, before=before, after=after)
    return held


@transaction.atomic
def link_decision(
    decision: MajorDecision, *, step: DecisionStep, entry: Entry, by: Actor, at: datetime
) -> DecisionLink:
    """Link a text of one step: the draft asked about, the feedback, the document decided.

    Raises:
        DocumentRefused: the text is another county's, or linked already.
    """
    held = _hold(decision)
    if (entry.organ.county_id or entry.organ_id) != held.catalogue.county_id:
        raise steps.refused("entry", "所选信息不属于本县，请另选")
    if held.links.filter(entry=entry).exists():
        raise steps.refused("entry", "这条信息已经关联")
    made = DecisionLink.objects.create(decision=held, step=step, entry=entry)
    after = {"title": held.title, "step": str(step), "entry": entry.record_id}
    _record("link_decision", held.catalogue, by, at, after=after)
    return made


@transaction.atomic
def drop_decision(
    decision: MajorDecision, *, reason: str, by: Actor, at: datetime
) -> MajorDecision:
    """Take a matter out of the catalogue with the reason; the next published list leaves it out.

    Raises:
        ReasonMissing: no reason.
    """
    held = _hold(decision)
    held.dropped_reason = steps.read_reason(reason)
    held.save(update_fields=["dropped_reason"])
    after = {"title": held.title}
    _record("drop_decision", held.catalogue, by, at, after=after, reason=held.dropped_reason)
    return held


@transaction.atomic
def draft_catalogue(
    catalogue: DecisionCatalogue, *, organ: Organ, section: Section, by: Actor, at: datetime
) -> Entry:
    """Write the catalogue as a text that takes the usual review, or write it anew in its draft.

    Raises:
        NotAllowedNow: nothing is in it, or the text is under review.
        disclosure.EntryRefused: the section is refused.
    """
    held = DecisionCatalogue.objects.select_for_update().get(pk=catalogue.pk)
    rows = held.items.filter(dropped_reason="").select_related("organ")
    if not rows:
        raise rules.NotAllowedNow("目录中还没有决策事项")
    body = catalogue_html([(row.title, row.organ.short_name) for row in rows])
    told = Told(
        title=f"{held.county.name}{held.year}年度重大行政决策事项目录",
        formed_on=timezone.localdate(at),
        body=body,
    )
    if held.entry is None or held.entry.state == EntryState.DISCARDED:
        held.entry = disclosure.create(
            organ, section=section, told=told, record=held.record_id, by=by, at=at
        )
        held.save(update_fields=["entry"])
    else:
        held.entry = _write_anew(held.entry, told, by, at)
    _record("draft_catalogue", held, by, at, after={"items": len(rows)})
    return held.entry


def _write_anew(entry: Entry, told: Told, by: Actor, at: datetime) -> Entry:
    if entry.state in (EntryState.PUBLISHED, EntryState.WITHDRAWN):
        entry = disclosure.revise(entry, by=by, at=at)
    if entry.state != EntryState.DRAFT:
        raise rules.NotAllowedNow("目录正在审核，请先撤回送审再重新编制")
    hand = told_of(entry)
    if hand is None:
        raise rules.NotAllowedNow("目录没有在写的稿件，请先修订")
    kept = replace(hand.told, body=told.body, changed_on=told.formed_on)
    return disclosure.edit(entry, told=kept, revision=hand.revision, by=by, at=at)


def _hold(decision: MajorDecision) -> MajorDecision:
    found = MajorDecision.objects.select_for_update(of=("self",))
    return found.select_related("catalogue__county").get(pk=decision.pk)


def _record(verb: str, held: DecisionCatalogue, by: Actor, at: datetime, **values: Any) -> None:
    audit.record(
        f"policy.{verb}",
        held.record_id,
        chain=held.county.code,
        by=by,
        at=at,
        label=str(held),
        **values,
    )
