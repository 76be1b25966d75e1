"""What makes up a website's yearly report and whether it adds up (law.md 4.7): plain Python.

Values come in as text or numbers by field code, go out as plain values fit to be frozen. Blank is
not nought: a figure that nobody told is missing, and a report with a gap is not handed on.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.inspections.lifecycle import ToldWrongly
from gongkai.inspections.rules.site_year_form import Edition, FormField, Kind

Values = Mapping[str, Any]
YES, NO = "是", "否"
LONGEST = 200
MOST = 10**12
ADDED_UP = "explained"  # where records are counted it is the sum of its parts
_JUMP = 10  # a figure so many times that of the year before is asked about
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands against a report; `grave` stops it, else the reviewer looks at it."""

    field: str
    text: str
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Behind:
    """One record of a figure: its typed id, name, day, and what it adds."""

    id: str
    label: str
    on: date | None
    adds: int = 1

    @property
    def plain(self) -> list[Any]:
        """Return it as a frozen report keeps it."""
        return [self.id, self.label, self.on.isoformat() if self.on else "", self.adds]


@dataclass(frozen=True, slots=True)
class Figures:
    """The values of a report; `counted` are those that records tell, `behind` the records."""

    values: Mapping[str, Any]
    counted: Mapping[str, Any]
    behind: Mapping[str, Sequence[Behind]]
    remarks: Sequence[Remark] = ()


def taken(field: FormField, told: str) -> int | str | None:
    """Return what was typed into a field as it is kept; None for nothing typed.

    Days are kept as text with at most one decimal, so that a frozen report hashes alike everywhere.

    Raises:
        ToldWrongly: it is no figure, no choice, too long or has characters that nobody sees.
    """
    told = told.strip()
    if not told:
        return None
    if field.kind is Kind.COUNT:
        return _count(field, told)
    if field.kind is Kind.DAYS:
        return _days(field, told)
    among = (YES, NO) if field.kind is Kind.YES_NO else field.choices
    if among and told not in among:
        raise ToldWrongly(f"请重新选择“{field.label}”", field.code)
    if len(told) > LONGEST:
        raise ToldWrongly(f"“{field.label}”不能超过{LONGEST}字，请删减", field.code)
    if _HIDDEN.search(told):
        raise ToldWrongly(f"“{field.label}”含有看不见的字符，请重新输入", field.code)
    return told


def _count(field: FormField, told: str) -> int:
    plain = told.replace(",", "").replace("，", "")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 13 or int(plain) >= MOST:
        raise ToldWrongly(f"“{field.label}”应当填整数，没有的填0，请修改", field.code)
    return int(plain)


def _days(field: FormField, told: str) -> str:
    wrong = ToldWrongly(f"“{field.label}”应当填天数，最多一位小数，如2.5，请修改", field.code)
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9])?", told):
        raise wrong
    try:
        return tenths(Decimal(told))
    except InvalidOperation:
        raise wrong from None


