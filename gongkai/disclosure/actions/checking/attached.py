"""Attachments: that each can be read, and what stands in its words."""

from collections.abc import Iterator

from gongkai.adapters.textextract import extract
from gongkai.disclosure.actions.checking.subject import Raw, Subject
from gongkai.disclosure.actions.checking.words import in_rows, in_text
from gongkai.disclosure.rules import FileShown
from gongkai.files.models import StoredFile
from gongkai.files.queries import FileLost, content
from gongkai.text.levels import Level


def attachments(subject: Subject) -> Iterator[Raw]:
    """Look at each attachment: the bytes as stored, then every word in them."""
    named = subject.content.files
    rows = StoredFile.objects.defer("text").in_bulk([file.file for file in named]) if named else {}
    for file in named:
        yield from _look(subject, file, rows.get(file.file))


def _look(subject: Subject, file: FileShown, row: StoredFile | None) -> Iterator[Raw]:
    place = f"附件“{file.name}”"
    try:
        if row is None:
            raise FileLost("文件记录不见了。")
        data = content(row)
    except FileLost as why:
        yield Raw(
            rule="attachment_lost",
            level=Level.BLOCKING,
            place=place,
            message=str(why),
            what=str(file.file),
            suggestion="请重新上传这个附件",
        )
        return
    got = extract(data, file.kind)
    if got.reason:
        yield Raw(
            rule="attachment_unread",
            level=Level.ADVISORY,
            place=place,
            message=f"没有检查文字：{got.reason}",
            what=file.sha256,
            suggestion="请打开附件人工核对有无个人信息和错别字",
        )
        return
    lines = got.text.splitlines()
    for number, line in enumerate(lines, start=1):
        if "\t" not in line:
            yield from in_text(f"{place}第{number}行", line, subject.day, subject.allowed)
    tabled = [line.split("\t") for line in lines if "\t" in line]
    if tabled:
        yield from in_rows(f"{place}表格", tabled, subject.allowed)
