"""What a county lists: what holds on a day, ready to be looked for; and a list for its screen."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Q

from gongkai.disclosure.models import ListedTerm, ListedTermQuerySet, ListKind
from gongkai.text.levels import Level
from gongkai.text.listed import Lists, Term
from gongkai.text.wording import Wording

_COUNTIES = 4
_Row = tuple[str, str, str, str]


def lists_of(county_id: int, on: date | None = None) -> Lists:
    """Return the words and links that a county lists on a day; without one, all. One query."""
    rows = ListedTerm.objects.filter(county_id=county_id)
    rows = rows.standing() if on is None else rows.holding(on)
    kinds: dict[str, list[_Row]] = {ListKind.WORD: [], ListKind.LINK: []}
    listed = rows.exclude(kind=ListKind.ALLOWED).order_by("word")
    for kind, *row in listed.values_list("kind", "word", "level", "reason", "basis"):
        kinds[kind].append(tuple(row))
    return _ready(tuple(kinds[ListKind.WORD]), tuple(kinds[ListKind.LINK]))


@lru_cache(maxsize=_COUNTIES)
def _ready(words: tuple[_Row, ...], links: tuple[_Row, ...]) -> Lists:
    return Lists(_terms(words), _terms(links))


def _terms(rows: Iterable[_Row]) -> list[Term]:
    return [Term(word, Level(level), reason, basis) for word, level, reason, basis in rows]


def allowed_words(county_id: int) -> tuple[str, ...]:
    """Return the words that a county has said are no mistakes, in order. One query."""
    rows = ListedTerm.objects.filter(county_id=county_id, kind=ListKind.ALLOWED).standing()
    return tuple(rows.order_by("word").values_list("word", flat=True))


@lru_cache(maxsize=_COUNTIES)
def wording_with(allow: tuple[str, ...]) -> Wording:
    """Return the rules of wording with a county's own words allowed."""
    return Wording(allow=allow)


def listed_terms(county_id: int, kind: str, words: str = "") -> ListedTermQuerySet:
    """Return the entries of a list, those in force first; with `words`, those that say them."""
    rows = ListedTerm.objects.filter(county_id=county_id, kind=kind)
    if told := words.strip().replace("\x00", ""):
        rows = rows.filter(Q(word__icontains=told) | Q(reason__icontains=told))
    return rows.order_by("stopped_at", "-added_at", "-pk")
