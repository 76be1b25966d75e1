"""Verbs on one batch: enter, correct by a new version, withdraw."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.orgs.models import Organ
from gongkai.registers import queries, rules
from gongkai.registers.actions import steps
from gongkai.registers.actions.sources import Source, keep_source
from gongkai.registers.models import Batch
from gongkai.registers.rules import BatchFigures, RegisterKind


@transaction.atomic
def enter_batch(
    organ: Organ, *, figures: BatchFigures, source: Source | None = None, by: Actor, at: datetime
) -> Batch:
    """Enter one batch of figures for `organ`, and keep the file it was taken from.

    Raises:
        EntryRefused: days, figures or the file are wrong, each with its field.
        AlreadyEntered: the same figures from the same source stand already.
        StockBelowZero: the stock of items would fall below 0 on some day.
    """
    steps.lock([organ.pk])
    batch = _entered(organ, figures, by, at)
    keep_source(source, organ, batch.record_id, by=by, at=at)
    audit.record(
        "registers.enter_batch",
        batch.record_id,
        chain=organ.code,
        by=by,
        at=at,
        label=f"{organ.short_name} {batch}",
        after=steps.logged(batch),
    )
    return batch


@transaction.atomic
def correct_batch(
    batch: Batch,
    *,
    figures: BatchFigures,
    reason: str,
    source: Source | None = None,
    by: Actor,
    at: datetime,
) -> Batch:
    """Put a new version in the place of a batch; the old one stays on view and no longer counts.

    The stock is judged by what stands afterwards, so a wrong opening can be put right while
    later batches rest on it.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        NotAllowedNow: the batch was withdrawn or corrected before, or nothing would change.
        EntryRefused, AlreadyEntered, StockBelowZero: as when entering.
    """
    steps.lock([batch.organ_id])
    held = Batch.objects.select_for_update(of=("self",)).select_related("organ").get(pk=batch.pk)
    if figures.kind != held.kind:
        raise rules.NotAllowedNow("更正不能改变类别，请撤回这一批后重新登记")
    if steps.same_figures(held, figures):
        raise rules.NotAllowedNow("与原来的批次完全相同，没有需要更正的内容")
    before = steps.logged(held)
    steps.withdraw(held, reason, by, at)
    new = _entered(held.organ, figures, by, at, replaces=held)
    keep_source(source, held.organ, new.record_id, by=by, at=at)
    audit.record(
        "registers.correct_batch",
        new.record_id,
        chain=held.organ.code,
        by=by,
        at=at,
        label=f"{held.organ.short_name} {new}",
        before={"batch": held.record_id, **before},
        after=steps.logged(new),
        reason=held.withdraw_reason,
    )
    return new


@transaction.atomic
def withdraw_batch(batch: Batch, *, reason: str, by: Actor, at: datetime) -> Batch:
    """Withdraw a batch that was entered in error; it stays on view and no longer counts.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        NotAllowedNow: it was withdrawn before.
        StockBelowZero: without it the stock of items would fall below 0 on some day.
    """
    steps.lock([batch.organ_id])
    held = Batch.objects.select_for_update().select_related("organ").get(pk=batch.pk)
    before = {"state": held.state}
    steps.withdraw(held, reason, by, at)
    steps.refuse_stock_below_zero(held.organ, RegisterKind(held.kind))
    audit.record(
        "registers.withdraw_batch",
        held.record_id,
        chain=held.organ.code,
        by=by,
        at=at,
        label=f"{held.organ.short_name} {held}",
        before=before,
        after={"state": held.state},
        reason=held.withdraw_reason,
    )
    return held


def _entered(
    organ: Organ, figures: BatchFigures, by: Actor, at: datetime, replaces: Batch | None = None
) -> Batch:
    faults = steps.faults(organ, figures, at)
    if faults:
        raise rules.EntryRefused(faults)
    if steps.key(organ, figures) in queries.standing_keys([organ.pk], [figures.period_start]):
        raise rules.AlreadyEntered(steps.twin_message(organ, figures))
    batch = steps.unsaved(organ, figures, by, at)
    batch.replaces = replaces
    batch.save(force_insert=True)
    steps.refuse_stock_below_zero(organ, figures.kind)
    return batch
