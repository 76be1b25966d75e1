"""What is looked for in terms: phrases, and patterns that show what they found.

See `segmentation` for what a term is.
"""

import re
from dataclasses import dataclass

from gongkai.text.frequent_data import FREQUENT
from gongkai.text.segmentation import CJK, CJK_CHARACTER, COMMAS, fold, joined, terms, units

_LONG = 6  # pairs of a phrase from which on not all are asked for
_PLAIN = re.compile(f"[{CJK}]+")
_FREQUENT = frozenset(FREQUENT)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of text to look for: terms one after the other.

    `open` is true when nobody knows what comes after the last unit: the last term is then any
    that begins with it (`opening` is the pattern of such a term). `word` is the whole as one
    word when it is one of `frequent_data`.
    """

    terms: tuple[str, ...]
    open: bool = False
    word: str = ""

    @property
    def opening(self) -> str:
        """Return a regular expression of the terms that the last one stands for."""
        last = re.escape(self.terms[-1])
        if CJK_CHARACTER.match(self.terms[-1]):
            return f"{last}.?"
        return f"{last}[{CJK}]?"

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def telling(self) -> tuple[tuple[int, str], ...]:
        """Return the terms with their places; of a long phrase those that cover every character.

        Of seven characters and more every other pair will do, at half the cost to the engine. Not
        seen then is a mark between two pairs: a long phrase with 贯彻落实 finds 贯彻、落实 too.
        """
        placed = list(enumerate(self.terms))
        if len(placed) < _LONG:
            return tuple(placed)
        kept = placed[:1]
        for place, term in placed[1:-1]:
            covered = kept[-1][0] == place - 1 and is_plain(self.terms[place - 1] + term)
            if not (covered and len(term) == len(self.terms[place - 1]) == 2):
                kept.append((place, term))
        return (*kept, placed[-1])


def phrase(text: str) -> Phrase:
    """Return the phrase that finds a text wherever it stands, without cutting numbers and runs."""
    folded = joined(fold(text)).strip()
    found = terms(folded).split()
    if not found:
        return Phrase(())
    *others, (start, end) = units(folded)
    if CJK_CHARACTER.match(folded[start]) and others and others[-1][1] == start:
        word = folded if folded in _FREQUENT else ""
        return Phrase(tuple(found[:-1]), word=word)  # the last one stands in the term before it
    return Phrase(tuple(found), open=not (others and end < len(folded)))


def is_plain(text: str) -> bool:
    """Say whether a text is Chinese characters alone: then finding it is finding the string."""
    return _PLAIN.fullmatch(text) is not None


def finder(text: str) -> re.Pattern[str] | None:
    """Return a pattern that finds in a folded text what the phrase of `text` finds; None: no units.

    Within a run of characters blanks may stand, elsewhere any marks.
    """
    folded = fold(text)
    parts: list[str] = []
    end = -1
    for start, stop in units(folded):
        if parts:
            parts.append(r"\s*" if not folded[end:start].strip() else r"[\W_]*")
        parts.append(_spelled(folded[start:stop]))
        end = stop
    return re.compile("".join(parts)) if parts else None


def _spelled(unit: str) -> str:
    if CJK_CHARACTER.match(unit):
        return re.escape(unit)
    if not unit[0].isdecimal():
        return rf"(?<![^\W\d_{CJK}]){re.escape(unit)}(?![^\W\d_{CJK}])"
    whole, *rest = COMMAS.sub("", unit).split(".")
    digits = r"\.".join(["[,，]?".join(whole), *rest])
    return rf"(?<!\d)(?<!\d[.,，]){digits}(?![.,，]?\d)"
