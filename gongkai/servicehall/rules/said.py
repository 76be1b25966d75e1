"""A guide as plain text, as its page tells it, and what people call an item in everyday words.

An item bears the name of the national list (国家基本目录), which few know: 生育登记 is 准生证 to
those who look for it. The names here only help to find; no page shows them.
"""

from collections.abc import Iterable, Iterator, Mapping

from gongkai.servicehall.rules.guide import Fee, Guide, Material
from gongkai.servicehall.rules.kinds import Processing

# Words of official names, and what they are called across the counter.
EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "生育登记": ("准生证", "生育证", "生育服务证"),
    "结婚登记": ("结婚证", "领证"),
    "离婚登记": ("离婚证",),
    "出生登记": ("上户口", "新生儿落户"),
    "出生医学证明": ("出生证",),
    "居民身份证": ("身份证",),
    "不动产": ("房产证", "房本", "土地证"),
    "企业设立登记": ("营业执照", "开公司"),
    "个体工商户": ("营业执照", "开店"),
    "食品经营": ("餐饮证", "食品证"),
    "最低生活保障": ("低保",),
    "特困人员": ("五保",),
    "残疾人证": ("残疾证",),
    "老年人优待": ("老年证", "老人证"),
    "机动车驾驶证": ("驾照", "驾驶证"),
    "失业保险金": ("失业金",),
    "基本医疗保险": ("医保",),
    "基本养老保险": ("社保", "养老金"),
    "住房公积金": ("公积金",),
    "宅基地": ("农村建房", "盖房"),
    "普通护照": ("护照", "出国"),
}


def everyday_names(name: str) -> tuple[str, ...]:
    """Return what people call an item of this official name, in no order of weight."""
    return tuple(
        dict.fromkeys(each for word in EVERYDAY if word in name for each in EVERYDAY[word])
    )


def as_text(guide: Guide) -> str:
    """Return what the page of a guide tells, a line an element; what is not told is left out."""
    return "\n".join(f"{label}：{words}" for label, words in _lines(guide) if words)


def _lines(guide: Guide) -> Iterator[tuple[str, str]]:
    yield "申请条件", guide.conditions
    yield "办理材料", "；".join(map(_material, guide.materials)) or guide.no_materials
    yield "办理流程", guide.procedure
    yield "服务对象", guide.audience.label
    yield "办理时限", guide.promised_term
    if guide.processing is not Processing.AT_ONCE:
        yield "法定时限", guide.statutory_term
    yield "办理地点", guide.place
    yield "办理时间", guide.hours
    yield "联系电话", guide.enquiry
    yield "监督投诉", guide.complaint
    yield "收费标准", "；".join((*map(_fee, guide.fees), guide.fee_basis)).strip("；")
    yield "办理结果", _joined((guide.result_name, guide.result_kind))
    for each in guide.questions:
        yield each.question, each.answer
    yield "设定依据", guide.legal_basis


def _material(row: Material) -> str:
    return _joined((row.name, row.size, row.source, row.criteria, row.basis, row.note))


def _fee(row: Fee) -> str:
    return _joined((row.name, row.standard, row.basis, row.reduction))


def _joined(words: Iterable[str]) -> str:
    return "，".join(each for each in words if each)
