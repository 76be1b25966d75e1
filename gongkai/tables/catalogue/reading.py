"""A sheet read into the tables of its fields, with every fault by row and column.

Reads what counties publish: titles above, columns in any order, merged cells anywhere, several
tables one under another. Nothing is guessed that a person has to decide: it is a fault, or a
notice when the row can stand as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.tables.catalogue.heads import Head, Spot, find_heads, plain, spread
from gongkai.tables.catalogue.marks import read_channels, ticked, words_beside
from gongkai.tables.catalogue.rows import (
    SOME_GROUP,
    CatalogueRow,
    CellFault,
    Column,
    FieldTable,
    wrong_with,
)
from gongkai.tables.grid import Grid

_NEEDED = (
    Column.FIRST_LEVEL,
    Column.CONTENT,
    Column.BASIS,
    Column.TIME_LIMIT,
    Column.ORGAN,
    Column.CHANNELS,
)
_PLAIN_SHEET = re.compile(r"(sheet|工作表|表)\s*\d*", re.I)
_TITLE = re.compile(r"(.+?)(?:领域|(?:基层)?政务公开(?:事项)?标准(?:目录|清单))")
_LINE = (Column.NUMBER, Column.FIRST_LEVEL, Column.SECOND_LEVEL, Column.TIME_LIMIT)


@dataclass(frozen=True, slots=True)
class CatalogueRead:
    """What a sheet says: its tables, what is wrong, what a person ought to know."""

    tables: tuple[FieldTable, ...] = ()
    faults: tuple[CellFault, ...] = ()
    notices: tuple[str, ...] = ()


def read_sheet(
    sheet: str, grid: Grid, known: Mapping[str, str], *, township: bool = False
) -> CatalogueRead:
    """Return the tables of a sheet, one for each field in it.

    `known` maps the names by which fields go, old ones among them, to the name of the field.
    `township` says whose level a table without a column for it is of.
    """
    lines = spread(grid)
    heads = find_heads(lines)
    tables: list[FieldTable] = []
    faults: list[CellFault] = []
    notices: list[str] = []
    above = 0
    for place, head in enumerate(heads):
        below = heads[place + 1].first if place + 1 < len(heads) else len(lines)
        end = _before_titles(lines, head.first + head.depth, below) if below < len(lines) else below
        titles = _titles(lines[above : head.first])
        missing = [column.label for column in _NEEDED if column not in head.columns]
        if missing:
            row = grid.first_row + head.first
            message = f"表头中没有找到“{'”“'.join(missing)}”，请补上这些列后再导入"
            faults.append(CellFault(sheet, row, "表头", message))
        else:
            body = range(head.first + head.depth, end)
            table, wrong = _table(
                _Part(sheet, head, lines, body, grid.first_row, township), titles, known
            )
            _join(tables, table, bool(titles))
            faults += wrong
            notices += _notices(sheet, head)
        above = end
    return CatalogueRead(tuple(tables), tuple(faults), tuple(notices))


@dataclass(frozen=True, slots=True)
class _Part:
    """One table of a sheet: where it stands and how its columns are read."""

    sheet: str
    head: Head
    lines: Sequence[Sequence[Spot]]
    body: range
    first_row: int
    township: bool

    def cell(self, number: int, column: Column) -> str:
        """Return the text of a column in a row, "" where the table has no such column."""
        at = self.head.columns.get(column)
        if at is None:
            return ""
        spot = self.lines[number][at]
        return "" if spot.from_left else _tidy(spot.text, one_line=column in _LINE)


def _join(tables: list[FieldTable], table: FieldTable, titled: bool) -> None:
    """Add a table; one without a title of its own goes on where the last one stopped."""
    if tables and not titled:
        last = tables[-1]
        tables[-1] = replace(last, rows=last.rows + table.rows, places=last.places + table.places)
    else:
        tables.append(table)


def _table(
    part: _Part, titles: Sequence[str], known: Mapping[str, str]
) -> tuple[FieldTable, list[CellFault]]:
    rows: list[CatalogueRow] = []
    places: list[int] = []
    faults: list[CellFault] = []
    first_level = ""
    for number in part.body:
        if _is_remark(part.lines[number]) or not _holds_item(part, number):
            continue
        row = _row(part, number, first_level)
        first_level = row.first_level
        place = part.first_row + number
        faults += [
            CellFault(part.sheet, place, column.label, message)
            for column, message in wrong_with(row)
        ]
        rows.append(row)
        places.append(place)
    title = titles[0] if titles else ""
    name = field_named(titles, part.sheet, known)
    if not name:
        message = "看不出是哪个领域，请把领域名称写进表题或者工作表名称"
        faults.append(CellFault(part.sheet, part.first_row, "表题", message))
    return FieldTable(name, title, tuple(rows), part.sheet, tuple(places)), faults


def field_named(titles: Sequence[str], sheet: str, known: Mapping[str, str]) -> str:
    """Return the field a table is of: what its sheet is named, else what its title says.

    A title may have the county before the field. A field that is not known is given its own
    name, never that of another whose name it contains.
    """
    of_sheet = "" if _PLAIN_SHEET.fullmatch(sheet.strip()) else plain(sheet).removesuffix("领域")
    if of_sheet in known:
        return known[of_sheet]
    for words in map(plain, titles):
        if match := _TITLE.search(words):
            return _known_at_end(match[1], known) or of_sheet or match[1]
    for words in (*map(plain, titles), of_sheet):
        if held := [name for name in known if name in words]:
            return known[max(held, key=len)]
    return of_sheet


def _known_at_end(words: str, known: Mapping[str, str]) -> str:
    held = [name for name in known if words.endswith(name)]
    return known[max(held, key=len)] if held else ""


def _row(part: _Part, number: int, first_before: str) -> CatalogueRow:
    def cell(column: Column) -> str:
        return part.cell(number, column)

    channels, other = read_channels(cell(Column.CHANNELS))
    row = CatalogueRow(
        number=cell(Column.NUMBER),
        first_level=cell(Column.FIRST_LEVEL) or first_before,
        second_level=cell(Column.SECOND_LEVEL),
        content=cell(Column.CONTENT),
        basis=cell(Column.BASIS),
        time_limit=cell(Column.TIME_LIMIT),
        organ_words=cell(Column.ORGAN),
        channels=channels,
        other_channel=other,
    )
    return _with_level(part, number, _with_means(part, number, _with_audience(part, number, row)))


def _with_audience(part: _Part, number: int, row: CatalogueRow) -> CatalogueRow:
    has = part.head.columns.keys()
    if Column.TO_ALL in has or Column.TO_GROUP in has:
        group = part.cell(number, Column.TO_GROUP)
        tick = ticked(group)
        words = words_beside(group) if tick is None else SOME_GROUP if tick else ""
        everybody = ticked(part.cell(number, Column.TO_ALL)) is not False
        return replace(row, to_all=everybody, to_group=words)
    if Column.AUDIENCE in has:
        told = part.cell(number, Column.AUDIENCE)
        everybody = bool(re.search("全社会|社会公众|全体|公众", told))
        return replace(row, to_all=everybody, to_group="" if everybody else words_beside(told))
    return row


def _with_means(part: _Part, number: int, row: CatalogueRow) -> CatalogueRow:
    has = part.head.columns.keys()
    if Column.PROACTIVE in has or Column.ON_REQUEST in has:
        return replace(
            row,
            proactive=ticked(part.cell(number, Column.PROACTIVE)) is not False,
            on_request=ticked(part.cell(number, Column.ON_REQUEST)) is not False,
        )
    if Column.MEANS in has:
        told = part.cell(number, Column.MEANS)
        return replace(row, proactive="主动" in told, on_request="依申请" in told)
    return row


def _with_level(part: _Part, number: int, row: CatalogueRow) -> CatalogueRow:
    has = part.head.columns.keys()
    if Column.AT_COUNTY in has or Column.AT_TOWNSHIP in has:
        town = part.cell(number, Column.AT_TOWNSHIP)
        tick = ticked(town)
        village = town if tick is None else _village_head(part) if tick else ""
        county = ticked(part.cell(number, Column.AT_COUNTY)) is not False
        row = replace(row, at_county=county, at_township=tick is not False, village_words=village)
    elif Column.LEVEL in has:
        told = part.cell(number, Column.LEVEL)
        row = replace(
            row,
            at_county=bool(re.search("县|区|市", told)),
            at_township=bool(re.search("乡|镇|街道|村", told)),
        )
    else:
        row = replace(row, at_county=False, at_township=False)
    if not row.at_county and not row.at_township:
        row = replace(row, at_county=not part.township, at_township=part.township)
    return row


def _village_head(part: _Part) -> str:
    """Return the words of a head such as 乡、村级, "" for the usual 乡级."""
    at = part.head.columns[Column.AT_TOWNSHIP]
    rows = part.lines[part.head.first : part.head.first + part.head.depth]
    words = plain(rows[-1][at].text)
    return words if "村" in words else ""


def _notices(sheet: str, head: Head) -> list[str]:
    told = [f"“{sheet}”中的“{name}”一列没有对应的项目，未读取" for name in head.unknown]
    has = head.columns.keys()
    for columns, label, meaning in (
        ((Column.TO_ALL, Column.TO_GROUP, Column.AUDIENCE), "公开对象", "面向全社会"),
        ((Column.PROACTIVE, Column.ON_REQUEST, Column.MEANS), "公开方式", "主动公开"),
        ((Column.AT_COUNTY, Column.AT_TOWNSHIP, Column.LEVEL), "公开层级", "本级目录的层级"),
    ):
        if not has & set(columns):
            told.append(f"“{sheet}”没有“{label}”一列，按“{meaning}”读取")
    return told


def _before_titles(lines: Sequence[Sequence[Spot]], start: int, below: int) -> int:
    """Return where the rows of a table end when the titles of the next one stand under them."""
    while below > start and len(_own_texts(lines[below - 1])) <= 1:
        below -= 1
    return below


def _titles(lines: Sequence[Sequence[Spot]]) -> list[str]:
    told = (_own_texts(line) for line in lines)
    return [_tidy(texts[0], one_line=True) for texts in told if texts]


def _own_texts(line: Sequence[Spot]) -> list[str]:
    return [
        spot.text
        for spot in line
        if spot.text.strip() and not spot.from_left and not spot.from_above
    ]


def _is_remark(line: Sequence[Spot]) -> bool:
    """Say whether a row is one long cell: a note, a heading of a part, a signature."""
    shown = [spot for spot in line if spot.text.strip()]
    return (len(shown) > 1 and len({spot.text for spot in shown}) == 1) or not shown


def _holds_item(part: _Part, number: int) -> bool:
    told = [
        part.cell(number, column)
        for column in (Column.SECOND_LEVEL, Column.CONTENT, Column.BASIS, Column.ORGAN)
    ]
    return any(told)


def _tidy(text: str, *, one_line: bool) -> str:
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if one_line:
        return "".join(lines)
    return "\n".join(line for line in lines if line)
