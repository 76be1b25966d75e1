"""Lists of what is handed over: their kinds, their columns, what a receipt must say (Art. 25)."""

from datetime import date
from enum import StrEnum


class RecordsError(ValueError):
    """A list or a package that cannot be made; the message names the remedy."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class TransferKind(StrEnum):
    """What is handed over, and to whom."""

    TO_ARCHIVES = "TO_ARCHIVES"
    TO_LIBRARY = "TO_LIBRARY"
    CASES = "CASES"
    ORDERS = "ORDERS"

    @property
    def label(self) -> str:
        """Return the kind in Chinese."""
        return {
            "TO_ARCHIVES": "主动公开信息移交国家档案馆",
            "TO_LIBRARY": "主动公开信息移交公共图书馆",
            "CASES": "依申请公开案卷移交档案部门",
            "ORDERS": "热线工单移交档案部门",
        }[self.value]

    @property
    def title(self) -> str:
        """Return the title that the list bears on paper."""
        return {
            "TO_ARCHIVES": "主动公开政府信息移送明细表",
            "TO_LIBRARY": "主动公开政府信息移送明细表",
            "CASES": "依申请公开案卷移交清单",
            "ORDERS": "热线工单移交清单",
        }[self.value]

    @property
    def receiver(self) -> str:
        """Return who takes it over, as a heading of the receipt."""
        return {
            "TO_ARCHIVES": "国家档案馆",
            "TO_LIBRARY": "公共图书馆",
            "CASES": "档案部门",
            "ORDERS": "档案部门",
        }[self.value]


_ENTRIES = ("序号", "索引号", "标题", "发文字号", "发布机构", "公开日期", "保管期限", "网址")
HEADS: dict[TransferKind, tuple[str, ...]] = {
    TransferKind.TO_ARCHIVES: _ENTRIES,
    TransferKind.TO_LIBRARY: _ENTRIES,
    TransferKind.CASES: (
        *("序号", "编号", "机关", "收到日期", "办结日期", "办理结果", "保管期限"),
        *("文书", "材料", "案卷包校验值"),
    ),
    TransferKind.ORDERS: (
        *("序号", "编号", "事由", "归口分类", "承办单位", "受理日期", "办结日期"),
        *("满意度", "保管期限"),
    ),
}
_LONGEST_DAYS = 366


def check_period(since: date, until: date, today: date) -> None:
    """Refuse a period that is turned round, longer than a year, or not over.

    Raises:
        RecordsError: naming the field.
    """
    if until < since:
        raise RecordsError("“截止日期”不能早于“起始日期”。", "until")
    if until >= today:
        raise RecordsError("“截止日期”须在今天以前：期间结束后再编制清单。", "until")
    if (until - since).days >= _LONGEST_DAYS:
        raise RecordsError("一份清单最多一年，请分开编制。", "since")


def check_receipt(on: date, by: str, made_on: date, today: date) -> None:
    """Refuse a receipt of a day to come or before the list, or with nobody's name.

    Raises:
        RecordsError: naming the field.
    """
    if not by.strip():
        raise RecordsError("请填写“接收人”。", "received_by")
    if on > today:
        raise RecordsError("“接收日期”不能晚于今天。", "received_on")
    if on < made_on:
        raise RecordsError("“接收日期”不能早于清单编制日期。", "received_on")
