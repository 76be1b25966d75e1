"""What the verbs on cases share: create, take one step, check days and words, log."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.remedies.lifecycle import BadCase, Event, State, next_state
from gongkai.remedies.models import Litigation, Reconsideration
from gongkai.remedies.queries import Remedy, duty_of
from gongkai.statute.days import written

AnyRemedy = TypeVar("AnyRemedy", Reconsideration, Litigation)
_LOGGED = (
    "state",
    "case_number",
    "filed_on",
    "accepted_on",
    "copy_received_on",
    "answered_on",
    "result",
    "decided_on",
    "ending",
    "decision_number",
    "received_on",
    "perform_by",
    "performed_on",
)
_LOGGED_OF_RECONSIDERATION = ("extension_days", "opinion_on", "reported_on")
_LOGGED_OF_SUIT = (
    *("is_ruling", "first_result", "first_decided_on", "appealed_on", "appealed_by"),
    *("appeal_court", "appeal_number"),
)


def create(case: AnyRemedy, verb: str, *, by: Actor, at: datetime) -> AnyRemedy:
    """Save a new case under the event `verb`; refuses what the law of its days does not know."""
    case.due_on = _due_on(case)
    with transaction.atomic():
        case.save(force_insert=True)
        log(case, verb, {}, logged(case), by=by, at=at)
    return case


def step(
    remedy: AnyRemedy,
    event: Event,
    *,
    on: date | None,
    told: Mapping[str, Any],
    by: Actor,
    at: datetime,
    reason: str = "",
) -> AnyRemedy:
    """Do one step of a case under lock: table, days, terms, write, log.

    `on` is None for what has no day of its own, such as striking an entry.
    """
    if on is not None:
        not_later(on, at, "日期", "on")
    with transaction.atomic():
        rows = type(remedy)._default_manager.select_for_update(of=("self",))
        case = rows.select_related("organ").get(pk=remedy.pk)
        state = next_state(State(case.state), event)
        if on is not None:
            in_order(_last_day(case), "上一步之日", on, "日期", "on")
        before = logged(case)
        for name, value in told.items():
            setattr(case, name, value)
        case.state = state
        case.due_on = _due_on(case)  # refuses what the law of that day does not know
        case.save(update_fields=["state", "due_on", *told])
        log(case, event.value.lower(), before, logged(case), by=by, at=at, reason=reason)
    return case


def _due_on(case: Remedy) -> date | None:
    duty = duty_of(case, workday_calendar())
    return duty.due_on if duty else None


def _last_day(case: Remedy) -> date:
    days = [case.filed_on, case.accepted_on, case.copy_received_on, case.answered_on]
    days += [case.decided_on, case.received_on]
    if isinstance(case, Litigation):
        days.append(case.appealed_on)
    return max(day for day in days if day)


def not_empty(text: str, label: str, field: str) -> None:
    """Refuse a blank text at its field."""
    if not text.strip():
        raise BadCase(f"请填写“{label}”", field)


def not_later(day: date, at: datetime, label: str, field: str) -> None:
    """Refuse a day after the day of recording."""
    today = timezone.localtime(at).date()
    if day > today:
        raise BadCase(f"“{label}”（{written(day)}）晚于登记当日（{written(today)}），请核对", field)


def in_order(first: date, first_label: str, then: date, label: str, field: str) -> None:
    """Refuse a day before the one it follows."""
    if then < first:
        raise BadCase(
            f"“{label}”（{written(then)}）早于{first_label}（{written(first)}），请核对", field
        )


def logged(case: Remedy) -> dict[str, Any]:
    """Return a case as the log keeps it."""
    own = _LOGGED_OF_SUIT if isinstance(case, Litigation) else _LOGGED_OF_RECONSIDERATION
    values = {name: getattr(case, name) for name in (*_LOGGED, *own)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def log(
    case: Remedy,
    verb: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Record one event of a case: what has changed, on the organ's chain."""
    changed = [name for name in after if before.get(name) != after[name]]
    record(
        f"remedies.{verb}",
        case.typed_id,
        chain=case.organ.code,
        by=by,
        at=at,
        label=str(case),
        before={name: before[name] for name in changed if name in before},
        after={name: after[name] for name in changed},
        reason=reason,
    )
