"""Attachments: that each can be opened, and what stands in every part of it, hidden ones too."""

from collections.abc import Iterator

from gongkai.adapters.contents import Part, read_parts
from gongkai.adapters.readers.limits import Damaged, Locked, ReadError
from gongkai.disclosure.actions.checking.listed import listed_in
from gongkai.disclosure.actions.checking.subject import Raw, Subject
from gongkai.disclosure.actions.checking.words import in_rows, in_text
from gongkai.disclosure.queries import wording_with
from gongkai.disclosure.rules import FileShown
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost, content
from gongkai.text.levels import Level

_BY_HAND = "请打开附件人工核对有无个人信息和错别字"
_ANEW = "请重新上传能正常打开的附件"


def attachments(subject: Subject) -> Iterator[Raw]:
    """Look at each attachment: the bytes as stored, then every word in them."""
    named = subject.content.files
    rows = StoredFile.objects.defer("text").in_bulk([file.file for file in named]) if named else {}
    for file in named:
        yield from _look(subject, file, rows.get(file.file))


def _look(subject: Subject, file: FileShown, row: StoredFile | None) -> Iterator[Raw]:
    place = f"附件“{file.name}”"
    try:
        parts = _parts(file, row)
    except FileLost as why:
        yield _unread("attachment_lost", Level.BLOCKING, place, file, str(why), _ANEW)
        return
    except (Damaged, Locked) as why:
        yield _unread("attachment_damaged", Level.BLOCKING, place, file, str(why), _ANEW)
        return
    except ReadError as why:
        yield _unread("attachment_unread", Level.ADVISORY, place, file, str(why), _BY_HAND)
        return
    for part in parts:
        yield from _in_part(subject, f"{place}{part.where}", part)


def _parts(file: FileShown, row: StoredFile | None) -> list[Part]:
    if row is None:
        raise FileLost("文件记录不见了。")
    return read_parts(content(row), file.kind)


def _in_part(subject: Subject, place: str, part: Part) -> Iterator[Raw]:
    if part.note:
        yield Raw("attachment_note", Level.ADVISORY, place, part.note, part.note, "", _BY_HAND)
    if subject.lists:
        yield from listed_in(place, part.text, subject.lists)
    if part.rows is None:
        rules = wording_with(subject.no_mistakes)
        yield from in_text(place, part.text, subject.day, subject.allowed, rules)
    else:
        yield from in_rows(place, part.rows, subject.allowed)


def _unread(rule: str, level: Level, place: str, file: FileShown, why: str, suggestion: str) -> Raw:
    return Raw(rule, level, place, why, what=file.sha256, suggestion=suggestion)
