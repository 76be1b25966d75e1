"""The head of a catalogue table wherever it stands and however it is worded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.tables.catalogue.rows import Column
from gongkai.tables.grid import Grid

_SIGNS = (
    ("内容",),
    ("依据",),
    ("时限", "时间"),
    ("主体", "责任单位", "责任部门"),
    ("渠道", "载体", "形式"),
)
_SIGNS_NEEDED = 3
_LONGEST_HEAD = 20


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a table; covered ones show the text of the cell that covers them."""

    text: str
    from_above: bool = False
    from_left: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A head: its first row, how many rows it takes, which column is what, what is unknown."""

    first: int
    depth: int
    columns: Mapping[Column, int]
    unknown: tuple[str, ...]


def spread(grid: Grid) -> list[list[Spot]]:
    """Return the table place by place, the text of a merged cell in each place it covers."""
    lines: list[list[Spot]] = []
    held: dict[int, tuple[int, Spot]] = {}
    for cells in grid.rows:
        line: list[Spot] = []
        following: dict[int, tuple[int, Spot]] = {}
        for cell in (*cells, None):
            while len(line) in held:
                left, spot = held[len(line)]
                if left > 1:
                    following[len(line)] = (left - 1, spot)
                line.append(spot)
            if cell is None:
                continue
            for across in range(cell.colspan):
                if cell.rowspan > 1:
                    below = Spot(cell.text, from_above=True, from_left=across > 0)
                    following[len(line)] = (cell.rowspan - 1, below)
                line.append(Spot(cell.text, from_left=across > 0))
        held = following
        lines.append(line)
    width = max((len(line) for line in lines), default=0)
    return [line + [Spot("")] * (width - len(line)) for line in lines]


def find_heads(lines: Sequence[Sequence[Spot]]) -> list[Head]:
    """Return every head in the sheet, from the top."""
    heads: list[Head] = []
    below = 0
    for number, line in enumerate(lines):
        if number < below or not _is_head(line):
            continue
        depth = 1 + _has_second_row(line, lines[number + 1] if number + 1 < len(lines) else ())
        columns, unknown = _columns(lines[number : number + depth])
        heads.append(Head(number, depth, columns, unknown))
        below = number + depth
    return heads


def plain(text: str) -> str:
    """Return a head's words without spaces and line breaks."""
    return re.sub(r"\s+", "", text)


def _is_head(line: Sequence[Spot]) -> bool:
    texts = [
        plain(spot.text)
        for spot in line
        if spot.text and not spot.from_left and not spot.from_above
    ]
    told = [text for text in texts if len(text) <= _LONGEST_HEAD]
    signs = sum(any(word in text for text in told for word in words) for words in _SIGNS)
    return signs >= _SIGNS_NEEDED and len(texts) > _SIGNS_NEEDED


def _has_second_row(top: Sequence[Spot], below: Sequence[Spot]) -> bool:
    """Say whether the next row still belongs to the head: it has words for one column or more
    and none of its own under the content.
    """
    for spot, under in zip(top, below, strict=False):
        if "内容" in plain(spot.text) and under.text and not under.from_above:
            return False
    own = [plain(under.text) for under in below if under.text and not under.from_above]
    return any(_leaf(text, "") is not None for text in own)


def _columns(rows: Sequence[Sequence[Spot]]) -> tuple[dict[Column, int], tuple[str, ...]]:
    found: dict[Column, int] = {}
    unknown: list[str] = []
    for number, top in enumerate(rows[0]):
        group = plain(top.text)
        under = rows[1][number] if len(rows) > 1 else Spot("")
        sub = "" if under.from_above else plain(under.text)
        column = _leaf(sub, group) if sub else _whole(group)
        if column is Column.FIRST_LEVEL and column in found:
            column = Column.SECOND_LEVEL
        if column is not None and column not in found:
            found[column] = number
        elif group or sub:
            unknown.append(sub or group)
    return found, tuple(unknown)


def _leaf(text: str, group: str) -> Column | None:
    """Return what a head of the second row stands for; `group` is what stands above it."""
    for words, column in _LEAVES:
        if any(word in text for word in words):
            return column
    if "层级" in group and re.search("县|区|市", text):
        return Column.AT_COUNTY
    return None


def _whole(text: str) -> Column | None:
    """Return what a head that takes both rows stands for."""
    leaf = _leaf(text, "层级" if len(text) <= 6 and text.endswith("级") else "")
    if leaf is not None:
        return leaf
    for words, column in _WHOLE:
        if any(word in text for word in words):
            return column
    return None


_LEAVES: tuple[tuple[tuple[str, ...], Column], ...] = (
    (("依申请",), Column.ON_REQUEST),
    (("主动",), Column.PROACTIVE),
    (("全社会", "社会公众", "全体公众"), Column.TO_ALL),
    (("特定",), Column.TO_GROUP),
    (("一级",), Column.FIRST_LEVEL),
    (("二级",), Column.SECOND_LEVEL),
    (("乡级", "乡镇", "乡、", "镇级", "镇（", "镇(", "村级", "街道"), Column.AT_TOWNSHIP),
    (("县级", "县（", "县(", "区级", "县、", "县区"), Column.AT_COUNTY),
)
_WHOLE: tuple[tuple[tuple[str, ...], Column], ...] = (
    (("序号", "编号"), Column.NUMBER),
    (("内容",), Column.CONTENT),
    (("依据",), Column.BASIS),
    (("时限", "时间"), Column.TIME_LIMIT),
    (("主体", "责任单位", "责任部门"), Column.ORGAN),
    (("渠道", "载体", "形式"), Column.CHANNELS),
    (("对象",), Column.AUDIENCE),
    (("方式",), Column.MEANS),
    (("层级",), Column.LEVEL),
    (("事项", "目录"), Column.FIRST_LEVEL),
)
