"""Anchoring all chains once a day, signed with the key of the installation; kept as files too.

The keyed seal protects an anchor from who can write the database alone. The signature lets an
outsider, who must not hold that key, see the same (`deploy/verify_audit.py`); the files let
whoever copies the folder elsewhere each day prove what stood here then.
"""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.adapters.signing import Signer, fingerprint, signer_in
from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions.recording import record
from gongkai.audit.models import Anchor, AnchorSignature, Chain, Event
from gongkai.audit.queries import anchor_line
from gongkai.audit.rules import USE_KEY, anchor_digest, anchor_message, anchor_seal, canonical


class AnchorRefused(ValueError):
    """An anchor for a day that is not over, or that lies before the last anchor."""


def anchor(day: date, *, at: datetime, by: Actor = SYSTEM) -> Anchor:
    """Anchor the heads of all chains for `day`, chained to the anchor before; once a day.

    Return the day's anchor if it is there already. It is signed where the installation has a key.

    Raises:
        AnchorRefused: the day is not over at `at`, or an anchor of a later day exists.
        SigningKeyError: there is a key file, but it cannot be used.
    """
    if day >= timezone.localdate(at):
        raise AnchorRefused(f"{day} 尚未结束，不能锚定")
    signer = signer_in(settings.GONGKAI_SIGNING_KEY)
    with transaction.atomic():
        # The lock makes two makers of anchors queue; writers of other chains are not held up.
        Chain.objects.select_for_update().get_or_create(key=SYSTEM_CHAIN)
        last = Anchor.objects.order_by("-day").first()
        if last is not None and last.day >= day:
            if there := Anchor.objects.filter(day=day).first():
                return there
            raise AnchorRefused(f"已有 {last.day} 的锚定，不能再补 {day} 的")
        use_key(signer, by=by, at=at)
        heads = {head.key: [head.length, head.head] for head in Chain.objects.order_by("key")}
        previous = last.digest if last else ""
        digest = anchor_digest(day, heads, previous)
        seal = anchor_seal(settings.GONGKAI_AUDIT_KEY.encode(), digest)
        made = Anchor.objects.create(
            day=day, heads=heads, previous=previous, digest=digest, seal=seal, made_at=at
        )
        if signature := signer.sign(anchor_message(digest)):
            AnchorSignature.objects.create(anchor=made, public=signer.public, signature=signature)
        record(
            "audit.anchor",
            f"audit.anchor:{made.pk}",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label=f"{day} 每日锚定",
            after={"day": day, "digest": digest},
        )
    return made


def use_key(signer: Signer, *, by: Actor = SYSTEM, at: datetime) -> None:
    """Log the public key that signs from now on; nothing when it is the one logged last."""
    with transaction.atomic():
        Chain.objects.select_for_update().get_or_create(key=SYSTEM_CHAIN)
        told = Event.objects.filter(chain=SYSTEM_CHAIN, verb=USE_KEY).order_by("-sequence").first()
        if signer.public in {"", told.after["public"] if told else ""}:
            return
        record(
            USE_KEY,
            "audit.key",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label=f"签名公钥 {fingerprint(signer.public)}",
            after={"public": signer.public},
        )


def keep_files(folder: str | Path) -> int:
    """Write each anchor that is not in the folder yet as a file of its own; return how many.

    A file that is there is never touched: `auditverify` compares it with the table.
    """
    if not folder:
        return 0
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    kept = {path.stem for path in place.glob("*.json")}
    written = 0
    for one in Anchor.objects.select_related("signed").order_by("day").iterator(chunk_size=100):
        name = one.day.isoformat()
        if name in kept:
            continue
        fresh = place / f".{name}.new"
        fresh.write_bytes(canonical(anchor_line(one)) + b"\n")
        fresh.rename(place / f"{name}.json")
        written += 1
    return written
