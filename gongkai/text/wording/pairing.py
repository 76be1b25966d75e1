"""Brackets, book-title marks and quotation marks: each opened is closed, and rightly nested.

GB/T 15834—2011: 书名号 within 书名号 are 〈〉, quotation marks within quotation marks ‘ ’. A
paragraph is the measure: a quotation of several paragraphs opens each of them and closes the last.
"""

import re
from collections.abc import Iterator

from gongkai.text.levels import Level
from gongkai.text.wording.rules import WordingFinding

_PAIRS = {
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "【": "】",
    "〔": "〕",
    "「": "」",
}
_OPENS = {close: open_ for open_, close in _PAIRS.items()}
_ROUND = {"（": "(", "）": ")"}
_MARK = re.compile("[（()）《》〈〉“”【】〔〕「」]")
_ITEM = re.compile(
    r"(?:^|[\s，。；：、:;,.])(?:[0-9]{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$"
)
_CLOSED = tuple("。！？；：”）》.!?;:")
_MOST_LINES = 16
_DEEPEST = 12
_NAMES = {"（": "括号", "《": "书名号", "〈": "书名号", "“": "引号"}


def unpaired(text: str) -> Iterator[WordingFinding]:
    """Yield marks without their partner, and book titles or quotations nested in their own kind."""
    for start, end in _paragraphs(text):
        yield from _in_paragraph(text, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs begin and end.

    A line that neither closes nor holds all partners of its marks is carried on: a page or a
    column ended there.
    """
    begin = at = lines = 0
    while at <= len(text):
        cut = text.find("\n", at)
        cut = len(text) if cut < 0 else cut
        lines += 1
        ends = text[at:cut].rstrip().endswith(_CLOSED) or lines > _MOST_LINES
        if ends or cut == len(text) or _is_balanced(text[begin:cut]):
            if begin < cut:
                yield begin, cut
            begin, lines = cut + 1, 0
        at = cut + 1


def _is_balanced(text: str) -> bool:
    return all(text.count(open_) == text.count(close) for open_, close in _PAIRS.items())


def _in_paragraph(text: str, start: int, end: int) -> Iterator[WordingFinding]:
    open_marks: list[tuple[str, int]] = []
    for match in _MARK.finditer(text, start, end):
        mark, place = match[0], match.start()
        if mark in _PAIRS:
            if mark in "《“" and open_marks and open_marks[-1][0] == mark:
                yield from _nested(text, mark, place)
            open_marks.append((mark, place))
            continue
        if open_marks and _same(_PAIRS[open_marks[-1][0]], mark):
            open_marks.pop()
            continue
        if mark in "）)" and _ITEM.search(text[max(start, place - 6) : place]):
            continue
        depth = next(
            (
                n
                for n, (o, _) in enumerate(reversed(open_marks[-_DEEPEST:]))
                if _same(_PAIRS[o], mark)
            ),
            None,
        )
        if depth is None:
            yield _lonely(text, place, f"“{mark}”前面没有对应的“{_OPENS[mark]}”")
            continue
        for _ in range(depth):  # crossed: what was opened within and never closed
            inner, where = open_marks.pop()
            yield _lonely(text, where, f"“{inner}”没有对应的“{_PAIRS[inner]}”")
        open_marks.pop()
    for mark, place in open_marks:
        if not (mark == "“" and text[end + 1 :].lstrip().startswith("“")):
            yield _lonely(text, place, f"“{mark}”没有对应的“{_PAIRS[mark]}”")


def _same(one: str, other: str) -> bool:
    """Say whether two closers are one mark, in whatever width."""
    return _ROUND.get(one, one) == _ROUND.get(other, other)


def _nested(text: str, mark: str, place: int) -> Iterator[WordingFinding]:
    right = "〈〉" if mark == "《" else "‘’"
    yield WordingFinding(
        place, place + 1, text[place], right[0], "pairing.nested", Level.ADVISORY,
        f"{_NAMES[mark]}里面再用{_NAMES[mark]}，里层应为“{right}”",
    )  # fmt: skip


def _lonely(text: str, place: int, message: str) -> WordingFinding:
    return WordingFinding(
        place, place + 1, text[place], "", "pairing.lonely", Level.ADVISORY, message
    )
