"""Cross-footing (勾稽关系): what must add up in a report, and what must be a whole number.

The rules are data with cell paths. V1 is printed in the head of table three; V2
to V4 follow from its totals; V5 to V7 compare with the report of the year before
(notices 国办公开办函〔2019〕60号 and 〔2021〕30号). A sum with a blank, a "/" or
unreadable text in it is not assessable: it is never taken as zero, and
`unassessed` names it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.editions import as_printed
from gongkai.tables.forms import Block, FormEdition
from gongkai.tables.sheet import Blank, Cell, CellPath, Number, Sheet, Table
from gongkai.tables.year_on_year import year_on_year


@dataclass(frozen=True, slots=True)
class FootingRule:
    """`total` plus `rest` must equal the sum of `parts`; blame falls on `total`."""

    rule: str
    total: CellPath
    parts: tuple[CellPath, ...]
    rest: tuple[CellPath, ...] = ()


@dataclass(frozen=True, slots=True)
class Unassessed:
    """A footing rule that cannot be checked, and the cells that are no numbers."""

    rule: FootingRule
    without_figure: tuple[CellPath, ...]


@cache
def footing_rules(edition: FormEdition) -> tuple[FootingRule, ...]:
    """Return V1 to V4 of an edition as data."""
    (requests,) = edition.tables[Table.REQUESTS]
    return (
        *_requests_rules(requests),
        *(
            FootingRule("V4", path, edition.parts(path))
            for path in edition.paths()
            if path.table is Table.REMEDIES and edition.parts(path)
        ),
    )


def _requests_rules(block: Block) -> Iterator[FootingRule]:
    def at(row: str, column: str) -> CellPath:
        return CellPath(Table.REQUESTS, row, column)

    total_row = block.row_of["3.7"]
    for column in block.columns:
        code = column.code
        yield FootingRule(
            "V1", at("3.7", code), (at("1", code), at("2", code)), rest=(at("4", code),)
        )
        yield FootingRule("V2", at("3.7", code), tuple(at(part, code) for part in total_row.parts))
    total_column = block.column_of["t"]
    for row in block.data_rows:
        yield FootingRule(
            "V3", at(row.code, "t"), tuple(at(row.code, part) for part in total_column.parts)
        )


@dataclass(frozen=True, slots=True)
class _Compiled:
    """An edition's rules over positions in its list of paths: quick over many sheets."""

    paths: tuple[CellPath, ...]
    rules: tuple[tuple[FootingRule, int, tuple[int, ...], tuple[int, ...]], ...]
    signed: frozenset[int]
    amounts: frozenset[int]
    total_column: tuple[int, ...]


@cache
def _compiled(edition: FormEdition) -> _Compiled:
    paths = edition.paths()
    place = {path: index for index, path in enumerate(paths)}
    rules = tuple(
        (
            rule,
            place[rule.total],
            tuple(place[p] for p in rule.parts),
            tuple(place[p] for p in rule.rest),
        )
        for rule in footing_rules(edition)
    )
    columns = [edition.place(path)[2] for path in paths]
    return _Compiled(
        paths,
        rules,
        frozenset(index for index, column in enumerate(columns) if column.signed),
        frozenset(index for index, column in enumerate(columns) if column.unit),
        tuple(i for i, p in enumerate(paths) if p.table is Table.REQUESTS and p.column == "t"),
    )


def crossfoot(sheet: Sheet, last_year: Sheet | None = None) -> tuple[Discrepancy, ...]:
    """Return what does not hold in a sheet: V1 to V4, V8, B1 and, with last year's, V5 to V7.

    B1 stands at each blank cell; a total column of table three left blank whole is
    one B1 at its head (contract).
    """
    edition = as_printed(sheet)
    compiled = _compiled(edition)
    get = sheet.cells.get
    cells = [get(path) for path in compiled.paths]
    values = [cell.value if isinstance(cell, Number) else None for cell in cells]
    found = list(_footing(edition, compiled, values))
    found += _whole_numbers(edition, compiled, values)
    found += _blanks(edition, compiled, cells)
    if last_year is not None:
        found += year_on_year(sheet, last_year)
    return tuple(found)


