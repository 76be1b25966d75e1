"""Keeping what visitors upload with a request (个人信息保护法 51): sealed, checked by content."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from gongkai.audit import Actor
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.inforequests.models import InfoRequest


def keep(
    case: InfoRequest,
    uploads: Iterable[tuple[str, Purpose, UploadedFile]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Store (field, purpose, file) about a case, inside the caller's transaction.

    Raises:
        FileRefused: one cannot be taken; `field` names the field of the form, the message the
            file.
    """
    for field, purpose, upload in uploads:
        name = upload.name or ""
        try:
            store(
                organ=case.organ,
                about=case.typed_id,
                purpose=purpose,
                name=name,
                content=upload.read(),
                by=by,
                at=at,
            )
        except FileRefused as error:
            raise FileRefused(f"“{name}”：{error}", field) from None


def keep_text(
    case: InfoRequest, text: str, *, purpose: Purpose, name: str, by: Actor, at: datetime
) -> None:
    """Store what a requester typed as a text file of the case."""
    content = text.replace("\r\n", "\n").encode()
    store(
        organ=case.organ,
        about=case.typed_id,
        purpose=purpose,
        name=name,
        content=content,
        by=by,
        at=at,
    )
