"""Words and links that a county lists: found in a text, told of an address.

The lists are the county's own (国办秘函〔2019〕19号 W1: words and links that must not be there).
Width and case of letters do not matter; a host stands for all hosts under it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ahocorasick_rs import AhoCorasick, MatchKind

from gongkai.text.levels import Level

_FOLDED = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{code: code + 32 for code in range(ord("A"), ord("Z") + 1)},
    **{code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)},
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or an address as `link_form` writes it, with why it is listed."""

    word: str
    level: Level
    reason: str
    basis: str = ""

    @property
    def why(self) -> str:
        """Return the reason with what it rests on."""
        return f"{self.reason}（依据：{self.basis}）" if self.basis else self.reason


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed word at a place of a text."""

    start: int
    end: int
    term: Term


class Lists:
    """The lists of a county on a day, ready to be looked for."""

    def __init__(self, words: Collection[Term] = (), links: Collection[Term] = ()) -> None:
        """Take words and links; of two that say the same the first counts."""
        self._words = list({folded(term.word): term for term in reversed(list(words))}.values())
        forms = [folded(term.word) for term in self._words]
        self._matcher = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
        self._links: dict[str, list[tuple[str, Term]]] = {}
        for term in links:
            host, slash, path = term.word.partition("/")
            self._links.setdefault(host, []).append((f"{slash}{path}", term))

    def __bool__(self) -> bool:
        """Say whether anything is listed."""
        return bool(self._words or self._links)

    def words_in(self, text: str) -> Iterator[Hit]:
        """Yield the listed words of a text in order, of those that overlap the longest."""
        for number, start, end in self._matcher.find_matches_as_indexes(folded(text)):
            yield Hit(start, end, self._words[number])

    def link(self, address: str) -> Term | None:
        """Return the entry under which an address falls, None where there is none."""
        if not self._links:
            return None
        try:
            host, path = _parts(address)
        except ValueError:
            return None
        names = host.split(".")
        for at in range(len(names)):
            for prefix, term in self._links.get(".".join(names[at:]), ()):
                if _under(path, prefix):
                    return term
        return None


def folded(text: str) -> str:
    """Return a text with narrow small letters, character for character."""
    return text.translate(_FOLDED)


def link_form(address: str) -> str:
    """Return host and path as lists keep them.

    Raises:
        ValueError: there is no host in it, or no name of a host.
    """
    host, path = _parts(address)
    if "." not in host and not host.startswith("["):
        raise ValueError("no name of a host")
    return f"{host}{path}".rstrip("/")


def _parts(address: str) -> tuple[str, str]:
    """Return host and path of an address as a browser takes it, with or without a scheme."""
    text = folded(address.strip()).replace("\\", "/")
    if "://" not in text:
        text = text if text.startswith("//") else f"//{text}"
    parts = urlsplit(text)
    host = (parts.hostname or "").rstrip(".")
    if not host or any(sign.isspace() or sign in "<>\"'`" for sign in host):
        raise ValueError("no host")
    return host, unquote(parts.path)


def _under(path: str, prefix: str) -> bool:
    return not prefix or path == prefix or path.startswith(f"{prefix.rstrip('/')}/")
