"""What a figure counts, told from the words around it and from what was spoken of before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.annualreport.rules.check.proactive import documents, register
from gongkai.annualreport.rules.check.readings import (
    CHANNELS,
    COUNTED,
    KINDS,
    REGISTERS,
    REMEDY_RESULTS,
    RESULTS,
    Reading,
    Subject,
    first,
    requests,
    result_rows,
)
from gongkai.tables.forms import FormEdition
from gongkai.tables.sheet import CellPath, Table
from gongkai.text.quantities import Quantity

_LOOKS_BACK = 6
_PART_DONE = re.compile(
    "按[期时第]|^项|其中|其余|剩余|另[有外]|书面|口头|当[面场]|电话|邮寄|邮件|[网线]上|提前"
)
# "Citizens, legal persons and other organisations" is the law's word for anyone.
_EVERYONE = re.compile("公民、法人(?:或者?|和|及|以及|与)?其他(?:社会)?组织")


@dataclass
class State:
    """What the paragraph speaks of: the topic, and the count whose parts may follow."""

    topic: str = ""
    head: tuple[tuple[str, tuple[str, ...]], ...] = ()
    head_measure: str = "requests.received"
    remedy: str = ""
    family: str = ""
    acted: bool = False
    sentence: str = ""
    earlier: list[str] = field(default_factory=list)

    def next_sentence(self) -> "State":
        """Return the state at the start of the next sentence of the paragraph."""
        earlier = [*self.earlier, self.sentence][-_LOOKS_BACK:]
        topic = self.topic if self.topic in ("requests", "remedies") else ""
        return State(topic, self.head, self.head_measure, earlier=earlier)


_REQUESTS = re.compile("依申请|公开申请|申请公开|申请件|申请(?:共|总|$)|申请$")
_REMEDIES = re.compile("复议|诉讼|起诉|应诉")
_DOCUMENTS = re.compile("规范性文件")
_ELSEWHERE = re.compile(
    "热线|工单|建议|提案|信箱|留言|咨询|微博|微信|公众号|新媒体|发布|解读|培训|会议|稿件|检查"
    "|督查|新闻|网站|信件|视频|直播|公报"
)
_OGI = re.compile("信息公开|依申请|被申请|被提起|引起|引发|未经复议直接起诉|复议后起诉")
_OTHER_THINGS = re.compile("工作日|自然日|月|小时|方面|环节|单位|部门|领域|百分点|栏目|乡镇|季度")


def subject(
    quantity: Quantity,
    before: str,
    passed: str,
    state: State,
    edition: FormEdition,
    year: int | None,
) -> Subject | None:
    """Return what a figure counts, or None where it is none of the report's measures."""
    words = _EVERYONE.sub("", before) + quantity.after
    _turn(words, state) or _turn(passed, state)
    if quantity.unit in ("个", "项") and _OTHER_THINGS.match(quantity.after):
        return None
    match state.topic:
        case "documents":
            return documents(quantity, words, edition)
        case "register":
            found = register(quantity, words, passed, edition, state.acted)
            state.acted = state.acted or bool(found and found.sure)
            return found
        case "remedies":
            return _remedies(quantity, words, passed, state)
        case "requests" if quantity.unit in COUNTED:
            found = _requests(words, state, edition, year)
            state.family = found.family if found else ""
            return found
        case _:
            return None


def _turn(words: str, state: State) -> bool:
    """Turn to the topic that words name; say whether they name one."""
    if first(REGISTERS, words):
        state.topic = "register"
    elif _DOCUMENTS.search(words):
        state.topic = "documents"
    elif _REQUESTS.search(words) and not _REMEDIES.search(words):
        state.topic = "requests"
    elif _REMEDIES.search(words):
        state.topic = "remedies"
    elif _ELSEWHERE.search(words) and not (state.topic == "requests" and first(CHANNELS, words)):
        state.topic = "elsewhere"
    else:
        return False
    return True


