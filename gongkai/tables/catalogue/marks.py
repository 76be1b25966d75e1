"""Marks as catalogues print them: ■ and □ before each channel, √ in a column of its own."""

import re

from gongkai.tables.catalogue.rows import CHANNELS, OTHER

CHOSEN, NOT_CHOSEN, TICK = "■", "□", "√"
CHOSEN_MARKS = "■√✓✔☑☒●▇"
OPEN_MARKS = "□☐◻▢○"
_MARKS = CHOSEN_MARKS + OPEN_MARKS
_BEFORE = re.compile(f"([{_MARKS}])([^{_MARKS}]*)")
_AFTER = re.compile(f"([^{_MARKS}]+)([{_MARKS}])")
_UNMARKED = re.compile(r"[、,，;；\s]+")
_EDGE = " \t\r\n　、，,；;。．."
_TICKS = frozenset(CHOSEN_MARKS) | {"是", "有", "1", "y", "yes", "v", "ⅴ", "∨", "Ѵ"}
_CROSSES = frozenset(OPEN_MARKS) | {
    "",
    "×",
    "✗",
    "✕",
    "x",
    "否",
    "无",
    "-",
    "－",
    "—",
    "/",
    "／",
    "0",
}
_PUNCTUATION = re.compile(r"[\s/／、（）()·]")


def ticked(text: str) -> bool | None:
    """Return whether a cell is ticked; None when it holds words of its own."""
    plain = text.strip(_EDGE).casefold()
    if plain in _CROSSES:
        return False
    return True if plain in _TICKS else None


def words_beside(text: str) -> str:
    """Return the words that stand beside a tick: “√（低保对象）” says 低保对象."""
    plain = text.strip(_EDGE).lstrip(CHOSEN_MARKS).strip(_EDGE)
    if len(plain) > 1 and plain[0] in "（(" and plain[-1] in "）)":
        plain = plain[1:-1].strip(_EDGE)
    return plain


def print_channels(channels: tuple[str, ...], other: str) -> str:
    """Return the cell of a row: every usual channel with its mark, two on a line."""
    own = [name for name in channels if name not in CHANNELS]
    told = []
    for name in (*CHANNELS[:-1], *own, OTHER):
        mark = CHOSEN if name in channels else NOT_CHOSEN
        words = f"（{other}）" if name == OTHER and other else ""
        told.append(f"{mark}{name}{words}")
    lines = ["　".join(told[place : place + 2]) for place in range(0, len(told), 2)]
    return "\n".join(lines)


def read_channels(text: str) -> tuple[tuple[str, ...], str]:
    """Return the chosen channels in the usual order, and what stands beside 其他.

    Marks may stand before the names or after them; a cell without marks lists what is chosen.
    A channel that is none of the usual ones keeps its own name.
    """
    chosen: list[str] = []
    other = ""
    for mark, raw in _marked(text.strip(_EDGE)):
        name, words = _named(raw)
        if mark in CHOSEN_MARKS and name:
            chosen.append(name)
            other = other or words
    listed = dict.fromkeys(chosen)
    usual = [name for name in CHANNELS[:-1] if name in listed]
    own = [name for name in listed if name not in CHANNELS]
    last = [OTHER] if OTHER in listed else []
    return (*usual, *own, *last), other


def _marked(text: str) -> list[tuple[str, str]]:
    if not text:
        return []
    if not any(char in _MARKS for char in text):
        return [(CHOSEN, name) for name in _UNMARKED.split(text.removesuffix("等"))]
    if text[0] not in _MARKS and text[-1] in _MARKS:
        return [(mark, name) for name, mark in _AFTER.findall(text)]
    return [(mark, name) for mark, name in _BEFORE.findall(text)]


def _named(raw: str) -> tuple[str, str]:
    """Return a channel by its usual name and the words beside 其他."""
    text = raw.strip(_EDGE)
    if text.startswith(OTHER):
        return OTHER, _other_words(text.removeprefix(OTHER))
    key = _PUNCTUATION.sub("", text)
    return _USUAL.get(key, re.sub(r"\s+", "", text)), ""


def _other_words(text: str) -> str:
    text = text.strip(_EDGE)
    if len(text) > 1 and text[0] in "（(" and text[-1] in "）)":
        return text[1:-1].strip("_＿ \t\r\n　")
    return text.strip(_EDGE + "_＿:：")


_USUAL = {_PUNCTUATION.sub("", name): name for name in CHANNELS}
