"""N1 in prose: words that official usage does not allow there."""

import re
from collections.abc import Iterator, Sequence

from gongkai.tables.discrepancy import Discrepancy, Severity

_RULES = (
    (re.compile(r"截止(?:到|至)?(?=\s*(?:20\d{2}\s*年|\d{1,2}\s*月|目前|今年|年底|本年))"), "截至"),
    (re.compile(r"(?<=\d)\s*[-~－]\s*(?=\d+(?:\.\d+)?\s*倍)"), "至"),
)


def wording_notices(paragraphs: Sequence[str]) -> Iterator[Discrepancy]:
    """Yield N1 for each word that should be another."""
    for paragraph in paragraphs:
        for pattern, better in _RULES:
            for match in pattern.finditer(paragraph):
                around = paragraph[match.start() : match.start() + 18]
                message = f"“{around}”：“{match[0].strip()}”宜改为“{better}”。"
                yield Discrepancy("N1", Severity.NOTICE, None, message)
