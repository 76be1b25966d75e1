"""Who asks: written sealed, shown and searched on the record, sealed anew when keys change."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gongkai.adapters.cipher import keyring
from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.inforequests.models import (
    CorrectionRequest,
    CorrectionRequester,
    InfoRequest,
    Requester,
)
from gongkai.inforequests.models.requesters import SealedPerson, key_mark
from gongkai.inforequests.queries import find_by_requester
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind

FOUND_MOST = 50  # of a search by requester, the newest


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


def signer(info_request: InfoRequest, signed_by: str) -> str:
    """Return how an act names who signed for a letter: the requester never by name."""
    name = signed_by.strip()
    if not name:
        return ""
    who = Requester.objects.get(info_request=info_request).details
    told = {who.contact_person.strip(): "联系人", who.name.strip(): "申请人本人"}
    for person, said in told.items():
        if person == name:
            return said
        if len(person) > 1:  # "张三（本人）", "张三之妻"
            name = name.replace(person, said)
    return name


def show_requester(info_request: InfoRequest, *, by: Actor, at: datetime) -> RequesterDetails:
    """Return who asks, in full, and log that it was shown, and to whom."""
    with transaction.atomic():
        details = Requester.objects.get(info_request=info_request).details
        record(
            "inforequests.show_requester",
            info_request.typed_id,
            chain=info_request.organ.code,
            by=by,
            at=at,
            label=info_request.number,
        )
    return details


def search_requesters(
    text: str, *, organs: Sequence[Organ], chain: Organ, by: Actor, at: datetime
) -> list[InfoRequest]:
    """Return the newest requests of some organs by exactly who asks; log that it was searched.

    The log, on the chain of the organ from whose post the person searches, names the organs
    and how many were found; what was searched for stands there as a blind index alone.
    """
    if not text.strip():
        return []
    with transaction.atomic():
        found = list(find_by_requester(text, [organ.pk for organ in organs])[:FOUND_MOST])
        record(
            "inforequests.search_requesters",
            "inforequests.requesters",
            chain=chain.code,
            by=by,
            at=at,
            label="按申请人查找",
            after={
                "organs": [organ.short_name for organ in organs],
                "searched": keyring().blind_index(text, "requester.searched"),
                "found": len(found),
            },
        )
    return found


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` requesters with the key of now; return how many, 0 when none is left.

    One transaction: a row is sealed anew or stays as it was, whenever the process dies.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    with transaction.atomic():
        old = _reseal_people(Requester, batch)
        _log_resealed(old, "requesters", "名申请人", by=by, at=at)
    return old.total()


def reseal_corrections(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` corrections and as many of their requesters anew; as `reseal` does."""
    with transaction.atomic():
        old = _reseal_people(CorrectionRequester, batch)
        rows = list(_old(CorrectionRequest.objects.exclude(key_id=""), batch))
        old.update(row.key_id for row in rows)
        for row in rows:
            row.tell(row.words)
        CorrectionRequest.objects.bulk_update(rows, ["told", "key_id"])
        _log_resealed(old, "corrections", "项更正申请", by=by, at=at)
    return old.total()


def _reseal_people(model: type[SealedPerson], batch: int) -> Counter[str]:
    """Seal a batch of people anew; return how many were sealed with which key before."""
    rows: list[Any] = list(_old(model._default_manager.filter(erased=False), batch))
    old = Counter(row.key_id for row in rows)
    for row in rows:
        row.reseal()
    model._default_manager.bulk_update(rows, ["sealed", "key_id"])
    return old


def _old(rows: QuerySet[Any], batch: int) -> QuerySet[Any]:
    return rows.select_for_update().exclude(key_id=key_mark()).order_by("pk")[:batch]


def _log_resealed(old: Counter[str], what: str, words: str, *, by: Actor, at: datetime) -> None:
    if not old:
        return
    record(
        "inforequests.reseal",
        f"inforequests.{what}",
        chain=SYSTEM_CHAIN,
        by=by,
        at=at,
        label=f"{old.total()}{words}",
        before={"keys": dict(old)},
        after={"keys": {key_mark(): old.total()}},
    )
