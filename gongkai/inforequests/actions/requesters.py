"""Who asks: written sealed, shown on the record, sealed anew when keys change."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.inforequests.models import InfoRequest, Requester
from gongkai.inforequests.models.requesters import key_mark
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.statute.requesters import RequesterKind


def write(info_request: InfoRequest, details: RequesterDetails) -> Requester:
    """Keep who asks, sealed, inside the transaction of the verb that was told; no event."""
    row = Requester.objects.filter(info_request=info_request).first()
    fresh = row is None
    row = row or Requester(info_request=info_request)
    row.fill(details, RequesterKind(info_request.requester_kind))
    row.save(force_insert=fresh)
    return row


def copy(source: InfoRequest, target: InfoRequest) -> Requester:
    """Give `target` the requester of `source` (split, transfer); sealed for its own row."""
    row = Requester.objects.get(info_request=source)
    if not row.erased:
        return write(target, row.details)
    row = Requester(info_request=target)
    row.wipe()
    row.save(force_insert=True)
    return row


def show_requester(info_request: InfoRequest, *, by: Actor, at: datetime) -> RequesterDetails:
    """Return who asks, in full, and log that it was shown, and to whom."""
    with transaction.atomic():
        row = Requester.objects.get(info_request=info_request)
        record(
            "inforequests.show_requester",
            info_request.typed_id,
            chain=info_request.organ.code,
            by=by,
            at=at,
            label=info_request.number,
        )
    return row.details


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` requesters with the key of now; return how many, 0 when none is left.

    One transaction: a row is sealed anew or stays as it was, whenever the process dies.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    with transaction.atomic():
        rows = list(
            Requester.objects.select_for_update()
            .filter(erased=False)
            .exclude(key_id=key_mark())
            .order_by("pk")[:batch]
        )
        if not rows:
            return 0
        old = Counter(row.key_id for row in rows)
        for row in rows:
            row.reseal()
        Requester.objects.bulk_update(rows, ["sealed", "key_id"])
        record(
            "inforequests.reseal",
            "inforequests.requesters",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label=f"{len(rows)}名申请人",
            before={"keys": dict(old)},
            after={"keys": {key_mark(): len(rows)}},
        )
    return len(rows)
