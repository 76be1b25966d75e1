"""What a letter is filled with: the values a caller gives, and the words a template may use.

`LetterValues` is filled from a case; the organ's own words (name, number, date, contact,
remedies) are added when the letter is made. `WORDS` is the closed list of placeholders, in
the Chinese that an office types between double braces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.letters.rules.errors import LetterIncomplete
from gongkai.letters.rules.kinds import LetterKind
from gongkai.letters.rules.remedies import Told
from gongkai.letters.rules.terms import Due, due_words, shortened, yuan
from gongkai.statute.days import written
from gongkai.statute.grounds import Ground

TITLE_LINE = 20  # characters of 22 pt across 156 mm


@dataclass(frozen=True)
class LetterValues:
    """What one letter says of one case; what a kind does not use stays empty.

    `asked` is quoted and shortened; `paragraphs` are the answer's body, one string a
    paragraph; `items` the matters to supplement, explain or give an opinion on; `outcomes` the
    grounds of the answered items, from which the remedies follow; `refers_to` an earlier
    document by name and number; `consulted` whom one asks (without a person's name);
    `joint` says that the organ asked made the record too (Art. 34: silence is consent).
    """

    recipient: str
    organisation: bool = False
    request_number: str = ""
    received_words: str = ""
    received_how: str = ""
    asked: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    outcomes: tuple[Told, ...] = ()
    served_online: bool = False
    attachments: tuple[str, ...] = ()
    reason: str = ""
    days: int | None = None
    due: Due | None = None
    amount_yuan: Decimal | None = None
    tariff_words: str = ""
    payment: str = ""
    query_way: str = ""
    refers_to: str = ""
    consulted: str = ""
    joint: bool = False
    place: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class OrganWords:
    """What the organ itself puts into a letter."""

    title: str
    number: str
    issued_on: date
    contact: str
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A placeholder: its Chinese name, what it stands for, whether it is a list for `for`."""

    name: str
    told: str
    listed: bool = False


WORDS: tuple[Word, ...] = (
    Word("机关名称", "发文机关的全称"),
    Word("换行", "标题过长时在机关名称后换行，否则为空"),
    Word("文号", "发文字号，签发时自动编排"),
    Word("成文日期", "签发日期"),
    Word("联系方式", "工作机构、电话、地址、邮编"),
    Word("救济告知", "行政复议、行政诉讼的告知，按办理结果自动生成", listed=True),
    Word("收件人", "申请人、第三方或者其他机关的名称"),
    Word("称呼", "个人为“你”，单位为“你单位”"),
    Word("申请编号", "登记时的申请编号"),
    Word("收到日期", "收到申请之日"),
    Word("收到方式", "收到申请的方式和收到日期的确定依据"),
    Word("申请内容", "申请的内容，过长的自动缩写"),
    Word("正文段落", "答复的正文，逐段", listed=True),
    Word("事项", "需要补正、说明理由或者征求意见的事项，逐条编号", listed=True),
    Word("附件", "附件说明，逐行", listed=True),
    Word("理由", "延期、公开等的理由"),
    Word("天数", "期限的工作日数"),
    Word("期限", "最后期限；年度放假安排未公布的，写作“若干个工作日内”"),
    Word("金额", "信息处理费的数额"),
    Word("收费标准", "按件或者按量计收的标准和计算过程"),
    Word("缴纳方式", "信息处理费的缴纳方式"),
    Word("查询方式", "申请人查询办理进度的方式"),
    Word("关联文书", "有关文书的名称和文号"),
    Word("征求对象", "征求意见的对象，不写姓名"),
    Word("共同制作", "对方是共同制作机关，用于“if”"),
    Word("送达地点", "送达的地点"),
    Word("送达方式", "送达的方式"),
)
KNOWN = frozenset(word.name for word in WORDS)
_NUMERALS = "一二三四五六七八九十"
_LABELS = {
    "recipient": "收件人",
    "request_number": "申请编号",
    "received_words": "收到日期",
    "received_how": "收到方式",
    "asked": "申请内容",
    "paragraphs": "答复正文",
    "items": "事项",
    "outcomes": "答复事项的办理结果",
    "reason": "理由",
    "days": "期限（工作日数）",
    "due": "答复期限",
    "amount_yuan": "收费数额",
    "tariff_words": "收费标准",
    "payment": "缴纳方式",
    "query_way": "查询方式",
    "refers_to": "有关文书的名称和文号",
    "consulted": "征求意见的对象",
    "method": "送达方式",
}


def check_complete(kind: LetterKind, values: LetterValues) -> None:
    """Refuse values that lack what this kind of letter must tell; raises LetterIncomplete."""
    for name in kind.needs:
        value = getattr(values, name)
        empty = value is None or value == () or (isinstance(value, str) and not value.strip())
        if empty:
            raise LetterIncomplete(
                f"“{kind.label}”须写明{_LABELS[name]}，请填写后再制作", field=name
            )
        if isinstance(value, tuple) and any(isinstance(e, str) and not e.strip() for e in value):
            raise LetterIncomplete(f"{_LABELS[name]}中有空白的一条，请填写或者删除", field=name)


def context(kind: LetterKind, values: LetterValues, organ: OrganWords) -> dict[str, Any]:
    """Return the words of a letter by the names that templates use; every known name is there."""
    return {
        "机关名称": organ.title,
        "换行": "\n" if len(organ.title) + len(kind.title) > TITLE_LINE else "",
        "文号": organ.number,
        "成文日期": written(organ.issued_on),
        "联系方式": organ.contact,
        "救济告知": list(organ.remedies),
        "收件人": values.recipient.strip(),
        "称呼": "你单位" if values.organisation else "你",
        "申请编号": values.request_number,
        "收到日期": values.received_words,
        "收到方式": values.received_how,
        "申请内容": shortened(values.asked),
        "正文段落": _lines(values.paragraphs),
        "事项": listed(values.items),
        "附件": attachment_lines(values.attachments),
        "理由": ended(values.reason),
        "天数": "" if values.days is None else str(values.days),
        "期限": "" if values.due is None else due_words(values.due),
        "金额": "" if values.amount_yuan is None else yuan(values.amount_yuan),
        "收费标准": ended(values.tariff_words),
        "缴纳方式": ended(values.payment),
        "查询方式": ended(values.query_way),
        "关联文书": values.refers_to,
        "征求对象": values.consulted,
        "共同制作": values.joint,
        "送达地点": values.place,
        "送达方式": values.method,
    }


def listed(items: Sequence[str]) -> list[str]:
    """Return items as numbered lines; a sole item stands without a number."""
    lines = [ended(item) for item in items]
    return lines if len(lines) == 1 else [f"{place}．{line}" for place, line in enumerate(lines, 1)]


def attachment_lines(names: Sequence[str]) -> list[str]:
    """Return the lines of 附件说明 (GB/T 9704, 7.3.4): numbered when there are several."""
    plain = [" ".join(name.split()) for name in names if name.strip()]
    if len(plain) <= 1:
        return [f"附件：{name}" for name in plain]
    lead = ["附件："] + ["　　　"] * (len(plain) - 1)
    return [f"{lead[place]}{place + 1}．{name}" for place, name in enumerate(plain)]


def item_label(place: int) -> str:
    """Return how a letter speaks of its item: 第一项, 第十一项."""
    return f"第{chinese(place)}项"


def chinese(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens - 1]}十")
    return f"{head}{_NUMERALS[ones - 1] if ones else ''}"


