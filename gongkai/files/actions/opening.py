"""Opening a file, which is logged; keeping one; destroying one, of which the row stays."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.files.actions.errors import FileRefused
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost, content, plain_name
from gongkai.outbox.actions import put

DROP = "files.drop"


def open_file(file: StoredFile, *, by: Actor, at: datetime, how: str = "下载") -> bytes:
    """Return a file's bytes and log who read it; `how` says in Chinese in what way.

    Raises:
        FileRefused: the bytes are gone or altered.
    """
    try:
        data = content(file)
    except FileLost as why:
        raise FileRefused(str(why)) from None
    with transaction.atomic():
        record(
            "files.open",
            file.typed_id,
            chain=file.organ.code,
            by=by,
            at=at,
            label=file.get_purpose_display(),
            after={"about": file.about, "how": how},
        )
    return data


def remove(
    file: StoredFile, *, reason: str, by: Actor, at: datetime, unnamed: bool = False
) -> StoredFile:
    """Destroy a file's bytes and text; its row stays, with who, when and why.

    For retention, and for what was uploaded wrongly. The bytes go after the commit. With
    `unnamed` its name goes too, which often is a person's.

    Raises:
        FileRefused: no reason, or destroyed already.
    """
    reason = reason.strip()
    if not reason:
        raise FileRefused("请填写“销毁事由”。", "reason")
    with transaction.atomic():
        now = StoredFile.objects.select_for_update().get(pk=file.pk)
        if now.is_removed:
            raise FileRefused("文件已经销毁，不能再次销毁。")
        if now.kept_for:
            raise FileRefused("文件正在公开，不能销毁；请先撤下所属的信息，或者修订后发布新版本。")
        put(DROP, {"blob": str(now.blob), "released": now.locked}, at=at)
        StoredFile.objects.filter(pk=file.pk).update(
            blob=None,
            text=None,
            told_name=None,
            removed_at=at,
            removed_by=by.name,
            removed_reason=reason[:300],
        )
        record(
            "files.remove",
            file.typed_id,
            chain=file.organ.code,
            by=by,
            at=at,
            label=file.get_purpose_display(),
            before={"about": file.about, "sha256": file.sha256},
            reason=reason[:300],
        )
        if unnamed:
            forget_name(now)
    return StoredFile.objects.get(pk=file.pk)


def keep_for(file_ids: Collection[UUID], record: str) -> None:
    """Keep files from being destroyed while the public reads `record` with them.

    Part of the verb that makes them public, which is logged there.

    Raises:
        FileRefused: one of them is destroyed already.
    """
    kept = StoredFile.objects.filter(pk__in=file_ids, removed_at__isnull=True)
    if kept.update(kept_for=record) != len(set(file_ids)):
        raise FileRefused("有附件已经销毁，不能公开，请修订后重新上传。")


def let_go(record: str, but: Collection[UUID] = ()) -> None:
    """Let the files of a record be destroyed again, those of `but` excepted."""
    kept = StoredFile.objects.filter(about=record).exclude(kept_for="").exclude(pk__in=but)
    kept.update(kept_for="")


def forget_name(file: StoredFile) -> None:
    """Name a file by its purpose instead of as it was uploaded; not one that was given out."""
    name = plain_name(file.purpose, file.kind)
    StoredFile.objects.filter(pk=file.pk).update(name=name, told_name=None)