def unassessed(sheet: Sheet) -> tuple[Unassessed, ...]:
    """Return the sums that cannot be checked, each with the cells that are no numbers."""
    result = []
    for rule in footing_rules(as_printed(sheet)):
        involved = (rule.total, *rule.parts, *rule.rest)
        missing = tuple(path for path in involved if not isinstance(sheet[path], Number))
        if missing:
            result.append(Unassessed(rule, missing))
    return tuple(result)


def _footing(
    edition: FormEdition, compiled: _Compiled, values: Sequence[Decimal | None]
) -> Iterator[Discrepancy]:
    for rule, total_at, parts_at, rest_at in compiled.rules:
        total = _sum(values, (total_at,))
        parts = _sum(values, parts_at)
        rest = _sum(values, rest_at)
        if total is None or parts is None or rest is None or total + rest == parts:
            continue
        yield Discrepancy(
            rule.rule,
            Severity.ERROR,
            rule.total,
            _footing_message(edition, rule, total, parts, rest),
            expected=parts - rest,
            found=total,
        )


def _sum(values: Sequence[Decimal | None], places: tuple[int, ...]) -> Decimal | None:
    total = Decimal(0)
    for place in places:
        value = values[place]
        if value is None:
            return None
        total += value
    return total


def _footing_message(
    edition: FormEdition, rule: FootingRule, total: Decimal, parts: Decimal, rest: Decimal
) -> str:
    where = edition.label(rule.total)
    column = edition.place(rule.total)[2].label
    match rule.rule:
        case "V1":
            return (
                f"表三“{column}”列：第一项加第二项之和为 {parts:f}，第三项总计加第四项之和为 "
                f"{total:f}＋{rest:f}＝{total + rest:f}，两者不等，请核对新收、结转和办理结果各数。"
            )
        case "V2":
            return f"{where}为 {total:f}，各项办理结果相加为 {parts:f}，请核对总计和各行。"
        case "V3":
            return f"{where}为 {total:f}，自然人与各类组织相加为 {parts:f}，请核对本行各数。"
        case _:
            return f"{where}为 {total:f}，四种结果相加为 {parts:f}，请核对总计和各项。"


def _whole_numbers(
    edition: FormEdition, compiled: _Compiled, values: Sequence[Decimal | None]
) -> Iterator[Discrepancy]:
    for index, value in enumerate(values):
        if value is None:
            continue
        negative = value < 0 and index not in compiled.signed
        if negative or (index not in compiled.amounts and value != value.to_integral_value()):
            path = compiled.paths[index]
            kind = "金额" if index in compiled.amounts else "件数、项数"
            fault = "不能是负数" if negative else "必须是整数"
            yield Discrepancy(
                "V8",
                Severity.ERROR,
                path,
                f"{edition.label(path)}为 {value:f}，{kind}{fault}，请更正。",
                found=value,
            )


def _blanks(
    edition: FormEdition, compiled: _Compiled, cells: Sequence[Cell | None]
) -> Iterator[Discrepancy]:
    blank = [cell is None or isinstance(cell, Blank) for cell in cells]
    if not any(blank):
        return
    once = all(blank[index] for index in compiled.total_column)
    if once:
        yield Discrepancy(
            "B1",
            Severity.WARNING,
            CellPath(Table.REQUESTS, "", "t"),
            "表三“总计”列整列空白，各行合计无法核对，请补填（没有的填 0）。",
        )
    skipped = set(compiled.total_column) if once else set()
    for index, path in enumerate(compiled.paths):
        if blank[index] and index not in skipped:
            yield Discrepancy(
                "B1",
                Severity.WARNING,
                path,
                f"{edition.label(path)}空白，含有这一格的合计无法核对；没有的应填 0，请补填。",
            )
