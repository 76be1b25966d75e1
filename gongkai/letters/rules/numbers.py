"""Document numbers of letters: 靖水公复〔2026〕1号 (law.md 2.1; GB/T 9704, 7.2.5)."""

from gongkai.letters.rules.errors import ProfileMissing
from gongkai.letters.rules.kinds import LetterKind
from gongkai.text.docnumbers import LONGEST_PREFIX, DocumentNumber, DocumentNumberError, parse

LONGEST_OWN_PREFIX = LONGEST_PREFIX - 4


def compose(prefix: str, kind: LetterKind, year: int, serial: int) -> str:
    """Return the number of the `serial`-th letter of a kind in a year, without leading zeros."""
    return str(DocumentNumber(f"{prefix}{kind.number_word}", year, serial))


def awaited(prefix: str, kind: LetterKind, year: int) -> str:
    """Return what a draft shows where its number will stand."""
    return f"{prefix}{kind.number_word}〔{year}〕号（待编号）"


def proper_prefix(prefix: str) -> str:
    """Return a 机关代字 that makes proper document numbers; raises ProfileMissing."""
    if not prefix:
        raise ProfileMissing(
            "尚未填写机关代字，不能编文号，请在“公文信息”中填写", field="number_prefix"
        )
    try:
        number = parse(f"{prefix}公复〔2026〕1号")
    except DocumentNumberError:
        number = None
    if number is None or number.prefix != f"{prefix}公复" or len(prefix) > LONGEST_OWN_PREFIX:
        raise ProfileMissing(
            f"机关代字应为{LONGEST_OWN_PREFIX}个字以内的汉字，如“靖水”", field="number_prefix"
        )
    return prefix
