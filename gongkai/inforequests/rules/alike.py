"""When two requests ask the same (Art. 36(6), 44): their words without what does not tell."""

import unicodedata

# The labels that the public form writes before what the requester typed.
_LABELS = ("名称：", "文号：", "其他特征描述：")
ALIKE = 0.6


def plain(text: str) -> str:
    """Return what a description says, in one width and case, without blanks and signs."""
    for label in _LABELS:
        text = text.replace(label, "")
    return "".join(
        each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum()
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two descriptions share, 0 to 1 (Dice over their pairs of characters)."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a plain description."""
    told = plain(text)
    return frozenset(told[place : place + 2] for place in range(len(told) - 1)) or frozenset({told})
