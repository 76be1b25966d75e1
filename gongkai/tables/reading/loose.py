"""Tables that came as plain lines: one cell a line, or figures after a label with spaces.

Only what is certain is made of them: a label with the figures that follow it, up to the
next words. Whether their number fits is for the readers of the tables to judge.
"""

import re
from collections.abc import Iterable, Iterator

from gongkai.tables.reading.cells import is_value
from gongkai.tables.reading.labels import Vocabulary
from gongkai.tables.reading.lines import Line, Slot

_LONGEST_LINE = 90
_APART_UNIT = re.compile(r"(?<=[\d.])\s+(亿元|万元|元|亿|万|件|项|个)(?=\s|$)")
_MOST_PIECES = 12
_INNER_NUMBER = re.compile(r"(?=\d{1,2}[.、．]|[（(][一二三四五六七][）)])")


def loose_lines(paragraphs: Iterable[str], rows: Vocabulary, number: int) -> Iterator[Line]:
    """Yield a line for each label with figures after it; the words before it as a line too."""
    words: list[str] = []
    figures: list[str] = []
    for paragraph in paragraphs:
        text = _APART_UNIT.sub(r"\1", paragraph.strip())
        if not text:
            continue
        if len(text) > _LONGEST_LINE:
            yield from _lines(words, figures, rows, number)
            words, figures = [], []
            continue
        said, told = _split(text)
        if said and figures:
            yield from _lines(words, figures, rows, number)
            words, figures = [], []
        if said:
            words += said.split()
        figures += told
    yield from _lines(words, figures, rows, number)


def _split(text: str) -> tuple[str, list[str]]:
    """Part a line into its words and the figures at its end."""
    tokens = text.split()
    at = len(tokens)
    while at and is_value(tokens[at - 1]):
        at -= 1
    return " ".join(tokens[:at]), tokens[at:]


def _lines(words: list[str], figures: list[str], rows: Vocabulary, number: int) -> Iterator[Line]:
    if not words and not figures:
        return
    label, before = _label(words, rows)
    if before:
        yield _line(before, number)
    yield _line([label, *figures] if label else figures, number)


def _label(words: list[str], rows: Vocabulary) -> tuple[str, list[str]]:
    """Join the last pieces of words that make up a known label, as many as do."""
    for pieces in range(min(_MOST_PIECES, len(words)), 0, -1):
        joined = "".join(words[-pieces:])
        match = rows.match(joined)
        if match is not None and match.exact:
            return joined, words[:-pieces]
    if not words:
        return "", []
    *_, last = _INNER_NUMBER.split("".join(words[-_MOST_PIECES:]))
    if not rows.match(last):
        return words[-1], words[:-1]
    # The label may be made of several pieces: none of them stays behind as a row of its own.
    taken = next(n for n in range(1, len(words) + 1) if len("".join(words[-n:])) >= len(last))
    return last, words[:-taken]


def _line(texts: list[str], number: int) -> Line:
    return Line(number, tuple(Slot(column, text) for column, text in enumerate(texts)))
