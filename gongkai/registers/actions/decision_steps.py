"""What the verbs on single decisions share: check, make the row, one step under lock, log."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.calendars.queries import workday_calendar
from gongkai.orgs.models import Organ
from gongkai.registers import deadlines, queries, rules
from gongkai.registers.actions import steps
from gongkai.registers.lifecycle import DECISION_TRANSITIONS, DecisionEvent, DecisionState
from gongkai.registers.models import Decision
from gongkai.registers.rules import DOUBLE, DecisionFacts, DecisionNotNow, Fault
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


def step(
    decision: Decision,
    event: DecisionEvent,
    *,
    on: date | None,
    told: dict[str, Any],
    by: Actor,
    at: datetime,
    reason: str = "",
) -> Decision:
    """Do one step of a decision under lock: table, days, write, log."""
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
    record(row, f"{event.value.lower()}_decision", before, by=by, at=at, reason=reason)
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


def words_of(text: str, what: str) -> str:
    """Return a reason that must be told, trimmed; refuses a blank or a long one."""
    text = text.strip()
    if not text:
        raise rules.ReasonMissing(f"请填写{what}")
    if len(text) > rules.LONGEST_NOTE:
        raise rules.ReasonMissing(f"{what}不得超过{rules.LONGEST_NOTE}个字")
    return text


def faults_of(organ: Organ, facts: DecisionFacts, at: datetime) -> tuple[Fault, ...]:
    """Return what is wrong with what was told of a decision, its term included."""
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


def unsaved(
    organ: Organ, facts: DecisionFacts, calendar: WorkdayCalendar, by: Actor, at: datetime
) -> Decision:
    """Return the row of a decision, not yet written."""
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


def twin_message(organ: Organ, facts: DecisionFacts) -> str:
    """Say that a decision of this number stands already."""
    return (
        f"{organ.short_name}已经登记了{facts.kind.label}决定“{facts.text('number')}”，请核对文书号"
    )


def _logged(decision: Decision) -> dict[str, Any]:
    values = {told: getattr(decision, name) for name, told in _LOGGED.items()}
    return {name: None if value is None else str(value) for name, value in values.items()}


def record(
    decision: Decision,
    verb: str,
    before: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Record one event of a decision: what has changed, on the organ\'s chain."""
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
