"""Every write to the registers: enter a batch, import a file of batches, withdraw (Art. 20, 50).

Writers of one organ queue on the organ's row, so that the running stock of items
is checked against what really stands. Errors: `gongkai.registers.rules`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.orgs.models import Organ
from gongkai.registers import queries, rules
from gongkai.registers.lifecycle import TRANSITIONS, BatchEvent, BatchState
from gongkai.registers.models import Batch, ImportRun
from gongkai.registers.rules import Entry, Fault, RegisterKind, RowFault
from gongkai.statute.lifecycles import RefusedArrow, follow


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a file, read: the organ it speaks of, its figures, its row number."""

    row: int
    organ: Organ
    entry: Entry


@transaction.atomic
def enter_batch(organ: Organ, *, entry: Entry, by: Actor, at: datetime) -> Batch:
    """Enter one batch of figures for `organ`.

    Raises:
        EntryRefused: days or figures are wrong, each with its field.
        AlreadyEntered: the same figures from the same source stand already.
        StockBelowZero: the stock of items would fall below 0 on some day.
    """
    _lock([organ.pk])
    faults = _faults(organ, entry, at)
    if faults:
        raise rules.EntryRefused(faults)
    if _key(organ, entry) in queries.standing_keys([organ.pk], [entry.period_start]):
        raise rules.AlreadyEntered(_twin_message(organ, entry))
    batch = _unsaved(organ, entry, by, at)
    batch.save(force_insert=True)
    _refuse_stock_below_zero(organ, entry.kind)
    audit.record(
        "registers.enter_batch",
        batch.record_id,
        chain=organ.code,
        by=by,
        at=at,
        label=f"{organ.short_name} {batch}",
        after=_logged(batch),
    )
    return batch


@transaction.atomic
def import_batches(
    rows: Sequence[ImportRow], *, source_name: str, source_sha256: str, by: Actor, at: datetime
) -> ImportRun:
    """Import a file of batches: all rows or none.

    Each organ touched gets one event in its own chain, naming its batches.

    Raises:
        FileAlreadyImported: the same file was imported and some of its batches still count.
        ImportRefused: rows are wrong; `faults` lists every one.
    """
    _lock({row.organ.pk for row in rows})
    _refuse_same_file(source_sha256)
    faults = faults_of_rows(rows, at=at)
    if not rows:
        faults = (RowFault(1, "", "文件中没有数据行，请在表头下逐行填写"),)
    if faults:
        raise rules.ImportRefused(faults)
    run = ImportRun.objects.create(
        source_name=source_name,
        source_sha256=source_sha256,
        rows=len(rows),
        entered_by=by.name,
        entered_by_account=by.account,
        entered_at=at,
    )
    batches = []
    for row in rows:
        batch = _unsaved(row.organ, row.entry, by, at)
        batch.source_sha256 = batch.source_sha256 or source_sha256
        batch.imported_in = run
        batches.append(batch)
    Batch.objects.bulk_create(batches)
    _refuse_import_below_zero(rows)
    _record_import(run, rows, batches, by, at)
    return run


@transaction.atomic
def withdraw_batch(batch: Batch, *, reason: str, by: Actor, at: datetime) -> Batch:
    """Withdraw a batch that was entered in error; it stays on view and no longer counts.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        NotAllowedNow: it was withdrawn before.
        StockBelowZero: without it the stock of items would fall below 0 on some day.
    """
    _lock([batch.organ_id])
    held = Batch.objects.select_for_update().select_related("organ").get(pk=batch.pk)
    before = {"state": held.state}
    _withdraw(held, reason, by, at)
    _refuse_stock_below_zero(held.organ, RegisterKind(held.kind))
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


def faults_of_rows(rows: Sequence[ImportRow], *, at: datetime) -> tuple[RowFault, ...]:
    """Return everything wrong with the rows of a file but the running stock; changes nothing."""
    faults: list[RowFault] = []
    seen: dict[tuple[Any, ...], int] = {}
    standing = queries.standing_keys(
        {row.organ.pk for row in rows}, [row.entry.period_start for row in rows]
    )
    for row in rows:
        faults += [
            RowFault(row.row, column_of(fault.field), fault.message)
            for fault in _faults(row.organ, row.entry, at)
        ]
        key = _key(row.organ, row.entry)
        if key in seen:
            faults.append(RowFault(row.row, "", f"与第{seen[key]}行完全相同，请删去其中一行"))
        elif key in standing:
            faults.append(RowFault(row.row, "", _twin_message(row.organ, row.entry)))
        seen.setdefault(key, row.row)
    return tuple(faults)


