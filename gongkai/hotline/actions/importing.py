"""Taking over what the city centre hands over: a table, or one order at a time over HTTP."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.hotline.actions.intake import register_order
from gongkai.hotline.lifecycle import BadOrder, HotlineError, Refused, RowFault, RowsWrong
from gongkai.hotline.models import IntakeClient, IntakeReceipt, WorkOrder, secret_digest
from gongkai.hotline.queries.importing import ImportRow
from gongkai.hotline.rules import Caller, NewOrder
from gongkai.hotline.rules.worksheet import HEADS
from gongkai.orgs.models import Organ

_LONGEST_KEY = 100


class KeyReused(Refused):
    """The same idempotency key came with another order."""


@dataclass(frozen=True, slots=True)
class Handed:
    """An order that a client hands over: what it tells, who called, when it reached the centre."""

    told: NewOrder
    caller: Caller
    received_at: datetime

    @property
    def digest(self) -> str:
        """Return what tells this order from every other: keyed, for it names people."""
        told = [asdict(self.told), asdict(self.caller), self.received_at.isoformat()]
        return secret_digest(json.dumps(told, sort_keys=True), "handed")


@transaction.atomic
def import_orders(
    organ: Organ, rows: Sequence[ImportRow], *, by: Actor, at: datetime
) -> list[WorkOrder]:
    """Register the orders of a table, all or none, each with an event of its own.

    Rows whose number is recorded already are passed over, so that a table may be sent again.

    Raises:
        RowsWrong: rows are wrong; `faults` lists every one.
    """
    faults: list[RowFault] = []
    made: list[WorkOrder] = []
    for row in rows:
        if row.known:
            continue
        try:
            with transaction.atomic():
                made.append(
                    register_order(
                        organ,
                        told=row.written.told,
                        caller=row.written.caller,
                        received_at=row.received_at,
                        township=row.township,
                        by=by,
                        at=at,
                    )
                )
        except HotlineError as wrong:
            head = HEADS.get(getattr(wrong, "field", ""), ("",))[0]
            faults.append(RowFault(row.written.row, head, str(wrong)))
    if faults:
        raise RowsWrong(faults)
    return made


def hand_over(
    client: IntakeClient, handed: Handed, *, key: str, at: datetime
) -> tuple[WorkOrder, bool]:
    """Register what a client hands over under an idempotency key; say whether it is new.

    The same key with the same order gives the order made the first time.

    Raises:
        BadOrder: the key is missing or too long, or the order is told wrongly.
        KeyReused: the key came with another order before.
        Refused: the client's key was closed.
    """
    key = key.strip()
    if not key or len(key) > _LONGEST_KEY or "\x00" in key:
        raise BadOrder(f"请在 Idempotency-Key 头中填写幂等键，不超过{_LONGEST_KEY}字", "key")
    if client.closed_at is not None:
        raise Refused("这个接入密钥已经停用。")
    if found := _received(client, handed, key):
        return found, False
    try:
        with transaction.atomic():
            order = register_order(
                client.organ,
                told=handed.told,
                caller=handed.caller,
                received_at=handed.received_at,
                by=actor_of(client),
                at=at,
            )
            IntakeReceipt.objects.create(
                client=client, key=key, digest=handed.digest, order=order, received_at=at
            )
    except (IntegrityError, BadOrder):
        if found := _received(client, handed, key):
            return found, False  # sent twice at once
        raise
    return order, True


def actor_of(client: IntakeClient) -> Actor:
    """Return a client as the log names it."""
    return Actor(account=f"client-{client.pk}", name=client.name, post="系统接入")


def _received(client: IntakeClient, handed: Handed, key: str) -> WorkOrder | None:
    rows = IntakeReceipt.objects.filter(client=client, key=key).select_related("order")
    receipt = rows.first()
    if receipt is None:
        return None
    if receipt.digest != handed.digest:
        raise KeyReused("这个幂等键已经用于另一件工单，请为每件工单使用不同的幂等键。")
    return receipt.order
