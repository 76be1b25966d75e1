"""Blanks and breaks: what is set by hand in spaces becomes paragraphs, and nothing is left of it.

Officials indent with full-width spaces, part paragraphs with <br> and align signatures with forty
spaces. The style sheet does the indenting here, so all of that goes; a break that stands for a
new paragraph becomes one.
"""

import re
from collections.abc import Iterator, Sequence

from gongkai.adapters.richtext.blocks import NOTHING, Break, Image, Inline, Inlines, Run, words

_CJK = "\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\uff01-\uffee\u2018-\u201d\U00020000-\U0003ffff"
_WRAPPED = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n][ \t\r\n]*(?=[{_CJK}])")
_BLANKS = re.compile(r"\s+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\uffff\ud800-\udfff]"
)
# Marks of the symbol fonts, which Word keeps in the private area, as everybody else writes them.
_SYMBOLS = str.maketrans(
    {
        "\uf06c": "●",
        "\uf06e": "■",
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf075": "◆",
        "\uf0d8": "➢",
        "\uf0fc": "√",
        "\uf0fe": "☑",
        "\uf052": "☑",
        "\uf0a8": "□",
        "\uf0a3": "□",
        "\uf06f": "□",
        "\uf071": "□",
        "\U0001f5f9": "☑",
        "\U0001f5f7": "☒",
        "\U0001f5f8": "√",
    }
)
_HALF = frozenset("\u00a0\u2002\u2004\u2005\u2009")
_FULL = frozenset("\u3000\u2003\u2001")
_SENTENCE_ENDS = ("。", "；", "！", "？", "。”", "：”", "。）")
_COUNTED = re.compile(
    r"[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[)）]|第[一二三四五六七八九十百]+[章节条]"
)
_INDENTED = 4
_SHORT = 40


def seen(text: str) -> str:
    """Return text without what no reader sees: controls, zero widths, halves of characters."""
    return _UNSEEN.sub("", text).translate(_SYMBOLS)


def tidy(text: str) -> str:
    """Return text with each stretch of blanks as one blank, full width where one was."""
    if "\n" in text or "\r" in text:
        text = _WRAPPED.sub("", text)
    return _BLANKS.sub(lambda found: "\u3000" if "\u3000" in found[0] else " ", text)


def paragraphs(raw: Sequence[Inline]) -> Iterator[tuple[Inlines, int]]:
    """Yield the paragraphs in a stretch of words as typed, each with its blanks in half widths."""
    if not any(isinstance(item, Break) for item in raw):
        if line := settle(raw):
            yield line, _pushed_in(raw)
        return
    lines: list[list[Inline]] = [[]]
    for item in raw:
        if isinstance(item, Break):
            lines.append([])
        else:
            lines[-1].append(item)
    settled = [(settle(line), _pushed_in(line)) for line in lines]
    held: list[Inline] = []
    blanks = 0
    for line, pushed in settled:
        if held and (not line or _is_new(tuple(held), line, pushed)):
            yield settle(held), blanks
            held = []
        if line:
            if held:
                held.append(Break())
            else:
                blanks = pushed
            held += line
    if held:
        yield settle(held), blanks


def _is_new(before: Inlines, line: Inlines, pushed: int) -> bool:
    """Say whether a line begins a paragraph of its own."""
    if pushed >= _INDENTED:
        return True
    last = words(before).rpartition("\n")[2]
    if last.endswith(_SENTENCE_ENDS) or _COUNTED.match(words(line)):
        return True
    return len(last) <= _SHORT and bool(_COUNTED.match(last))


def _pushed_in(line: Sequence[Inline]) -> int:
    """Return how far a line is pushed in by blanks that a browser shows, in half widths."""
    wide = 0
    for item in line:
        if not isinstance(item, Run):
            return wide
        for char in item.text:
            if char in _FULL:
                wide += 2
            elif char in _HALF:
                wide += 1
            elif not char.isspace():
                return wide
    return wide


def settle(raw: Sequence[Inline]) -> Inlines:
    """Return a line with blanks folded and trimmed and its like neighbours joined."""
    done: list[Inline] = []
    for item in raw:
        if isinstance(item, Run):
            _add_run(done, item)
        elif isinstance(item, Break):
            _trim(done)
            if done:
                done.append(item)
        else:
            done.append(item)
    _trim(done)
    return tuple(done)


def _add_run(done: list[Inline], run: Run) -> None:
    text, marks, href = tidy(run.text), run.marks, run.href
    last = done[-1] if done else None
    if last is None or isinstance(last, Break) or (isinstance(last, Run) and _ends_blank(last)):
        text = text.lstrip()
    if not text:
        return
    if text.isspace():
        marks, href = NOTHING, ""
    if isinstance(last, Run) and last.marks == marks and last.href == href:
        done[-1] = Run(last.text + text, marks, href)
    else:
        done.append(Run(text, marks, href))


def _ends_blank(run: Run) -> bool:
    return run.text[-1].isspace()


def _trim(done: list[Inline]) -> None:
    """Take blanks and breaks off the end."""
    while done:
        last = done[-1]
        if isinstance(last, Image):
            return
        if isinstance(last, Run):
            text = last.text.rstrip()
            if text:
                done[-1] = Run(text, last.marks, last.href)
                return
        done.pop()
