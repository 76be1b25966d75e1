"""Personal data and wrong words, in the title, the metadata, the body and any other words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache

from gongkai.disclosure.actions.checking.subject import Raw, Subject
from gongkai.disclosure.rules.content import beginning
from gongkai.text import privacy
from gongkai.text.wording import Wording


@lru_cache(maxsize=1)
def _wording() -> Wording:
    return Wording()


def own_words(subject: Subject) -> Iterator[Raw]:
    """Look through the title, the metadata and the body."""
    told = subject.content.told
    # A summary taken from the body is judged there: what is let pass there stands here too.
    summary = "" if told.summary == beginning(subject.body.text) else told.summary
    labelled = [("标题", told.title), ("内容概述", summary), ("关键词", told.keywords)]
    labelled += [(file.name, file.alternative) for file in subject.content.files]
    for place, text in labelled:
        yield from in_text(place, text, subject.day, subject.allowed)
    for block in subject.body.paragraphs:
        yield from in_text(block.place, block.text, subject.day, subject.allowed)
    for table in subject.body.tables:
        yield from in_rows(table.place, table.rows, subject.allowed)
        for number, row in enumerate(table.rows, start=1):
            yield from wrong_words(f"{table.place}第{number}行", "　".join(row), subject.day)


def in_text(place: str, text: str, on: date, allowed: Collection[str]) -> Iterator[Raw]:
    """Yield the personal data and the wrong words of a text."""
    if text:
        yield from private(place, text, allowed)
        yield from wrong_words(place, text, on)


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


def wrong_words(place: str, text: str, on: date) -> Iterator[Raw]:
    """Yield the wrong words and marks of a text of the day `on`."""
    for one in _wording().check(text, on):
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
