"""Which paragraphs are headings, and of what level: none is skipped, h2 is the first.

GB/T 9704 numbers the levels of a document 一、 （一） 1. （1） and sets the first in 黑体, the
second in 楷体; in practice they are bold paragraphs. A line so numbered and set throughout is a
heading; one that only begins so runs into its sentence and stays a paragraph.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from gongkai.adapters.richtext.blocks import (
    DISPLAY,
    HINTS,
    STRONG,
    TITLE,
    Block,
    Blocks,
    Paragraph,
    wholly,
    without,
)
from gongkai.adapters.richtext.spacing import settle

FIRST, LAST = 2, 5
_NUMBER = "[一二三四五六七八九十百零〇]+"
_RANKS = (
    (1, re.compile(rf"(?:{_NUMBER}、|第(?:{_NUMBER}|\d+)(?:章|部分|编|篇))")),
    (2, re.compile(rf"(?:[（(]{_NUMBER}[)）]|第(?:{_NUMBER}|\d+)节)")),
    (3, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (4, re.compile(r"(?:[（(]\d{1,2}[)）]|[①-⑳])")),
)
_LONGEST = 60
_SENTENCE = re.compile(r"[。；;!！]|[，,].*[，,]")
_EMPHASIS = frozenset((STRONG, DISPLAY))
_SET_OFF = HINTS | {STRONG}
_TITLE = frozenset((TITLE,))


def rank(text: str) -> int:
    """Return the rank its number gives a line: 1 for 一、 to 4 for （1）, 0 for none."""
    if len(text) > _LONGEST or "\n" in text or _SENTENCE.search(text):
        return 0
    return next((rank for rank, form in _RANKS if form.match(text)), 0)


def titled(blocks: Iterable[Block]) -> Blocks:
    """Return blocks with fake headings made real and the levels in order."""
    done: list[Block] = []
    open_ranks: list[int] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            done.append(block)
            continue
        found = block.rank or _fake(block)
        if not found:
            done.append(_plain(block))
            continue
        while open_ranks and open_ranks[-1] >= found:
            open_ranks.pop()
        open_ranks.append(found)
        level = min(FIRST + len(open_ranks) - 1, LAST)
        place = "center" if block.place == "center" else ""
        inlines = settle(without(block.inlines, _SET_OFF))
        done.append(replace(block, rank=level, place=place, inlines=inlines))
    return tuple(done)


def _fake(block: Paragraph) -> int:
    """Return the rank of a paragraph that only looks like a heading."""
    found = rank(block.text)
    if not found or block.place in ("right", "title"):
        return 0
    chapter = block.place == "center" and block.text.startswith("第")
    return found if chapter or wholly(block.inlines, _EMPHASIS) else 0


def _plain(block: Paragraph) -> Paragraph:
    """Return a paragraph without the hints; a title needs no bold either."""
    off = _SET_OFF if block.place == "title" else HINTS
    inlines = without(block.inlines, off)
    return block if inlines == block.inlines else replace(block, inlines=settle(inlines))


def is_title(block: Paragraph) -> bool:
    """Say whether a paragraph is set as a document's title."""
    return wholly(block.inlines, _TITLE) and is_titling(block.text)


def is_titling(text: str) -> bool:
    """Say whether words may be a title: short, no sentence, and not the red head (某某文件)."""
    return len(text) <= _LONGEST and not text.endswith(("。", "文件"))
