"""Verbs on a file of batches: import it whole, withdraw it whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.registers import queries, rules
from gongkai.registers.actions import steps
from gongkai.registers.actions.sources import Source, keep_source
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch, ImportRun
from gongkai.registers.queries import DecisionRow, ImportRow
from gongkai.registers.rules import RegisterKind, RowFault


@transaction.atomic
def import_batches(
    rows: Sequence[ImportRow],
    *,
    source_name: str,
    source_sha256: str,
    content: bytes = b"",
    by: Actor,
    at: datetime,
) -> ImportRun:
    """Import a file of batches: all rows or none; the file itself is kept when it is given.

    Each organ touched gets one event in its own chain, naming its batches.

    Raises:
        FileAlreadyImported: the same file was imported and some of its batches still count.
        ImportRefused: rows are wrong; `faults` lists every one.
    """
    steps.lock({row.organ.pk for row in rows})
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
        batch = steps.unsaved(row.organ, row.figures, by, at)
        batch.source_sha256 = batch.source_sha256 or source_sha256
        batch.imported_in = run
        batches.append(batch)
    Batch.objects.bulk_create(batches)
    _refuse_import_below_zero(rows)
    keep_file(run, rows, content, by=by, at=at)
    _record_import(run, rows, batches, by, at)
    return run


@transaction.atomic
def withdraw_import(run: ImportRun, *, reason: str, by: Actor, at: datetime) -> int:
    """Withdraw every batch of a file that still counts, and return how many; one event a chain.

    Raises:
        ReasonMissing: `reason` is blank or too long.
        NotAllowedNow: all its batches were withdrawn before.
        StockBelowZero: without them some stock of items would fall below 0.
    """
    steps.lock(set(run.batches.values_list("organ_id", flat=True)))
    held = list(
        run.batches.counting()
        .select_for_update(of=("self",))
        .select_related("organ")
        .order_by("pk")
    )
    if not held:
        raise rules.NotAllowedNow("这次导入的批次已经全部撤回，不能再次撤回")
    for batch in held:
        steps.withdraw(batch, reason, by, at)
    for organ, kind in {(batch.organ, RegisterKind(batch.kind)) for batch in held}:
        steps.refuse_stock_below_zero(organ, kind)
    for organ in sorted({batch.organ for batch in held}, key=lambda organ: organ.code):
        own = [batch.pk for batch in held if batch.organ_id == organ.pk]
        audit.record(
            "registers.withdraw_import",
            f"registers:import:{run.pk}",
            chain=organ.code,
            by=by,
            at=at,
            label=f"{organ.short_name} {run.source_name}（{len(own)}批）",
            before={"state": str(BatchState.ENTERED), "batches": own},
            after={"state": str(BatchState.WITHDRAWN)},
            reason=reason.strip(),
        )
    return len(held)


def faults_of_rows(rows: Sequence[ImportRow], *, at: datetime) -> tuple[RowFault, ...]:
    """Return everything wrong with the rows of a file but the running stock; changes nothing."""
    faults: list[RowFault] = []
    seen: dict[tuple[Any, ...], int] = {}
    standing = queries.standing_keys(
        {row.organ.pk for row in rows}, [row.figures.period_start for row in rows]
    )
    for row in rows:
        faults += [
            RowFault(row.row, steps.column_of(fault.field), fault.message)
            for fault in steps.faults(row.organ, row.figures, at)
        ]
        key = steps.key(row.organ, row.figures)
        if key in seen:
            faults.append(RowFault(row.row, "", f"与第{seen[key]}行完全相同，请删去其中一行"))
        elif key in standing:
            faults.append(RowFault(row.row, "", steps.twin_message(row.organ, row.figures)))
        seen.setdefault(key, row.row)
    return tuple(faults)


def keep_file(
    run: ImportRun,
    rows: Sequence[ImportRow | DecisionRow],
    content: bytes,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep an imported file about its run, in the chain of the first organ it speaks of.

    Raises:
        ValueError: it is not the file of the run, by its hash.
        ImportRefused: it cannot be kept; the message says why.
    """
    if not content:
        return
    source = Source(run.source_name, content)
    if source.sha256 != run.source_sha256:
        raise ValueError("the bytes are not those of the file that was read")
    organ = min((row.organ for row in rows), key=lambda organ: organ.code)
    try:
        keep_source(source, organ, run.typed_id, by=by, at=at)
    except rules.EntryRefused as refused:
        raise rules.ImportRefused((RowFault(1, "", str(refused)),)) from None


def _refuse_same_file(source_sha256: str) -> None:
    run = queries.standing_import(source_sha256)
    if run:
        raise rules.FileAlreadyImported(
            f"这个文件已由{run.entered_by}于{timezone.localtime(run.entered_at):%Y-%m-%d %H:%M}"
            f"以“{run.source_name}”为名导入，不能重复导入；如需重新导入，请先撤回该次导入的全部批次"
        )


def _refuse_import_below_zero(rows: Sequence[ImportRow]) -> None:
    first_row: dict[tuple[int, RegisterKind], ImportRow] = {}
    for row in rows:
        if row.figures.item_change < 0:
            first_row.setdefault((row.organ.pk, row.figures.kind), row)
    below = [
        (row, message)
        for row in first_row.values()
        if (message := queries.stock_below_zero(row.organ, row.figures.kind))
    ]
    if below:
        raise rules.ImportRefused(
            tuple(RowFault(row.row, steps.column_of("item_change"), text) for row, text in below)
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
                "batches": [{"id": batch.pk, **steps.logged(batch)} for batch in own],
            },
        )
