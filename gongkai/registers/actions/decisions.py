"""Verbs on single decisions (双公示): enter, import, publish, cancel, take down, strike.

Each is one transaction and one event on the organ's chain. `on` is the day the step counts.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Organ
from gongkai.registers import deadlines, queries, rules
from gongkai.registers.actions import steps
from gongkai.registers.actions.imports import keep_file
from gongkai.registers.lifecycle import DECISION_TRANSITIONS, DecisionEvent, DecisionState
from gongkai.registers.models import Decision, ImportRun
from gongkai.registers.queries import DecisionRow
from gongkai.registers.rules import (
    DOUBLE,
    CancelReason,
    DecisionFacts,
    DecisionNotNow,
    Fault,
    RegisterKind,
    RowFault,
)
from gongkai.registers.rules.decision_sheet import HEADS
from gongkai.statute.days import written
from gongkai.statute.lifecycles import RefusedArrow, follow
from gongkai.statute.workdays import WorkdayCalendar

# What the log keeps, and under which word.
_LOGGED = {
    "kind": "kind",
    "number": "number",
    "party_kind": "party_kind",
    "matter": "matter",
    "amount": "amount",
    "decided_on": "made_on",
    "due_on": "due_on",
    "published_on": "published_on",
    "address": "web_address",
    "cancelled_on": "cancelled_on",
    "cancel_reason": "cancel_reason",
    "taken_down_on": "taken_down_on",
    "state": "state",
}


@transaction.atomic
def enter_decision(organ: Organ, *, facts: DecisionFacts, by: Actor, at: datetime) -> Decision:
    """Enter one decision; with a day of publication it is published at once.

    Raises:
        DecisionRefused: something told is wrong, each with its field.
        NumberTaken: the organ has a decision of this kind and number.
    """
    steps.lock([organ.pk])
    faults = _faults(organ, facts, at)
    if faults:
        raise rules.DecisionRefused(faults)
    key = (organ.pk, facts.kind, facts.text("number"))
    if key in queries.standing_numbers([organ.pk], [facts]):
        raise rules.NumberTaken(_twin_message(organ, facts))
    decision = _unsaved(organ, facts, workday_calendar(), by, at)
    decision.save(force_insert=True)
    _record(decision, "enter_decision", {}, by=by, at=at)
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
        decision = _unsaved(row.organ, row.facts, calendar, by, at)
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
            for fault in _faults(row.organ, row.facts, at)
        ]
        key = (row.organ.pk, row.facts.kind, row.facts.text("number"))
        if key in seen:
            message = f"与第{seen[key]}行的决定文书号相同，请核对"
            faults.append(RowFault(row.row, HEADS["number"], message))
        elif key in standing:
            faults.append(RowFault(row.row, HEADS["number"], _twin_message(row.organ, row.facts)))
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
    return _step(decision, DecisionEvent.PUBLISH, on=on, told=told, by=by, at=at)


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
    words = _words(words, "变更、撤销的理由")
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
    return _step(decision, DecisionEvent.CANCEL, on=on, told=told, by=by, at=at, reason=words)


@transaction.atomic
def take_down_decision(decision: Decision, *, on: date, by: Actor, at: datetime) -> Decision:
    """Record that a decision was taken down and the reasons told in public.

    Raises:
        DecisionNotNow: its state or its days stand against it.
    """
    return _step(decision, DecisionEvent.TAKE_DOWN, on=on, told={"taken_down_on": on}, by=by, at=at)


@transaction.atomic
def strike_decision(decision: Decision, *, reason: str, by: Actor, at: datetime) -> Decision:
    """Strike a decision that was entered in error; it stays on view and no longer counts.

    Raises:
        ReasonMissing: the reason is blank or too long.
        DecisionNotNow: its state stands against it.
    """
    reason = _words(reason, "作废理由")
    told = {"struck_reason": reason, "due_on": None}
    event = DecisionEvent.STRIKE
    return _step(decision, event, on=None, told=told, by=by, at=at, reason=reason)


def _step(
    decision: Decision,
    event: DecisionEvent,
    *,
    on: date | None,
    told: dict[str, Any],
    by: Actor,
    at: datetime,
    reason: str = "",
) -> Decision:
    steps.lock([decision.organ_id])
    held = Decision.objects.select_for_update(of=("self",)).select_related("organ")
    row = held.get(pk=decision.pk)
    try:
        arrow = follow(DECISION_TRANSITIONS, DecisionState(row.state), event)
    except RefusedArrow:
        raise DecisionNotNow(
            f"这件决定现为“{row.get_state_display()}”，不能“{event.label}”"
        ) from None
    if on is not None:
        _check_day(row, on, at)
    before = _logged(row)
    for name, value in told.items():
        setattr(row, name, value)
    row.state = arrow.target
    if event is DecisionEvent.PUBLISH:
        _check_told(row, at)
    row.save(update_fields=["state", *told])
    _record(row, f"{event.value.lower()}_decision", before, by=by, at=at, reason=reason)
    return row


def _check_day(row: Decision, on: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if on > today:
        raise DecisionNotNow(f"日期晚于今天（{written(today)}），请核对", "on")
    last = max(day for day in (row.decided_on, row.published_on, row.cancelled_on) if day)
    if on < last:
        raise DecisionNotNow(f"日期早于上一步之日（{written(last)}），请核对", "on")


def _check_told(row: Decision, at: datetime) -> None:
    """Refuse a publication at an address that is none."""
    faults = rules.faults_of_decision(queries.facts_of(row), today=timezone.localdate(at))
    if faults:
        raise DecisionNotNow(faults[0].message, faults[0].field)


def _words(text: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise rules.ReasonMissing(f"请填写{what}")
    if len(text) > rules.LONGEST_NOTE:
        raise rules.ReasonMissing(f"{what}不得超过{rules.LONGEST_NOTE}个字")
    return text


def _faults(organ: Organ, facts: DecisionFacts, at: datetime) -> tuple[Fault, ...]:
    today = timezone.localdate(at)
    faults = rules.faults_of_decision(facts, today=today, exists_from=organ.valid_from)
    if not faults:
        try:
            deadlines.publication_due(
                facts.decided_on, workday_calendar(), double=facts.kind in DOUBLE
            )
        except deadlines.NoTerm as error:
            return (Fault("decided_on", str(error)),)
    return faults


def _unsaved(
    organ: Organ, facts: DecisionFacts, calendar: WorkdayCalendar, by: Actor, at: datetime
) -> Decision:
    due = deadlines.publication_due(facts.decided_on, calendar, double=facts.kind in DOUBLE)
    published = facts.published_on is not None
    texts = ("number", "credit_code", "matter", "basis", "outcome", "address", "source_name")
    return Decision(
        organ=organ,
        kind=facts.kind,
        party_kind=facts.party_kind,
        party=rules.kept_party(facts.party_kind, facts.party),
        amount=facts.amount,
        decided_on=facts.decided_on,
        valid_to=facts.valid_to,
        published_on=facts.published_on,
        publish_by=due.due_on,
        due_on=due.due_on,
        state=DecisionState.PUBLISHED if published else DecisionState.ENTERED,
        entered_by=by.name,
        entered_by_account=by.account,
        entered_at=at,
        **{name: facts.text(name) for name in texts},
    )


def _twin_message(organ: Organ, facts: DecisionFacts) -> str:
    return (
        f"{organ.short_name}已经登记了{facts.kind.label}决定“{facts.text('number')}”，请核对文书号"
    )


def _logged(decision: Decision) -> dict[str, Any]:
    values = {told: getattr(decision, name) for name, told in _LOGGED.items()}
    return {name: None if value is None else str(value) for name, value in values.items()}


def _record(
    decision: Decision,
    verb: str,
    before: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    after = _logged(decision)
    changed = [name for name in after if before.get(name) != after[name]]
    audit.record(
        f"registers.{verb}",
        decision.typed_id,
        chain=decision.organ.code,
        by=by,
        at=at,
        label=f"{decision.organ.short_name} {decision}",
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
        reason=reason,
    )
