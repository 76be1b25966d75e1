"""The steps every verb takes: hold the row, follow the table, record the event."""

from datetime import datetime
from typing import Any

from gongkai.audit import Actor
from gongkai.audit import actions as audit
from gongkai.policy import rules
from gongkai.policy.lifecycle import TRANSITIONS, DocumentEvent, DocumentState
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules import Fault
from gongkai.statute.lifecycles import RefusedArrow, follow


def hold(document: PolicyDocument) -> PolicyDocument:
    """Return the document's row locked for this transaction."""
    return (
        PolicyDocument.objects.select_for_update(of=("self",))
        .select_related("organ")
        .get(pk=document.pk)
    )


def next_state(document: PolicyDocument, event: DocumentEvent) -> DocumentState:
    """Return the state an event leads to; raises NotAllowedNow."""
    state = DocumentState(document.state)
    try:
        return follow(TRANSITIONS, state, event).target
    except RefusedArrow:
        raise rules.NotAllowedNow(f"文件“{state.label}”，不能{event.label}") from None


def read_reason(reason: str) -> str:
    """Return a reason trimmed; raises ReasonMissing when blank or too long."""
    reason = reason.strip()
    if not reason:
        raise rules.ReasonMissing("请填写理由")
    if len(reason) > rules.LONGEST_REASON:
        raise rules.ReasonMissing(f"理由不得超过{rules.LONGEST_REASON}个字")
    return reason


def refused(field: str, message: str) -> rules.DocumentRefused:
    """Return the error for one field."""
    return rules.DocumentRefused(Fault(field, message))


def record(verb: str, document: PolicyDocument, by: Actor, at: datetime, **values: Any) -> None:
    """Record a verb in the chain of the document's lead organ."""
    audit.record(
        f"policy.{verb}",
        document.record_id,
        chain=document.organ.code,
        by=by,
        at=at,
        label=str(document),
        **values,
    )
