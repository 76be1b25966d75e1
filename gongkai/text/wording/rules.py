"""Rules as data: words that are wrong, when, and what is written instead.

A rule holds from `valid_from` to `valid_to`, both included, by the day of the text: an organ has
its old name in a text of its time. A guard is a pattern that the words before or behind must, or
must not, fit: 截止日期 is right and 截止目前 is not.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.text.levels import Level

WINDOW = 24


@dataclass(frozen=True, slots=True)
class WordingFinding:
    """A wrong wording at a place of a text, counted in characters from 0.

    `suggestion` is what to write instead; empty where only a person can know.
    """

    start: int
    end: int
    found: str
    suggestion: str
    rule: str
    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wrong form and the right one; the guards look at the words around it in its sentence."""

    rule: str
    wrong: str
    right: str
    level: Level
    message: str
    basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    after: str = ""  # the words before must end so
    not_after: str = ""
    before: str = ""  # the words behind must begin so
    not_before: str = ""
    unless: str = ""  # and these stand nowhere in the sentence

    def holds_on(self, on: date) -> bool:
        """Say whether the rule is in force for a text of that day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def fits(self, text: str, start: int, end: int) -> bool:
        """Say whether the words around a place of `text` satisfy the guards."""
        if self.after or self.not_after:
            told = text[max(0, start - WINDOW) : start]
            if self.after and not re.search(f"(?:{self.after})$", told):
                return False
            if self.not_after and re.search(f"(?:{self.not_after})$", told):
                return False
        if self.before and not re.compile(self.before).match(text, end):
            return False
        if self.not_before and re.compile(self.not_before).match(text, end):
            return False
        return not (self.unless and re.search(self.unless, sentence_around(text, start, end)))

    def at(self, text: str, start: int, end: int) -> WordingFinding:
        """Return the finding at a place."""
        told = f"{self.message}（{self.basis}）" if self.basis else self.message
        return WordingFinding(start, end, text[start:end], self.right, self.rule, self.level, told)


Check = Callable[[str], Iterator[WordingFinding]]

_ENDS = "。！？!?\n"
_LONGEST_SENTENCE = 200


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence a place stands in, at most 200 characters to each side."""
    left = max(text.rfind(stop, max(0, start - _LONGEST_SENTENCE), start) for stop in _ENDS)
    rights = [text.find(stop, end, end + _LONGEST_SENTENCE) for stop in _ENDS]
    right = min((at for at in rights if at >= 0), default=min(len(text), end + _LONGEST_SENTENCE))
    return text[max(left + 1, start - _LONGEST_SENTENCE) : right]
