"""One row of a catalogue by value, its columns, and what makes a row incomplete."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

OTHER = "其他"
CHANNELS = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "12345政务服务热线",
    OTHER,
)
SOME_GROUP = "特定群体"


class Column(StrEnum):
    """A column of the table; the value is the name of the field that it fills."""

    NUMBER = "number"
    FIRST_LEVEL = "first_level"
    SECOND_LEVEL = "second_level"
    CONTENT = "content"
    BASIS = "basis"
    TIME_LIMIT = "time_limit"
    ORGAN = "organ_words"
    CHANNELS = "channels"
    TO_ALL = "to_all"
    TO_GROUP = "to_group"
    PROACTIVE = "proactive"
    ON_REQUEST = "on_request"
    AT_COUNTY = "at_county"
    AT_TOWNSHIP = "at_township"
    AUDIENCE = "audience"
    MEANS = "means"
    LEVEL = "level"

    @property
    def label(self) -> str:
        """Return the head under which the column stands."""
        return _HEADS[self]


_HEADS: Mapping[Column, str] = {
    Column.NUMBER: "序号",
    Column.FIRST_LEVEL: "一级事项",
    Column.SECOND_LEVEL: "二级事项",
    Column.CONTENT: "公开内容（要素）",
    Column.BASIS: "公开依据",
    Column.TIME_LIMIT: "公开时限",
    Column.ORGAN: "公开主体",
    Column.CHANNELS: "公开渠道和载体",
    Column.TO_ALL: "全社会",
    Column.TO_GROUP: "特定群体",
    Column.PROACTIVE: "主动",
    Column.ON_REQUEST: "依申请",
    Column.AT_COUNTY: "县级",
    Column.AT_TOWNSHIP: "乡级",
    Column.AUDIENCE: "公开对象",
    Column.MEANS: "公开方式",
    Column.LEVEL: "公开层级",
}


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One item with every column of the table.

    `channels` are the chosen ones by name, 其他 among them when chosen, its words apart.
    `village_words` is what stands in the township's column instead of a tick (乡、村级).
    """

    number: str
    first_level: str
    second_level: str = ""
    content: str = ""
    basis: str = ""
    time_limit: str = ""
    organ_words: str = ""
    channels: tuple[str, ...] = ()
    other_channel: str = ""
    to_all: bool = True
    to_group: str = ""
    proactive: bool = True
    on_request: bool = False
    at_county: bool = True
    at_township: bool = False
    village_words: str = ""


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The table of one field (领域); `places` says in which row of the sheet each row stood."""

    name: str
    title: str
    rows: tuple[CatalogueRow, ...]
    sheet: str = field(default="", compare=False)
    places: tuple[int, ...] = field(default=(), compare=False)

    def place(self, number: int) -> int:
        """Return the row of the sheet in which the `number`-th row stood, from 0; 0 unknown."""
        return self.places[number] if number < len(self.places) else 0


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell of an imported workbook, and the remedy."""

    sheet: str
    row: int
    column: str
    message: str


LONGEST: Mapping[Column, int] = {
    Column.NUMBER: 20,
    Column.FIRST_LEVEL: 200,
    Column.SECOND_LEVEL: 200,
    Column.CONTENT: 5000,
    Column.BASIS: 5000,
    Column.TIME_LIMIT: 300,
    Column.ORGAN: 300,
    Column.TO_GROUP: 200,
}
_NEEDED = (
    Column.FIRST_LEVEL,
    Column.CONTENT,
    Column.BASIS,
    Column.TIME_LIMIT,
    Column.ORGAN,
)
_LONGEST_CHANNEL = 200
_LONGEST_VILLAGE = 60


def wrong_with(row: CatalogueRow) -> tuple[tuple[Column, str], ...]:
    """Return what the row lacks or has too much of, column by column (国办发〔2019〕54号)."""
    found = [
        (column, f"“{column.label}”是空的，请填写")
        for column in _NEEDED
        if not getattr(row, column.value).strip()
    ]
    found += [
        (column, f"“{column.label}”超过{most}个字，请精简")
        for column, most in LONGEST.items()
        if len(getattr(row, column.value)) > most
    ]
    if len(row.village_words) > _LONGEST_VILLAGE:
        found.append((Column.AT_TOWNSHIP, f"“乡级”一栏超过{_LONGEST_VILLAGE}个字，请精简"))
    return (*found, *_wrong_marks(row))


def _wrong_marks(row: CatalogueRow) -> list[tuple[Column, str]]:
    found = []
    if not row.channels:
        found.append((Column.CHANNELS, "没有勾选任何公开渠道，请至少勾选一种（■）"))
    if row.other_channel and OTHER not in row.channels:
        found.append((Column.CHANNELS, "写了其他渠道的名称，请同时勾选“其他”"))
    if any(len(name) > _LONGEST_CHANNEL for name in (*row.channels, row.other_channel)):
        found.append((Column.CHANNELS, f"渠道名称超过{_LONGEST_CHANNEL}个字，请核对标记"))
    if not row.to_all and not row.to_group:
        found.append((Column.AUDIENCE, "公开对象没有勾选，请勾选“全社会”或者写明特定群体"))
    if not row.proactive and not row.on_request:
        found.append((Column.MEANS, "公开方式没有勾选，请勾选“主动”或者“依申请”"))
    if not row.at_county and not row.at_township:
        found.append((Column.LEVEL, "公开层级没有勾选，请勾选“县级”或者“乡级”"))
    return found
