"""How letters say days and terms: a provisional date is never printed as a date."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.statute.days import written

LONGEST_QUOTE = 120
_BLANKS = re.compile(r"\s+")
_BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a term as a letter may tell it.

    `on` is the day the clock gives, `provisional` whether its calendar is still to be
    announced; `since` and `days` tell the term in words (自收到申请之日起, 20).
    """

    on: date | None
    provisional: bool
    days: int
    since: str = "自收到申请之日起"


def due_words(due: Due) -> str:
    """Return the term as a letter prints it.

    A certain day is named; a provisional one is told as the term it comes from, because the
    holidays of its year may still move it (放假办法).
    """
    if due.on is None or due.provisional:
        return f"{due.since}{due.days}个工作日内"
    return f"{written(due.on)}前（含当日）"


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """Return a requester's words in one line, cut where they are too long to quote."""
    plain = _BETWEEN_CHINESE.sub("", _BLANKS.sub(" ", text)).strip().rstrip("。；，")
    plain = plain.replace("“", "‘").replace("”", "’")
    return plain if len(plain) <= longest else plain[:longest] + "……"


def yuan(amount: Decimal) -> str:
    """Return an amount as letters write it: 50元, 12.50元."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}元" if whole else f"{amount:.2f}元"
