"""Metadata in words: what a text says of itself, and where two texts differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from gongkai.disclosure.rules import MODES, FileShown, Told
from gongkai.disclosure.rules.body import read_body
from gongkai.files.queries import said_size
from gongkai.statute.genres import Genre
from gongkai.statute.subjects import SUBJECTS

_GENRES = {genre.value: genre.label for genre in Genre}
_AROUND = 1  # unchanged paragraphs shown beside a changed one


@dataclass(frozen=True, slots=True)
class Fact:
    """One field as people read it."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a comparison: "same", "gone", "new" or "left" (unchanged ones left out)."""

    kind: str
    text: str


def facts_of(told: Told, section: str = "") -> list[Fact]:
    """Return every field that is told, in the order of the form."""
    subject = SUBJECTS.get(told.subject)
    rows = [
        ("section", "栏目", section),
        ("title", "标题", told.title),
        ("document_number", "发文字号", told.document_number),
        ("formed_on", "成文日期", _day(told.formed_on)),
        ("changed_on", "信息变更日期", _day(told.changed_on)),
        ("genre", "体裁", _GENRES.get(told.genre, "")),
        ("subject", "主题分类", subject.path if subject else ""),
        ("joint_issuers", "联合发文机关", "、".join(told.joint_issuers)),
        ("mode", "公开属性", MODES.get(told.mode, told.mode)),
        ("mode_reason", "公开属性理由", told.mode_reason),
        ("expires_on", "公开期限至", _day(told.expires_on)),
        ("scope", "公开范围", told.scope),
        ("keywords", "关键词", told.keywords),
        ("summary", "内容概述", told.summary),
        ("source", "来源", told.source),
        ("editor", "责任编辑", told.editor),
    ]
    return [Fact(*row) for row in rows if row[2]]


def changes(before: list[Fact], after: list[Fact]) -> list[Change]:
    """Return the fields that two texts say differently."""
    old = {fact.name: fact for fact in before}
    new = {fact.name: fact for fact in after}
    names = [fact.name for fact in after]
    names += [fact.name for fact in before if fact.name not in new]
    found = []
    for name in names:
        pair = (old[name].value if name in old else "", new[name].value if name in new else "")
        if pair[0] != pair[1]:
            found.append(Change((new.get(name) or old[name]).label, *pair))
    return found


def file_changes(before: tuple[FileShown, ...], after: tuple[FileShown, ...]) -> list[Change]:
    """Return the attachments that came, went or were exchanged, by their content."""
    old, new = {file.sha256: file for file in before}, {file.sha256: file for file in after}
    gone = [Change("附件", said_file(old[key]), "") for key in old if key not in new]
    came = [Change("附件", "", said_file(new[key])) for key in new if key not in old]
    renamed = [
        Change("附件名称", old[key].name, new[key].name)
        for key in new
        if key in old and old[key].name != new[key].name
    ]
    return [*gone, *came, *renamed]


def said_file(file: FileShown) -> str:
    """Return an attachment in words."""
    return f"{file.name}（{file.kind.upper()}，{said_size(file.size)}）"


def compared(before: str, after: str) -> list[Line]:
    """Return two bodies compared paragraph by paragraph; empty when they say the same."""
    old = [block.text for block in read_body(before).blocks]
    new = [block.text for block in read_body(after).blocks]
    return [] if old == new else list(_lines(old, new))


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from _unchanged(old[a:b])
        else:
            yield from (Line("gone", text) for text in old[a:b])
            yield from (Line("new", text) for text in new[c:d])


def _unchanged(texts: list[str]) -> Iterator[Line]:
    if len(texts) <= 2 * _AROUND + 1:
        yield from (Line("same", text) for text in texts)
        return
    yield from (Line("same", text) for text in texts[:_AROUND])
    yield Line("left", f"（未改动的{len(texts) - 2 * _AROUND}段略去）")
    yield from (Line("same", text) for text in texts[-_AROUND:])


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
