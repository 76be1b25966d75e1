"""What the answers of a public evaluation (社会评议, Art. 46) are worth, and how they add up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.oversight.lifecycle import ToldWrongly
from gongkai.oversight.rules.scoring import rounded

# The longer first: 不满意 holds 满意.
_WORTH: tuple[tuple[str, Decimal | None], ...] = (
    (r"不了解|不清楚|没有?接触|不知道|说不清", None),
    (r"(非常|很|十分)不满意|很差|非常差", Decimal(0)),
    (r"不太满意|不满意|不合格|不好|较差|差", Decimal(30)),
    (r"基本满意|一般|合格|尚可", Decimal(60)),
    (r"(非常|很|十分)满意|优|很好|非常好", Decimal(100)),
    (r"比较满意|较满意|满意|良|较好|好", Decimal(80)),
)
SATISFIED = Decimal(60)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the answers to some questions come to; who does not know counts in neither number."""

    answered: int
    satisfied: int
    sum: Decimal

    @property
    def score(self) -> Decimal | None:
        """Return the mean of 100; None of no answer."""
        return rounded(self.sum / self.answered) if self.answered else None

    @property
    def rate(self) -> str:
        """Return the share of those who are satisfied at least on the whole."""
        return f"{100 * self.satisfied / self.answered:.1f}%" if self.answered else "—"

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            self.answered + other.answered, self.satisfied + other.satisfied, self.sum + other.sum
        )


NOTHING = Standing(0, 0, Decimal(0))


def worth_of(choice: str) -> Decimal | None:
    """Return what an answer is worth of 100; None for 不了解.

    Raises:
        ToldWrongly: the words are no degree of satisfaction.
    """
    for pattern, worth in _WORTH:
        if re.search(pattern, choice):
            return worth
    raise ToldWrongly(
        f"选项“{choice}”不是满意程度，请选择选项为“非常满意、满意、基本满意、不满意、不了解”这样的题目",
        "questions",
    )


def standing(counts: Sequence[tuple[str, int]] | Mapping[str, int]) -> Standing:
    """Return what the answers to one question come to."""
    told = NOTHING
    for choice, number in dict(counts).items():
        worth = worth_of(choice)
        if worth is not None:
            good = number if worth >= SATISFIED else 0
            told += Standing(number, good, worth * number)
    return told
