"""Tables of service items: the columns of both sheets, and how each cell is read.

The first sheet holds items, one a row; a second one may hold their materials, each row naming its
item by code. The file itself is opened by `gongkai.adapters.xlsx`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from gongkai.servicehall.lifecycle import RowFault, ToldWrongly
from gongkai.servicehall.rules import kinds
from gongkai.servicehall.rules.guide import LABELS, SWITCHES, Guide, Material, checked
from gongkai.servicehall.rules.kinds import THEMES, ItemKind
from gongkai.servicehall.rules.texts import GUIDE_TEXTS, used
from gongkai.tables.grid import Grid

MOST_ROWS = 3_000
_HEAD_ROWS = 10
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_NOTHING = ("", "/", "-", "—", "--", "——", "无")
_YES, _NO = ("是", "有", "√", "收费"), ("否", "没有", "×", "不收费")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

ITEM_HEADS: Mapping[str, tuple[str, ...]] = {
    "organ": ("实施主体", "实施机关", "部门"),
    "name": ("事项名称", "名称"),
    "kind": ("事项类型",),
    "code": ("实施编码", "地方实施编码"),
    "base_code": ("基本编码",),
    "effective_on": ("生效日期", "计划生效日期"),
    "in_hall": ("是否进驻政务大厅", "进驻大厅"),
    "processing": ("办件类型",),
    "audience": ("服务对象",),
    "statutory": ("法定办结时限",),
    "statutory_unit": ("法定办结时限单位",),
    "promised": ("承诺办结时限",),
    "promised_unit": ("承诺办结时限单位",),
    "visits": ("到办事现场次数",),
    "themes": ("主题分类", "面向自然人主题分类"),
    "themes_legal": ("面向法人主题分类",),
    "materials": ("办理材料", "申请材料"),
    "depth": ("网上办理深度",),
    **{name: (LABELS[name],) for name in SWITCHES},
    **{name: (told.label,) for name, told in GUIDE_TEXTS.items()},
}
MATERIAL_HEADS: Mapping[str, tuple[str, ...]] = {
    "item": ("实施编码", "事项名称"),
    "name": ("材料名称",),
    "kind": ("材料类型",),
    "form": ("材料形式",),
    "need": ("材料必要性",),
    "copies": ("纸质材料份数",),
    "size": ("纸质材料规格",),
    "source": ("来源渠道",),
    "criteria": ("受理标准",),
    "basis": ("要求提供材料的依据",),
    "note": ("备注",),
}
NEEDED = ("organ", "name", "kind")
NEEDED_OF_MATERIALS = ("item", "name")


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a table: its number on the sheet and its cells by field."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """What a file holds: rows of items, rows of materials, and what stands against it."""

    items: tuple[Line, ...] = ()
    materials: tuple[Line, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenItem:
    """An item in force, as a row tells it; `organ` is a name."""

    row: int
    organ: str
    name: str
    kind: ItemKind
    code: str = ""
    base_code: str = ""
    effective_on: date | None = None
    in_hall: bool = False
    guide: Guide = field(default_factory=Guide)


@dataclass
class _Reader:
    """Reads the cells of one row and gathers what is wrong with them."""

    line: Line
    faults: list[RowFault] = field(default_factory=list)

    def take(self, name: str, read: Any, default: Any = None) -> Any:
        try:
            return read(self.line.cells.get(name, "").strip())
        except (ValueError, ToldWrongly) as wrong:
            head = ITEM_HEADS.get(name, ("",))[0]
            self.faults.append(RowFault(self.line.row, head, str(wrong)))
            return default


def read_book(grids: Sequence[Grid]) -> Book:
    """Return the filled rows of the sheet of items and of that of materials."""
    found = [(grid, place) for grid in grids if (place := _head(grid, ITEM_HEADS, NEEDED))]
    if not found:
        wanted = "、".join(ITEM_HEADS[name][0] for name in NEEDED)
        why = f"没有找到表头，请使用下载的模板填写，表头须有：{wanted}"
        return Book(faults=(RowFault(1, "", why),))
    grid, (offset, places) = found[0]
    items = _lines(grid, offset, places)
    if len(items) > MOST_ROWS:
        why = f"一次最多导入{MOST_ROWS}行，请分成几个文件导入"
        return Book(faults=(RowFault(items[MOST_ROWS].row, "", why),))
    if not items:
        first = RowFault(grid.first_row + offset + 1, "", "文件中没有数据行，请在表头下逐行填写")
        return Book(faults=(first,))
    materials: list[Line] = []
    for other in grids:
        if other is not grid and (head := _head(other, MATERIAL_HEADS, NEEDED_OF_MATERIALS)):
            materials += _lines(other, *head)
    return Book(tuple(items), tuple(materials))


def read_items(book: Book) -> tuple[list[WrittenItem], list[RowFault]]:
    """Return the items of a book with their materials, and everything wrong with them."""
    materials, faults = _materials(book.materials)
    items: list[WrittenItem] = []
    claimed: set[str] = set()
    for line in book.items:
        keys = {line.cells.get("code", ""), line.cells.get("name", "")} - {""}
        own = [material for key in sorted(keys) for material in materials.get(key, ())]
        claimed |= keys
        told = _read_item(line, tuple(own))
        if isinstance(told, list):
            faults += told
        else:
            items.append(told)
    for key in sorted(set(materials) - claimed):
        why = f"材料所属的事项“{key[:40]}”不在事项表中，请核对实施编码"
        faults.append(RowFault(1, MATERIAL_HEADS["item"][0], why))
    return items, sorted(faults, key=lambda fault: fault.row)


def _read_item(line: Line, materials: tuple[Material, ...]) -> WrittenItem | list[RowFault]:
    reader, cells = _Reader(line), line.cells
    values: dict[str, Any] = {
        "processing": reader.take("processing", _member(kinds.Processing, "PROMISED")),
        "audience": reader.take("audience", _audience),
        "statutory": reader.take("statutory", _count),
        "statutory_unit": reader.take("statutory_unit", _member(kinds.TermUnit, "WORKDAY")),
        "promised": reader.take("promised", _count),
        "promised_unit": reader.take("promised_unit", _member(kinds.TermUnit, "WORKDAY")),
        "visits": reader.take("visits", _count) or 0,
        "depth": reader.take("depth", _depth),
        **{name: reader.take(name, _yes_or_no, False) for name in SWITCHES},
        **{name: _blank(cells.get(name, "")) for name in GUIDE_TEXTS},
    }
    themes = reader.take("themes", _themes("g"), ()) + reader.take("themes_legal", _themes("f"), ())
    listed = tuple(Material(name=each) for each in _listed(cells.get("materials", "")))
    item = {
        "kind": reader.take("kind", _kind, ItemKind.PUBLIC_SERVICE),
        "name": reader.take("name", lambda text: used(text, "item_name")),
        "code": reader.take("code", _code("code"), ""),
        "base_code": reader.take("base_code", _code("base_code"), ""),
        "effective_on": reader.take("effective_on", _maybe_day),
        "in_hall": reader.take("in_hall", _yes_or_no, False),
    }
    if reader.faults:
        return reader.faults
    guide = Guide(**values, themes=themes, materials=materials or listed)
    try:
        guide = checked(guide)
    except ToldWrongly as wrong:
        head = LABELS.get(wrong.field, "")
        return [RowFault(line.row, head, str(wrong))]
    return WrittenItem(row=line.row, organ=cells.get("organ", ""), guide=guide, **item)


def _materials(lines: Sequence[Line]) -> tuple[dict[str, list[Material]], list[RowFault]]:
    found: dict[str, list[Material]] = defaultdict(list)
    faults: list[RowFault] = []
    for line in lines:
        cells = line.cells
        try:
            material = Material(
                name=cells.get("name", ""),
                kind=_member(kinds.MaterialKind, "ORIGINAL")(cells.get("kind", "")),
                form=_member(kinds.MaterialForm, "EITHER")(cells.get("form", "")),
                need=_member(kinds.MaterialNeed, "NEEDED")(cells.get("need", "")),
                copies=_count(cells.get("copies", "")),
            )
        except ValueError as wrong:
            faults.append(RowFault(line.row, "材料", f"材料表：{wrong}"))
            continue
        texts = {name: cells.get(name, "") for name in ("size", "source", "criteria", "basis")}
        found[cells.get("item", "")].append(replace(material, note=cells.get("note", ""), **texts))
    return found, faults


def _head(
    grid: Grid, heads: Mapping[str, tuple[str, ...]], needed: Sequence[str]
) -> tuple[int, dict[str, int]] | None:
    names = {_folded(each): name for name, given in heads.items() for each in given}
    for offset, line in enumerate(grid.matrix[:_HEAD_ROWS]):
        places: dict[str, int] = {}
        for column, text in enumerate(line):
            if (name := names.get(_folded(text))) is not None:
                places.setdefault(name, column)
        if all(name in places for name in needed):
            return offset, places
    return None


def _lines(grid: Grid, offset: int, places: Mapping[str, int]) -> list[Line]:
    first = grid.first_row + offset + 1
    lines = []
    for number, texts in enumerate(grid.matrix[offset + 1 :], first):
        cells = {name: texts[column].strip() for name, column in places.items()}
        if any(cells.values()):
            lines.append(Line(number, cells))
    return lines


def _folded(text: str) -> str:
    return re.sub(r"[\s*＊]", "", unicodedata.normalize("NFKC", text)).lower()


def _blank(text: str) -> str:
    return "" if text.strip() in _NOTHING else text.strip()


def _listed(text: str) -> list[str]:
    parts = re.split(r"[\n;；]+", _blank(text))
    tidy = (re.sub(r"^\s*[(（]?\d+[)）.、．]\s*", "", part).strip() for part in parts)
    return [part for part in tidy if part]


def _member(kind: Any, usual: str) -> Any:
    def read(text: str) -> Any:
        told = _folded(text)
        if not told:
            return kind(usual)
        for member in kind:
            if _folded(member.label) == told:
                return member
        raise ValueError(f"“{text[:20]}”请改填：{'、'.join(each.label for each in kind)}")

    return read


def _kind(text: str) -> ItemKind:
    if not text:
        raise ValueError("请填写“事项类型”")
    found: ItemKind = _member(ItemKind, "PUBLIC_SERVICE")(text)
    return found


def _audience(text: str) -> kinds.Audience:
    told = _folded(text)
    person = any(word in told for word in ("自然人", "个人"))
    legal = any(word in told for word in ("法人", "企业", "组织", "单位"))
    if told and not (person or legal):
        raise ValueError(f"“{text[:20]}”请改填：自然人、法人或者其他组织，两种都有的用顿号隔开")
    if person != legal:
        return kinds.Audience.PERSON if person else kinds.Audience.LEGAL
    return kinds.Audience.BOTH


def _depth(text: str) -> kinds.Depth | None:
    found: kinds.Depth | None = _member(kinds.Depth, "ASK")(text) if _blank(text) else None
    return found


def _count(text: str) -> int | None:
    told = unicodedata.normalize("NFKC", _blank(text))
    if not told:
        return None
    if not re.fullmatch(r"\d{1,4}(?:\.0+)?", told):
        raise ValueError(f"“{text[:20]}”应当是整数，单位写在单位一列")
    return int(float(told))


def _yes_or_no(text: str) -> bool:
    told = _folded(text)
    if told in _NOTHING or told in _NO:
        return False
    if told in _YES:
        return True
    raise ValueError(f"“{text[:20]}”请改填：是、否")


def _themes(mark: str) -> Any:
    names = {name: code for code, name in THEMES.items() if code[0] == mark}

    def read(text: str) -> tuple[str, ...]:
        told = [each for each in re.split(r"[、,，;；/\s]+", _blank(text)) if each]
        if strange := [each for each in told if each not in names]:
            raise ValueError(f"主题分类中没有“{strange[0][:20]}”，可填的见模板的“填写说明”")
        return tuple(names[each] for each in told)

    return read


def _code(name: str) -> Any:
    def read(text: str) -> str:
        told = used(_blank(text), name, required=False)
        if told and not re.fullmatch(r"[0-9A-Za-z-]+", told):
            raise ValueError("编码只能是字母、数字和短横线，请核对")
        return told.upper()

    return read


def _maybe_day(text: str) -> date | None:
    told = unicodedata.normalize("NFKC", _blank(text))
    if not told:
        return None
    if re.fullmatch(r"[2-7]\d{4}", told):
        return _EPOCH + timedelta(days=int(told))
    found = _DAY.fullmatch(told)
    try:
        if found is None:
            raise ValueError
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise ValueError(f"“{text[:30]}”不是日期，请写成2020-12-31的样子") from None
