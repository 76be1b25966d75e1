"""Sealing the chapter's rows anew when keys change (ADR 0014)."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.servicehall.models import Assistance, FulfilmentCase
from gongkai.servicehall.models.sealing import key_mark


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` rows with the key of now; return how many, 0 at the end.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    old: Counter[str] = Counter()
    with transaction.atomic():
        for model in (FulfilmentCase, Assistance):
            stale = model.objects.select_for_update(of=("self",)).exclude(key_id=key_mark())
            rows = list(stale.order_by("pk")[: batch - old.total()])
            old.update(row.key_id for row in rows)
            for row in rows:
                row.reseal()
            columns = [f"{column}_sealed" for column in model.SEALED]
            model.objects.bulk_update(rows, ["key_id", *columns])
        if old:
            record(
                "servicehall.reseal",
                "servicehall.sealed",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label=f"{old.total()}项兑现案件、帮代办",
                before={"keys": dict(old)},
                after={"keys": {key_mark(): old.total()}},
            )
    return old.total()
