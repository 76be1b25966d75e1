"""Writing the audit log: one event for each verb, in the verb's own transaction."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.adapters.statements import RowsBy, insert, update
from gongkai.audit import Actor, recorded
from gongkai.audit.models import Chain, Event
from gongkai.audit.queries import RecordedEvent, hashed_fields
from gongkai.audit.rules import event_digest, keyed_digest, plain


def record(
    verb: str,
    target: str,
    *,
    chain: str,
    by: Actor,
    at: datetime,
    label: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    protected: Collection[str] = (),
    reason: str = "",
) -> Event:
    """Append one event to the chain of an organ and ring the bell when it has committed.

    `verb` is "inforequests.register", `target` a typed id such as
    "inforequests:<uuid>", `chain` the organ's code. Fields named in `protected`
    are logged only as keyed digests. Write to one chain in a transaction: two
    verbs that lock two chains in opposite orders would wait for each other.

    Raises:
        NotLoggable: a value in `before` or `after` has no plain form.
        TransactionManagementError: called outside the transaction of the verb it records.
    """
    if at.tzinfo is None:
        raise ValueError(f"{verb}: recorded at a moment without a time zone")
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"{verb}: recorded outside its transaction")
    head = _locked_head(chain)
    event = Event(
        chain=chain,
        sequence=head.length + 1,
        at=at.astimezone(UTC),
        account=by.account,
        actor_name=by.name,
        actor_post=_cut("actor_post", by.post),
        verb=verb,
        target=target,
        target_label=_cut("target_label", label),
        before=_protect(before or {}, protected),
        after=_protect(after or {}, protected),
        reason=reason,
        previous=head.head,
    )
    event.digest = event_digest(hashed_fields(event), head.head)
    insert(event)
    head.length, head.head = event.sequence, event.digest
    update(head, ("length", "head"))
    heard = RecordedEvent(event.pk, chain, verb, target, event.at)
    transaction.on_commit(lambda: recorded.send(sender=None, event=heard))
    return event


# Every verb records one event: what that takes is written once (see `adapters.statements`).
_heads = RowsBy(Chain.objects.select_for_update(), "key")


def _locked_head(chain: str) -> Chain:
    """Return the head of a chain, locked; the first event of an organ begins its chain."""
    if heads := _heads(chain):
        return heads[0]
    return Chain.objects.select_for_update().get_or_create(key=chain)[0]


def _cut(field: str, text: str) -> str:
    """Cut a label to its column: a long title must not make the act itself fail."""
    length = Event._meta.get_field(field).max_length
    return text if len(text) <= length else text[: length - 1] + "…"


def _protect(values: Mapping[str, Any], protected: Collection[str]) -> dict[str, Any]:
    key = settings.GONGKAI_AUDIT_KEY.encode()
    shown = {name: plain(value) for name, value in values.items()}
    return {
        name: keyed_digest(key, name, value) if name in protected else value
        for name, value in shown.items()
    }