def ended(text: str) -> str:
    """Return a clause without blanks at its ends and without a closing stop."""
    return text.strip().rstrip("。；;")


def _lines(paragraphs: Sequence[str]) -> list[str]:
    return [line.strip() for text in paragraphs for line in text.split("\n") if line.strip()]


SAMPLE = LetterValues(
    recipient="张璪",
    request_number="360925012-2026-0007",
    received_words="2026年3月2日",
    received_how="你于2026年3月1日通过网络提交，3月2日经双方确认，以确认之日为收到申请之日",
    asked="2025年度全县小型水库除险加固工程的项目清单、资金安排和验收结论",
    paragraphs=("经审查，现将有关情况告知如下，本段为样例文字。",),
    items=("样例事项一", "样例事项二"),
    outcomes=(Told("第一项", Ground.PARTIAL), Told("第二项", Ground.NOT_HELD)),
    attachments=("2025年度小型水库除险加固工程项目清单", "2025年度资金安排表"),
    reason="需要向多个单位核实有关情况",
    days=15,
    due=Due(date(2026, 3, 30), provisional=False, days=20),
    amount_yuan=Decimal("50"),
    tariff_words="按量计收，提供纸质信息35页，其中第31页至第35页每页10元",
    payment="持本通知书到县政务服务大厅非税窗口缴纳，或者扫描缴款书上的二维码缴纳",
    query_way="登录县政府门户网站“依申请公开”栏目，凭申请编号和查询码查询",
    refers_to="《政府信息公开申请补正告知书》（靖水公补〔2026〕1号）",
    consulted="可能受影响的第三方",
    place="靖安县政务服务大厅",
    method="直接送达",
)


def sample_for(kind: LetterKind) -> LetterValues:
    """Return made-up values with which any template of a kind must fill."""
    if kind is LetterKind.OTHER_ORGAN:
        return replace(SAMPLE, recipient="靖安县财政局", joint=True)
    return SAMPLE


FIELD_NAMES = frozenset(field.name for field in fields(LetterValues))
LABELS: Mapping[str, str] = _LABELS
