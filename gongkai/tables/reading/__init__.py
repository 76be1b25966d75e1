"""Reading a published report's tables: a document of paragraphs and grids in, a sheet out.

Real reports deviate from the form (notices 国办公开办函〔2019〕60号, 〔2021〕30号): merged or
repeated heads, tables broken over pages, labels wrapped, cut or numbered otherwise.
What cannot be placed with certainty is unreadable and reported (B3), never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.tables.discrepancy import Discrepancy
from gongkai.tables.editions import EDITIONS, MIXED
from gongkai.tables.forms import FormEdition
from gongkai.tables.grid import Document, Grid
from gongkai.tables.reading import proactive, remedies, requests
from gongkai.tables.reading.completeness import complete
from gongkai.tables.reading.harvest import Harvest
from gongkai.tables.reading.labels import canonical, proactive_rows, request_rows
from gongkai.tables.reading.lines import Line, lines_of
from gongkai.tables.reading.loose import loose_lines
from gongkai.tables.sheet import CellPath, Sheet, Table

_HEADINGS = (
    (re.compile(r"^\s*[（(]?二[、.．)）]?\s*.{0,12}主动公开"), Table.PROACTIVE),
    (re.compile(r"^\s*[（(]?三[、.．)）]?\s*.{0,8}(收到|处理|申请)"), Table.REQUESTS),
    (re.compile(r"^\s*[（(]?四[、.．)）]?\s*.{0,20}(行政复议|行政诉讼)"), Table.REMEDIES),
    (re.compile(r"^\s*[一五六][、.．]\s*\S"), None),
)
_LONGEST_HEADING = 50
_FEW_ROWS = 5


class NoTables(ValueError):
    """The document holds none of the three tables of an annual report."""


@dataclass(frozen=True)
class Reading:
    """What was read: the sheet, its edition, remarks of the reader and cells never printed."""

    edition: FormEdition
    sheet: Sheet
    findings: tuple[Discrepancy, ...]
    absent: frozenset[CellPath]


def read_tables(document: Document, year: int | None = None) -> Reading:
    """Read the three tables of a report for `year`.

    Raises:
        NoTables: no row of any table was found.
    """
    lines = _lines_by_table(document)
    edition = _edition(lines, year)
    harvests = (
        proactive.read_proactive(lines[Table.PROACTIVE], edition),
        requests.read_requests(lines[Table.REQUESTS]),
        remedies.read_remedies(lines[Table.REMEDIES]),
    )
    if not any(harvest.cells for harvest in harvests):
        raise NoTables("没有找到年度报告的表二、表三、表四，请确认文件是政府信息公开工作年度报告。")
    findings, absent = complete(edition, harvests, year)
    cells = {
        CellPath(harvest.table, row, column): cell
        for harvest in harvests
        for (row, column), cell in harvest.cells.items()
    }
    printed = MIXED[edition.id] if _mixed(edition, harvests[1]) else edition
    ordered = {path: cells[path] for path in printed.paths() if path in cells}
    return Reading(printed, Sheet(edition.id, ordered), findings, absent)


def _mixed(edition: FormEdition, requests_table: Harvest) -> bool:
    old = "3.6" in requests_table.row_labels
    new = any(row.startswith("3.6.") for row in requests_table.row_labels)
    return (old and not new) if edition.id == "2021" else (new and not old)


def _edition(lines: dict[Table, list[Line]], year: int | None) -> FormEdition:
    """Tell the edition by table two's columns, else by the year, else by （六）其他处理."""
    voted = proactive.vote(lines[Table.PROACTIVE])
    if voted:
        return EDITIONS[voted]
    for form in EDITIONS.values():
        if year is not None and form.covers(year):
            return form
    rows = {
        match.code
        for line in lines[Table.REQUESTS]
        for slot in line.filled
        if (match := request_rows().match(slot.text))
    }
    return EDITIONS["2021" if "3.6.1" in rows else "2019"]


def _lines_by_table(document: Document) -> dict[Table, list[Line]]:
    """Sort the rows of grids by table; a table without grids is sought in plain lines."""
    found: dict[Table, list[Line]] = {table: [] for table in Table}
    plain: dict[Table, list[str]] = {table: [] for table in Table}
    context: Table | None = None
    for number, part in enumerate(document.parts):
        if isinstance(part, Grid):
            for line in lines_of(part, number):
                context = _context(line, context)
                if context is not None:
                    found[context].append(line)
            continue
        for paragraph in part.split("\n"):
            context = _heading(paragraph, context)
            if context is not None:
                plain[context].append(paragraph)
    for table, vocabulary in (
        (Table.PROACTIVE, proactive_rows()),
        (Table.REQUESTS, request_rows()),
    ):
        if _rows_found(table, found[table]) < _FEW_ROWS - 4 * (table is Table.PROACTIVE):
            found[table] += loose_lines(plain[table], vocabulary, -1)
    if not any(remedies.is_head(line) for line in found[Table.REMEDIES]):
        found[Table.REMEDIES] += _loose_remedies(plain[Table.REMEDIES])
    return found


def _rows_found(table: Table, lines: Sequence[Line]) -> int:
    if table is Table.PROACTIVE:
        return sum(proactive.row_code(line) is not None for line in lines)
    return sum(any(request_rows().match(slot.text) for slot in line.filled) for line in lines)


def _loose_remedies(paragraphs: Sequence[str]) -> list[Line]:
    lines = list(loose_lines(paragraphs, request_rows(), -1))
    result = []
    for line in lines:
        figures = tuple(slot for slot in line.slots if not remedies.is_word(slot))
        if figures and len(figures) < len(line.slots):
            head = tuple(slot for slot in line.slots if remedies.is_word(slot))
            result += [Line(line.grid, head), Line(line.grid, figures)]
        else:
            result.append(line)
    return result


def _heading(paragraph: str, context: Table | None) -> Table | None:
    if len(paragraph) > _LONGEST_HEADING:
        return context
    for pattern, table in _HEADINGS:
        if pattern.search(paragraph):
            return context if _is_label(paragraph) else table
    bare = canonical(paragraph)
    if bare == "信息内容" or bare.startswith("第二十条第"):
        return Table.PROACTIVE
    if bare == "申请人情况":
        return Table.REQUESTS
    if bare == "结果维持":
        return Table.REMEDIES
    return context


def _is_label(text: str) -> bool:
    first = re.split(r"[\d\s]{2,}", text)[0]
    return request_rows().match(first) is not None or request_rows().match(text) is not None


def _context(line: Line, context: Table | None) -> Table | None:
    if len(line.filled) == 1:
        context = _heading(line.filled[0].text, context)
    if any("第二十条第" in canonical(slot.text) for slot in line.filled) or proactive.is_head(line):
        return Table.PROACTIVE
    if remedies.is_head(line) and not requests.is_head(line):
        return Table.REMEDIES
    if requests.is_head(line):
        return Table.REQUESTS
    if any(
        match.code in ("1", "2")
        for slot in line.filled
        if (match := request_rows().match(slot.text))
    ):
        return Table.REQUESTS
    return context
