"""What the form has and the print has not: missing rows, the other edition's, odd labels."""

from collections.abc import Iterator, Sequence

from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.editions import EDITIONS, MIXED
from gongkai.tables.forms import TABLE_NAMES, FormEdition
from gongkai.tables.reading.harvest import Harvest
from gongkai.tables.reading.labels import canonical
from gongkai.tables.sheet import CellPath, Table, Unreadable

_OTHERWISE = ("3.6", "3.6.1", "3.6.2", "3.6.3")


def complete(
    edition: FormEdition, harvests: Sequence[Harvest], year: int | None
) -> tuple[tuple[Discrepancy, ...], frozenset[CellPath]]:
    """Return the reader's findings (B2, B3, N1) and the cells that were never printed."""
    findings: list[Discrepancy] = list(_wrong_edition(edition, year))
    absent: set[CellPath] = set()
    for harvest in harvests:
        form = edition
        if harvest.table is Table.REQUESTS:
            form = _settle_otherwise(edition, harvest)
        findings += harvest.findings
        findings += _missing_rows(form, harvest)
        findings += _odd_labels(form, harvest)
        findings += _remarks(form, harvest)
        absent |= {
            path
            for path in form.paths()
            if path.table is harvest.table and (path.row, path.column) not in harvest.cells
        }
    return tuple(findings), frozenset(absent)


def _wrong_edition(edition: FormEdition, year: int | None) -> Iterator[Discrepancy]:
    if year is None or year < EDITIONS["2019"].first_year or edition.covers(year):
        return
    right = next(form for form in EDITIONS.values() if form.covers(year))
    message = (
        f"{year} 年度报告用了 {edition.id} 年格式（{edition.notice}），"
        f"应按 {right.id} 年格式（{right.notice}）编制。"
    )
    yield Discrepancy("B2", Severity.WARNING, CellPath(Table.PROACTIVE, "", ""), message)


def _settle_otherwise(edition: FormEdition, harvest: Harvest) -> FormEdition:
    """Accept the other edition's rows of （六）其他处理 with one B2; return the form as printed."""
    split = any(row in harvest.row_labels for row in _OTHERWISE[1:])
    whole = "3.6" in harvest.row_labels
    if edition.id == "2021" and whole:
        harvest.find(
            "B2",
            "3.6",
            "",
            "表三“（六）其他处理”"
            + (
                "多出一行合计，2021 年格式只列三小项。"
                if split
                else "只有一行，2021 年格式应分列三行。"
            ),
        )
        return edition if split else MIXED["2021"]
    if edition.id == "2019" and split:
        harvest.find("B2", "3.6", "", "表三“（六）其他处理”分列了三行，2019 年格式只有一行。")
        return edition if whole else MIXED["2019"]
    return edition


def _missing_rows(form: FormEdition, harvest: Harvest) -> Iterator[Discrepancy]:
    name = TABLE_NAMES[harvest.table]
    if not harvest.cells:
        message = f"没有读到{name}，请确认报告中有{name}且是文字表格。"
        yield Discrepancy("B2", Severity.WARNING, CellPath(harvest.table, "", ""), message)
        return
    for row in form.rows(harvest.table):
        if row.data and row.code not in harvest.row_labels:
            path = CellPath(harvest.table, row.code, "")
            message = f"{name}缺少“{row.label}”行，请按格式补上。"
            yield Discrepancy("B2", Severity.WARNING, path, message)


def _odd_labels(form: FormEdition, harvest: Harvest) -> Iterator[Discrepancy]:
    for block in form.tables[harvest.table]:
        for row in block.data_rows:
            printed = harvest.row_labels.get(row.code, "")
            if printed and canonical(printed) != canonical(row.label):
                shown = "".join(printed.split())
                path = CellPath(harvest.table, row.code, "")
                message = f"行名“{shown}”与格式不符，应为“{row.label}”。"
                yield Discrepancy("N1", Severity.NOTICE, path, message)
        for column in block.columns:
            key = column.code
            if harvest.table is Table.PROACTIVE:
                key = f"{block.rows[0].code} {column.code}"
            printed = harvest.column_labels.get(key, "")
            if printed and canonical(printed) != canonical(column.label):
                row_code = block.rows[0].code if harvest.table is Table.PROACTIVE else ""
                path = CellPath(harvest.table, row_code, column.code)
                message = f"列名“{printed.strip()}”与格式不符，应为“{column.label}”。"
                yield Discrepancy("N1", Severity.NOTICE, path, message)


def _remarks(form: FormEdition, harvest: Harvest) -> Iterator[Discrepancy]:
    given_up = {f.path.row for f in harvest.findings if f.rule == "B3" and f.path}
    for (row, column), cell in harvest.cells.items():
        path = CellPath(harvest.table, row, column)
        if path not in form:
            continue
        if isinstance(cell, Unreadable) and row not in given_up:
            message = f"{form.label(path)}“{cell.raw}”不是一个可以确定的数，请改为阿拉伯数字。"
            yield Discrepancy("B3", Severity.WARNING, path, message)
        remark = harvest.remarks.get((row, column))
        if remark:
            yield Discrepancy("N1", Severity.NOTICE, path, f"{form.label(path)}：{remark}。")
