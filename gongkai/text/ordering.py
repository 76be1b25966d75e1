"""Order of Chinese names: by strokes (姓氏笔画) or by pinyin, as lists of organs are read.

Python compares characters by code point, which is neither. The two tables hold the characters
of GB 2312; any other sorts after them by its code point, so that the order is always total.
"""

from functools import cache

from gongkai.text.pinyin_data import BY_PINYIN
from gongkai.text.stroke_data import BY_STROKES

_LATER = 1_000_000


def stroke_key(name: str) -> tuple[int, ...]:
    """Return what sorts `name` by the strokes of its first character, then of the next."""
    order = _places(strokes=True)
    return tuple(order.get(char, _LATER + ord(char)) for char in name)


def pinyin_key(name: str) -> tuple[int, ...]:
    """Return what sorts `name` by the usual reading of its characters."""
    order = _places(strokes=False)
    return tuple(order.get(char, _LATER + ord(char)) for char in name)


def strokes_of(char: str) -> int | None:
    """Return how many strokes a character has; None when the table does not hold it."""
    return _strokes().get(char)


def initial_of(char: str) -> str:
    """Return the first letter of a character's usual reading, "#" when it is not known.

    A Latin letter or a digit stands for itself.
    """
    if char.isascii() and char.isalnum():
        return char.upper()
    return _initials().get(char, "#")


def initials(name: str) -> str:
    """Return the first letters of a name in small letters: 财政预决算 gives czyjs."""
    return "".join(initial_of(char) for char in name).replace("#", "").lower()


@cache
def _places(*, strokes: bool) -> dict[str, int]:
    groups = BY_STROKES.values() if strokes else BY_PINYIN.values()
    return {char: place for place, char in enumerate("".join(groups))}


@cache
def _strokes() -> dict[str, int]:
    return {char: count for count, group in BY_STROKES.items() for char in group}


@cache
def _initials() -> dict[str, str]:
    return {char: letter for letter, group in BY_PINYIN.items() for char in group}
