"""Tables with columns of personal data: the leak that is found most (law.md 9.2).

A head such as 身份证号 tells what the column holds, so its cells need no words around them. One
finding stands for a whole column; what is in other cells is found as in any text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from gongkai.text.levels import Level
from gongkai.text.privacy.folding import fold
from gongkai.text.privacy.rules import PrivacyRule, PrivateFinding, finding

_HEAD_ROWS = 10
_LONGEST_HEAD = 20
_PERSONS = re.compile(
    r"姓名|户主|农户|申请人|当事人|承包方|法定代表人|家长|监护人|考生|受益人|对象|村民|投保人"
)
_ORGANS = re.compile(r"单位|机构|部门|企业|公司|学校|医院|窗口|服务中心|主管")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])")
_FINE = re.compile(r"组|[0-9]+号|栋|幢|单元|室|号楼")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:[年\-./])?[0-9]{1,2}(?:[月\-./])?[0-9]{1,2}日?")


class _Column(Enum):
    """What a head says of the cells below it."""

    IDENTITY = (r"身份证|公民身份|身份号码|证件号", PrivacyRule.IDENTITY_NUMBER)
    CARD = (r"(?:账|帐|卡)号|银行卡|一卡通|存折|银行账户", PrivacyRule.BANK_CARD)
    ADDRESS = (r"家庭(?:住址|地址)|住址|居住地|户籍(?:所在)?地", PrivacyRule.HOME_ADDRESS)
    BIRTH = (r"出生(?:日期|年月日|年月|时间)|生日", PrivacyRule.BIRTH_DATE)
    PHONE = (r"电话|手机|联系方式|联系号码", PrivacyRule.MOBILE_PHONE)
    SENSITIVE = (
        r"病情|病种|疾病|诊断|残疾(?:类别|等级|类型)|致贫原因|救助原因|家庭(?:年|月)?(?:人均)?收入|宗教信仰",
        PrivacyRule.SENSITIVE_COLUMN,
    )

    def __init__(self, head: str, rule: PrivacyRule) -> None:
        self.head = re.compile(head)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class CellFinding:
    """A finding in a table: its first cell as a spreadsheet calls it, and how many cells.

    `row` and `column` count from 1 in the rows that were given; `cell` is "C3", for a whole
    column "C3:C154". Places of `finding` are in the first cell's text.
    """

    cell: str
    row: int
    column: int
    count: int
    finding: PrivateFinding


@dataclass(frozen=True, slots=True)
class _Headed:
    kind: _Column
    row: int
    column: int
    head: str


def find_in_rows(
    rows: Sequence[Sequence[str]], find: Callable[[str], list[PrivateFinding]]
) -> list[CellFinding]:
    """Return findings of whole columns, then of other cells; `find` reads one text."""
    heads = _heads(rows)
    words = " ".join(fold(cell) for row in rows[:_HEAD_ROWS] for cell in row if len(cell) <= 20)
    persons = _PERSONS.search(words) is not None
    organs = _ORGANS.search(words) is not None and not persons
    found: list[CellFinding] = []
    taken: set[tuple[int, int]] = set()
    for headed in heads:
        cells = [
            row
            for row in range(headed.row + 1, len(rows))
            if headed.column < len(rows[row])
            and _holds(headed.kind, fold(rows[row][headed.column]))
        ]
        if cells:
            found.append(_of_column(rows, headed, cells, _level(headed.kind, persons, organs)))
            taken |= {(row, headed.column) for row in cells}
    found += _others(rows, taken, find)
    return found


def _heads(rows: Sequence[Sequence[str]]) -> list[_Headed]:
    """Return what the heads say: the first of each column, among the first rows."""
    found: dict[int, _Headed] = {}
    for number, row in enumerate(rows[:_HEAD_ROWS]):
        for column, cell in enumerate(row):
            head = re.sub(r"\s+", "", fold(cell))
            if not head or len(head) > _LONGEST_HEAD or column in found:
                continue
            kind = next((kind for kind in _Column if kind.head.search(head)), None)
            if kind is not None:
                found[column] = _Headed(kind, number, column, head)
    return list(found.values())


def _holds(kind: _Column, cell: str) -> bool:
    """Say whether a cell holds what its head promises, unmasked."""
    digits = len(re.sub(r"[^0-9]", "", cell))
    if kind is _Column.PHONE:
        return _MOBILE.search(cell) is not None
    if "*" in cell or "×" in cell or "某" in cell:
        return False
    if kind in (_Column.IDENTITY, _Column.CARD):
        return digits >= 12
    if kind is _Column.ADDRESS:
        return _FINE.search(cell) is not None
    if kind is _Column.BIRTH:
        return digits >= 6 and _DAY.fullmatch(cell.strip()) is not None and digits >= 7
    return bool(cell.strip()) and cell.strip() not in ("/", "无", "—", "-")


def _level(kind: _Column, persons: bool, organs: bool) -> Level:
    if kind is _Column.SENSITIVE:
        return Level.ADVISORY
    if kind in (_Column.PHONE, _Column.CARD) and organs and not persons:
        return Level.ADVISORY
    return Level.BLOCKING


def _of_column(
    rows: Sequence[Sequence[str]], headed: _Headed, cells: list[int], level: Level
) -> CellFinding:
    first, last = _name(cells[0], headed.column), _name(cells[-1], headed.column)
    text = rows[cells[0]][headed.column]
    note = f"“{headed.head}”一列有{len(cells)}格未处理"
    told = finding(text, 0, len(text), headed.kind.rule, level, note)
    cell = first if len(cells) == 1 else f"{first}:{last}"
    return CellFinding(cell, cells[0] + 1, headed.column + 1, len(cells), told)


def _others(
    rows: Sequence[Sequence[str]],
    taken: set[tuple[int, int]],
    find: Callable[[str], list[PrivateFinding]],
) -> list[CellFinding]:
    """Return what stands in cells of no told column, each row read as one text."""
    found: list[CellFinding] = []
    for number, row in enumerate(rows):
        starts, at = [], 0
        shown = ["" if (number, column) in taken else cell for column, cell in enumerate(row)]
        for cell in shown:
            starts.append(at)
            at += len(cell) + 1
        for one in find("\t".join(shown)) if any(shown) else ():
            column = max(c for c, start in enumerate(starts) if start <= one.start)
            placed = PrivateFinding(
                one.start - starts[column], one.end - starts[column],
                one.found, one.rule, one.level, one.suggestion,
            )  # fmt: skip
            found.append(CellFinding(_name(number, column), number + 1, column + 1, 1, placed))
    return found


def _name(row: int, column: int) -> str:
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
