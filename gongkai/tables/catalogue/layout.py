"""The printed table of a field: a title, the two-row merged head, repeated items merged."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.tables.catalogue.marks import TICK, print_channels
from gongkai.tables.catalogue.rows import SOME_GROUP, CatalogueRow, FieldTable

TITLE_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 4
WIDTH = 14
_WHOLE = {
    1: "序号",
    4: "公开内容（要素）",
    5: "公开依据",
    6: "公开时限",
    7: "公开主体",
    8: "公开渠道和载体",
}
_GROUPS = {
    2: ("公开事项", "一级事项", "二级事项"),
    9: ("公开对象", "全社会", "特定群体"),
    11: ("公开方式", "主动", "依申请"),
    13: ("公开层级", "县级", "乡级"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its place, from 1, with the rows and columns it covers."""

    row: int
    column: int
    text: str
    down: int = 1
    across: int = 1


def lay_out(table: FieldTable) -> tuple[Placed, ...]:
    """Return every cell of the table that holds words or covers others."""
    return (*_head(table), *_body(table))


def title_of(table: FieldTable) -> str:
    """Return the title of the table as printed."""
    return table.title or f"{table.name}领域基层政务公开标准目录"


def _head(table: FieldTable) -> Iterator[Placed]:
    yield Placed(TITLE_ROW, 1, title_of(table), across=WIDTH)
    for column, words in _WHOLE.items():
        yield Placed(HEAD_ROW, column, words, down=2)
    for column, (group, left, right) in _GROUPS.items():
        yield Placed(HEAD_ROW, column, group, across=2)
        yield Placed(HEAD_ROW + 1, column, left)
        yield Placed(HEAD_ROW + 1, column + 1, right)


def _body(table: FieldTable) -> Iterator[Placed]:
    for place, row in enumerate(table.rows):
        for column, text in enumerate(_texts(row), start=1):
            if column == 2:
                if place and table.rows[place - 1].first_level == row.first_level:
                    continue
                yield Placed(FIRST_ROW + place, column, text, down=_run(table, place))
            elif text:
                yield Placed(FIRST_ROW + place, column, text)


def _run(table: FieldTable, place: int) -> int:
    """Return how many rows from `place` on have the same first-level item."""
    length = 1
    for row in table.rows[place + 1 :]:
        if row.first_level != table.rows[place].first_level:
            break
        length += 1
    return length


def _texts(row: CatalogueRow) -> tuple[str, ...]:
    return (
        row.number,
        row.first_level,
        row.second_level,
        row.content,
        row.basis,
        row.time_limit,
        row.organ_words,
        print_channels(row.channels, row.other_channel),
        TICK if row.to_all else "",
        TICK if row.to_group == SOME_GROUP else row.to_group,
        TICK if row.proactive else "",
        TICK if row.on_request else "",
        TICK if row.at_county else "",
        (row.village_words or TICK) if row.at_township else "",
    )
