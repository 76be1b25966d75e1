"""Verbs on one batch: enter, withdraw."""

from datetime import datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.orgs.models import Organ
from gongkai.registers import queries, rules
from gongkai.registers.actions import steps
from gongkai.registers.models import Batch
from gongkai.registers.rules import BatchFigures, RegisterKind


@transaction.atomic
def enter_batch(organ: Organ, *, figures: BatchFigures, by: Actor, at: datetime) -> Batch:
    """Enter one batch of figures for `organ`.

    Raises:
        EntryRefused: days or figures are wrong, each with its field.
        AlreadyEntered: the same figures from the same source stand already.
        StockBelowZero: the stock of items would fall below 0 on some day.
    """
    steps.lock([organ.pk])
    faults = steps.faults(organ, figures, at)
    if faults:
        raise rules.EntryRefused(faults)
    if steps.key(organ, figures) in queries.standing_keys([organ.pk], [figures.period_start]):
        raise rules.AlreadyEntered(steps.twin_message(organ, figures))
    batch = steps.unsaved(organ, figures, by, at)
    batch.save(force_insert=True)
    steps.refuse_stock_below_zero(organ, figures.kind)
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
