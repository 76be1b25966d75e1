"""Titles with marks, and the stretch of a text that shows why it was found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.adapters.searchindex.documents import passage, shown
from gongkai.adapters.searchindex.types import Hit, Mark
from gongkai.text.phrases import finder, is_plain
from gongkai.text.segmentation import fold, fold_with_places
from gongkai.text.typed import Word

SIZE = 120
BEFORE = 36
_STOPS = re.compile(r"[。！？；\n]")
_LAYOUT = re.compile(r"\s+")
_CUT = "……"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a word as it is compared; `plain` when it is Chinese characters alone."""

    text: str
    plain: bool


Sought = tuple[Form, ...]


def sought(words: Iterable[Word]) -> Sought:
    """Return what to mark for these words."""
    forms = (fold(form) for word in words for form in word.forms)
    return tuple(Form(form, is_plain(form)) for form in dict.fromkeys(forms))


def hit_of(kept: str, body: str, files: Sequence[str], what: Sought) -> Hit:
    """Return the hit that an engine kept as `Document.shown`, `body` and `files`."""
    told = shown(kept)
    stretch, place = extract(body, files, what)
    return Hit(
        key=told.key,
        address=told.address,
        title=marked(told.title, what),
        extract=stretch,
        place=place,
        published_on=told.published_on,
        number=told.number,
        organ=told.organ,
        facets=told.facets,
    )


@lru_cache(maxsize=512)
def _pattern(form: str) -> re.Pattern[str] | None:
    return finder(form)


def _spans(folded: str, form: Form) -> Iterator[tuple[int, int]]:
    """Yield where a form stands in folded text: by looking for the string where that is enough."""
    if form.plain:
        at = folded.find(form.text)
        blank = at < 0 and _LAYOUT.search(folded)
        while at >= 0:
            yield at, at + len(form.text)
            at = folded.find(form.text, at + len(form.text))
        if not blank:
            return
    pattern = _pattern(form.text)
    if pattern:
        yield from (found.span() for found in pattern.finditer(folded))


def marked(text: str, what: Sought) -> tuple[Mark, ...]:
    """Return the text in pieces, what was sought marked; never two marks side by side."""
    if len(what) == 1 and what[0].plain and what[0].text in text and fold(text) == text:
        return _parted(text, what[0].text)
    folded = fold_with_places(text)
    spans = sorted(folded.span(*span) for form in what for span in _spans(folded.text, form))
    pieces: list[Mark] = []
    shown = 0
    for start, end in _merged(spans):
        if start > shown:
            pieces.append(Mark(text[shown:start], False))
        pieces.append(Mark(text[start:end], True))
        shown = end
    if shown < len(text):
        pieces.append(Mark(text[shown:], False))
    return tuple(pieces)


def _parted(text: str, form: str) -> tuple[Mark, ...]:
    """Return the pieces for one form in text that folds to itself: most titles, most questions."""
    first, *others = text.split(form)
    pieces = [Mark(first, False)] if first else []
    for place, other in enumerate(others):
        if place and not others[place - 1]:
            pieces[-1] = Mark(pieces[-1].text + form, True)
        else:
            pieces.append(Mark(form, True))
        if other:
            pieces.append(Mark(other, False))
    return tuple(pieces)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def extract(body: str, files: Sequence[str], what: Sought) -> tuple[tuple[Mark, ...], str]:
    """Return the marked stretch that shows the find, and the place of the attachment it is of.

    Where nothing is found in the text it is the beginning of the body.
    """
    at = _first(body, what)
    if at is not None:
        return _stretch(body, at, what), ""
    for kept in files:
        part = passage(kept)
        at = _first(part.text, what)
        if at is not None:
            return _stretch(part.text, at, what), part.place
    return _stretch(body, 0, what), ""


def _first(text: str, what: Sought) -> int | None:
    """Return where the first word that is there stands; as it was typed, else as it is compared."""
    for form in what:
        if form.plain and (at := text.find(form.text)) >= 0:
            return at
    if not text:
        return None
    folded = fold_with_places(text)
    for form in what:
        for span in _spans(folded.text, form):
            return folded.span(*span)[0]
    return None


def _stretch(text: str, at: int, what: Sought) -> tuple[Mark, ...]:
    start = max(0, at - BEFORE)
    stops = [stop.end() for stop in _STOPS.finditer(text, start, at)]
    if stops and start:
        start = stops[-1] if at - stops[-1] > BEFORE // 3 else stops[0]
    end = min(len(text), start + SIZE)
    piece = " ".join(text[start:end].split())
    marks = marked(piece, what)
    head = (Mark(_CUT, False),) if start else ()
    tail = (Mark(_CUT, False),) if end < len(text) else ()
    return (*head, *marks, *tail)
