"""What a requester may fetch online: the letters served and the files released (Art. 40).

Only where the answer was asked for, or served, over the network; every fetching is logged.
"""

from dataclasses import dataclass
from datetime import datetime

from gongkai.audit import Actor
from gongkai.files.actions import open_file
from gongkai.files.models import StoredFile
from gongkai.inforequests.models import Delivery, InfoRequest
from gongkai.inforequests.queries import PublicStatus
from gongkai.letters.actions import open_letter
from gongkai.letters.models import Letter
from gongkai.letters.queries import LetterState

_MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to fetch: its key in addresses, name, size in bytes (None: not told), type."""

    key: str
    name: str
    size: int | None
    media_type: str
    row: Letter | StoredFile


def things(case: InfoRequest, told: PublicStatus) -> tuple[Thing, ...]:
    """Return what may be fetched of a case, letters first; nothing when it goes another way."""
    if case.delivery != Delivery.ONLINE or case.erased_at is not None:
        return ()
    letters = Letter.objects.filter(
        pk__in=told.letters, about=case.typed_id, state=LetterState.ISSUED
    ).order_by("issued_at", "pk")
    files = StoredFile.objects.filter(
        pk__in=told.files, about=case.typed_id, locked=True, removed_at__isnull=True
    ).defer("text")
    return (
        *(_letter(each) for each in letters),
        *(_file(each) for each in files.order_by("stored_at", "pk")),
    )


def content(thing: Thing, *, by: Actor, at: datetime) -> bytes:
    """Return the bytes of a thing and log that they were fetched."""
    if isinstance(thing.row, Letter):
        return open_letter(thing.row, "pdf", by=by, at=at)
    return open_file(thing.row, by=by, at=at, how="申请人网上下载")


def _letter(letter: Letter) -> Thing:
    number = f"（{letter.number}）" if letter.number else ""
    name = f"{letter.letter_kind.label}{number}.pdf"
    return Thing(f"l{letter.pk}", name, None, _MEDIA["pdf"], letter)


def _file(file: StoredFile) -> Thing:
    media_type = _MEDIA.get(file.kind, "application/octet-stream")
    return Thing(f"f{file.pk}", file.name, file.size, media_type, file)
