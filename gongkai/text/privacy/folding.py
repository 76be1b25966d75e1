"""Text made plain without moving any character, and the words around a place in it."""

import re

# One character for one: places in the folded text are places in the text.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in (0xFF0C, 0xFF1B)}
_PLAIN |= {0x3000: 0x20, 0x00A0: 0x20, 0x2022: 0xB7, 0x30FB: 0xB7, 0xFF65: 0xB7}
_WIDE = re.compile("[\uff01-\uff5e\u3000\u00a0\u2022\u30fb\uff65]")
_STOPS = "。;；\n!！?？"


def fold(text: str) -> str:
    """Return `text` with full-width letters, digits and blanks made plain, as long as before."""
    return text.translate(_PLAIN) if _WIDE.search(text) else text


def digits_of(text: str) -> str:
    """Return the digits of a number, an international 86 left out."""
    digits = re.sub(r"[^0-9]", "", fold(text))
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def before(text: str, at: int, most: int) -> str:
    """Return up to so many characters before a place, within its sentence."""
    piece = text[max(0, at - most) : at]
    cut = max(piece.rfind(stop) for stop in _STOPS)
    return piece[cut + 1 :]


def after(text: str, at: int, most: int) -> str:
    """Return up to so many characters behind a place, within its sentence."""
    piece = text[at : at + most]
    cuts = [cut for cut in (piece.find(stop) for stop in _STOPS) if cut >= 0]
    return piece[: min(cuts)] if cuts else piece
