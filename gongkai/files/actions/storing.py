"""Storing a file: checked by content, scanned, sealed, recorded; the same one twice is one."""

import hashlib
import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.adapters.antivirus import ScannerFailed, scanner
from gongkai.adapters.cipher import keyring
from gongkai.adapters.filetype import TYPES, USUAL, NotAccepted, tell
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.files.actions.errors import FileRefused
from gongkai.files.models import NAMED_BY_OTHERS, Purpose, ScanResult, StoredFile
from gongkai.files.queries import blob_aad, key_mark, name_aad, plain_name, vault
from gongkai.files.rules import MOST_BYTES, clean_name
from gongkai.orgs.models import Organ
from gongkai.outbox.actions import put

EXTRACT = "files.extract"
_MADE_ELSEWHERE = frozenset({Purpose.REDACTED, Purpose.RELEASED})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file about to be kept: what it is and where it comes from."""

    organ: Organ
    about: str
    purpose: Purpose
    name: str
    kind: str
    content: bytes
    scan: str
    scanned_at: datetime | None
    made_from: StoredFile | None = None
    boxes: tuple[dict[str, Any], ...] = ()
    text_note: str = ""


def store(
    *,
    organ: Organ,
    about: str,
    purpose: Purpose,
    name: str,
    content: bytes,
    by: Actor,
    at: datetime,
) -> StoredFile:
    """Store an uploaded or received file about a record; text is taken from it after the commit.

    `about` is a typed id ("inforequests:<uuid>"). The same bytes for the same purpose in the
    same case give the row that is there. The bytes of MAIL may be an .eml.

    Raises:
        FileRefused: empty, too large, not of an accepted kind, named wrongly, encrypted,
            infected, or the scanner does not answer.
    """
    if purpose in _MADE_ELSEWHERE:
        raise ValueError(f"{purpose} is made by redact and release only")
    if len(content) > MOST_BYTES:
        raise FileRefused(f"文件超过 {MOST_BYTES // 1024**2} MB，请压缩图片或者拆分后再上传。")
    name = clean_name(name)
    accepted = USUAL | {"eml"} if purpose == Purpose.MAIL else USUAL
    try:
        kind = tell(name, content, accepted).kind
        verdict = scanner().scan(content)
    except (NotAccepted, ScannerFailed) as why:
        raise FileRefused(str(why)) from None
    if verdict.infected:
        _log.warning("infected upload refused: %s about %s", verdict.signature, about)
        raise FileRefused(f"文件含有病毒（{verdict.signature}），没有上传，请清除后再试。")
    if purpose == Purpose.IDENTITY_PROOF:  # its name often is the person's
        name = plain_name(purpose, kind)
    draft = Draft(
        organ=organ,
        about=about,
        purpose=purpose,
        name=name,
        kind=kind,
        content=content,
        scan=ScanResult.CLEAN if verdict.scanned else ScanResult.NOT_SCANNED,
        scanned_at=at if verdict.scanned else None,
    )
    with transaction.atomic():
        return keep(draft, "files.store", by=by, at=at)


def keep(draft: Draft, verb: str, *, by: Actor, at: datetime) -> StoredFile:
    """Seal and record a file under the event `verb`, inside the caller's transaction."""
    digest = hashlib.sha256(draft.content).hexdigest()
    same = StoredFile.objects.filter(
        about=draft.about, purpose=draft.purpose, sha256=digest, removed_at__isnull=True
    )
    if there := same.first():
        return there
    released = draft.purpose == Purpose.RELEASED
    blob = uuid.uuid4()
    # Sealed and on the disk before a row speaks of it; without a row `sweep` takes it away.
    vault(released).put(blob, keyring().seal(draft.content, blob_aad(blob)))
    try:
        with transaction.atomic():
            file = _row(draft, digest, blob, by=by, at=at)
    except IntegrityError:
        vault(released).drop(blob)
        if there := same.first():  # two at once
            return there
        raise
    if not draft.text_note:
        put(EXTRACT, {"file": str(file.pk)}, at=at)
    record(
        verb,
        file.typed_id,
        chain=draft.organ.code,
        by=by,
        at=at,
        label=f"{draft.purpose.label}（{TYPES[draft.kind].label}）",
        after={
            "about": draft.about,
            "purpose": draft.purpose,
            "file_name": draft.name,
            "size": file.size,
            "sha256": digest,
            "scan": draft.scan,
            "made_from": str(file.made_from_id or ""),
            "boxes": len(draft.boxes),
        },
        protected=("file_name",),
    )
    return file


def _row(draft: Draft, digest: str, blob: uuid.UUID, *, by: Actor, at: datetime) -> StoredFile:
    pk, sealed = uuid.uuid4(), draft.purpose in NAMED_BY_OTHERS
    return StoredFile.objects.create(
        id=pk,
        organ=draft.organ,
        about=draft.about,
        purpose=draft.purpose,
        name=plain_name(draft.purpose, draft.kind) if sealed else draft.name,
        told_name=keyring().seal(draft.name.encode(), name_aad(pk)) if sealed else None,
        kind=draft.kind,
        size=len(draft.content),
        sha256=digest,
        blob=blob,
        key_id=key_mark(),
        scan=draft.scan,
        scanned_at=draft.scanned_at,
        made_from=draft.made_from,
        boxes=list(draft.boxes),
        text_note=draft.text_note,
        locked=draft.purpose == Purpose.RELEASED,
        stored_at=at,
        account=by.account,
        stored_by=by.name,
    )