def tenths(days: Decimal) -> str:
    """Return days with one decimal, half up."""
    return str(days.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP"))


def shown(field: FormField, value: Any) -> str:
    """Return a value as the form prints it; a dash where nothing is told."""
    return "—" if value is None or value == "" else str(value)


def remarks(
    edition: Edition,
    values: Values,
    sources: Mapping[str, str],
    *,
    from_records: bool,
    added: Collection[str] = (),
    before: Values | None = None,
) -> list[Remark]:
    """Return everything that stands against a report, what stops it first.

    `sources` are by group, `added` the groups whose figures the office adds to those of records,
    `before` the values of the year before.
    """
    stated = {
        group.code for group in edition.groups if group.asks_source(from_records=from_records)
    }
    found = [
        *_sums(values),
        *_parts(edition, values),
        *_media(values),
        *_gaps(edition, values, sources, stated | set(added)),
        *_odd(edition, values, before or {}),
    ]
    return sorted(found, key=lambda remark: not remark.grave)


def _gaps(
    edition: Edition, values: Values, sources: Mapping[str, str], stated: Collection[str]
) -> Iterator[Remark]:
    for group in edition.groups:
        gaps = [f for f in group.fields if not f.optional and values.get(f.code) is None]
        # A total that is added up is there as soon as its parts are.
        gaps = [f for f in gaps if f.code != ADDED_UP] or gaps
        if gaps:
            nought = "（没有的填0）" if any(f.kind is Kind.COUNT for f in gaps) else ""
            names = "、".join(f.label for f in gaps)
            yield Remark(gaps[0].code, f"“{group.name}”还没有填写：{names}{nought}")
        if group.code in stated and not sources.get(group.code):
            yield Remark(f"source_{group.code}", f"请写明“{group.name}”自报数据的来源")
    if values.get("settled") and values.get("days") is None:
        yield Remark("days", "有办结的留言，请填写“平均办理时间”")


# (total, its parts, whether they must add up to it exactly)
_TOTALS = (
    ("published", ("published_overview", "published_news", "published_disclosure"), False),
    ("explained", ("explained_text", "explained_product", "explained_comment"), True),
    ("handled", ("handled_people", "handled_firms"), True),
)
_TOTAL_WORDS = {
    "published": ("信息发布总数", "概况类、政务动态、信息公开目录信息更新量之和"),
    "explained": ("解读信息发布总数", "解读材料、解读产品、媒体评论文章之和"),
    "handled": ("办件量总数", "自然人办件量与法人办件量之和"),
}


def _sums(values: Values) -> Iterator[Remark]:
    for total, parts, exact in _TOTALS:
        told = [values.get(code) for code in (total, *parts)]
        if any(value is None for value in told):
            continue
        whole, added = told[0], sum(told[1:])
        name, words = _TOTAL_WORDS[total]
        if exact and whole != added:
            yield Remark(total, f"{name}（{whole}）应当等于{words}（{added}），请核对")
        elif whole < added:
            yield Remark(total, f"{name}（{whole}）不能少于{words}（{added}），请核对")


# (the smaller, the larger, whether it stops the report)
_NOT_MORE = (
    ("visitors", "visits", True),
    ("topics_new", "topics_kept", True),
    ("services_online", "services", True),
    ("settled", "received", True),
    ("answered_publicly", "settled", True),
    ("interview_answers", "interview_messages", True),
    ("mended", "faults", True),
    # The result of a call of last year is published this year.
    ("fed_back", "solicited", False),
)


def _parts(edition: Edition, values: Values) -> Iterator[Remark]:
    for less, more, grave in _NOT_MORE:
        small, large = values.get(less), values.get(more)
        if small is not None and large is not None and small > large:
            one, other = edition.field(less).label, edition.field(more).label
            told = "不能多于" if grave else "多于"
            end = "请核对" if grave else "属于上年征集、本年公布的可以保留"
            yield Remark(less, f"{one}（{small}）{told}{other}（{large}），{end}", grave)
    if values.get("faults") and values.get("tests") == 0:
        yield Remark("tests", "没有开展安全检测评估，却有发现问题数量，请核对")
    for count, needed in (("interview_messages", "interviews"), ("comments", "solicited")):
        if values.get(count) and values.get(needed) == 0:
            one, other = edition.field(needed).label, edition.field(count).label
            yield Remark(needed, f"“{one}”为0，“{other}”不为0，请核对", count != "comments")


def _media(values: Values) -> Iterator[Remark]:
    accounts = [values.get("weibo_name"), values.get("wechat_name"), values.get("media_other")]
    has = values.get("has_media")
    if has == YES and not any(accounts):
        yield Remark("has_media", "填了有移动新媒体，请填写至少一个账号的名称")
    if has == NO and any(accounts):
        yield Remark("has_media", "填了没有移动新媒体，却有账号名称，请核对")
    for code, label in (("weibo", "微博"), ("wechat", "微信")):
        told = [values.get(f"{code}_{part}") for part in ("posts", "fans")]
        if values.get(f"{code}_name") and None in told:
            yield Remark(f"{code}_posts", f"有{label}账号，请填写信息发布量和粉丝数")
        if not values.get(f"{code}_name") and any(told):
            yield Remark(f"{code}_name", f"有{label}的数据，请填写账号名称")


def _odd(edition: Edition, values: Values, before: Values) -> Iterator[Remark]:
    """Ask about figures that are far from those of the year before."""
    for field in edition.fields():
        now, then = values.get(field.code), before.get(field.code)
        if field.kind is not Kind.COUNT or not now or not then:
            continue
        if now >= then * _JUMP or then >= now * _JUMP:
            yield Remark(
                field.code, f"“{field.label}”与上年（{then}）相差10倍以上，请核对", grave=False
            )
