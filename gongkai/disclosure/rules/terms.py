"""Entries of a county's lists as they are told: checked and brought into their form.

A file of them is a sheet or a text of word, reason, basis, level, from, until; the word must be.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.disclosure.rules.errors import EntryRefused, Fault
from gongkai.text.levels import Level
from gongkai.text.listed import folded, link_form

MOST = 5000
LONGEST = {"word": ("词语或者网址", 200), "reason": ("理由", 300), "basis": ("依据", 200)}
_LONGEST_WORD = 60
_HEADS = {
    "word": ("词语", "敏感词", "网址", "链接", "词语或者网址"),
    "reason": ("理由", "原因"),
    "basis": ("依据",),
    "level": ("处理", "级别"),
    "from_on": ("起用日期",),
    "until_on": ("有效期至",),
}
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class TermTold:
    """An entry as told; `level` is a value of `Level`."""

    word: str
    reason: str
    basis: str = ""
    level: str = Level.BLOCKING.value
    from_on: date | None = None
    until_on: date | None = None


def check_term(told: TermTold, *, is_link: bool, today: date) -> TermTold:
    """Return an entry in its form; without a first day it holds from `today`.

    Raises:
        EntryRefused: something is missing, too long or wrong; each fault names its field.
    """
    faults = [*_text_faults(told)]
    word = " ".join(told.word.split())
    if not faults:
        try:
            word = link_form(word) if is_link else _word(word)
        except ValueError:
            faults.append(Fault("word", "请填写域名或者网址，如 example.com 或者 example.com/list"))
        except EntryRefused as refused:
            faults += refused.faults
    if told.level not in list(Level):
        faults.append(Fault("level", "请从“须处理”“请核对”中选择一项"))
    since = told.from_on or today
    if told.until_on is not None and told.until_on < since:
        faults.append(Fault("until_on", "“有效期至”不得早于起用日期，请改正"))
    if faults:
        raise EntryRefused(*faults)
    reason, basis = (" ".join(text.split()) for text in (told.reason, told.basis))
    return TermTold(word, reason, basis, told.level, since, told.until_on)


def _text_faults(told: TermTold) -> Iterable[Fault]:
    for name, (label, most) in LONGEST.items():
        text = getattr(told, name).strip()
        if not text and name != "basis":
            yield Fault(name, f"请填写“{label}”")
        elif len(text) > most:
            yield Fault(name, f"“{label}”不得超过{most}个字，请缩短")
        elif _HIDDEN.search(text):
            yield Fault(name, f"“{label}”含有看不见的字符，请重新输入")


def _word(word: str) -> str:
    if len(word) < 2:
        raise EntryRefused(Fault("word", "单个字会处处相符，请写两个字以上的词语"))
    if len(word) > _LONGEST_WORD:
        raise EntryRefused(Fault("word", f"词语不得超过{_LONGEST_WORD}个字，请只写关键的几个字"))
    return word


def read_text(data: bytes) -> list[list[str]]:
    """Return the lines of a text file as rows, cut at tabs or commas.

    Raises:
        EntryRefused: it is no text.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise EntryRefused(Fault("file", "文件不是文本，请用 .xlsx 或者 .txt 文件"))
    if "\x00" in text:
        raise EntryRefused(Fault("file", "文件不是文本，请用 .xlsx 或者 .txt 文件"))
    lines = [line.strip() for line in text.splitlines()]
    return [re.split(r"\t|,|，", line) for line in lines if line and not line.startswith("#")]


def read_rows(
    rows: Sequence[Sequence[str]], *, usual: TermTold, is_link: bool, today: date
) -> tuple[list[TermTold], list[str]]:
    """Return the entries of a file and what is wrong in it, line by line; `usual` fills what lacks.

    The first row may be heads; without heads the columns stand in the order of `TermTold`.
    """
    if not rows:
        return [], ["文件里没有词语，请核对"]
    if len(rows) > MOST + 1:
        return [], [f"一次最多导入{MOST}行，请分成几个文件"]
    columns, body, first = _columns(rows)
    told: dict[str, TermTold] = {}
    wrong: list[str] = []
    for number, row in enumerate(body, start=first):
        if not any(cell.strip() for cell in row):
            continue
        try:
            one = check_term(_told(row, columns, usual), is_link=is_link, today=today)
        except EntryRefused as refused:
            wrong.append(f"第{number}行：{refused}")
            continue
        told.setdefault(folded(one.word), one)
    return list(told.values()), wrong


def _columns(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], Sequence[Sequence[str]], int]:
    heads = [cell.strip() for cell in rows[0]]
    found = {
        name: heads.index(label)
        for name, labels in _HEADS.items()
        for label in labels
        if label in heads
    }
    if "word" in found:
        return found, rows[1:], 2
    return {name: at for at, name in enumerate(_HEADS)}, rows, 1


def _told(row: Sequence[str], columns: dict[str, int], usual: TermTold) -> TermTold:
    cells = {
        name: row[at].strip() if at < len(row) else "" for name, at in columns.items()
    }  # fmt: skip
    return TermTold(
        word=cells.get("word", ""),
        reason=cells.get("reason") or usual.reason,
        basis=cells.get("basis") or usual.basis,
        level=_level(cells.get("level", ""), usual.level),
        from_on=_day(cells.get("from_on", "")) or usual.from_on,
        until_on=_day(cells.get("until_on", "")) or usual.until_on,
    )


def _level(text: str, usual: str) -> str:
    return next((each.value for each in Level if each.label == text), text) if text else usual


def _day(text: str) -> date | None:
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    raise EntryRefused(Fault("from_on", f"日期“{text[:20]}”不对，请写成 2026-03-01 的样子"))
