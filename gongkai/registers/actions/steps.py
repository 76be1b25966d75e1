"""The steps that verbs on batches share: hold the organ, check, write, log."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.registers import queries, rules
from gongkai.registers.lifecycle import TRANSITIONS, BatchEvent, BatchState
from gongkai.registers.models import Batch
from gongkai.registers.rules import BatchFigures, Fault, RegisterKind
from gongkai.statute.lifecycles import RefusedArrow, follow


def lock(organ_ids: Collection[int]) -> None:
    """Hold the rows of these organs, always in one order, so that no two imports deadlock."""
    list(
        Organ.objects.select_for_update(no_key=True)
        .filter(pk__in=organ_ids)
        .order_by("pk")
        .values("pk")
    )


def faults(organ: Organ, figures: BatchFigures, at: datetime) -> tuple[Fault, ...]:
    """Return what is wrong with the figures of one batch."""
    today = timezone.localdate(at)
    return rules.faults_of(
        figures, today=today, exists_from=organ.valid_from, exists_to=organ.valid_to
    )


def unsaved(organ: Organ, figures: BatchFigures, by: Actor, at: datetime) -> Batch:
    """Return the row of a batch, not yet written."""
    return Batch(
        organ=organ,
        kind=figures.kind,
        period_start=figures.period_start,
        period_end=figures.period_end,
        item_change=figures.item_change,
        decisions=figures.decisions,
        projects=figures.projects,
        amount=figures.amount,
        note=figures.note.strip(),
        source_name=figures.source_name.strip(),
        source_sha256=figures.source_sha256,
        entered_by=by.name,
        entered_by_account=by.account,
        entered_at=at,
    )


def key(organ: Organ, figures: BatchFigures) -> tuple[Any, ...]:
    """Return what makes a batch one and the same (`queries.standing_keys`)."""
    told = (figures.item_change, figures.decisions, figures.projects, figures.amount)
    period = (figures.period_start, figures.period_end)
    return (organ.pk, str(figures.kind), *period, *told, figures.source_name.strip())


def same_figures(batch: Batch, figures: BatchFigures) -> bool:
    """Say whether a batch already tells exactly this."""
    told = (batch.item_change, batch.decisions, batch.projects, batch.amount, batch.note)
    new = (figures.item_change, figures.decisions, figures.projects, figures.amount)
    same_days = (batch.period_start, batch.period_end) == (figures.period_start, figures.period_end)
    same_source = batch.source_name == figures.source_name.strip()
    return same_days and same_source and told == (*new, figures.note.strip())


def twin_message(organ: Organ, figures: BatchFigures) -> str:
    """Say that the same batch stands already."""
    return (
        f"{organ.short_name}“{figures.kind.label}”同一期间、同一来源、数字相同的批次已经登记，"
        "如确为另一批数据，请在“数据来源”中加以区别"
    )


def refuse_stock_below_zero(organ: Organ, kind: RegisterKind) -> None:
    """Refuse a state of the register in which the stock is below 0 on some day."""
    message = queries.stock_below_zero(organ, kind)
    if message:
        raise rules.StockBelowZero(message)


def withdraw(batch: Batch, reason: str, by: Actor, at: datetime) -> None:
    """Move one batch along the table to withdrawn."""
    reason = reason.strip()
    if not reason:
        raise rules.ReasonMissing("请填写撤回理由")
    if len(reason) > rules.LONGEST_NOTE:
        raise rules.ReasonMissing(f"撤回理由不得超过{rules.LONGEST_NOTE}个字")
    try:
        arrow = follow(TRANSITIONS, BatchState(batch.state), BatchEvent.WITHDRAW)
    except RefusedArrow:
        raise rules.NotAllowedNow("这一批次已经撤回，不能再次撤回") from None
    batch.state = arrow.target
    batch.withdrawn_by, batch.withdrawn_by_account = by.name, by.account
    batch.withdrawn_at, batch.withdraw_reason = at, reason
    batch.save(
        update_fields=[
            "state",
            "withdrawn_by",
            "withdrawn_by_account",
            "withdrawn_at",
            "withdraw_reason",
        ]
    )


def logged(batch: Batch) -> dict[str, Any]:
    """Return a batch as the audit log keeps it."""
    return {
        "kind": str(batch.kind),
        "period": [batch.period_start.isoformat(), batch.period_end.isoformat()],
        **{name: str(getattr(batch, name)) for name in rules.FIGURES[RegisterKind(batch.kind)]},
        "source_name": batch.source_name,
        "source_sha256": batch.source_sha256,
        "state": str(batch.state),
    }


def column_of(field: str) -> str:
    """Return the Chinese head under which a field stands in files and forms."""
    return str(Batch._meta.get_field(field).verbose_name)
