"""What the verbs on complaints share: one step under lock, and the log of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.remedies import deadlines
from gongkai.remedies.actions.steps import in_order, not_later
from gongkai.remedies.lifecycle import ComplaintEvent, ComplaintState, next_complaint_state
from gongkai.remedies.models import Complaint

_E = ComplaintEvent
_LOGGED = (
    *("state", "received_on", "accepted_on", "asked_on", "explain_by", "explained_on"),
    *("extension_days", "verdict", "measure", "found_on", "rectify_by", "rectified_on"),
    *("referred_on", "referred_to", "closed_on", "due_on"),
)


def step(
    row: Complaint,
    event: ComplaintEvent,
    *,
    on: date,
    told: dict[str, Any],
    sealed: dict[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Do one step of a complaint under lock: table, days, term, seal, write, log."""
    not_later(on, at, "日期", "on")
    with transaction.atomic():
        rows = Complaint.objects.select_for_update(of=("self",)).select_related("organ", "about")
        held = rows.get(pk=row.pk)
        state = next_complaint_state(ComplaintState(held.state), event)
        days = (held.received_on, held.accepted_on, held.found_on)
        in_order(max(day for day in days if day), "上一步之日", on, "日期", "on")
        before = logged(held)
        for name, value in told.items():
            setattr(held, name, value)
        fields = {"state", *told}
        if event in (_E.ACCEPT, _E.EXTEND):
            due = deadlines.complaint_handling_due(
                held.accepted_on, held.extension_days, workday_calendar()
            )
            held.due_on = due.due_on if due else None
            fields.add("due_on")
        if sealed:
            held.seal(**sealed)
            fields |= {"key_id", *(f"{column}_sealed" for column in Complaint.SEALED)}
        held.state = state
        held.save(update_fields=sorted(fields))
        log(held, f"{event.value.lower()}_complaint", before, by=by, at=at)
    return held


def logged(row: Complaint) -> dict[str, Any]:
    """Return a complaint as the log keeps it: states and days, no words."""
    values = {name: getattr(row, name) for name in _LOGGED}
    values["finished_on"] = values.pop("closed_on")
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def log(
    row: Complaint, verb: str, before: dict[str, Any] | None, *, by: Actor, at: datetime
) -> None:
    """Record one event of a complaint; None `before`: nothing has changed."""
    after = logged(row)
    changed = [name for name in after if before is not None and before.get(name) != after[name]]
    record(
        f"remedies.{verb}",
        row.typed_id,
        chain=row.organ.code,
        by=by,
        at=at,
        label=f"{row.get_kind_display()} {row.number}",
        before={name: before[name] for name in changed if before and name in before},
        after={name: after[name] for name in changed},
    )
