"""Verbs on single decisions (双公示): enter, import, publish, cancel, take down, strike.

Each is one transaction and one event on the organ's chain. `on` is the day the step counts.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Organ
from gongkai.registers import deadlines, queries, rules
from gongkai.registers.actions import steps
from gongkai.registers.actions.decision_steps import (
    faults_of,
    record,
    step,
    twin_message,
    unsaved,
    words_of,
)
from gongkai.registers.actions.imports import keep_file
from gongkai.registers.lifecycle import DecisionEvent
from gongkai.registers.models import Decision, ImportRun
from gongkai.registers.queries import DecisionRow
from gongkai.registers.rules import (
    CancelReason,
    DecisionFacts,
    DecisionNotNow,
    RegisterKind,
    RowFault,
)
from gongkai.registers.rules.decision_sheet import HEADS


@transaction.atomic
def enter_decision(organ: Organ, *, facts: DecisionFacts, by: Actor, at: datetime) -> Decision:
    """Enter one decision; with a day of publication it is published at once.

    Raises:
        DecisionRefused: something told is wrong, each with its field.
        NumberTaken: the organ has a decision of this kind and number.
    """
    steps.lock([organ.pk])
    faults = faults_of(organ, facts, at)
    if faults:
        raise rules.DecisionRefused(faults)
    key = (organ.pk, facts.kind, facts.text("number"))
    if key in queries.standing_numbers([organ.pk], [facts]):
        raise rules.NumberTaken(twin_message(organ, facts))
    decision = unsaved(organ, facts, workday_calendar(), by, at)
    decision.save(force_insert=True)
    record(decision, "enter_decision", {}, by=by, at=at)
    return decision


@transaction.atomic
def import_decisions(
    rows: Sequence[DecisionRow],
    *,
    source_name: str,
    source_sha256: str,
    content: bytes = b"",
    by: Actor,
    at: datetime,
) -> ImportRun:
    """Import a file of decisions: all rows or none; one event in the chain of each organ.

    Raises:
        ImportRefused: rows are wrong; `faults` lists every one.
    """
    steps.lock({row.organ.pk for row in rows})
    faults = faults_of_decision_rows(rows, at=at)
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
    calendar = workday_calendar()
    made = []
    for row in rows:
        decision = unsaved(row.organ, row.facts, calendar, by, at)
        decision.imported_in = run
        made.append(decision)
    Decision.objects.bulk_create(made)
    keep_file(run, rows, content, by=by, at=at)
    organs = {row.organ.pk: row.organ for row in rows}
    for organ in sorted(organs.values(), key=lambda organ: organ.code):
        own = [decision for decision in made if decision.organ_id == organ.pk]
        audit.record(
            "registers.import_decisions",
            run.typed_id,
            chain=organ.code,
            by=by,
            at=at,
            label=f"{organ.short_name} {run.source_name}（{len(own)}件）",
            after={
                "source_sha256": run.source_sha256,
                "decision_ids": [decision.pk for decision in own],
            },
        )
    return run


def faults_of_decision_rows(rows: Sequence[DecisionRow], *, at: datetime) -> tuple[RowFault, ...]:
    """Return everything wrong with the rows of a file; changes nothing."""
    faults: list[RowFault] = []
    seen: dict[tuple[Any, ...], int] = {}
    standing = queries.standing_numbers({row.organ.pk for row in rows}, [row.facts for row in rows])
    for row in rows:
        faults += [
            RowFault(row.row, HEADS.get(fault.field, ""), fault.message)
            for fault in faults_of(row.organ, row.facts, at)
        ]
        key = (row.organ.pk, row.facts.kind, row.facts.text("number"))
        if key in seen:
            message = f"与第{seen[key]}行的决定文书号相同，请核对"
            faults.append(RowFault(row.row, HEADS["number"], message))
        elif key in standing:
            faults.append(RowFault(row.row, HEADS["number"], twin_message(row.organ, row.facts)))
        seen.setdefault(key, row.row)
    return tuple(faults)


@transaction.atomic
def publish_decision(
    decision: Decision, *, address: str, on: date, by: Actor, at: datetime
) -> Decision:
    """Record that a decision was published on `on` at `address`; a late one stays late.

    Raises:
        DecisionNotNow: its state or its days stand against it.
    """
    told = {"published_on": on, "address": address.strip()}
    return step(decision, DecisionEvent.PUBLISH, on=on, told=told, by=by, at=at)


@transaction.atomic
def cancel_decision(
    decision: Decision, *, reason: CancelReason, words: str, on: date, by: Actor, at: datetime
) -> Decision:
    """Record that a decision was changed or no longer stands since `on`.

    What is public must be taken down in its term, which is told anew; what is not is never
    published.

    Raises:
        ReasonMissing: the words are blank or too long.
        DecisionNotNow: its state or its days stand against it.
    """
    words = words_of(words, "变更、撤销的理由")
    told: dict[str, Any] = {"cancelled_on": on, "cancel_reason": reason, "cancel_words": words}
    if decision.published_on is not None:
        penalty = decision.kind == RegisterKind.PENALTY
        try:
            due = deadlines.take_down_due(on, workday_calendar(), penalty=penalty)
        except deadlines.NoTerm as error:
            raise DecisionNotNow(str(error), "on") from None
        told["due_on"] = due.due_on
    else:
        told["due_on"] = None
    return step(decision, DecisionEvent.CANCEL, on=on, told=told, by=by, at=at, reason=words)


@transaction.atomic
def take_down_decision(decision: Decision, *, on: date, by: Actor, at: datetime) -> Decision:
    """Record that a decision was taken down and the reasons told in public.

    Raises:
        DecisionNotNow: its state or its days stand against it.
    """
    return step(decision, DecisionEvent.TAKE_DOWN, on=on, told={"taken_down_on": on}, by=by, at=at)


@transaction.atomic
def strike_decision(decision: Decision, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Strike a decision that was entered in error; it stays on view and no longer counts.

    Raises:
        ReasonMissing: the reason is blank or too long.
        DecisionNotNow: its state stands against it.
    """
    reason = words_of(reason, "作废理由")
    told = {"struck_reason": reason, "due_on": None}
    event = DecisionEvent.STRIKE
    return step(decision, event, on=None, told=told, by=by, at=at, reason=reason)
