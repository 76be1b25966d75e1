"""Made-up published reports that judge the checker: clean ones, and each with one planted fault.

Frozen before the checker was tuned (contracts.md, "Measuring"): change it only to add
cases. A specimen says which findings it must give; its unspoiled twin must give none.
Past 500 lines because one set stands in one file, frozen whole.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from gongkai.statute.requesters import RequesterKind
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Facts, Measure, requests_measure
from gongkai.tables.forms import FormEdition
from gongkai.tables.grid import Document, Grid, GridCell, official_grid
from gongkai.tables.sheet import (
    BLANK,
    Cell,
    CellPath,
    NotApplicable,
    Number,
    Sheet,
    Table,
    Unreadable,
    count,
)

YEARS = {"2019": 2020, "2021": 2023}
ORGAN = "青禾县人民政府"


def requests_at(row: str, column: str) -> CellPath:
    """Return a cell of table three."""
    return CellPath(Table.REQUESTS, row, column)


def proactive_at(row: str, column: str) -> CellPath:
    """Return a cell of table two."""
    return CellPath(Table.PROACTIVE, row, column)


def remedies_at(column: str) -> CellPath:
    """Return a cell of table four."""
    return CellPath(Table.REMEDIES, "", column)


def clean_facts(edition: FormEdition, rng: Random) -> Facts:
    """Return random facts whose tables foot: what came in went out or is carried over."""
    facts: dict[Measure, Decimal] = {}
    for path in edition.paths():
        for measure in edition.measures(path):
            if measure.subject == "requests":
                facts[measure] = Decimal(rng.choice((0, 0, 1, 2, 3, 5, 11)))
            elif measure.aspect == "item_change":
                facts[measure] = Decimal(rng.randrange(-20, 40))
            elif measure.aspect == "amount":
                facts[measure] = Decimal(rng.randrange(10**9))
            else:
                facts[measure] = Decimal(rng.randrange(400))
    for kind in RequesterKind:
        own = {m: v for m, v in facts.items() if m.subject == "requests" and m.kind is kind}
        done = sum((v for m, v in own.items() if m.aspect.startswith("outcome.")), Decimal(0))
        carried_out = own[requests_measure("carried_out", kind)]
        carried_in = min(own[requests_measure("carried_in", kind)], done + carried_out)
        facts[requests_measure("carried_in", kind)] = carried_in
        facts[requests_measure("received", kind)] = done + carried_out - carried_in
    return facts


def clean_sheet(edition: FormEdition, rng: Random) -> Sheet:
    """Return a random sheet that foots."""
    return edition.lay_out(clean_facts(edition, rng))


def number(sheet: Sheet, path: CellPath) -> int:
    """Return the count at a cell."""
    cell = sheet[path]
    assert isinstance(cell, Number), path
    return int(cell.value)


def with_cells(sheet: Sheet, cells: Mapping[CellPath, Cell]) -> Sheet:
    """Return the sheet with some cells replaced; Unreadable prints any text."""
    return replace(sheet, cells={**sheet.cells, **cells})


def add(sheet: Sheet, *changes: tuple[CellPath, int]) -> Sheet:
    """Return the sheet with counts changed by so much."""
    return with_cells(sheet, {path: count(number(sheet, path) + by) for path, by in changes})


# ---- prose ---------------------------------------------------------------------------


def group(sheet: Sheet, code: str, column: str = "t") -> int:
    """Return the sum of a group of result rows, e.g. 3.3."""
    return sum(
        number(sheet, path)
        for path in sheet
        if path.table is Table.REQUESTS
        and path.column == column
        and (path.row == code or path.row.startswith(code + "."))
    )


def prose(sheet: Sheet, year: int, style: int) -> list[str]:
    """Return section one's paragraphs, every figure as the tables have it."""
    return [*_REQUEST_PROSE[style % len(_REQUEST_PROSE)](sheet, year), _documents(sheet)]


def _plain(sheet: Sheet, year: int) -> list[str]:
    at = {row: number(sheet, requests_at(row, "t")) for row in ("1", "2", "3.7", "4")}
    person = number(sheet, requests_at("1", "p"))
    return [
        f"{year}年，全县共收到政府信息公开申请{at['1']}件，其中自然人{person}件，"
        f"法人或其他组织{at['1'] - person}件；上年结转{at['2']}件。全年办结{at['3.7']}件，"
        f"其中予以公开{group(sheet, '3.1')}件，部分公开{group(sheet, '3.2')}件，"
        f"不予公开{group(sheet, '3.3')}件，无法提供{group(sheet, '3.4')}件，"
        f"不予处理{group(sheet, '3.5')}件，其他处理{group(sheet, '3.6')}件；"
        f"结转下年度继续办理{at['4']}件。",
        _remedies(sheet),
    ]


