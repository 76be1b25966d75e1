"""Tables of accounts and of posts: their columns, and how each cell is read.

What can be read with certainty is read, anything else is a fault with its row, column and remedy.
The file itself is opened by `gongkai.adapters.xlsx`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from gongkai.newmedia.lifecycle import RowFault, ToldWrongly
from gongkai.newmedia.rules import cells as as_read
from gongkai.newmedia.rules.platforms import Platform, PostKind
from gongkai.newmedia.rules.terms import Terms, Upkeep, checked_terms, checked_upkeep
from gongkai.newmedia.rules.texts import web_address
from gongkai.tables.grid import Grid

Value = TypeVar("Value")
Cells = Mapping[str, str]
MOST_ROWS = 2_000
_HEAD_ROWS = 10

POST_HEADS: Mapping[str, tuple[str, ...]] = {
    "platform": ("平台类型", "平台"),
    "account": ("账号名称", "账号", "公众号名称", "微博名称"),
    "title": ("标题", "文章标题", "内容标题", "微博内容", "内容"),
    "posted_at": ("发布时间", "发表时间", "发布日期", "推送时间", "日期"),
    "link": ("链接", "内容链接", "文章链接", "内容url", "网址"),
    "kind": ("类型", "是否原创"),
}
ACCOUNT_HEADS: Mapping[str, tuple[str, ...]] = {
    "organ": ("主办单位", "单位"),
    "platform": ("平台类型", "平台"),
    "name": ("账号名称", "账号", "名称"),
    "platform_id": ("平台账号ID", "账号ID", "微信号"),
    "certified_as": ("认证主体",),
    "link": ("账号链接", "链接"),
    "functions": ("功能类型", "功能"),
    "audience": ("服务对象",),
    "main": ("主账号",),
    "opened_on": ("开设日期", "开通日期"),
    "approval_number": ("审批文号",),
    "approved_on": ("审批日期",),
    "filed_number": ("备案编号",),
    "certificate": ("证书编号", "机关事业单位证书编号"),
    "responsible": ("责任人",),
    "contact": ("联系人",),
    "phone": ("联系电话", "电话"),
    "undertaker": ("承办或者运维单位", "承办单位", "运维单位"),
    "contractor": ("托管或者外包公司", "托管公司"),
    "contract_ends_on": ("合同到期日",),
    "keeper": ("密码保管人",),
    "password_changed_on": ("最近更换密码",),
    "links_home": ("链接政府网站",),
}
NEEDED_OF_POSTS = ("title", "posted_at")
NEEDED_OF_ACCOUNTS = ("organ", "platform", "name", "functions", "responsible")


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a table: its number on the sheet and its cells by field."""

    row: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: its filled rows, and what stands against it."""

    lines: tuple[Line, ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenPost:
    """A post as a row tells it; `posted_at` is in the county's own time."""

    row: int
    platform: Platform | None
    account: str
    title: str
    posted_at: datetime
    link: str
    kind: PostKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAccount:
    """An account that is open, as a row tells it."""

    row: int
    organ: str
    platform: Platform
    terms: Terms
    upkeep: Upkeep
    main: bool = False
    opened_on: date | None = None
    approval_number: str = ""
    approved_on: date | None = None
    filed_number: str = ""


@dataclass
class _Reader:
    """Reads the cells of one row and gathers what is wrong with them."""

    row: int
    cells: Cells
    heads: Mapping[str, tuple[str, ...]]
    faults: list[RowFault] = field(default_factory=list)

    def take(self, name: str, read: Callable[[str], Value], default: Any = None) -> Value | Any:
        try:
            return read(self.cells.get(name, "").strip())
        except (ValueError, ToldWrongly) as wrong:
            head = self.heads.get(name or getattr(wrong, "field", ""), ("",))[0]
            self.faults.append(RowFault(self.row, head, str(wrong)))
            return default


