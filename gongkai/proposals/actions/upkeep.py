"""Keeping what is stored true: contacts sealed anew after a new key (ADR 0014)."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.proposals.models import ProposerContact, key_mark


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` contacts with the key of now; return how many, 0 at the end.

    One transaction: a row is sealed anew or stays as it was, whenever the process dies.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    with transaction.atomic():
        stale = ProposerContact.objects.select_for_update(of=("self",)).exclude(key_id=key_mark())
        rows = list(stale.order_by("pk")[:batch])
        old = Counter(row.key_id for row in rows)
        for row in rows:
            row.reseal()
        ProposerContact.objects.bulk_update(rows, ["key_id", "contact_sealed"])
        if rows:
            record(
                "proposals.reseal",
                "proposals.contacts",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label=f"{len(rows)}项代表、委员联系方式",
                before={"keys": dict(old)},
                after={"keys": {key_mark(): len(rows)}},
            )
    return len(rows)
