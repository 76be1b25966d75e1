"""Making one file from another: PDF from an office document, the redaction, what is given out.

What goes out is always a file of its own, flattened or checked, stored apart and locked
(peers' mistake 8): no later rule, view or parser decides what a requester receives.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from gongkai.adapters import redaction
from gongkai.adapters.readers import ReadError
from gongkai.adapters.redaction import OFFICE, RENDERED, Box
from gongkai.audit import Actor
from gongkai.files.actions.errors import FileRefused, NotReleasable
from gongkai.files.actions.storing import Draft, keep
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.queries import RELEASABLE, FileLost, content, name_of
from gongkai.files.rules import derived_name, split_name

Made = TypeVar("Made")
_PICTURES_ONLY = "逐页为图片，没有文字层"
_SMALLEST = 0.002  # of a page: half a millimetre


def convert(file: StoredFile, *, by: Actor, at: datetime) -> StoredFile:
    """Make a PDF of an office document, for the same purpose; once: then it is there.

    Raises:
        FileRefused: gone, of a kind that cannot be converted, or LibreOffice cannot.
    """
    data = _bytes_of(file)
    if file.kind not in OFFICE:
        raise FileRefused("这个文件不需要或者不能转成 PDF。")
    made_already = file.made.filter(purpose=file.purpose, kind="pdf", removed_at__isnull=True)
    if there := made_already.first():
        return there
    made = _tried(lambda: redaction.to_pdf(data, file.kind))
    draft = _draft(file, Purpose(file.purpose), derived_name(name_of(file), ""), made)
    with transaction.atomic():
        return keep(draft, "files.convert", by=by, at=at)


def redact(file: StoredFile, *, boxes: Sequence[Box], by: Actor, at: datetime) -> StoredFile:
    """Make a PDF of the file's pages as pictures with the boxes burnt in; no boxes: flatten only.

    Nothing but the pictures is in it: no text, metadata, annotation or attachment.

    Raises:
        FileRefused: gone, of a kind without pages, proof of who asks, or a box that covers
            nothing or no page.
    """
    if file.purpose == Purpose.IDENTITY_PROOF:  # a redaction of it could be given out
        raise FileRefused("身份证明不能公开，不需要遮盖。")
    for place, box in enumerate(boxes, 1):
        _check_box(place, box)
    data, kind = _bytes_of(file), file.kind
    if kind in OFFICE:
        data, kind = _tried(lambda: redaction.to_pdf(data, file.kind)), "pdf"
    made = _tried(lambda: redaction.redact(data, kind, boxes))
    if left := _tried(lambda: redaction.check(made, "pdf")):
        raise NotReleasable(left)
    name = derived_name(file.name, "遮盖" if boxes else "压平")
    draft = _draft(file, Purpose.REDACTED, name, made, boxes, _PICTURES_ONLY)
    with transaction.atomic():
        return keep(draft, "files.redact", by=by, at=at)


def release(file: StoredFile, *, by: Actor, at: datetime) -> StoredFile:
    """Make the locked copy that is given out, once the check finds nothing hidden in the file.

    Raises:
        NotReleasable: something is hidden; `findings` says what and where.
        FileRefused: gone, of a purpose that is never given out, or neither PDF nor picture.
    """
    if file.purpose not in RELEASABLE:
        raise FileRefused(f"“{file.get_purpose_display()}”不能作为公开件。")
    if file.kind not in RENDERED:
        raise FileRefused("只有 PDF 和图片可以公开，请先转成 PDF，再遮盖或者压平。")
    data = _bytes_of(file)
    if findings := _tried(lambda: redaction.check(data, file.kind)):
        raise NotReleasable(findings)
    draft = Draft(
        organ=file.organ,
        about=file.about,
        purpose=Purpose.RELEASED,
        name=derived_name(file.name, "公开", split_name(file.name)[1]),
        kind=file.kind,
        content=data,
        scan=file.scan,
        scanned_at=file.scanned_at,
        made_from=file,
        text_note="公开件不另提取文字",
    )
    with transaction.atomic():
        return keep(draft, "files.release", by=by, at=at)


def _draft(
    file: StoredFile,
    purpose: Purpose,
    name: str,
    made: bytes,
    boxes: Sequence[Box] = (),
    text_note: str = "",
) -> Draft:
    return Draft(
        organ=file.organ,
        about=file.about,
        purpose=purpose,
        name=name,
        kind="pdf",
        content=made,
        scan=file.scan,  # of what it was made from: we made this one ourselves
        scanned_at=file.scanned_at,
        made_from=file,
        boxes=tuple(asdict(box) for box in boxes),
        text_note=text_note,
    )


def _bytes_of(file: StoredFile) -> bytes:
    try:
        return content(file)
    except FileLost as why:
        raise FileRefused(str(why)) from None


def _tried(work: Callable[[], Made]) -> Made:
    try:
        return work()
    except ReadError as why:
        raise FileRefused(str(why)) from None


def _check_box(place: int, box: Box) -> None:
    edges = (box.left, box.top, box.right, box.bottom)
    if box.page < 1 or not all(0 <= edge <= 1 for edge in edges):
        raise FileRefused(f"第{place}处遮盖超出页面，位置和大小须在 0 到 100 之间。", "boxes")
    if box.right - box.left < _SMALLEST or box.bottom - box.top < _SMALLEST:
        raise FileRefused(f"第{place}处遮盖的宽或者高太小，什么也盖不住，请改大或者删去。", "boxes")
