"""What keeps files in order: text taken after the commit, bytes dropped, seals renewed."""

import uuid
from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.adapters.cipher import keyring
from gongkai.adapters.textextract import extract
from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.files.actions.opening import DROP
from gongkai.files.models import StoredFile
from gongkai.files.queries import blob_aad, content, key_mark, name_aad, text_aad, vault
from gongkai.outbox.actions import put

_GRACE = timedelta(days=1)  # longer than any transaction that may yet name a blob
_BATCH = 500


def keep_text(pk: str) -> None:
    """Take the text out of a file and keep it sealed, or why there is none; safe to repeat."""
    file = StoredFile.objects.filter(pk=pk, removed_at__isnull=True).first()
    if file is None:
        return
    got = extract(content(file), file.kind)
    text = (
        keyring().seal(got.text.encode("utf-8", "replace"), text_aad(file.pk)) if got.text else None
    )
    note = "文字过长，只提取了前面部分" if got.cut else got.reason[:200]
    StoredFile.objects.filter(pk=pk, removed_at__isnull=True).update(text=text, text_note=note)


def drop_blob(blob: str, released: bool) -> None:
    """Delete sealed bytes that no row names any more; safe to repeat."""
    name = uuid.UUID(blob)
    if not StoredFile.objects.filter(blob=name).exists():
        vault(released).drop(name)


def sweep(*, at: datetime) -> int:
    """Delete what a crash or a rolled-back transaction left on the disk; return how many."""
    swept = 0
    for released in (False, True):
        batch: list[tuple[uuid.UUID | None, object]] = []
        for each in vault(released).older_than(at - _GRACE):
            batch.append(each)
            if len(batch) == _BATCH:
                swept += _sweep(batch)
                batch = []
        swept += _sweep(batch)
    return swept


def _sweep(batch: list) -> int:
    names = [name for name, _ in batch if name is not None]
    known = set(StoredFile.objects.filter(blob__in=names).values_list("blob", flat=True))
    gone = [path for name, path in batch if name is None or name not in known]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def reseal(batch: int, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Seal up to `batch` files and their text with the key of now; return how many, 0 at the end.

    One transaction: a file is sealed anew or stays as it was, whenever the process dies.

    Raises:
        CannotOpen: a token was altered or its key is not configured; the batch stays as it was.
    """
    mark = key_mark()
    with transaction.atomic():
        stale = StoredFile.objects.select_for_update(of=("self",)).filter(removed_at__isnull=True)
        files = list(stale.exclude(key_id=mark).order_by("pk")[:batch])
        for file in files:
            _reseal(file, mark, at)
        if files:
            record(
                "files.reseal",
                "files.keys",
                chain=SYSTEM_CHAIN,
                by=by,
                at=at,
                label=f"{len(files)}个文件",
                before={"keys": dict(Counter(file.key_id for file in files))},
                after={"keys": {mark: len(files)}},
            )
    return len(files)


def _reseal(file: StoredFile, mark: str, at: datetime) -> None:
    ring, store, fresh = keyring(), vault(file.locked), uuid.uuid4()
    text = None
    if file.text is not None:
        text = ring.seal(ring.open(file.text, text_aad(file.pk)), text_aad(file.pk))
    named = file.told_name
    if named is not None:
        named = ring.seal(ring.open(named, name_aad(file.pk)), name_aad(file.pk))
    # Under a new name: the old bytes stay until the row that names the new ones is committed.
    data = ring.open(store.get(file.blob), blob_aad(file.blob))
    store.put(fresh, ring.seal(data, blob_aad(fresh)))
    put(DROP, {"blob": str(file.blob), "released": file.locked}, at=at)
    StoredFile.objects.filter(pk=file.pk).update(
        blob=fresh, text=text, told_name=named, key_id=mark
    )
