"""Reports as sites publish them: every cell as printed, each planted fault told, none invented."""

import random
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest

from gongkai.adapters.readers import read_document
from gongkai.adapters.tests.makers import pdf_file
from gongkai.annualreport.rules.check import check
from gongkai.annualreport.tests.published import (
    FOURTH,
    GROUPS,
    KINDS,
    NEW,
    OLD,
    SPLIT,
    T2,
    WHOLE,
    Published,
    matrix,
    parts,
    proactive_rows,
    remedy_rows,
    report,
    request_head,
    request_rows,
)
from gongkai.annualreport.tests.published_files import cms_page, one_a_line, tabbed, word_page
from gongkai.tables.grid import Document, Grid, GridCell
from gongkai.tables.sheet import tables_to_json

FORMS = (OLD, NEW)


def word_file(told: list[object]) -> bytes:
    """Return a Word document with merged cells."""
    document = docx.Document()
    for part in told:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        texts = matrix(part)
        table = document.add_table(len(texts), len(texts[0]))
        for row, column, (text, deep, wide) in places(part):
            cell = table.cell(row, column)
            if (deep, wide) != (1, 1):
                cell = cell.merge(table.cell(row + deep - 1, column + wide - 1))
            cell.text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def workbook(told: list[object]) -> bytes:
    """Return a workbook with everything on one sheet, figures as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    line = 1
    for part in told:
        if isinstance(part, str):
            sheet.cell(line, 1, part)
            line += 1
            continue
        for row, column, (text, deep, wide) in places(part):
            figure = text.lstrip("-").replace(".", "", 1).isdigit()
            sheet.cell(line + row, column + 1, float(text) if figure else text)
            if (deep, wide) != (1, 1):
                sheet.merge_cells(
                    start_row=line + row,
                    start_column=column + 1,
                    end_row=line + row + deep - 1,
                    end_column=column + wide,
                )
        line += len(part)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def places(rows):
    """Yield the row and column in which each cell begins."""
    taken = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            yield number, column, cell
            taken |= {(number + d, column + a) for d in range(cell[1]) for a in range(cell[2])}


def printed(told: list[object]) -> bytes:
    """Return a PDF with ruled tables."""
    laid = (
        part if isinstance(part, str)
        else Grid(tuple(tuple(GridCell(*cell) for cell in row) for row in part))
        for part in told
    )  # fmt: skip
    return pdf_file(Document(tuple(laid)))


WRITERS = {
    "cms.html": cms_page,
    "word.html": word_page,
    "tabs.txt": lambda told: tabbed(told).encode(),
    "lines.txt": lambda told: one_a_line(told).encode(),
    "x.docx": word_file,
    "x.xlsx": workbook,
    "x.pdf": printed,
}
QUICK = ("cms.html", "tabs.txt")


def read(data: bytes, name: str):
    """Return the checked report in a file."""
    return check(read_document(data, "." + name.rpartition(".")[2]))


def shown(text: str, column: str = ""):
    """Return what the contract's JSON shows for a printed cell of a clean report."""
    if not text:
        return None
    number = text.removesuffix("万元")
    if number != text or column == "amount":
        return {"value": format(Decimal(number), "f"), "unit": "万元"}
    return {"na": text} if text in ("/", "—") else int(text)


def cells_of(told: Published):
    """Return the three tables as the contract shows them."""
    proactive = {
        code: {
            f"c{place}": shown(told.text(code, f"c{place}"), "amount" if "万元" in name else "")
            for place, name in enumerate(columns, 1)
        }
        for _, columns, items in T2[told.form]
        for code, _ in items
    }
    results = GROUPS | (SPLIT if told.rows_split else WHOLE)
    rows = [row for row in results if not any(other.startswith(row + ".") for other in results)]
    requests = {
        row: {kind: shown(told.text(row, kind)) for kind in KINDS}
        for row in ("1", "2", *rows, "3.7", "4")
    }
    remedies = {f"{x}{n}": shown(told.text("", f"{x}{n}")) for x in "rda" for n in range(1, 6)}
    return {"proactive": proactive, "requests": requests, "remedies": remedies}


def rules(checked) -> str:
    """Return the rules broken, each once, in order."""
    return " ".join(sorted({found.rule for found in checked.findings}))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", WRITERS)
def test_a_clean_report_is_clean(form, name):
    told = report(form)
    checked = read(WRITERS[name](parts(told)), name)
    assert tables_to_json(checked.sheet) == cells_of(told)
    assert (checked.organ, checked.year) == ("靖安县人民政府", 2020 if form == OLD else 2023)
    assert rules(checked) == ""
    assert all(figure.agrees is not False for figure in checked.figures)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb2312", "gb2312"), ("gbk", None), ("gb18030", "utf-8"), ("utf-16", None), ("utf-8", "gbk")],
)
def test_pages_in_any_encoding(form, encoding, declared):
    told = report(form)
    checked = read(cms_page(parts(told), encoding, declared), "x.html")
    assert tables_to_json(checked.sheet) == cells_of(told)


def renumbered(mark: str) -> dict[str, str]:
    """Return the labels of the third level numbered in another way."""
    third = (label for code, label in (GROUPS | SPLIT).items() if code.count(".") == 2)
    return {label: mark.format(label[0]) + label[2:] for label in third}


