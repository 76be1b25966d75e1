"""Verbs of a clean-up review (清理): open, propose, settle, close with its published lists.

Serves 国办发〔2018〕37号; repeals and lapses that a round decides are recorded by the usual verbs,
so that table two counts them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.actions import Told
from gongkai.orgs.models import Organ, OrganKind
from gongkai.policy import rules
from gongkai.policy.actions import relations, steps
from gongkai.policy.models import PolicyDocument, ReviewRound, RoundItem
from gongkai.policy.queries import dossiers, rounds
from gongkai.policy.rules.rounds import Decision, results_html
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import subject_named

LONGEST_TITLE, LONGEST_BASIS = 200, 300


@transaction.atomic
def open_round(
    county: Organ, *, title: str, year: int, basis: str, by: Actor, at: datetime
) -> ReviewRound:
    """Begin a clean-up of every rule and normative document in force in the county.

    Raises:
        DocumentRefused: no title or basis, the title is taken, or nothing is in force.
        NotAllowedNow: the round before is not closed.
    """
    Organ.objects.select_for_update(no_key=True).get(pk=county.pk)
    title, basis = " ".join(title.split()), " ".join(basis.split())
    if not title or len(title) > LONGEST_TITLE:
        raise steps.refused("title", f"请填写清理名称，不得超过{LONGEST_TITLE}个字")
    if not basis or len(basis) > LONGEST_BASIS:
        raise steps.refused("basis", f"请填写清理依据，不得超过{LONGEST_BASIS}个字")
    standing = ReviewRound.objects.filter(county=county)
    if standing.filter(closed_at=None).exists():
        raise rules.NotAllowedNow("上一次清理尚未办结，请先办结")
    if standing.filter(title=title).exists():
        raise steps.refused("title", "已有同名的清理，请换一个名称")
    found = rounds.to_review(county.pk, timezone.localdate(at))
    if not found:
        raise steps.refused("title", "本县没有现行有效的规章、行政规范性文件，不需要清理")
    made = ReviewRound.objects.create(
        county=county, year=year, title=title, basis=basis, opened_at=at, opened_by=by.name
    )
    RoundItem.objects.bulk_create(RoundItem(round=made, document=each) for each in found)
    after = {"year": year, "basis": basis, "documents": len(found)}
    _record("open_round", made, by, at, after=after)
    return made


@transaction.atomic
def propose(
    item: RoundItem, *, decision: Decision, reason: str, by: Actor, at: datetime
) -> RoundItem:
    """Say what the document's own organ proposes; it may be said anew until it is settled.

    Raises:
        ReasonMissing: anything but 继续有效 without a reason.
        NotAllowedNow: it is settled, or the round is closed.
    """
    held = _hold(item)
    if held.settled:
        raise rules.NotAllowedNow("这份文件的清理结论已经确定，请与政务公开办联系")
    reason = _reason(decision, reason)
    held.proposed, held.proposed_reason = decision, reason
    held.proposed_by, held.proposed_at = by.name, at
    held.save(update_fields=["proposed", "proposed_reason", "proposed_by", "proposed_at"])
    after = {"proposed": str(decision)}
    steps.record("propose_decision", held.document, by, at, after=after, reason=reason)
    return held


@transaction.atomic
def settle(item: RoundItem, *, decision: Decision, note: str, by: Actor, at: datetime) -> RoundItem:
    """Settle what becomes of a document; `note` is needed where it departs from the proposal.

    Raises:
        ReasonMissing: it departs from the proposal, or there is none, without a note.
        NotAllowedNow: the round is closed.
    """
    held = _hold(item)
    if decision != held.proposed and not note.strip():
        raise rules.ReasonMissing("结论与部门建议不同，或者部门没有提出建议的，请写明说明")
    note = note.strip()[: rules.LONGEST_REASON]
    before = {"settled": held.settled}
    held.settled, held.settled_note = decision, note
    held.settled_by, held.settled_at = by.name, at
    held.save(update_fields=["settled", "settled_note", "settled_by", "settled_at"])
    after = {"settled": str(decision)}
    steps.record("settle_decision", held.document, by, at, before=before, after=after, reason=note)
    return held


@transaction.atomic
def close_round(
    round_: ReviewRound,
    *,
    effective_on: date,
    decree: str,
    source: PolicyDocument | None = None,
    by: Actor,
    at: datetime,
) -> ReviewRound:
    """Close a round: record its repeals and lapses from a day on, and draft its published lists.

    `decree` names the decision (机关、名称、文号), `source` its row when it has one. The lists are
    an entry in the section 清理结果, which takes the usual review.

    Raises:
        DocumentRefused: no decree, or there is no section for the results.
        NotAllowedNow: it is closed, or documents are not settled; the message counts them.
        PolicyError: a repeal or lapse cannot stand; nothing is recorded then.
    """
    held = ReviewRound.objects.select_for_update(of=("self",)).select_related("county")
    held = held.get(pk=round_.pk)
    decree = " ".join(decree.split())
    items = _settled(held, decree)
    for item in items:
        _carry_out(item, effective_on, decree, source, by, at)
    held.closed_at, held.closed_by = at, by.name
    held.effective_on, held.decree = effective_on, decree
    held.save(update_fields=["closed_at", "closed_by", "effective_on", "decree"])
    held.entry = _results(held, by, at)
    held.save(update_fields=["entry"])
    counted = {str(one): len(rows) for one, rows in rounds.lists_of(held).items()}
    after = {"effective_on": effective_on.isoformat(), "decree": decree, "lists": counted}
    _record("close_round", held, by, at, after=after)
    return held


def _settled(held: ReviewRound, decree: str) -> list[RoundItem]:
    """Return the items of a round that can be closed; raises as `close_round`."""
    if held.closed_at is not None:
        raise rules.NotAllowedNow("这次清理已经办结")
    if not decree or len(decree) > LONGEST_BASIS:
        said = f"请写明清理决定的机关、名称和文号，不超过{LONGEST_BASIS}个字"
        raise steps.refused("decree", said)
    items = list(held.items.select_related("document__organ"))
    unsettled = sum(not item.settled for item in items)
    if unsettled:
        raise rules.NotAllowedNow(f"还有{unsettled}件文件没有确定清理结论，请逐件确定后再办结")
    return items


def _carry_out(
    item: RoundItem,
    effective_on: date,
    decree: str,
    source: PolicyDocument | None,
    by: Actor,
    at: datetime,
) -> None:
    decision = Decision(item.settled)
    life = rounds.life_of(item.document)
    gone = not rules.validity_on(life, effective_on).in_force
    try:
        if decision is Decision.REPEAL and not (gone and life.repealed_on):
            acting = None if source is None or source.pk == item.document_id else source
            relations.repeal(
                item.document,
                effective_on=effective_on,
                source=acting,
                basis="" if acting else decree,
                by=by,
                at=at,
            )
        elif decision is Decision.LAPSE and not gone:
            last = effective_on - timedelta(days=1)
            relations.lapse(item.document, last_on=last, reason=decree, by=by, at=at)
    except rules.PolicyError as why:
        raise rules.NotAllowedNow(f"《{item.document.title}》：{why}") from None


def _results(held: ReviewRound, by: Actor, at: datetime) -> Any:
    section = dossiers.section_at(held.county_id, dossiers.RESULTS)
    if section is None:
        raise steps.refused("section", "网站还没有“清理结果”栏目，请先开设栏目")
    lists: Mapping[Decision, Sequence] = rounds.lists_of(held)
    office = Organ.objects.filter(county_id=held.county_id, kind=OrganKind.OFFICE)
    organ = office.filter(valid_to=None).first() or held.county
    subject = subject_named("综合政务\\文秘工作")
    told = Told(
        title=f"{held.county.name}关于公布{held.title}结果的公告",
        formed_on=timezone.localdate(at),
        body=results_html(lists, decree=decree_of(held), effective_on=held.effective_on),
        genre=Genre.ANNOUNCEMENT.value,
        subject=subject.code if subject else "",
    )
    return disclosure.create(organ, section=section, told=told, record=held.record_id, by=by, at=at)


def decree_of(held: ReviewRound) -> str:
    """Return by what a round's results stand."""
    return held.decree or held.basis


def _hold(item: RoundItem) -> RoundItem:
    held = RoundItem.objects.select_for_update(of=("self",)).select_related("round", "document")
    found = held.get(pk=item.pk)
    if found.round.closed_at is not None:
        raise rules.NotAllowedNow("这次清理已经办结，结论不能再改")
    return found


def _reason(decision: Decision, reason: str) -> str:
    if decision is Decision.KEEP and not reason.strip():
        return ""
    return steps.read_reason(reason)


def _record(verb: str, held: ReviewRound, by: Actor, at: datetime, **values: Any) -> None:
    audit.record(
        f"policy.{verb}",
        held.record_id,
        chain=held.county.code,
        by=by,
        at=at,
        label=held.title,
        **values,
    )
