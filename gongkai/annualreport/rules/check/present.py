"""A checked report in the contract's JSON and as Chinese text for officials."""

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from gongkai.annualreport.rules.check import CheckedReport
from gongkai.annualreport.rules.check.judgement import FigureTold
from gongkai.tables.crossfoot import unassessed
from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.forms import TABLE_NAMES, Block, FormEdition
from gongkai.tables.sheet import Sheet, Table, tables_to_json

_SEVERITIES = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.NOTICE: "提示",
}
_REMARKS = {True: "相符", False: "不符", None: "表中无从核对"}


def to_json(path: str, report: CheckedReport) -> dict[str, Any]:
    """Return the object of one file in the contract's shape."""
    return {
        "path": path,
        "organ": report.organ,
        "year": report.year,
        "edition": report.reading.edition.id,
        "tables": tables_to_json(report.sheet),
        "findings": [_finding(finding) for finding in report.findings],
        "figures": [_figure(figure) for figure in report.figures],
    }


def _finding(finding: Discrepancy) -> dict[str, Any]:
    path = finding.path
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "table": path.table.value if path else None,
        "row": path.row or None if path else None,
        "column": path.column or None if path else None,
        "expected": _number(finding.expected),
        "found": _number(finding.found),
        "message": finding.message,
    }


def _figure(figure: FigureTold) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": _number(figure.value),
        "unit": figure.unit,
        "measure": figure.measure,
        "reading": figure.reading,
        "table_value": _number(figure.table_value),
        "agrees": figure.agrees,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def to_text(path: str, report: CheckedReport) -> str:
    """Return one file's report as text: who, the tables, the findings, the figures told."""
    edition = report.reading.edition
    year = f"{report.year} 年" if report.year else "年份不明"
    lines = [
        f"■ {path}",
        f"  机关：{report.organ or '未能识别'}　年份：{year}　"
        f"格式：{edition.id} 年格式（{edition.notice}）",
        "",
        *_proactive(edition, report.sheet),
        *_requests(edition, report.sheet),
        *_remedies(edition, report.sheet),
        *_findings(report.findings),
        *_unassessed(report.sheet),
        *_figures(report.figures),
    ]
    return "\n".join(lines)


def _proactive(edition: FormEdition, sheet: Sheet) -> Iterator[str]:
    yield "  表二　主动公开政府信息情况"
    for block in edition.tables[Table.PROACTIVE]:
        for row in block.data_rows:
            cells = "，".join(
                f"{column.label} {_cell(edition, block, sheet, row.code, column.code)}"
                for column in block.columns
            )
            yield f"    {block.label}　{row.label}：{cells}"
    yield ""


def _cell(edition: FormEdition, block: Block, sheet: Sheet, row: str, column: str) -> str:
    path = block.path(block.row_of[row], block.column_of[column])
    return "".join(edition.text(path, sheet[path]).split()) or "（空白）"


def _requests(edition: FormEdition, sheet: Sheet) -> Iterator[str]:
    (block,) = edition.tables[Table.REQUESTS]
    heads = ["自然人", "企业", "科研", "公益", "法律", "其他", "总计"]
    yield "  表三　收到和处理政府信息公开申请情况"
    yield "    " + _padded("", 40) + "".join(_right(head, 8) for head in heads)
    for row in block.rows:
        indent = "  " * (len(block.lineage(row)) - 1)
        label = _cut(indent + row.label, 40)
        if not row.data:
            yield "    " + label
            continue
        cells = [_cell(edition, block, sheet, row.code, column.code) for column in block.columns]
        shown = "".join(_right("空" if cell == "（空白）" else cell, 8) for cell in cells)
        yield "    " + _padded(label, 40) + shown
    yield ""


def _remedies(edition: FormEdition, sheet: Sheet) -> Iterator[str]:
    (block,) = edition.tables[Table.REMEDIES]
    yield "  表四　政府信息公开行政复议、行政诉讼情况"
    for group in dict.fromkeys(column.groups for column in block.columns):
        cells = "，".join(
            f"{column.label} {_cell(edition, block, sheet, '', column.code)}"
            for column in block.columns
            if column.groups == group
        )
        yield f"    {'·'.join(group)}：{cells}"
    yield ""


def _findings(findings: Sequence[Discrepancy]) -> Iterator[str]:
    if not findings:
        yield "  检查结果：未发现问题。"
        return
    counts = "，".join(
        f"{name} {number} 处"
        for severity, name in _SEVERITIES.items()
        if (number := sum(finding.severity is severity for finding in findings))
    )
    yield f"  检查结果：{counts}"
    order = list(_SEVERITIES)
    for finding in sorted(findings, key=lambda item: order.index(item.severity)):
        place = TABLE_NAMES[finding.path.table] if finding.path else "正文"
        shown = "" if finding.message.startswith(place) else f"{place}　"
        yield f"    [{_SEVERITIES[finding.severity]} {finding.rule}] {shown}{finding.message}"


def _unassessed(sheet: Sheet) -> Iterator[str]:
    left = unassessed(sheet)
    if not left:
        return
    rules: dict[str, int] = {}
    for each in left:
        rules[each.rule.rule] = rules.get(each.rule.rule, 0) + 1
    told = "，".join(f"{rule} 有 {number} 处" for rule, number in rules.items())
    yield f"    含空白、不适用或无法识别的单元格、因而无法核对的合计：{told}。"


def _figures(figures: Sequence[FigureTold]) -> Iterator[str]:
    if not figures:
        return
    yield ""
    yield "  正文数字与表格核对"
    for figure in figures:
        reading = f"（{figure.reading}）" if figure.reading else ""
        yield f"    {_REMARKS[figure.agrees]}：{figure.text}{reading}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * max(1, width - _width(text)) + text


def _cut(text: str, width: int) -> str:
    while _width(text) > width:
        text = text[:-2] + "…" if text.endswith("…") else text[:-1] + "…"
    return text
