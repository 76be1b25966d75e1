"""Attachments beside the draft: attach, detach, rename, put in order.

The bytes are kept by `files` about "disclosure:<id>"; a version names them by hash, and while the
public reads it they cannot be destroyed.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongkai.audit import Actor
from gongkai.disclosure.actions import steps, writing
from gongkai.disclosure.lifecycle import EntryEvent
from gongkai.disclosure.models import Attachment, AttachmentRole, Entry
from gongkai.disclosure.rules import EntryRefused, Fault
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.queries import split_name

_MOST = 100


def attach(
    entry: Entry,
    *,
    role: AttachmentRole,
    content: bytes = b"",
    file_name: str = "",
    file: StoredFile | None = None,
    name: str = "",
    alternative: str = "",
    by: Actor,
    at: datetime,
) -> Attachment:
    """Attach an uploaded file (`content`, `file_name`), or one made from another of this entry.

    `name` is what the public reads, the file's own name when blank; a picture or video needs
    `alternative`, words that stand for it.

    Raises:
        EntryRefused: the file or its words are refused, or it is attached already.
        NotAllowedNow: the entry is not a draft.
    """
    steps.next_state(entry, EntryEvent.EDIT)
    with transaction.atomic():
        held = _in_hand(entry, at)
        if file is None:
            file = _stored(held, content, file_name, by, at)
        elif file.about != held.record_id or file.is_removed:
            raise EntryRefused(Fault("file", "所选文件不属于这条信息，或者已经销毁"))
        if held.attachments.filter(file=file).exists():
            raise EntryRefused(Fault("file", "同一文件已在附件中，不必重复上传"))
        if held.attachments.count() >= _MOST:
            raise EntryRefused(Fault("file", f"一条信息最多{_MOST}个附件，请合并或者压缩后上传"))
        row = Attachment(entry=held, file=file, role=role, order=held.attachments.count() + 1)
        _name(row, name or split_name(file.name)[0], alternative)
        row.save(force_insert=True)
        _touched(held, by, at)
        steps.log("attach", held, by, at, after=_logged(row))
    return row


@transaction.atomic
def describe_attachment(
    attachment: Attachment,
    *,
    role: AttachmentRole,
    name: str,
    alternative: str,
    by: Actor,
    at: datetime,
) -> Attachment:
    """Change the name, the use or the words of an attachment. Raises: as `attach`."""
    held = _in_hand(Entry(pk=attachment.entry_id), at)
    row = held.attachments.select_related("file").get(pk=attachment.pk)
    before = _logged(row)
    row.role = role
    _name(row, name, alternative)
    row.save(update_fields=["role", "name", "alternative"])
    _touched(held, by, at)
    steps.log("describe_attachment", held, by, at, before=before, after=_logged(row))
    return row


@transaction.atomic
def detach(attachment: Attachment, *, by: Actor, at: datetime) -> Entry:
    """Take an attachment from the draft; versions that name it keep it.

    Raises:
        NotAllowedNow: the entry is not a draft.
    """
    held = _in_hand(Entry(pk=attachment.entry_id), at)
    row = held.attachments.select_related("file").get(pk=attachment.pk)
    before = _logged(row)
    row.delete()
    _touched(held, by, at)
    steps.log("detach", held, by, at, before=before)
    return held


@transaction.atomic
def reorder(entry: Entry, *, ids: Sequence[UUID], by: Actor, at: datetime) -> Entry:
    """Put the attachments into the order told; those not named follow as they were.

    Raises:
        NotAllowedNow: the entry is not a draft.
    """
    held = _in_hand(entry, at)
    places = {pk: place for place, pk in enumerate(ids)}
    rows = list(held.attachments.order_by("order", "name", "pk"))
    rows.sort(key=lambda row: places.get(row.pk, len(places)))
    for order, row in enumerate(rows, start=1):
        row.order = order
    Attachment.objects.bulk_update(rows, ["order"])
    _touched(held, by, at)
    steps.log("reorder", held, by, at, after={"order": [row.name for row in rows]})
    return held


def _in_hand(entry: Entry, at: datetime) -> Entry:
    held = steps.hold(entry, at)
    steps.next_state(held, EntryEvent.EDIT)
    return held


def _stored(entry: Entry, content: bytes, file_name: str, by: Actor, at: datetime) -> StoredFile:
    if not content:
        raise EntryRefused(Fault("file", "请选择要上传的文件"))
    try:
        return store(
            organ=entry.organ,
            about=entry.record_id,
            purpose=Purpose.PUBLICATION,
            name=file_name,
            content=content,
            by=by,
            at=at,
        )
    except FileRefused as why:
        raise EntryRefused(Fault("file", str(why))) from None


def _name(row: Attachment, name: str, alternative: str) -> None:
    name, alternative = " ".join(name.split()), " ".join(alternative.split())
    if not name or len(name) > 200:
        raise EntryRefused(Fault("name", "请填写附件名称，不得超过200个字"))
    if len(alternative) > 500:
        raise EntryRefused(Fault("alternative", "文字说明不得超过500个字"))
    row.name, row.alternative = name, alternative


def _touched(entry: Entry, by: Actor, at: datetime) -> None:
    """Count a change of the attachments as one of the text: its doer is an author."""
    draft = writing.held_draft(entry)
    writing.keep(draft, by, at)
    entry.moved_at = at
    entry.save(update_fields=["moved_at"])


def _logged(row: Attachment) -> dict[str, object]:
    return {"attachment": row.name, "role": row.role, "sha256": row.file.sha256}
