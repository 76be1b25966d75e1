"""Long queries taken apart into words, by rjieba's dictionary, when the whole is found nowhere."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from gongkai.text.segmentation import fold
from gongkai.text.typed import MOST_WORDS, Word, read_words

# What a question is made of and no document is about.
_EMPTY_WORDS = """
的 了 和 与 及 或 在 是 为 对 从 向 于 等 有 无 也 都 就
吗 呢 啊 我 你 他 们 我们 你们 这 那 请 请问 关于 有关 什么
怎么 怎么办 怎样 如何 为什么 多少 哪里 哪儿 哪些 哪个 几 能否 是否 可以
能 要 想 需要 时候 什么时候 一个 以及 进行 问 查询 查 找 看 吧
哪
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
# With one of these somebody asks, and what is left of the question may be a single word.
_ASKING_WORDS = "怎么 怎么办 怎样 如何 哪里 哪儿 什么 多少 为什么 请问 是否 能否 可以 办"
_ASKING = frozenset(_ASKING_WORDS.split())


@cache
def _dictionary() -> Any:
    """Return the dictionary: loaded when it is first needed, 0.3 s and 40 MB."""
    import rjieba

    return rjieba


def pieces(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words that a query is made of, each once, without those that say nothing.

    A single word is none: the query found nothing as it stood. But of a question one may be left:
    怎么办准生证 is 准生证, for how one asks stands in no text.
    """
    found: list[Word] = []
    asks = False
    for word in words:
        if word.number or word.since:
            found.append(word)
            continue
        cut = [each.strip() for each in _dictionary().cut(fold(word.forms[0]), False)]
        asks = asks or not _ASKING.isdisjoint(cut)
        said = [each for each in cut if each and each not in _EMPTY]
        found += [part for each in said for part in read_words(each)]
    telling = [word for word in dict.fromkeys(found) if len(word.forms[0]) > 1]
    parts = tuple(telling or dict.fromkeys(found))[:MOST_WORDS]
    return parts if len(parts) > 1 or (asks and telling) else ()
