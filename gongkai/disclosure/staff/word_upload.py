"""A Word or WPS file taken over into the text in hand; its pictures become attachments.

What must be settled in the file first (tracked changes, comments) is refused whole: nothing is
taken over. Everything else that was left out is told.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.adapters.richtext import Word, WordUnreadable, from_word, relink
from gongkai.disclosure import actions
from gongkai.disclosure.models import AttachmentRole, Entry
from gongkai.disclosure.rules import EntryRefused, Fault
from gongkai.disclosure.rules.addresses import reference
from gongkai.files.queries import MOST_BYTES, split_name


@dataclass(frozen=True, slots=True)
class Taken:
    """The text taken over, and what the editor must know."""

    html: str
    notes: tuple[str, ...]


@transaction.atomic
def take(entry: Entry, upload: UploadedFile | None, who: dict[str, Any]) -> Taken:
    """Return a file's text for an entry in hand, its pictures attached.

    Raises:
        EntryRefused: it cannot be read, or must be settled first; `field` is "word".
    """
    word = _read(upload)
    known = dict(entry.attachments.values_list("file__sha256", "pk"))
    names = {}
    for picture in word.images:
        digest = sha256(picture.data).hexdigest()
        pk = known.get(digest)
        if pk is None:
            pk = _attached(entry, picture.name, picture.data, picture.alt, who)
            known[digest] = pk
        names[picture.name] = reference(pk)
    return Taken(relink(word.html, names), tuple(note.text for note in word.notes))


def _read(upload: UploadedFile | None) -> Word:
    if upload is None:
        raise EntryRefused(Fault("word", "请选择要转换的 Word 或 WPS 文件"))
    if upload.size is not None and upload.size > MOST_BYTES:
        raise EntryRefused(Fault("word", "文件超过 50 MB，请压缩图片后再上传"))
    kind = split_name(upload.name or "")[1].removeprefix(".") or "docx"
    try:
        word = from_word(upload.read(), kind)
    except WordUnreadable as why:
        raise EntryRefused(Fault("word", f"“{upload.name}”：{why}")) from None
    if word.blocks:
        told = (Fault("word", note.text) for note in word.notes if note.blocks)
        raise EntryRefused(*told)
    return word


def _attached(entry: Entry, name: str, data: bytes, alternative: str, who: dict[str, Any]) -> Any:
    made = actions.attach(
        entry,
        role=AttachmentRole.PICTURE,
        content=data,
        file_name=name,
        name=alternative[:60] or f"正文图片{split_name(name)[0].removeprefix('picture-')}",
        alternative=alternative[:500],
        **who,
    )
    return made.pk
