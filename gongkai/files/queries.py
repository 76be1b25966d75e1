"""Files of a case, their bytes and their text; nothing here is logged: `actions.open_file` is."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from gongkai.adapters.blobs import BlobMissing, Blobs
from gongkai.adapters.cipher import CannotOpen, keyring
from gongkai.adapters.filetype import ACCEPT, TYPES
from gongkai.adapters.redaction import OFFICE, RENDERED
from gongkai.files import CaseAccess, access_to
from gongkai.files.models import Purpose, StoredFile
from gongkai.files.rules import MOST_BYTES as MOST_BYTES
from gongkai.files.rules import clean_name as clean_name
from gongkai.files.rules import said_size
from gongkai.files.rules import split_name as split_name

# What a person may choose when adding a file; the rest is made by other verbs.
ADDED = tuple(
    purpose
    for purpose in Purpose
    if purpose not in (Purpose.REDACTED, Purpose.RELEASED, Purpose.MAIL, Purpose.PUBLICATION)
)
RELEASABLE = frozenset({Purpose.SOURCE, Purpose.REDACTED, Purpose.DRAFT, Purpose.OTHER})


class FileLost(RuntimeError):
    """The bytes are gone, altered or sealed with a key we do not have; the message says which."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as lists show it."""

    id: UUID
    name: str
    purpose: str
    purpose_label: str
    kind_label: str
    size: int
    size_label: str
    sha256: str
    stored_at: datetime
    stored_by: str
    scan_label: str
    scanned_at: datetime | None
    text_note: str
    has_text: bool
    made_from: UUID | None
    boxes: int
    locked: bool
    removed_at: datetime | None
    removed_by: str
    removed_reason: str
    may_redact: bool
    may_convert: bool
    may_release: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """What a case page needs to show its files and the form that adds one."""

    about: str
    access: CaseAccess
    lines: list[FileLine]
    purposes: list[tuple[str, str]]
    accept: str = ACCEPT


def files_of(about: str, withheld: frozenset[str] = frozenset()) -> list[FileLine]:
    """Return the files about a record, oldest first, without those of purposes in `withheld`.

    Removed files stay in the list as removed. Two queries.
    """
    found = StoredFile.objects.filter(about=about).defer("text").order_by("stored_at", "pk")
    having = set(
        StoredFile.objects.filter(about=about, text__isnull=False).values_list("pk", flat=True)
    )
    return [line_of(each, each.pk in having) for each in found if each.purpose not in withheld]


def line_of(file: StoredFile, has_text: bool) -> FileLine:
    """Return one file as lists show it."""
    there = not file.is_removed and not file.locked
    return FileLine(
        id=file.pk,
        name=name_of(file),
        purpose=file.purpose,
        purpose_label=file.get_purpose_display(),
        kind_label=TYPES[file.kind].label,
        size=file.size,
        size_label=said_size(file.size),
        sha256=file.sha256,
        stored_at=file.stored_at,
        stored_by=file.stored_by,
        scan_label=file.get_scan_display(),
        scanned_at=file.scanned_at,
        text_note=file.text_note,
        has_text=has_text,
        made_from=file.made_from_id,
        boxes=len(file.boxes),
        locked=file.locked,
        removed_at=file.removed_at,
        removed_by=file.removed_by,
        removed_reason=file.removed_reason,
        may_redact=there and file.kind in RENDERED and file.purpose != Purpose.IDENTITY_PROOF,
        may_convert=there and file.kind in OFFICE,
        may_release=there and file.kind in RENDERED and file.purpose in RELEASABLE,
    )


def content(file: StoredFile) -> bytes:
    """Return a file's bytes, proved to be those that were stored.

    Raises:
        FileLost: removed, missing, altered, or sealed with a key that is not here.
    """
    if file.blob is None:
        raise FileLost("文件已销毁。")
    try:
        data = keyring().open(vault(file.locked).get(file.blob), blob_aad(file.blob))
    except BlobMissing:
        raise FileLost("文件的存储内容不见了，请告知系统管理员从备份恢复。") from None
    except CannotOpen as why:
        raise FileLost(f"{why}请告知系统管理员。") from None
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileLost("文件的内容与存入时不一致，请告知系统管理员。")
    return data


def name_of(file: StoredFile) -> str:
    """Return a file's name as whoever brought it named it; a plain one where that cannot be read.

    For those who may open the file: the name may tell who brought it.
    """
    if file.told_name is None:
        return file.name
    try:
        return keyring().open(file.told_name, name_aad(file.pk)).decode()
    except CannotOpen:  # no reason to hide the file itself; opening it says what is wrong
        return file.name


def plain_name(purpose: str, kind: str) -> str:
    """Return the name that tells nothing but what a file is: "申请附件.pdf"."""
    return f"{Purpose(purpose).label}{TYPES[kind].suffixes[0]}"


def text_of(file: StoredFile) -> str:
    """Return the text taken from a file; "" when there is none.

    Raises:
        FileLost: it is sealed with a key that is not here, or altered.
    """
    if file.text is None:
        return ""
    try:
        return keyring().open(file.text, text_aad(file.pk)).decode()
    except CannotOpen as why:
        raise FileLost(f"{why}请告知系统管理员。") from None


def panel(about: str, user: Any, now: datetime) -> Panel | None:
    """Return the files about a record for a person; None when they may not see them."""
    access = access_to(about, user, now)
    if access is None:
        return None
    offered = access.purposes or tuple(purpose.value for purpose in ADDED)
    return Panel(
        about=about,
        access=access,
        lines=files_of(about, access.withheld),
        purposes=[(value, Purpose(value).label) for value in offered],
    )


def to_reseal() -> int:
    """Return how many files are sealed under another key or cipher than those of now."""
    return StoredFile.objects.filter(removed_at__isnull=True).exclude(key_id=key_mark()).count()


def key_mark() -> str:
    """Return the key and cipher that seal now."""
    ring = keyring()
    return f"{ring.current}:{ring.algorithm.label}"


def vault(released: bool) -> Blobs:
    """Return where sealed bytes stand: released ones stand apart."""
    return Blobs(settings.GONGKAI_RELEASED_DIR if released else settings.GONGKAI_FILE_DIR)


def blob_aad(blob: UUID) -> str:
    """Return what the bytes of a file are bound to."""
    return f"files.storedfile.blob:{blob}"


def name_aad(pk: UUID) -> str:
    """Return what the name of a file is bound to."""
    return f"files.storedfile.told_name:{pk}"


def text_aad(pk: UUID) -> str:
    """Return what the text of a file is bound to."""
    return f"files.storedfile.text:{pk}"
