"""What a password must hold (law.md 9.3): three of four kinds of characters; length in settings.

And what it may not be: a word that everybody in an office would think of, dressed up with a year
or a run of keys ("Gongkai@2026", "P@ssw0rd123"). Django's own list knows English ones only.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

_KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
NEEDED = 3

# What stands for letters in passwords that only look hard.
_DRESSED = str.maketrans({"@": "a", "4": "a", "3": "e", "1": "i", "0": "o", "$": "s", "5": "s"})
_WORDS = (
    "zhengwugongkai", "zhengwu", "gongkai", "zhengfu", "xianzhengfu", "bangongshi", "xinxi",
    "administrator", "admin", "guanliyuan", "guanli", "password", "passwd", "mima", "welcome",
    "huanying", "test", "ceshi", "root", "user", "yonghu", "china", "zhongguo", "woaini",
    "iloveyou", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "qazwsx", "abcdefg",
    "abcdef", "abcd", "abc", "dangan", "wangzhan", "gov",
)  # fmt: skip
_FILLING = re.compile(r"(?:19|20)\d\d|0?123+(?:4(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?)?|(\d)\1+|[\W_]+")
_LEFT = 3  # so many characters besides words and filling make it a password of one's own


def kinds_in(password: str) -> int:
    """Return how many of the four kinds occur: small, capital, digit, other."""
    return sum(bool(re.search(kind, password)) for kind in _KINDS)


def is_common(password: str, names: Iterable[str] = ()) -> bool:
    """Return whether nothing of one's own is left beside common words and filling.

    `names` are more words that everybody knows here: the county's and the platform's names.
    """
    words = sorted({*_WORDS, *(name.lower() for name in names if name)}, key=len, reverse=True)
    plain = _FILLING.sub("", password.lower())
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
    dressed = _FILLING.sub("", core.translate(_DRESSED))
    return any(len(_without(text, words)) < _LEFT for text in (plain, dressed))


def has_expired(changed_at: datetime, now: datetime, days: int) -> bool:
    """Return whether a password of `changed_at` is older than `days`; 0 days: it never is."""
    return days > 0 and now - changed_at >= timedelta(days=days)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text
