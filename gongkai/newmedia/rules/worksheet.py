"""Tables of accounts and of posts: their columns, and how each cell is read.

What can be read with certainty is read, anything else is a fault with its row, column and remedy.
The file itself is opened by `gongkai.adapters.xlsx`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from gongkai.newmedia.lifecycle import RowFault, ToldWrongly
from gongkai.newmedia.rules.platforms import Platform, PostKind, platform_named
from gongkai.newmedia.rules.terms import Terms, Upkeep, checked_terms, checked_upkeep
from gongkai.newmedia.rules.texts import used, web_address
from gongkai.tables.grid import Grid

Value = TypeVar("Value")
Cells = Mapping[str, str]
MOST_ROWS = 2_000
_HEAD_ROWS = 10
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- day 0 of a spreadsheet, in the county's own time
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})"
    r"(?:\.\d+)?秒?|分)?)?"
)
_NOTHING = ("", "/", "-", "—", "--", "——", "无")
_YES, _NO = ("是", "有", "√"), ("否", "没有", "×")

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
    names = {_folded(each): name for name, given in heads.items() for each in given}
    for grid in grids:
        for offset, line in enumerate(grid.matrix[:_HEAD_ROWS]):
            places: dict[str, int] = {}
            for column, text in enumerate(line):
                if (name := names.get(_folded(text))) is not None:
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
        platform=reader.take("platform", lambda text: _platform(text) if text else None),
        account=reader.take("account", lambda text: text[:100]),
        title=reader.take("title", lambda text: _title(text), ""),
        posted_at=reader.take("posted_at", _past_moment(today)),
        link=reader.take("link", lambda text: web_address(text, "post_link", required=False), ""),
        kind=reader.take("kind", _kind, PostKind.ORIGINAL),
    )
    return reader.faults or post


def read_account(line: Line, *, today: date) -> WrittenAccount | list[RowFault]:
    """Return the account of a row, or everything wrong with it."""
    reader = _Reader(line.row, line.cells, ACCOUNT_HEADS)
    functions = reader.take("functions", _functions, {})
    plain = ("platform_id", "certified_as", "certificate", "audience", "link")
    terms = Terms(
        name=line.cells.get("name", ""),
        **functions,
        **{name: _blank(line.cells.get(name, "")) for name in plain},
    )
    kept = ("contact", "phone", "undertaker", "contractor", "keeper")
    upkeep = Upkeep(
        responsible=line.cells.get("responsible", ""),
        contract_ends_on=reader.take("contract_ends_on", _maybe_day),
        password_changed_on=reader.take("password_changed_on", _maybe_day),
        links_home=reader.take("links_home", _yes_or_no),
        **{name: _blank(line.cells.get(name, "")) for name in kept},
    )
    account = WrittenAccount(
        row=line.row,
        organ=line.cells.get("organ", "").strip(),
        platform=reader.take("platform", _platform, Platform.OTHER),
        terms=terms if reader.faults else reader.take("", lambda _: checked_terms(terms), terms),
        upkeep=reader.take("", lambda _: checked_upkeep(upkeep, today), upkeep),
        main=bool(reader.take("main", _yes_or_no)),
        opened_on=reader.take("opened_on", _past_day(today)),
        approved_on=reader.take("approved_on", _past_day(today)),
        approval_number=reader.take("approval_number", _number("approval_number"), ""),
        filed_number=reader.take("filed_number", _number("filed_number"), ""),
    )
    return reader.faults or account


def read_moment(text: str) -> datetime:
    """Return the moment that a cell names: 2020-3-5 10:30, 2020年3月5日, a serial number.

    A day alone is its noon, which is the same day in every way of counting.

    Raises:
        ValueError: it names none.
    """
    told = unicodedata.normalize("NFKC", text).strip()
    if _SERIAL.fullmatch(told):
        moment = _EPOCH + timedelta(minutes=round(float(told) * 24 * 60))
        return moment if "." in told else moment.replace(hour=12)
    found = _MOMENT.fullmatch(told)
    if found is None:
        raise ValueError(f"“{text[:30]}”不是日期和时间，请写成2020-12-31 09:30的样子")
    year, month, day, hour, minute, second = (
        int(part) if part else None for part in found.groups()
    )
    try:
        return datetime(  # noqa: DTZ001
            year or 0, month or 0, day or 0, 12 if hour is None else hour, minute or 0, second or 0
        )
    except ValueError:
        raise ValueError(f"“{text[:30]}”不是日历上有的时间，请核对") from None


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


def _folded(text: str) -> str:
    return re.sub(r"[\s*＊]", "", unicodedata.normalize("NFKC", text)).lower()


def _blank(text: str) -> str:
    return "" if text.strip() in _NOTHING else text.strip()


def _title(text: str) -> str:
    """Return a title; of a long text, such as a whole Weibo, its beginning."""
    line = " ".join(text.split())
    return used(line if len(line) <= 200 else f"{line[:199]}…", "title")


def _platform(text: str) -> Platform:
    found = platform_named(text)
    if found is None:
        named = "、".join(each.label for each in Platform)
        raise ValueError(f"“{text[:20]}”不是平台类型，请填：{named}")
    return found


def _kind(text: str) -> PostKind:
    told = _folded(text)
    if told in ("", "原创", "是"):
        return PostKind.ORIGINAL
    if told in ("转载", "转发", "否"):
        return PostKind.RELAYED
    raise ValueError(f"“{text[:20]}”不是类型，请填：原创、转载")


def _functions(text: str) -> dict[str, bool]:
    named = {"信息发布": "publishes", "互动": "talks", "办事": "serves"}
    named |= {"发布": "publishes", "互动交流": "talks", "办事服务": "serves"}
    told = [each for each in re.split(r"[、,，;；/\s]+", _blank(text)) if each]
    strange = [each for each in told if each not in named]
    if strange or not told:
        raise ValueError("请填功能类型：信息发布、互动、办事，几项的用顿号隔开")
    return {named[each]: True for each in told}


def _yes_or_no(text: str) -> bool | None:
    told = _folded(text)
    if told in _NOTHING:
        return None
    if told not in _YES + _NO:
        raise ValueError(f"“{text[:20]}”请改填：是、否")
    return told in _YES


def _maybe_day(text: str) -> date | None:
    return read_moment(text).date() if _blank(text) else None


def _past_day(today: date) -> Callable[[str], date | None]:
    def read(text: str) -> date | None:
        day = _maybe_day(text)
        if day is not None and day > today:
            raise ValueError(f"“{text[:30]}”晚于今天，请核对")
        return day

    return read


def _past_moment(today: date) -> Callable[[str], datetime]:
    def read(text: str) -> datetime:
        moment = read_moment(text)
        if moment.date() > today:
            raise ValueError(f"“{text[:30]}”晚于今天，请核对")
        return moment

    return read


def _number(name: str) -> Callable[[str], str]:
    return lambda text: used(_blank(text), name, required=False)