def _received(words: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    new = ("本年新收", ("1",))
    both = ("本年新收加上年结转", ("1", "2"))
    if "新收" in words:
        return (new,)
    if re.search("办理|处理", words) and not re.search("收到|受理|接收|接到", words):
        return (new, both, ("办理结果总计", ("3.7",)))
    return (new, both)


def _requests(words: str, state: State, edition: FormEdition, year: int | None) -> Subject | None:
    last, following = (str(year - 1), str(year + 1)) if year else ("上年", "下年")
    if re.search(
        f"(?:上一?年度?|去年|往年|{last}年度?)(?:度)?(?:结转|转入|遗留)|结转上一?年", words
    ):
        return _rows("requests.carried_in", "上年结转", ("2",))
    if re.search(f"结转(?:至|到|入)?(?:下|次|{following})|转[入至]下|下年度?继续办理", words):
        return _rows("requests.carried_out", "结转下年度", ("4",))
    result = first(RESULTS, words)
    if result is not None:
        rows = tuple(row for code in result.codes for row in result_rows(edition, code))
        measure = f"requests.outcome.{result.name}"
        state.head, state.head_measure = ((result.label, rows),), measure
        if not rows:
            return Subject(measure, family="outcome")
        return Subject(measure, (Reading(result.label, requests(rows, ("t",))),), True, "outcome")
    kind = first(KINDS, words)
    if kind is not None and kind.name == "OTHER_ORG" and state.family != "kind":
        return None
    if kind is not None:
        heads = state.head or _received("收到")
        return Subject(
            f"{state.head_measure}.{kind.name}",
            tuple(
                Reading(f"{name}，{kind.label}", requests(rows, kind.codes)) for name, rows in heads
            ),
            True,
            "kind",
        )
    channel = first(CHANNELS, words)
    if channel is not None:
        return Subject(f"requests.received.{channel.name}", family="channel")
    return _totals(words, state)


def _rows(measure: str, name: str, rows: tuple[str, ...]) -> Subject:
    return Subject(measure, (Reading(name, requests(rows, ("t",))),), sure=True)


def _totals(words: str, state: State) -> Subject | None:
    if re.search("未办结|正在办理|逾期|超期|补正|延期|咨询|涉及|撤回|转来|转[办交]", words):
        return None
    if re.search("办结|答复|办复|办理完毕", words) and not re.search("收到|受理|接收|新收", words):
        state.head, state.head_measure = (("办理结果总计", ("3.7",)),), "requests.done"
        return Subject(
            "requests.done",
            (Reading("办理结果总计", requests(("3.7",), ("t",))),),
            sure=_PART_DONE.search(words) is None,
        )
    named = _REQUESTS.search(words) is not None
    if not named and not re.search("收到|受理|接收|新收|接到|办理", words):
        return None
    state.head, state.head_measure = _received(words), "requests.received"
    readings = tuple(Reading(name, requests(rows, ("t",))) for name, rows in state.head)
    part = re.search("其中|其余|剩余|另[有外]", words)
    return Subject("requests.received", readings, sure=part is None)


def _suits(letters: str, place: str) -> tuple[CellPath, ...]:
    return tuple(CellPath(Table.REMEDIES, "", f"{letter}{place}") for letter in letters)


_REMEDY_NAMES = {
    "r": (("行政复议", "r"),),
    "d": (("未经复议直接起诉", "d"),),
    "a": (("复议后起诉", "a"),),
    "s": (("行政诉讼", "da"), ("未经复议直接起诉", "d"), ("复议后起诉", "a")),
    "rs": (("行政复议加行政诉讼", "rda"),),
}
_REMEDY_MEASURES = {
    "r": "remedies.RECONSIDERATION",
    "d": "remedies.DIRECT",
    "a": "remedies.AFTER_RECONSIDERATION",
    "s": "remedies.LITIGATION",
    "rs": "remedies",
}


def _remedy(words: str) -> str:
    if re.search("未经复议|直接起诉", words):
        return "d"
    if re.search("复议后|经复议", words):
        return "a"
    reviews, suits = "复议" in words, re.search("诉讼|起诉|应诉", words) is not None
    if reviews and suits:
        return "rs"
    return "r" if reviews else "s" if suits else ""


def _remedies(quantity: Quantity, words: str, passed: str, state: State) -> Subject | None:
    if quantity.unit not in COUNTED or not _OGI.search("".join([*state.earlier, state.sentence])):
        return None
    state.remedy = _remedy(words) or _remedy(passed) or state.remedy
    if not state.remedy:
        return None
    result = first(REMEDY_RESULTS, words)
    place, suffix = (result.codes[0], result.name) if result else ("5", "")
    measure = _REMEDY_MEASURES[state.remedy] + (f".{suffix}" if suffix else "")
    if state.remedy == "rs" and "各" in words:
        return Subject(measure)
    readings = tuple(
        Reading(name + (f"，{result.label}" if result else ""), _suits(letters, place))
        for name, letters in _REMEDY_NAMES[state.remedy]
    )
    sure = result is not None or re.search("胜诉|败诉|驳回|撤[回诉]|上诉|二审", words) is None
    return Subject(measure, readings, sure)


def none_of(words: str, edition: FormEdition, state: State) -> Iterator[Subject]:
    """Yield what a clause such as 未发生…行政复议或行政诉讼 says there was none of."""
    if "复议" in words or re.search("诉讼|起诉", words):
        if not _OGI.search("".join([*state.earlier, state.sentence])):
            return
        if "复议" in words and not re.search("复议后", words):
            yield Subject("remedies.RECONSIDERATION", (Reading("行政复议", _suits("r", "5")),))
        if re.search("诉讼|起诉", words):
            yield Subject("remedies.LITIGATION", (Reading("行政诉讼", _suits("da", "5")),))
    elif re.search(
        "(?:未(?:新?收到|接到|受理|产生|有)|没有)(?!因).{0,16}(?:公开申请|依申请公开|申请$)"
        "|^无(?:新收)?.{0,6}(?:公开申请|依申请公开)(?:件|办件|事项|情况|案件)?$",
        words,
    ):
        yield Subject("requests.received", (Reading("本年新收", requests(("1",), ("t",))),))
