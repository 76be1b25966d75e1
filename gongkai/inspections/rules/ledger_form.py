"""The office's form of the ledger (practice.md 4.4): its columns, and reading what people sent.

Third parties, superiors and units send workbooks with these columns under one of several names, in
any order, with a title above the head and cells merged downwards.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.inspections.lifecycle import RowsWrong, ToldWrongly
from gongkai.inspections.rules.texts import used
from gongkai.tables.grid import Grid

# What is written, in the order of the form; `field` of those that are read back.
COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("序号", "", 6),
    ("问题编号", "code", 16),
    ("责任单位", "organ", 16),
    ("责任人", "person", 10),
    ("一级指标", "indicator", 14),
    ("二级指标", "item", 16),
    ("评价标准", "standard", 30),
    ("问题明细", "problem", 40),
    ("问题链接", "place", 36),
    ("发现来源", "", 12),
    ("发现日期", "found_on", 12),
    ("是否重复出现", "", 8),
    ("整改要求", "", 24),
    ("整改时限", "", 12),
    ("整改措施", "measures", 30),
    ("整改结果", "result", 30),
    ("完成日期", "", 12),
    ("复核人", "", 10),
    ("复核结论", "", 10),
    ("销号", "", 8),
)
_OTHER_NAMES: Mapping[str, str] = {
    "单位": "organ",
    "单位名称": "organ",
    "责任主体": "organ",
    "整改单位": "organ",
    "指标": "indicator",
    "检查项目": "indicator",
    "检查内容": "item",
    "三级指标": "item",
    "评分标准": "standard",
    "考核标准": "standard",
    "问题": "problem",
    "问题描述": "problem",
    "存在问题": "problem",
    "存在的问题": "problem",
    "具体问题": "problem",
    "链接": "place",
    "网址": "place",
    "问题网址": "place",
    "问题链接/截图": "place",
    "检查日期": "found_on",
    "发现时间": "found_on",
    "整改情况": "result",
    "编号": "code",
}
FIELDS = {head: name for head, name, _ in COLUMNS if name} | dict(_OTHER_NAMES)
BLANK = re.compile(r"[\s*＊]+")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
MOST_HEAD_ROWS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row as people wrote it; `line` is its row in the workbook or in `table`, from 1."""

    line: int
    table: str = ""
    code: str = ""
    organ: str = ""
    person: str = ""
    indicator: str = ""
    item: str = ""
    standard: str = ""
    problem: str = ""
    place: str = ""
    measures: str = ""
    result: str = ""
    found_on: date | None = None

    @property
    def stands(self) -> str:
        """Return where it stands: 第3行, 第2张表第3行."""
        return f"{self.table}第{self.line}行"


def read_form(grids: Iterable[Grid]) -> list[FormRow]:
    """Return the rows of every sheet that bears the form's head.

    Raises:
        ToldWrongly: no sheet has a head with 问题明细 or 问题编号.
        RowsWrong: rows hold texts too long, unseen characters or days that are none.
    """
    rows: list[FormRow] = []
    faults: list[str] = []
    headed = False
    for grid in grids:
        lines = list(filled(grid))
        head = next((n for n, line in enumerate(lines[:MOST_HEAD_ROWS]) if _is_head(line)), None)
        if head is None:
            continue
        headed = True
        fields = [FIELDS.get(BLANK.sub("", text), "") for text in lines[head]]
        for number, line in enumerate(lines[head + 1 :], grid.first_row + head + 1):
            told = {name: text.strip() for name, text in zip(fields, line, strict=True) if name}
            if not (told.get("problem") or told.get("code")):
                continue
            try:
                rows.append(row_of(number, told))
            except ToldWrongly as wrong:
                faults.append(f"第{number}行{wrong}")
    if not headed:
        raise ToldWrongly(
            "没有找到整改台账的表头：请保留“问题明细”一列的表头（问题反馈表还应保留“问题编号”）",
            "file",
        )
    if faults:
        raise RowsWrong(faults)
    return rows


def _is_head(line: Sequence[str]) -> bool:
    fields = {FIELDS.get(BLANK.sub("", text)) for text in line} - {None}
    return bool(fields & {"problem", "code"}) and len(fields) > 1


def row_of(number: int, told: Mapping[str, str], table: str = "") -> FormRow:
    """Return a row of texts by field; raises ToldWrongly where one cannot be used."""
    texts = {
        name: used(told.get(name, ""), name, required=False)
        for name in (
            *("person", "indicator", "item", "standard"),
            *("problem", "place", "measures", "result"),
        )
    }
    found_on = _day(told.get("found_on", ""))
    return FormRow(
        line=number,
        table=table,
        code=told.get("code", "")[:20],
        organ=BLANK.sub("", told.get("organ", ""))[:100],
        found_on=found_on,
        **texts,
    )


def _day(text: str) -> date | None:
    """Return a day as people or spreadsheets write it; raises ToldWrongly for anything else."""
    if not text:
        return None
    try:
        if found := _DAY.match(text):
            return date(*(int(part) for part in found.groups()))
        if _SERIAL.fullmatch(text):
            return date(1899, 12, 30) + timedelta(days=int(float(text)))
    except ValueError:
        pass
    raise ToldWrongly(f"“发现日期”{text[:20]}不是日期，请写成2026-03-02的样子", "found_on")


def filled(grid: Grid) -> Iterator[list[str]]:
    """Yield the rows of a grid; a cell merged downwards stands in each row it covers."""
    held: dict[int, tuple[int, str]] = {}
    width = max((len(line) for line in grid.matrix), default=0)
    for cells in grid.rows:
        line: list[str] = []
        waiting = list(cells)
        following: dict[int, tuple[int, str]] = {}
        while len(line) < width:
            column = len(line)
            if column in held:
                left, text = held[column]
                line.append(text)
                if left > 1:
                    following[column] = (left - 1, text)
            elif waiting:
                cell = waiting.pop(0)
                line.append(cell.text)
                if cell.rowspan > 1:
                    following[column] = (cell.rowspan - 1, cell.text)
                line += [""] * (cell.colspan - 1)
            else:
                line.append("")
        held = following
        yield line[:width]
