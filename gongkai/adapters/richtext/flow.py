"""Words and blocks as they are taken up from a page, and what holds for them where they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.adapters.richtext.addresses import Resolve
from gongkai.adapters.richtext.blocks import (
    NOTHING,
    Block,
    Break,
    Figure,
    Image,
    Inline,
    Paragraph,
    Run,
)
from gongkai.adapters.richtext.spacing import paragraphs, seen

_MOST_TOLD = 100
_WIDEST_BLANK = 20


class Unreadable(ValueError):
    """The text cannot be taken; the message is for the user and says what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the words at a place of the page."""

    marks: frozenset[str] = NOTHING
    href: str = ""
    place: str = ""
    rank: int = 0
    pre: bool = False


@dataclass(slots=True)
class Flow:
    """Blocks as they are read; words wait for the end of their paragraph."""

    link: Resolve
    image: Resolve
    special: Mapping[str, "Reader"]
    dropped: list[str] = field(default_factory=list)
    depth: int = 0
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Inline] = field(default_factory=list)

    def inner(self) -> "Flow":
        """Return a flow for what stands inside a block."""
        return Flow(self.link, self.image, self.special, self.dropped, self.depth)

    def told(self, what: str) -> None:
        """Note what was left out, once."""
        if what not in self.dropped and len(self.dropped) < _MOST_TOLD:
            self.dropped.append(what)

    def say(self, text: str | None, setting: Setting) -> None:
        """Take up words."""
        if not text:
            return
        text = seen(text)
        if setting.pre and "\n" in text:
            first, *rest = text.replace("\r", "").split("\n")
            self.waiting.append(Run(first, setting.marks, setting.href))
            for line in rest:
                self.waiting += (Break(), Run(line, setting.marks, setting.href))
        elif "u" in setting.marks and text.isspace() and len(text.strip("\r\n\t")) > 1:
            self.waiting.append(Run("_" * min(len(text), _WIDEST_BLANK), setting.marks - {"u"}))
        elif text:
            self.waiting.append(Run(text, setting.marks, setting.href))

    def end(self, setting: Setting) -> None:
        """End the paragraph that waits."""
        if not self.waiting:
            return
        waiting, self.waiting = self.waiting, []
        for inlines, blanks in paragraphs(waiting):
            self.blocks.append(_block(Paragraph(inlines, setting.rank, setting.place, blanks)))


def _block(block: Paragraph) -> Block:
    """Return a picture that stands alone as a figure."""
    if len(block.inlines) == 1 and isinstance(block.inlines[0], Image):
        return Figure(block.inlines[0])
    return block


Reader = Callable[[Any, Flow, Setting], None]
"""What reads one kind of element into the flow."""
