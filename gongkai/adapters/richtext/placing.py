"""Where a paragraph stands: a short closed list of classes, and nothing else of the layout.

`title` the title, `center` centred, `right` a signature (落款) or date at the right, `flush` an
addressee (主送机关) without indent. The style sheet knows these four.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from gongkai.adapters.richtext.blocks import Block, Blocks, Paragraph
from gongkai.adapters.richtext.headings import is_title

PLACES = frozenset(("title", "center", "right", "flush"))
_LONGEST = {"center": 80, "right": 60, "title": 100, "flush": 400}
_DAY = re.compile(
    r"(?:\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|[二一][〇○零Ｏ一二三四五六七八九]{3}年.{1,3}月.{1,4}日)"
)
_ORGAN = re.compile(
    r".*(?:政府|办公室|委员会|局|厅|部|处|科|院|中心|镇|乡|街道|办事处|管委会|指挥部|公司|站|所|大队|"
    r"支队|协会|领导小组|常委会|党组|[（(](?:盖|公)?章[)）])"
)
_SIGNED = 40
_HEAD = 8
_PUSHED_RIGHT = 12


def placed(blocks: Sequence[Block]) -> Blocks:
    """Return blocks each in its place."""
    done = [_kept(block) if isinstance(block, Paragraph) else block for block in blocks]
    for at, block in enumerate(done[:_HEAD]):
        if isinstance(block, Paragraph) and not block.rank and block.place in ("", "center"):
            if is_title(block):
                done[at] = replace(block, place="title")
            elif not block.place and _is_addressee(block.text):
                done[at] = replace(block, place="flush")
    _sign(done)
    return tuple(done)


def _kept(block: Paragraph) -> Paragraph:
    """Return the paragraph; a place that its length belies is not kept."""
    text, place = block.text, block.place
    if place and (len(text) > _LONGEST[place] or (block.rank and place != "center")):
        place = ""
    pushed = block.blanks >= _PUSHED_RIGHT and not place and not block.rank
    if pushed and is_signature(text):
        place = "right"
    if place == block.place:
        return block
    return replace(block, place=place)


def is_signature(text: str) -> bool:
    """Say whether a line may sign a document: an organ's name or a date."""
    return len(text) <= _SIGNED and bool(_DAY.fullmatch(text) or _ORGAN.fullmatch(text))


def _is_addressee(text: str) -> bool:
    return (
        text.endswith(("：", ":"))
        and 3 <= len(text) <= _LONGEST["flush"]
        and not re.search("[。；;]|如下", text)
        and bool(re.search("[各县市区省镇乡局委办厅部院]", text))
    )


def _sign(done: list[Block]) -> None:
    """Put a date that stands alone, and the organs' names above it, at the right."""
    for at, block in enumerate(done):
        if at == 0 or not _is_free(block) or not _DAY.fullmatch(block.text.strip()):
            continue
        if block.place == "" and not _signs(done[at - 1]):
            continue
        done[at] = replace(block, place="right")
        above = at - 1
        while above > 0 and _signs(done[above]):
            done[above] = replace(done[above], place="right")
            above -= 1


def _is_free(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.rank and block.place in ("", "right")


def _signs(block: Block) -> bool:
    return _is_free(block) and len(block.text) <= _SIGNED and bool(_ORGAN.fullmatch(block.text))
