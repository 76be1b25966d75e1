"""A report as plain text: six parts, tables as lines of cells with tabs between."""

from collections.abc import Iterator

from gongkai.tables.layout import LaidTable, lay_tables
from gongkai.tables.report import ReportContent, Section, printable


def report_text(content: ReportContent) -> str:
    """Return the whole report as text that a terminal shows and a spreadsheet takes."""
    lines = [content.title]
    lines += [text for text in (content.notice, content.revision) if text]
    lines += ["", *content.preamble]
    tables = {laid.table: laid for laid in lay_tables(content.sheet)}
    for section in content.sections:
        lines += _section(section, tables)
    if content.published_on:
        lines += ["", content.organ, content.date_line]
    return printable("\n".join(lines)) + "\n"


def _section(section: Section, tables: dict) -> Iterator[str]:
    yield from ("", section.heading, "")
    yield from section.paragraphs
    for part in section.parts:
        yield from ("", part.heading, *part.paragraphs)
    if section.table is not None:
        yield from _table(tables[section.table])


def _table(laid: LaidTable) -> Iterator[str]:
    for row in laid.rows:
        yield "\t".join(cell.text for cell in row)
