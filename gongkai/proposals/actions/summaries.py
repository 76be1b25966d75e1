"""The yearly summary: its text made of the figures as recorded, published like any other text."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.models.entries import EntryState
from gongkai.disclosure.queries import told_of
from gongkai.orgs.models import Organ
from gongkai.proposals import queries, statistics
from gongkai.proposals.actions import steps
from gongkai.proposals.actions.opening import section_of
from gongkai.proposals.lifecycle import Refused
from gongkai.proposals.models import YearSummary
from gongkai.proposals.rules.wording import figures_sentence, summary_body


@transaction.atomic
def draft_summary(county: Organ, year: int, *, by: Actor, at: datetime) -> YearSummary:
    """Write what a county made of a year's proposals as an entry, or write its draft anew.

    Raises:
        Refused: there are none of that year, the text is in review, or the section is missing.
        DisclosureError: the text is refused.
    """
    today = steps.local_day(at)
    found = statistics.of_year(queries.of_county(county), year)
    figures = statistics.figures(found, today)
    if not figures[0].part:
        raise Refused(f"{year}年没有登记建议提案，不能起草总结。")
    known = {"drafted_by": by.name, "drafted_at": at}
    row, _ = YearSummary.objects.get_or_create(county=county, year=year, defaults=known)
    held = _hold(row)
    title = f"{year}年{county.name}办理人大建议、政协提案总体情况"
    body = summary_body(county.name, year, figures)
    entry = held.entry
    if entry is None or entry.state == EntryState.DISCARDED:
        told = disclosure.Told(title=title, formed_on=today, body=body)
        held.entry = disclosure.create(
            county, section=section_of(county), told=told, record=held.typed_id, by=by, at=at
        )
    else:
        held.entry = _write_anew(entry, body, by, at)
    held.drafted_by, held.drafted_at = by.name, at
    held.save(update_fields=["entry", "drafted_by", "drafted_at"])
    record(
        "proposals.draft_summary",
        held.typed_id,
        chain=county.code,
        by=by,
        at=at,
        label=str(held),
        after={"year": year, "figures": figures_sentence(figures)},
    )
    return held


def _hold(row: YearSummary) -> YearSummary:
    if row.entry_id is not None:
        Entry.objects.select_for_update().get(pk=row.entry_id)
    rows = YearSummary.objects.select_for_update(of=("self",))
    return rows.select_related("entry").get(pk=row.pk)


def _write_anew(entry: Entry, body: str, by: Actor, at: datetime) -> Entry:
    if entry.state in (EntryState.PUBLISHED, EntryState.WITHDRAWN):
        entry = disclosure.revise(entry, by=by, at=at)
    hand = told_of(entry)
    if entry.state != EntryState.DRAFT or hand is None:
        state = EntryState(entry.state).label
        raise Refused(f"总结“{state}”，需要重新生成的，请先在公开信息中撤回送审。")
    told = replace(hand.told, body=body)
    return disclosure.edit(entry, told=told, revision=hand.revision, by=by, at=at)