def column_of(field: str) -> str:
    """Return the Chinese head under which a field stands in files and forms."""
    return str(Batch._meta.get_field(field).verbose_name)


def _lock(organ_ids: Collection[int]) -> None:
    # In one order, so that two imports cannot wait for each other.
    list(Organ.objects.select_for_update().filter(pk__in=organ_ids).order_by("pk").values("pk"))


def _faults(organ: Organ, entry: Entry, at: datetime) -> tuple[Fault, ...]:
    today = timezone.localdate(at)
    return rules.faults_of(
        entry, today=today, exists_from=organ.valid_from, exists_to=organ.valid_to
    )


def _unsaved(organ: Organ, entry: Entry, by: Actor, at: datetime) -> Batch:
    return Batch(
        organ=organ,
        kind=entry.kind,
        period_start=entry.period_start,
        period_end=entry.period_end,
        item_change=entry.item_change,
        decisions=entry.decisions,
        projects=entry.projects,
        amount=entry.amount,
        note=entry.note.strip(),
        source_name=entry.source_name.strip(),
        source_sha256=entry.source_sha256,
        entered_by=by.name,
        entered_by_account=by.account,
        entered_at=at,
    )


def _key(organ: Organ, entry: Entry) -> tuple[Any, ...]:
    figures = (entry.item_change, entry.decisions, entry.projects, entry.amount)
    period = (entry.period_start, entry.period_end)
    return (organ.pk, str(entry.kind), *period, *figures, entry.source_name.strip())


def _twin_message(organ: Organ, entry: Entry) -> str:
    return (
        f"{organ.short_name}“{entry.kind.label}”同一期间、同一来源、数字相同的批次已经登记，"
        "如确为另一批数据，请在“数据来源”中加以区别"
    )


def _refuse_same_file(source_sha256: str) -> None:
    run = queries.standing_import(source_sha256)
    if run:
        raise rules.FileAlreadyImported(
            f"这个文件已由{run.entered_by}于{timezone.localtime(run.entered_at):%Y-%m-%d %H:%M}"
            f"以“{run.source_name}”为名导入，不能重复导入；如需重新导入，请先撤回该次导入的全部批次"
        )


def _refuse_stock_below_zero(organ: Organ, kind: RegisterKind) -> None:
    message = queries.stock_below_zero(organ, kind)
    if message:
        raise rules.StockBelowZero(message)


def _refuse_import_below_zero(rows: Sequence[ImportRow]) -> None:
    first_row: dict[tuple[int, RegisterKind], ImportRow] = {}
    for row in rows:
        if row.entry.item_change < 0:
            first_row.setdefault((row.organ.pk, row.entry.kind), row)
    below = [
        (row, message)
        for row in first_row.values()
        if (message := queries.stock_below_zero(row.organ, row.entry.kind))
    ]
    if below:
        raise rules.ImportRefused(
            tuple(RowFault(row.row, column_of("item_change"), text) for row, text in below)
        )


def _withdraw(batch: Batch, reason: str, by: Actor, at: datetime) -> None:
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


def _record_import(
    run: ImportRun, rows: Sequence[ImportRow], batches: Sequence[Batch], by: Actor, at: datetime
) -> None:
    organs = {row.organ.pk: row.organ for row in rows}
    for organ in sorted(organs.values(), key=lambda organ: organ.code):
        own = [batch for batch in batches if batch.organ_id == organ.pk]
        audit.record(
            "registers.import_batches",
            f"registers:import:{run.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=f"{organ.short_name} {run.source_name}（{len(own)}批）",
            after={
                "source_sha256": run.source_sha256,
                "batches": [{"id": batch.pk, **_logged(batch)} for batch in own],
            },
        )


def _logged(batch: Batch) -> dict[str, Any]:
    return {
        "kind": str(batch.kind),
        "period": [batch.period_start.isoformat(), batch.period_end.isoformat()],
        **{name: str(getattr(batch, name)) for name in rules.FIGURES[RegisterKind(batch.kind)]},
        "source_name": batch.source_name,
        "source_sha256": batch.source_sha256,
        "state": str(batch.state),
    }
