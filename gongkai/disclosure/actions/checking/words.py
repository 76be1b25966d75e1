"""Personal data and wrong words, in the title, the metadata, the body and any other words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.adapters.charmodel import ALLOWED, scorer, stamp, words_in
from gongkai.disclosure.actions.checking.subject import Raw, Subject
from gongkai.disclosure.queries import wording_with
from gongkai.disclosure.rules.content import beginning
from gongkai.text import privacy
from gongkai.text.wording import Scorer, Wording, WordingFinding

_LONGEST = 30_000  # characters of a body that the model reads while somebody waits
_KEPT = 1024  # paragraphs of which the findings are kept: a text is checked at every step
_COUNTIES = 4


def _model_of(subject: Subject) -> Wording | None:
    """Return rules and model with what a county has taught it; None where it is switched off."""
    if not settings.GONGKAI_WORDING_MODEL:
        return None
    organ = subject.entry.organ
    folder = Path(settings.GONGKAI_WORDING_DIR) / (organ.county or organ).code
    return _learned(folder, stamp(folder), subject.no_mistakes)


@lru_cache(maxsize=_COUNTIES)
def _learned(folder: Path, _stamp: float, no_mistakes: tuple[str, ...]) -> Wording:
    return Wording(
        allow=[*words_in(folder / ALLOWED), *no_mistakes], scorer=_Remembering(scorer(folder))
    )


class _Remembering:
    """A model that keeps what it found: a text is read at every step, and days change nothing."""

    def __init__(self, asked: Scorer) -> None:
        self.suspects = lru_cache(maxsize=_KEPT)(lambda text: tuple(asked.suspects(text)))


@lru_cache(maxsize=_KEPT)
def _checked(wording: Wording, text: str, on: date) -> tuple[WordingFinding, ...]:
    return tuple(wording.check(text, on))


def own_words(subject: Subject) -> Iterator[Raw]:
    """Look through the title, the metadata and the body, by rules and model."""
    yield from _words(subject, _model_of(subject))


def words_by_rules(subject: Subject) -> Iterator[Raw]:
    """Look through the title, the metadata and the body by the rules alone."""
    yield from _words(subject, None)


def _words(subject: Subject, model: Wording | None) -> Iterator[Raw]:
    told = subject.content.told
    # A summary taken from the body is judged there: what is let pass there stands here too.
    summary = "" if told.summary == beginning(subject.body.text) else told.summary
    labelled = [("标题", told.title), ("内容概述", summary), ("关键词", told.keywords)]
    labelled += [(file.name, file.alternative) for file in subject.content.files]
    blocks = [(block.place, block.text) for block in subject.body.paragraphs]
    rules = wording_with(subject.no_mistakes)
    left = _LONGEST
    for place, text in labelled + blocks:
        left -= len(text)
        by = model if model is not None and left > 0 else rules
        yield from in_text(place, text, subject.day, subject.allowed, by)
    for file in subject.content.files:  # a name that is shown may be a person's, number and all
        yield from private("附件名称", file.name, subject.allowed)
    for table in subject.body.tables:
        yield from in_rows(table.place, table.rows, subject.allowed)
        for number, row in enumerate(table.rows, start=1):
            yield from wrong_words(f"{table.place}第{number}行", "　".join(row), subject.day, rules)


def in_text(
    place: str, text: str, on: date, allowed: Collection[str], wording: Wording
) -> Iterator[Raw]:
    """Yield the personal data and the wrong words of a text."""
    if text:
        yield from private(place, text, allowed)
        yield from wrong_words(place, text, on, wording)


def private(place: str, text: str, allowed: Collection[str]) -> Iterator[Raw]:
    """Yield the personal data of a text."""
    for one in privacy.find(text, allowed=allowed):
        yield _private(line_at(place, text, one.start), one, text[one.start : one.end])


def in_rows(place: str, rows: Sequence[Sequence[str]], allowed: Collection[str]) -> Iterator[Raw]:
    """Yield the personal data of a table: whole columns first, then cells."""
    for cell in privacy.find_in_rows(rows, allowed=allowed):
        row = rows[cell.row - 1]
        text = row[cell.column - 1] if cell.column <= len(row) else ""
        what = text[cell.finding.start : cell.finding.end]
        yield _private(f"{place}{cell.cell}", cell.finding, what)


def wrong_words(place: str, text: str, on: date, wording: Wording) -> Iterator[Raw]:
    """Yield the wrong words and marks of a text of the day `on`."""
    for one in _checked(wording, text, on):
        suggestion = f"改为“{one.suggestion}”" if one.suggestion else ""
        yield Raw(
            rule=f"wording.{one.rule}"[:40],
            level=one.level,
            place=line_at(place, text, one.start),
            message=f"“{one.found}”：{one.message}",
            what=one.found,
            found=one.found,
            suggestion=suggestion,
        )


def line_at(place: str, text: str, start: int) -> str:
    """Return a place with the line in it, for a text of several."""
    return f"{place}第{text.count(chr(10), 0, start) + 1}行" if "\n" in text else place


def _private(place: str, one: privacy.PrivateFinding, what: str) -> Raw:
    return Raw(
        rule=f"privacy.{one.rule}",
        level=one.level,
        place=place,
        message=f"{one.rule.label}：{one.found}",
        what=what,
        found=one.found,
        suggestion=one.suggestion,
    )
