"""Numerals as Chinese documents write them: 28, 1,432, ２８, 三十二, 二〇二〇."""

import unicodedata
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARACTERS = "〇零一二两三四五六七八九十百千万"


def parse_numeral(text: str) -> Decimal | None:
    """Return the number a numeral writes, in Arabic or Chinese digits; None if it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    if plain.replace(".", "", 1).isdecimal() and plain.isascii():
        return Decimal(plain)
    value = _chinese(plain)
    return None if value is None else Decimal(value)


def _chinese(text: str) -> int | None:
    if not text or any(char not in NUMERAL_CHARACTERS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        if len(text) > 1 and not any(char in "〇零" for char in text) and len(text) != 4:
            return None
        return int("".join(str(_DIGITS[char]) for char in text))
    head, ten_thousands, tail = text.rpartition("万")
    if ten_thousands:
        if not head:
            return None
        upper, lower = _below_ten_thousand(head), _below_ten_thousand(tail) if tail else 0
        return None if upper is None or lower is None else upper * 10_000 + lower
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    if text[:1] in ("百", "千"):
        return None
    total = 0
    digit: int | None = None
    last_place = 10_000
    for char in text:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
            continue
        place = _PLACES.get(char, 0)
        if not place or place >= last_place:
            return None
        total += (1 if digit is None else digit) * place
        digit, last_place = None, place
    return total + (digit or 0)