def _with_carried(sheet: Sheet, year: int) -> list[str]:
    new, carried = (number(sheet, requests_at(row, "t")) for row in ("1", "2"))
    return [
        f"（二）依申请公开。{year} 年，全县共受理政府信息公开申请 {new + carried} 件"
        f"（含上年结转 {carried} 件），已办结 {number(sheet, requests_at('3.7', 't'))} 件，"
        f"结转下年度 {number(sheet, requests_at('4', 't'))} 件。",
        _remedies(sheet),
    ]


def _own_level(sheet: Sheet, year: int) -> list[str]:
    new = number(sheet, requests_at("1", "t"))
    person = number(sheet, requests_at("1", "p"))
    own = max(new // 2, 0)
    return [
        f"{year} 年青禾县受理依申请公开 {new} 件，其中自然人 {person} 件，法人 {new - person} 件。"
        f"县本级受理依申请公开 {own} 件，当面 {own // 3} 件，在线 {own - own // 3} 件。"
    ]


def _channels(sheet: Sheet, year: int) -> list[str]:
    new = number(sheet, requests_at("1", "t"))
    kinds = "、".join(
        f"{kind.label}{number(sheet, requests_at('1', kind.column))}件" for kind in RequesterKind
    )
    web, post = new // 2, new - new // 2
    return [
        f"全年共收到依申请公开申请{new}件，其中网络申请{web}件、信函申请{post}件。"
        f"按申请人分：{kinds}。"
    ]


_REQUEST_PROSE: tuple[Callable[[Sheet, int], list[str]], ...] = (
    _plain,
    _with_carried,
    _own_level,
    _channels,
)


def _remedies(sheet: Sheet) -> str:
    reviews = number(sheet, remedies_at("r5"))
    suits = number(sheet, remedies_at("d5")) + number(sheet, remedies_at("a5"))
    return (
        f"因政府信息公开被申请行政复议{reviews}件，其中结果维持"
        f"{number(sheet, remedies_at('r1'))}件；被提起行政诉讼{suits}件。"
    )


def _documents(sheet: Sheet) -> str:
    made = number(sheet, proactive_at("T2.1.2", "c1"))
    decisions = "c3" if sheet.edition == "2019" else "c1"
    licences = number(sheet, proactive_at("T2.5.1", decisions))
    penalties = number(sheet, proactive_at("T2.6.1", decisions))
    tail = (
        f"对外公开规范性文件总数{number(sheet, proactive_at('T2.1.2', 'c3'))}件"
        if sheet.edition == "2019"
        else f"废止{number(sheet, proactive_at('T2.1.2', 'c2'))}件，"
        f"现行有效{number(sheet, proactive_at('T2.1.2', 'c3'))}件"
    )
    return (
        f"全年制发行政规范性文件{made}件，{tail}。作出行政许可决定{licences}件，"
        f"作出行政处罚决定{penalties}件。全年发布信息5300条，其中门户网站1200条、"
        "部门3100条、乡镇1000条。承接热线工单800件，按期办结率为99.75%。"
    )


# ---- documents -----------------------------------------------------------------------


@dataclass(frozen=True)
class Report:
    """What a published report is made of."""

    sheet: Sheet
    paragraphs: tuple[str, ...]
    grids: tuple[Grid, ...]
    year: int
    organ: str = ORGAN

    @property
    def document(self) -> Document:
        """The report in reading order."""
        return Document(
            (
                f"{self.organ}{self.year}年政府信息公开工作年度报告",
                "根据《中华人民共和国政府信息公开条例》规定编制本报告。本报告所列数据的统计期限自"
                f"{self.year}年1月1日起至{self.year}年12月31日止。",
                "一、总体情况",
                *self.paragraphs,
                "二、主动公开政府信息情况",
                *self._of(Table.PROACTIVE),
                "三、收到和处理政府信息公开申请情况",
                *self._of(Table.REQUESTS),
                "四、政府信息公开行政复议、行政诉讼情况",
                *self._of(Table.REMEDIES),
                "五、存在的主要问题及改进情况",
                "公开的主动性有待加强，下一步将加大培训力度。",
                "六、其他需要报告的事项",
                "本年度无其他需要报告的事项。",
            )
        )

    def _of(self, table: Table) -> tuple[Grid, ...]:
        return (
            self.grids[:1]
            if table is Table.PROACTIVE
            else (self.grids[1:-1] if table is Table.REQUESTS else self.grids[-1:])
        )


def report(sheet: Sheet, style: int = 0, prose_of: Sheet | None = None) -> Report:
    """Return a report of a sheet in the official layout; prose may be told of another sheet."""
    edition = EDITIONS[sheet.edition]
    year = YEARS[edition.id]
    grids = tuple(official_grid(edition, table, sheet) for table in Table)
    return Report(sheet, tuple(prose(prose_of or sheet, year, style)), grids, year)


# ---- layouts that deviate, with the same cells ------------------------------------------


def change_texts(made: Report, change: Callable[[str], str], headers_only: bool = True) -> Report:
    """Return the report with the texts of its grids changed."""
    grids = tuple(
        Grid(
            tuple(
                tuple(
                    replace(cell, text=change(cell.text))
                    if cell.header or not headers_only
                    else cell
                    for cell in row
                )
                for row in grid.rows
            )
        )
        for grid in made.grids
    )
    return replace(made, grids=grids)


def wrapped(made: Report) -> Report:
    """Labels wrapped inside their cells, as in narrow columns."""
    return change_texts(
        made, lambda text: "\n".join(text[i : i + 5] for i in range(0, len(text), 5))
    )


def renumbered(made: Report) -> Report:
    """`1、` for `1.`, ASCII brackets for full-width ones, spaces after numbers."""

    def change(text: str) -> str:
        if text[:2] in {f"{n}." for n in range(1, 10)}:
            return f"{text[0]}、{text[2:]}"
        return text.replace("（", "(").replace("）", ") ")

    return change_texts(made, change)


def full_width(made: Report) -> Report:
    """Figures in full-width digits."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    grids = tuple(
        Grid(
            tuple(
                tuple(c if c.header else replace(c, text=c.text.translate(wide)) for c in row)
                for row in grid.rows
            )
        )
        for grid in made.grids
    )
    return replace(made, grids=grids)


def unmerged_repeating(made: Report) -> Report:
    """No merged cells: each covered place repeats the text."""

    def spread(grid: Grid) -> Grid:
        width = len(grid.matrix[0])
        lines: list[list[GridCell | None]] = [[None] * width for _ in grid.rows]
        for row, cells in enumerate(grid.rows):
            column = 0
            for cell in cells:
                while lines[row][column] is not None:
                    column += 1
                for down in range(cell.rowspan):
                    for across in range(cell.colspan):
                        lines[row + down][column + across] = GridCell(cell.text, header=cell.header)
        return Grid(tuple(tuple(cell for cell in line if cell) for line in lines))

    keep = made.grids[0]
    return replace(made, grids=(keep, *(spread(grid) for grid in made.grids[1:])))


def over_pages(made: Report) -> Report:
    """Table three broken in two after （三）6, the second half flat and shifted left."""
    matrix = made.grids[1].matrix
    cut = next(i for i, row in enumerate(matrix) if any("行政执法案卷" in cell for cell in row))

    def shifted(row: tuple[str, ...]) -> tuple[GridCell, ...]:
        cells = list(row)
        while cells and not cells[0]:
            cells.pop(0)
        cells = [cells[0], *(cell for cell in cells[1:] if cell)]
        return tuple(GridCell(cell) for cell in [*cells, *[""] * (len(row) - len(cells))])

    first = Grid(tuple(tuple(GridCell(cell) for cell in row) for row in matrix[:cut]))
    second = Grid(tuple(shifted(row) for row in matrix[cut:]))
    return replace(made, grids=(made.grids[0], first, second, made.grids[2]))


def repeated_heads(made: Report) -> Report:
    """Table three broken over two pages, its head printed again on the second."""
    rows = made.grids[1].rows
    flat = made.grids[1].matrix
    cut = next(i for i, row in enumerate(flat) if any("本机关不掌握" in cell for cell in row))
    first = Grid(tuple(tuple(GridCell(cell) for cell in row) for row in flat[:cut]))
    tail = tuple(tuple(GridCell(cell) for cell in row) for row in flat[cut:])
    second = Grid((*rows[:3], *tail))
    return replace(made, grids=(made.grids[0], first, second, made.grids[2]))


LAYOUTS: Mapping[str, Callable[[Report], Report]] = {
    "official": lambda made: made,
    "wrapped": wrapped,
    "renumbered": renumbered,
    "full_width": full_width,
    "unmerged_repeating": unmerged_repeating,
    "over_pages": over_pages,
    "repeated_heads": repeated_heads,
}


# ---- planted faults --------------------------------------------------------------------

Expected = tuple[str, str, str]  # rule, row, column


@dataclass(frozen=True)
class Specimen:
    """A report, its last year's sheet if one is given, and the findings it must give."""

    name: str
    report: Report
    expected: frozenset[Expected]
    last_year: Sheet | None = None


def _at(rule: str, *paths: CellPath) -> frozenset[Expected]:
    return frozenset((rule, path.row, path.column) for path in paths)


def twin(edition: FormEdition, seed: int) -> Specimen:
    """Return an unspoiled report."""
    sheet = clean_sheet(edition, Random(seed))
    return Specimen("twin", report(sheet, seed), frozenset())


def faults(edition: FormEdition, seed: int) -> Iterator[Specimen]:
    """Yield one specimen for each fault that can be planted in tables."""
    clean = clean_sheet(edition, Random(seed))

    def specimen(name: str, sheet: Sheet, expected: frozenset[Expected]) -> Specimen:
        return Specimen(name, report(sheet, seed, prose_of=clean), expected)

    kind = ("p", "o1", "o3", "o5")[seed % 4]
    spoiled = add(clean, (requests_at("2", kind), 3), (requests_at("2", "t"), 3))
    yield Specimen(
        "V1",
        report(spoiled, seed, prose_of=spoiled),
        _at("V1", requests_at("3.7", kind), requests_at("3.7", "t")),
    )
    row = ("3.3.1", "3.4.2", "3.5.4")[seed % 3]
    spoiled = add(clean, (requests_at(row, kind), 2), (requests_at(row, "t"), 2))
    yield Specimen(
        "V2",
        report(spoiled, seed, prose_of=spoiled),
        _at("V2", requests_at("3.7", kind), requests_at("3.7", "t")),
    )
    spoiled = add(clean, (requests_at("3.3.8", "t"), 1), (requests_at("3.3.2", "t"), -1))
    spoiled = add(
        with_cells(spoiled, {}),
        (requests_at("3.3.2", "o2"), 2),
        (requests_at("3.3.2", "t"), 2),
        (requests_at("3.3.8", "t"), 1),
        (requests_at("3.7", "o2"), 2),
        (requests_at("3.7", "t"), 3),
        (requests_at("1", "o2"), 2),
        (requests_at("1", "t"), 2),
        (requests_at("2", "t"), 1),
    )
    yield Specimen(
        "V3",
        report(spoiled, 2),
        _at("V3", *(requests_at(r, "t") for r in ("3.3.8", "3.3.2", "3.7", "2"))),
    )
    letter = "rda"[seed % 3]
    spoiled = add(clean, (remedies_at(f"{letter}2"), 1))
    yield specimen("V4", spoiled, _at("V4", remedies_at(f"{letter}5")))
    path = proactive_at("T2.6.2", "c3" if edition.id == "2019" else "c1")
    yield specimen("V8 negative", with_cells(clean, {path: count(-4)}), _at("V8", path))
    spoiled = with_cells(clean, {path: Number(Decimal("2.5"))})
    yield specimen("V8 fraction", spoiled, _at("V8", path))
    yield specimen("B1", with_cells(clean, {path: BLANK}), _at("B1", path))
    column = {p: BLANK for p in clean if p.table is Table.REQUESTS and p.column == "t"}
    yield Specimen(
        "B1 total column",
        report(with_cells(clean, column), 3, prose_of=clean),
        frozenset({("B1", "", "t")}),
    )
    yield specimen("B3", with_cells(clean, {path: Unreadable("2S")}), _at("B3", path))
    yield specimen("B3 two", with_cells(clean, {path: Unreadable("12 34")}), _at("B3", path))
    yield specimen("N1 unit", with_cells(clean, {path: Unreadable("28件")}), _at("N1", path))
    yield specimen("N1 sign", with_cells(clean, {path: Unreadable("+2")}), _at("N1", path))
    note = Unreadable("28（含上年1件）")
    yield specimen("N1 note", with_cells(clean, {path: note}), _at("N1", path))
    yield specimen("N1 na", with_cells(clean, {path: NotApplicable("/")}), _at("N1", path))
    yield from _shape_faults(edition, clean, seed)
    yield from _prose_faults(clean, seed)


def _drop(made: Report, words: str) -> Report:
    """Take a row out of table three; a merged label loses one row with it."""
    flat = made.grids[1].matrix
    keep = [row for row in flat if not any(words in cell for cell in row)]
    grid = Grid(tuple(tuple(GridCell(cell) for cell in row) for row in keep))
    return replace(made, grids=(made.grids[0], grid, *made.grids[2:]))


def _double(made: Report, words: str) -> Report:
    flat = made.grids[1].matrix
    rows = [row for line in flat for row in ([line] * (2 if any(words in c for c in line) else 1))]
    grid = Grid(tuple(tuple(GridCell(cell) for cell in row) for row in rows))
    return replace(made, grids=(made.grids[0], grid, *made.grids[2:]))


def _shape_faults(edition: FormEdition, clean: Sheet, seed: int) -> Iterator[Specimen]:
    made = report(clean, seed)
    yield Specimen("B2 missing", _drop(made, "提供公开出版物"), frozenset({("B2", "3.5.3", "")}))
    yield Specimen("B2 doubled", _double(made, "重复申请"), frozenset({("B2", "3.5.2", "")}))
    if edition.id == "2021":
        row = {
            CellPath(Table.REQUESTS, "3.6", column): count(group(clean, "3.6", column))
            for column in ("p", "o1", "o2", "o3", "o4", "o5", "t")
        }
        old = EDITIONS["2019"]
        merged = Sheet("2019", {**clean.cells, **row})
        grids = (made.grids[0], official_grid(old, Table.REQUESTS, merged), made.grids[2])
        yield Specimen("B2 one row", replace(made, grids=grids), frozenset({("B2", "3.6", "")}))
        named = change_texts(made, lambda text: text.replace("行政规范性文件", "规范性文件"))
        yield Specimen("N1 label", named, frozenset({("N1", "T2.1.2", "")}))


def _prose_faults(clean: Sheet, seed: int) -> Iterator[Specimen]:
    made = report(clean, 0)
    (first, *others) = made.paragraphs
    out = number(clean, requests_at("4", "t"))
    wrong = first.replace(f"继续办理{out}件", f"继续办理{out + 7777}件")
    yield Specimen("P1", replace(made, paragraphs=(wrong, *others)), frozenset({("P1", "4", "t")}))
    new = number(clean, requests_at("1", "t"))
    wrong = first.replace(f"申请{new}件", f"申请{new + 7777}件")
    both = frozenset({("P1", "1", "t"), ("P3", "", "")})
    yield Specimen("P1 and its sum", replace(made, paragraphs=(wrong, *others)), both)
    for name, old, novel in (
        ("P2", "99.75%", "99.78%"),
        ("P3", "5300条", "5310条"),
    ):
        paragraphs = tuple(text.replace(old, novel) for text in made.paragraphs)
        yield Specimen(name, replace(made, paragraphs=paragraphs), frozenset({(name, "", "")}))
    day = f"截止{made.year}年12月31日，累计开展培训三次。"
    yield Specimen(
        "N1 word",
        replace(made, paragraphs=(*made.paragraphs, day)),
        frozenset({("N1", "", "")}),
    )


def year_faults(edition: FormEdition, seed: int) -> Iterator[Specimen]:
    """Yield specimens judged with last year's report: a sound pair, then V5, V6 or V7."""
    rng = Random(seed)
    this = clean_sheet(edition, rng)
    last = clean_sheet(edition, rng)
    agreeing: dict[CellPath, Cell] = {}
    for column in ("p", "o1", "o2", "o3", "o4", "o5", "t"):
        agreeing[requests_at("4", column)] = this[requests_at("2", column)]
    for row in ("T2.5.1", "T2.5.2", "T2.6.1", "T2.6.2", "T2.8.1"):
        if edition.id == "2019":
            change = number(last, proactive_at(row, "c2"))
            agreeing[proactive_at(row, "c1")] = count(
                number(this, proactive_at(row, "c1")) - change
            )
    for row in ("T2.1.1", "T2.1.2"):
        if edition.id == "2021":
            made, repealed, force = (
                number(this, proactive_at(row, column)) for column in ("c1", "c2", "c3")
            )
            agreeing[proactive_at(row, "c3")] = count(force - made + repealed)
    last = with_cells(last, agreeing)
    made_report = report(this, seed)
    yield Specimen("last year agrees", made_report, frozenset(), last)
    spoiled = add(last, (requests_at("4", "o1"), 1), (requests_at("4", "t"), 1))
    carried = _at("V5", requests_at("2", "o1"), requests_at("2", "t"))
    yield Specimen("V5", made_report, carried, spoiled)
    if edition.id == "2019":
        spoiled = add(last, (proactive_at("T2.6.1", "c2"), 5))
        yield Specimen("V6", made_report, _at("V6", proactive_at("T2.6.1", "c1")), spoiled)
    else:
        spoiled = add(last, (proactive_at("T2.1.2", "c3"), 2))
        yield Specimen("V7", made_report, _at("V7", proactive_at("T2.1.2", "c3")), spoiled)
