"""Checking a published annual report: its tables, and its prose against its tables.

Plain values in and out: `check` takes the Document a reader hands over (Art. 50; the
notices 国办公开办函〔2019〕60号 and 〔2021〕30号; rules V1 to V8, P1 to P3, B1 to B3, N1).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annualreport.rules.check.claims import Setting, Told, claims_of
from gongkai.annualreport.rules.check.identity import identify
from gongkai.annualreport.rules.check.judgement import (
    FigureTold,
    disagreement,
    impossible_rates,
    in_reading,
    judged,
)
from gongkai.annualreport.rules.check.sums import SumTold, sums_of, wrong_sum
from gongkai.annualreport.rules.check.wording import wording_notices
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.grid import Document, Grid
from gongkai.tables.reading import NoTables, Reading, read_tables
from gongkai.tables.sheet import Sheet
from gongkai.text.sentences import is_heading, joined, sentences

__all__ = ["CheckedReport", "NoTables", "check"]


@dataclass(frozen=True)
class CheckedReport:
    """A published report as read and judged."""

    organ: str
    year: int | None
    reading: Reading
    findings: tuple[Discrepancy, ...]
    figures: tuple[FigureTold, ...]

    @property
    def sheet(self) -> Sheet:
        """The three tables."""
        return self.reading.sheet

    @property
    def at_fault(self) -> bool:
        """Whether there is any error or warning."""
        return any(finding.severity is not Severity.NOTICE for finding in self.findings)


def check(document: Document, last_year: Sheet | None = None) -> CheckedReport:
    """Read and judge a report; with `last_year`'s tables, V5 to V7 too.

    Raises:
        NoTables: the document holds no table of an annual report.
    """
    lines = list(_lines(document))
    organ, year = identify(lines, document.head)
    reading = read_tables(document, year)
    findings = list(reading.findings)
    for found in crossfoot(reading.sheet, last_year):
        if not (found.rule == "B1" and _never_printed(found, reading)):
            findings.append(found)
    paragraphs = _bounded(_prose(lines))
    setting = Setting(reading.edition, year, organ)
    told = claims_of([_sentences(paragraph) for paragraph in paragraphs], setting)
    figures, more = _judge(told, reading.sheet)
    findings += more
    findings += wording_notices(paragraphs)
    return CheckedReport(organ, year, reading, tuple(findings), figures)


def _never_printed(found: Discrepancy, reading: Reading) -> bool:
    """Say whether a blank is a cell the print does not have: B2 has said so already."""
    if found.path is None:
        return False
    if found.path.row == "" and found.path.column == "t":
        return all(
            path in reading.absent
            for path in reading.edition.paths()
            if (path.table is found.path.table and path.column == "t")
        )
    return found.path in reading.absent


def _judge(told: Sequence[Told], sheet: Sheet) -> tuple[tuple[FigureTold, ...], list[Discrepancy]]:
    figures: list[FigureTold] = []
    findings: list[Discrepancy] = []
    for sentence in told:
        agreed: dict[int, bool | None] = {}
        reading: str | None = None
        for each in sentence.claims:
            claim = in_reading(each, reading)
            figure = judged(claim, sheet)
            if claim.measure == "requests.received":
                reading = figure.reading if figure.agrees else None
            agreed[id(each)] = figure.agrees
            if claim.measure is not None:
                figures.append(figure)
            if figure.agrees is False:
                findings.append(disagreement(claim, figure, sheet))
        findings += impossible_rates(sentence)
        blamed: set[int] = set()
        for made in sums_of(sentence):
            wrong = wrong_sum(made, agreed)
            if wrong is not None:
                if id(made.total) not in blamed:
                    findings.append(wrong)
                blamed.add(id(made.total))
                figures.append(_sum_figure(made, False))
            elif made.value == made.total.quantity.value:
                figures.append(_sum_figure(made, True))
    return tuple(figures), findings


def _sum_figure(made: SumTold, agrees: bool) -> FigureTold:
    total = made.total.quantity
    return FigureTold(total.text, total.value, total.unit, "sum", made.text, None, agrees)


_TABLE_SECTIONS = re.compile(
    r"^\s*(?:二、.{0,12}主动公开|三、.{0,8}(?:收到|处理).{0,8}申请|四、.{0,24}(?:行政复议|行政诉讼))"
)
_PROSE_SECTIONS = re.compile(r"^\s*(?:一|五|六)、")


def _lines(document: Document) -> list[str]:
    """Return the document's paragraphs, those too that stand alone in a row of a grid."""
    lines: list[str] = []
    for part in document.parts:
        if isinstance(part, Grid):
            for row in part.rows:
                filled = [cell.text for cell in row if cell.text.strip()]
                if len(filled) == 1:
                    lines += filled[0].split("\n")
        else:
            lines += part.split("\n")
    return lines


_MOST_PROSE = 300_000
_LONGEST_SENTENCE = 3_000


def _sentences(paragraph: str) -> list[str]:
    return [sentence[:_LONGEST_SENTENCE] for sentence in sentences(paragraph)]


def _bounded(paragraphs: Sequence[str]) -> list[str]:
    """Return as many paragraphs as any report has; the rest is not worth its time."""
    kept: list[str] = []
    left = _MOST_PROSE
    for paragraph in paragraphs:
        left -= len(paragraph)
        if left < 0:
            break
        kept.append(paragraph)
    return kept


def _prose(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs before the tables and of sections one, five and six."""
    kept: list[str] = []
    inside = True
    for line in lines:
        if is_heading(line):
            if _TABLE_SECTIONS.match(line):
                inside = False
            elif _PROSE_SECTIONS.match(line):
                inside = True
        if inside:
            kept.append(line)
    return list(joined(kept))
