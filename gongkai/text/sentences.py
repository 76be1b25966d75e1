"""Paragraphs and sentences of official prose, put together again after line breaks."""

import re
from collections.abc import Iterable, Iterator

_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_CLOSED = re.compile(r"[。！？：:!?]\s*[”’』」）)]?\s*$")
_END = re.compile(r"(?<=[。！？!?])")
_LONGEST_HEADING = 45
_SPACES = re.compile(r"(?<=[^\x00-\x7f])[ \u3000\u00a0]+|[ \u3000\u00a0]+(?=[^\x00-\x7f])")


def is_heading(line: str) -> bool:
    """Say whether a line is a numbered heading by itself."""
    text = line.strip()
    return len(text) <= _LONGEST_HEADING and bool(_HEADING.match(text)) and "。" not in text


def joined(lines: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs: a line that does not close is carried on by the next."""
    held: list[str] = []
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if held and (
            _CLOSED.search(held[-1][-4:])
            or is_heading(text)
            or (len(held) == 1 and is_heading(held[0]))
        ):
            yield "".join(held)
            held = []
        held.append(text)
    if held:
        yield "".join(held)


def sentences(paragraph: str) -> list[str]:
    """Return a paragraph's sentences, without the spaces set around figures."""
    plain = _SPACES.sub("", paragraph)
    return [sentence for sentence in _END.split(plain) if sentence.strip()]
