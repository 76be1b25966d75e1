"""Personal data in Chinese text that must not be published as it stands.

个人信息保护法 Art. 25, 28, 34; 政府信息公开条例 Art. 15; masks by law.md 9.2. Identity, phone
and card numbers are found by shape, check digit and the words around them, whatever width, blanks
or invisible characters stand between their digits; what is masked already is left alone. Numbers
and addresses of organs are not private: give the organ's own telephones as `allowed`.
"""

from collections.abc import Collection, Iterator

from gongkai.text.levels import Level
from gongkai.text.privacy.columns import CellFinding
from gongkai.text.privacy.columns import find_in_rows as _find_in_rows
from gongkai.text.privacy.folding import digits_of, fold
from gongkai.text.privacy.numbers import numbers
from gongkai.text.privacy.places import addresses
from gongkai.text.privacy.rules import PrivacyRule, PrivateFinding
from gongkai.text.privacy.words import documents, emails, people, plates

__all__ = ["CellFinding", "Level", "PrivacyRule", "PrivateFinding", "find", "find_in_rows"]


def find(text: str, *, allowed: Collection[str] = ()) -> list[PrivateFinding]:
    """Return the personal data in `text`, in order, without overlaps.

    Places count characters of `text` from 0; `found` is masked and may be shown and logged.
    `allowed` are numbers and mailboxes that the organ has made public itself, in any writing.
    """
    folded = fold(text)
    known = frozenset(digits_of(each) for each in allowed) - {""}
    mailboxes = frozenset(fold(each).strip().lower() for each in allowed if "@" in fold(each))
    found = list(_all(folded, known, mailboxes))
    # The graver one of two that overlap, and of two as grave the earlier and longer, is kept.
    found.sort(key=lambda one: (one.level is not Level.BLOCKING, one.start, -one.end))
    kept: list[PrivateFinding] = []
    taken: set[int] = set()
    for one in found:
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def find_in_rows(
    rows: Collection[Collection[str]], *, allowed: Collection[str] = ()
) -> list[CellFinding]:
    """Return the personal data in a table's rows of texts: whole columns first, then cells.

    A column headed 身份证号, 银行账号, 家庭住址, 联系电话 and the like is one finding that
    names its first and last filled cell; anything else is a finding of its cell.
    """
    return _find_in_rows([list(row) for row in rows], lambda text: find(text, allowed=allowed))


def _all(text: str, known: frozenset[str], mailboxes: frozenset[str]) -> Iterator[PrivateFinding]:
    yield from numbers(text, known)
    yield from documents(text)
    yield from plates(text)
    yield from people(text)
    yield from addresses(text)
    yield from emails(text, mailboxes)
