"""From what is printed in a cell to a Cell: a number, blank, "/" or unreadable text."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from gongkai.tables.forms import Column
from gongkai.tables.sheet import BLANK, Cell, NotApplicable, Number, Unreadable

_SIGNS = frozenset(
    ("/", "//", "\\", "-", "--", "---", "—", "——", "–", "―", "*", "×", "无", "不适用", "不涉及")
)
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "﹣": "-"})
_FIGURE = re.compile(
    r"(?P<lead>约|共计?|计)?"
    r"(?P<sign>[+-]|增加|新增|增|减少|减)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>亿元|万元|元|亿|万|件次|件|项|个|条|份|宗|起|人次|人|次|笔)?"
    r"(?P<note>\([^()\d]*\d?[^()]*\)|[*#])?"
)
_AMOUNT_UNITS = {"亿元": "亿元", "亿": "亿元", "万元": "万元", "万": "万元", "元": "元"}
_LONGEST = 60
_UNIT_IN_BRACKETS = re.compile(r"(?<=\d)\((亿元|万元|元|亿|万|件次|件|项|个)\)$")
_MONEY_SIGN = re.compile(r"^(?:人民币|¥|￥)(?=\d)(?P<rest>.*?)(?:元)?$")


@dataclass(frozen=True, slots=True)
class CellReading:
    """A cell and, where the print departs from the form, what to remark (N1)."""

    cell: Cell
    remark: str = ""


def read_cell(text: str, column: Column) -> CellReading:
    """Read a cell of `column`.

    Full-width digits and spaces around are taken as they are meant. A unit, plus sign or
    note beside one figure is read and remarked on; two figures, or letters among
    digits, are unreadable.
    """
    raw = text.strip().strip("\u200b\ufeff")
    plain = unicodedata.normalize("NFKC", raw).translate(_MINUS)
    if not plain.strip():
        return CellReading(BLANK)
    if plain.strip() in _SIGNS or raw in _SIGNS:
        remark = f"填“{raw}”，不能参与合计；没有的应填 0"
        return CellReading(NotApplicable(raw), remark)
    match = _matched(raw, plain)
    return CellReading(Unreadable(raw)) if match is None else _figure(raw, match, column)


def _matched(raw: str, plain: str) -> re.Match[str] | None:
    """Return the one figure a text holds; None when it holds none, two, or a note mark."""
    if re.search(r"\d\s+\d", plain) or len(plain) > _LONGEST or any(map(_is_mark, raw)):
        return None
    bare = re.sub(r"\s+", "", plain)
    bare = _UNIT_IN_BRACKETS.sub(r"\1", _MONEY_SIGN.sub(r"\g<rest>元", bare))
    return _FIGURE.fullmatch(bare)


def _is_mark(char: str) -> bool:
    """Say whether a character is a raised, circled or broken figure: 3² is 3 with a note."""
    kind = unicodedata.decomposition(char).partition(" ")[0]
    return kind in ("<super>", "<sub>", "<circle>", "<fraction>", "<compat>") and any(
        each.isdigit() for each in unicodedata.normalize("NFKC", char)
    )


def _figure(raw: str, match: re.Match[str], column: Column) -> CellReading:
    sign, unit = match["sign"] or "", match["unit"] or ""
    if (sign not in ("", "-", "+") and not column.signed) or not _fits(unit, column):
        return CellReading(Unreadable(raw))
    value = Decimal(match["digits"].replace(",", ""))
    if sign.startswith(("-", "减")):
        value = -value
    remarks = []
    if match["lead"] or match["note"] or re.search("[¥￥]|人民币|[)）]$", raw):
        remarks.append("格内夹有说明文字")
    if sign not in ("", "-"):
        remarks.append(f"格内带“{sign}”")
    if "," in match["digits"]:
        remarks.append("数字带千位分隔符")
    if unit and (column.unit_printed or not column.unit):
        remarks.append(f"格内带单位“{unit}”")
    if column.unit and not unit and not column.unit_printed and value:
        remarks.append("金额没有写明单位（元或万元）")
    amount_unit = _AMOUNT_UNITS.get(unit, "")
    if column.unit_printed and not unit:
        amount_unit = column.unit
    return CellReading(Number(value, amount_unit), "，".join(remarks))


def _fits(unit: str, column: Column) -> bool:
    """Say whether a unit can stand in a column: money in amounts, pieces in counts."""
    return not unit or (unit in _AMOUNT_UNITS) == bool(column.unit)


def is_value(text: str) -> bool:
    """Say whether a text can stand in a value cell: a figure, with or without unit, or a sign."""
    raw = text.strip()
    plain = unicodedata.normalize("NFKC", raw).translate(_MINUS)
    bare = re.sub(r"\s+", "", plain)
    # Two figures apart by a space still stand where values stand; the reader tells them unreadable.
    return bare in _SIGNS or raw in _SIGNS or _matched(raw, bare) is not None
