"""Counts, amounts and rates told in prose, each with the words that say what it counts."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from gongkai.text.numerals import NUMERAL_CHARACTERS, parse_numeral

_UNITS = "件次|件|条|项|次|个|宗|起|份|篇|期|亿元|万元|元|人次|人|名|%|‰|例|批|场"
_QUANTITY = re.compile(
    rf"(?P<figure>(?<![\d.,A-Za-z〔第])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
    rf"|(?<![\d.,A-Za-z〔第])\d+(?:\.\d+)?"
    rf"|(?<![第其之唯统{NUMERAL_CHARACTERS}])[{NUMERAL_CHARACTERS}]+)"
    rf"\s*(?P<more>[余多])?(?P<unit>{_UNITS})(?!\d)"
)
_BREAK = re.compile(r"[，,；;：:。！？（）()]|(?<!公民)、|(?<=公民)、(?!法人)")
_OPENERS = "（("
_CLOSERS = "）)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure told: `before` the words up to it, `after` those behind it in its clause.

    `start` counts characters in the sentence, `depth` the brackets it stands in.
    `opening` is the punctuation that parts it from what stood before.
    """

    value: Decimal
    unit: str
    before: str
    after: str
    start: int
    end: int
    depth: int
    opening: str
    decimals: int
    about: bool

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage."""
        return self.unit == "%"

    @property
    def text(self) -> str:
        """The figure with its words, as told."""
        plain = f"{self.value:f}{self.unit}"
        return f"{self.before}{plain}"


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """Return the counts, amounts and percentages in a sentence, in order."""
    plain = unicodedata.normalize("NFKC", sentence.replace("％", "%"))
    found = list(_QUANTITY.finditer(plain))
    told: list[Quantity] = []
    end = 0
    for index, match in enumerate(found):
        value = parse_numeral(match["figure"])
        if value is None:
            continue
        between = plain[end : match.start()]
        breaks = list(_BREAK.finditer(between))
        before = between[breaks[-1].end() :] if breaks else between
        opening = between[: breaks[-1].end()] if breaks else ""
        following = plain[
            match.end() : found[index + 1].start() if index + 1 < len(found) else None
        ]
        after = _BREAK.split(following)[0]
        if index + 1 < len(found) and after == following:
            after = ""
        told.append(
            Quantity(
                value=value,
                unit=match["unit"],
                before=before.strip(),
                after=after.strip(),
                start=match.start(),
                end=match.end(),
                depth=_depth(plain[: match.start()]),
                opening=opening,
                decimals=len(match["figure"].partition(".")[2]),
                about=bool(match["more"]) or before.rstrip().endswith(("约", "近", "超", "超过")),
            )
        )
        end = match.end()
    return tuple(told)


def _depth(text: str) -> int:
    opened = sum(text.count(char) for char in _OPENERS)
    return max(0, opened - sum(text.count(char) for char in _CLOSERS))