SPACED = {label: " ".join(label) for label in ("规章", "行政许可", "（七）总计", FOURTH)}
CUT = {label: label[:12] for label in (GROUPS | SPLIT).values()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"labels": renumbered("{}、")}, ""),
        ({"labels": renumbered("（{}）")}, ""),
        ({"labels": renumbered("{}")}, ""),
        ({"labels": SPACED}, ""),
        ({"labels": CUT}, "N1"),
        ({"labels": {"规范性文件": "行政规范性文件", "行政规范性文件": "规范性文件"}}, "N1"),
        ({"split": "other"}, "B2"),
        ({"cells": {f"3.3.1/{kind}": "" for kind in KINDS}}, "B1"),
        ({"cells": {f"3.3.1/{kind}": "/" for kind in KINDS}}, "N1"),
        ({"cells": {f"/r{place}": "" for place in range(1, 6)}}, "B1"),
        ({"cells": {f"3.1/{kind}": "" for kind in KINDS} | {"3.1/p": "17"}}, "B1"),
        ({"cells": {"3.7/p": "31"}}, "V1 V2 V3"),
        ({"cells": {"1/p": "32"}}, "V1 V3"),
        ({"cells": {"3.1/p": "18"}}, "V2 V3"),
        ({"cells": {"3.1/t": "21"}}, "V2 V3"),
        ({"cells": {"3.3.1/o5": "1"}}, "V2 V3"),
        ({"cells": {"/r5": "5"}}, "V4"),
        ({"cells": {"/a2": "2"}}, "V4"),
        ({"cells": {"T2.6.1/c1": "-3"}}, "V8"),
        ({"cells": {"T2.6.1/c1": "3.5"}}, "V8"),
        ({"cells": {"T2.1.1/c1": "两"}}, "B3"),
        ({"cells": {"3.3.1/p": "0¹"}}, "B3"),
        ({"cells": {"3.1/p": "１７"}}, ""),
        ({"cells": {"3.1/p": "17件"}}, "N1"),
    ],
)
def test_deviations_and_faults(form, name, changes, expected):
    changes = dict(changes)
    if changes.get("split") == "other":
        changes["split"] = form == OLD
    told = report(form, **changes)
    checked = read(WRITERS[name](parts(told)), name)
    assert rules(checked) == expected
    texts = told.cells.values()
    if all(text.lstrip("-").isdecimal() or text in ("", "/") for text in texts):
        assert tables_to_json(checked.sheet) == cells_of(told)


@pytest.mark.parametrize("form", FORMS)
def test_a_total_column_left_blank_is_one_remark(form):
    rows = [*GROUPS, *SPLIT, "1", "2", "3.7", "4"]
    told = report(form, cells={f"{row}/t": "" for row in rows})
    checked = read(cms_page(parts(told)), "x.html")
    (found,) = checked.findings
    assert (found.rule, found.path.row, found.path.column) == ("B1", "", "t")


def torn(told: Published, at: int, head: str, shifted: bool) -> list[object]:
    """Return a report whose table three is torn in two tables before row `at`."""
    rows = request_rows(told)
    first = [[(t, min(deep, at - i), wide) for t, deep, wide in row]
             for i, row in enumerate(rows[:at])]  # fmt: skip
    open_spans = [
        ("", i + deep - at, wide)
        for i, row in enumerate(rows[:at])
        for _, deep, wide in row
        if i + deep > at
    ]
    second = [([] if shifted else open_spans) + rows[at], *rows[at + 1 :]]
    again = request_head(told) if head == "again" else []
    three = [request_head(told) + first, again + second]
    return parts(told, ([proactive_rows(told)], three, [remedy_rows(told)]))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("head", ["again", "missing"])
@pytest.mark.parametrize("shifted", [False, True])
def test_tables_torn_over_pages(form, head, shifted):
    told = report(form)
    for at in range(1, len(request_rows(told)), 4):
        for name in ("cms.html", "tabs.txt"):
            checked = read(WRITERS[name](torn(told, at, head, shifted)), name)
            assert tables_to_json(checked.sheet) == cells_of(told), (at, name)
            assert rules(checked) == "", (at, name)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["cms.html", "tabs.txt", "lines.txt"])
def test_rows_missing_and_doubled(form, name):
    told = report(form)
    rows = request_head(told) + request_rows(told)
    for change in (rows[:-1], [*rows, rows[-1]]):
        whole = parts(told, ([proactive_rows(told)], [change], [remedy_rows(told)]))
        checked = read(WRITERS[name](whole), name)
        found = {(each.rule, each.path.row) for each in checked.findings}
        assert found == {("B2", "4")}


@pytest.mark.parametrize("form", FORMS)
def test_random_figures_in_random_dress_come_back(form):
    draw = random.Random(7)
    for number in range(30):
        cells = {f"{row}/{kind}": str(draw.randrange(2000)) for row in GROUPS for kind in KINDS}
        told = report(form, cells=cells | {"T2.5.1/c1": str(draw.randrange(10**6))})
        name = draw.choice(("cms.html", "word.html", "tabs.txt", "lines.txt"))
        checked = read(WRITERS[name](parts(told)), name)
        assert tables_to_json(checked.sheet) == cells_of(told), number