def table_of(
    grids: Sequence[Grid], heads: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Table:
    """Return the filled rows of the first sheet that has the needed heads."""
    names = {as_read.folded(each): name for name, given in heads.items() for each in given}
    for grid in grids:
        for offset, line in enumerate(grid.matrix[:_HEAD_ROWS]):
            places: dict[str, int] = {}
            for column, text in enumerate(line):
                if (name := names.get(as_read.folded(text))) is not None:
                    places.setdefault(name, column)
            if all(name in places for name in needed):
                return _lines(grid.matrix[offset + 1 :], grid.first_row + offset + 1, places)
    wanted = "、".join(heads[name][0] for name in needed)
    fault = RowFault(1, "", f"没有找到表头，请使用下载的模板填写，表头须有：{wanted}")
    return Table(faults=(fault,))


def read_post(line: Line, *, today: date) -> WrittenPost | list[RowFault]:
    """Return the post of a row, or everything wrong with it."""
    reader = _Reader(line.row, line.cells, POST_HEADS)
    post = WrittenPost(
        row=line.row,
        platform=reader.take("platform", lambda text: as_read.platform(text) if text else None),
        account=reader.take("account", lambda text: text[:100]),
        title=reader.take("title", as_read.title, ""),
        posted_at=reader.take("posted_at", as_read.past_moment(today)),
        link=reader.take("link", lambda text: web_address(text, "post_link", required=False), ""),
        kind=reader.take("kind", as_read.kind, PostKind.ORIGINAL),
    )
    return reader.faults or post


def read_account(line: Line, *, today: date) -> WrittenAccount | list[RowFault]:
    """Return the account of a row, or everything wrong with it."""
    reader = _Reader(line.row, line.cells, ACCOUNT_HEADS)
    functions = reader.take("functions", as_read.functions, {})
    plain = ("platform_id", "certified_as", "certificate", "audience", "link")
    terms = Terms(
        name=line.cells.get("name", ""),
        **functions,
        **{name: as_read.blank(line.cells.get(name, "")) for name in plain},
    )
    kept = ("contact", "phone", "undertaker", "contractor", "keeper")
    upkeep = Upkeep(
        responsible=line.cells.get("responsible", ""),
        contract_ends_on=reader.take("contract_ends_on", as_read.maybe_day),
        password_changed_on=reader.take("password_changed_on", as_read.maybe_day),
        links_home=reader.take("links_home", as_read.yes_or_no),
        **{name: as_read.blank(line.cells.get(name, "")) for name in kept},
    )
    account = WrittenAccount(
        row=line.row,
        organ=line.cells.get("organ", "").strip(),
        platform=reader.take("platform", as_read.platform, Platform.OTHER),
        terms=terms if reader.faults else reader.take("", lambda _: checked_terms(terms), terms),
        upkeep=reader.take("", lambda _: checked_upkeep(upkeep, today), upkeep),
        main=bool(reader.take("main", as_read.yes_or_no)),
        opened_on=reader.take("opened_on", as_read.past_day(today)),
        approved_on=reader.take("approved_on", as_read.past_day(today)),
        approval_number=reader.take("approval_number", as_read.number("approval_number"), ""),
        filed_number=reader.take("filed_number", as_read.number("filed_number"), ""),
    )
    return reader.faults or account


def _lines(matrix: Sequence[Sequence[str]], first: int, places: Mapping[str, int]) -> Table:
    lines: list[Line] = []
    for number, texts in enumerate(matrix, first):
        cells = {name: texts[column].strip() for name, column in places.items()}
        if not any(cells.values()):
            continue
        if len(lines) >= MOST_ROWS:
            fault = RowFault(number, "", f"一次最多导入{MOST_ROWS}行，请分成几个文件导入")
            return Table(tuple(lines), (fault,))
        lines.append(Line(number, cells))
    if not lines:
        return Table(faults=(RowFault(first, "", "文件中没有数据行，请在表头下逐行填写"),))
    return Table(tuple(lines))
