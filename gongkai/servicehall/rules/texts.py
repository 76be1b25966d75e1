"""The texts that forms and verbs take: their Chinese names, how long they may be, their form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from gongkai.servicehall.lifecycle import ToldWrongly

Choice = TypeVar("Choice", bound=StrEnum)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Field:
    """A text: its Chinese name, how long it may be, how many rows its form shows (0: one line)."""

    label: str
    longest: int
    rows: int = 0


# What a guide tells in words, in the order in which people read it (law.md 8.2).
GUIDE_TEXTS: Mapping[str, Field] = {
    "legal_basis": Field("设定依据", 4000, 4),
    "conditions": Field("受理条件", 3000, 4),
    "procedure": Field("办理流程", 3000, 5),
    "handled_by": Field("办理形式", 200),
    "place": Field("办理地点", 500, 2),
    "hours": Field("办理时间", 300, 2),
    "enquiry": Field("咨询方式", 300),
    "complaint": Field("监督投诉方式", 300),
    "statutory_note": Field("法定办结时限说明", 300),
    "promised_note": Field("承诺办结时限说明", 300),
    "special_procedure": Field("特别程序", 1000, 2),
    "why_in_person": Field("必须现场办理原因说明", 300),
    "online_address": Field("计算机端在线办理跳转地址", 500),
    "mobile_address": Field("移动端办理地址", 500),
    "scope": Field("通办范围", 100),
    "joint_bodies": Field("联办机构", 300),
    "intermediary": Field("中介服务", 500, 2),
    "quantity_limit": Field("数量限制", 200),
    "result_kind": Field("审批结果类型", 60),
    "result_name": Field("审批结果名称", 200),
    "power_source": Field("权力来源", 60),
    "exercised_at": Field("行使层级", 60),
    "body_nature": Field("实施主体性质", 60),
    "entrusted_body": Field("委托部门", 100),
    "towns": Field("乡镇街道名称", 300),
    "villages": Field("村居社区名称", 300),
    "no_materials": Field("不需要材料的说明", 200),
    "fee_basis": Field("收费依据", 500, 2),
}
FIELDS: Mapping[str, Field] = {
    **GUIDE_TEXTS,
    "name": Field("名称", 200),
    "item_name": Field("事项名称", 200),
    "code": Field("实施编码", 36),
    "base_code": Field("基本编码", 12),
    "why": Field("理由", 500, 3),
    "outcome": Field("结果", 1000, 3),
    "opinion": Field("意见", 500, 3),
    "address": Field("地址", 200),
    "opening": Field("开放时间", 200),
    "phone": Field("电话", 40),
    "number": Field("窗口编号", 20),
    "window_name": Field("窗口名称", 60),
    "person": Field("姓名", 40),
    "duty": Field("职责", 100),
    "policy_name": Field("政策名称", 200),
    "document_number": Field("文号", 60),
    "issuer": Field("发文机关", 100),
    "document_link": Field("政策文件链接", 500),
    "tags": Field("适用的行业、规模、区域", 200),
    "clause_name": Field("兑现点名称", 200),
    "clause_conditions": Field("申报条件", 3000, 4),
    "clause_materials": Field("申报材料", 2000, 4),
    "standard": Field("兑现标准", 1000, 3),
    "fund": Field("资金来源和层级", 200),
    "enterprise": Field("企业名称", 100),
    "credit_code": Field("统一社会信用代码", 18),
    "legal_person": Field("法定代表人", 40),
    "bank": Field("开户行", 100),
    "bank_account": Field("银行账号", 40),
    "applicant": Field("申请人或者企业", 100),
    "project": Field("项目或者事项", 200),
    "step": Field("环节", 100),
    "facilities": Field("设施", 500, 2),
    "services": Field("提供的服务", 500, 2),
    "keeper": Field("负责人", 40),
    "remark": Field("检查情况", 500, 2),
}


def used(text: str, field: str, *, required: bool = True, label: str = "") -> str:
    """Return a text without its outer blanks, of one form of line breaks.

    Raises:
        ToldWrongly: it is missing, too long or has characters that nobody sees.
    """
    rule, text = FIELDS[field], text.replace("\r\n", "\n").replace("\r", "\n").strip()
    label = label or rule.label
    if required and not text:
        raise ToldWrongly(f"请填写“{label}”", field)
    if len(text) > rule.longest:
        raise ToldWrongly(f"“{label}”不能超过{rule.longest}字，请删减", field)
    if _HIDDEN.search(text):
        raise ToldWrongly(f"“{label}”含有看不见的字符，请重新输入", field)
    return text


def web_address(text: str, field: str) -> str:
    """Return a web address as it was written, "" when there is none; raises ToldWrongly."""
    text = used(text, field, required=False)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", None
    if parts is None or parts.scheme not in ("http", "https") or not host or _BLANK.search(text):
        raise ToldWrongly(
            f"“{FIELDS[field].label}”应当以 http:// 或者 https:// 开头，请核对", field
        )
    return text


def chosen(value: str, among: type[Choice], label: str, field: str) -> Choice:
    """Return the member of an enum that was chosen; raises ToldWrongly for anything else."""
    try:
        return among(value)
    except ValueError:
        raise ToldWrongly(f"请选择“{label}”", field) from None
