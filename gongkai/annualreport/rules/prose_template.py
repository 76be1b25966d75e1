"""Prose that takes figures only by name, so that it cannot disagree with the tables.

Grammar: plain text with placeholders `{{ name }}` or `{{ name|part }}`. A name is a
figure's name or its Chinese label; without a part the value and its unit are printed
("29件"), with one of 数值, 分子, 分母, 单位 (value, numerator, denominator, unit) only
that. There is nothing else: no logic, no code.

A digit typed by hand together with a counting unit is refused, and so is a digit that
touches a placeholder. Years, dates, document numbers, ordinals (第3条) and what stands
in 《》 are no figures. 【请填写…】 marks what the author still has to write.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.annualreport.lifecycle import ProseRefused
from gongkai.annualreport.rules.figures import Figure, label, plain

PARTS: Mapping[str, str] = {
    "value": "value",
    "numerator": "numerator",
    "denominator": "denominator",
    "unit": "unit",
    "数值": "value",
    "分子": "numerator",
    "分母": "denominator",
    "单位": "unit",
}
SECTIONS: Mapping[str, str] = {
    "preamble": "引言",
    "overview": "一、总体情况（引语）",
    "proactive": "一（一）主动公开",
    "requests": "一（二）依申请公开",
    "management": "一（三）政府信息管理",
    "platform": "一（四）政府信息公开平台建设",
    "supervision": "一（五）监督保障",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}
TO_WRITE = "【请填写"
_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_UNITS = (
    "件|条|项|个|次|人|名|位|份|篇|期|起|宗|例|场|家|户|批|处|户次|元|万|亿|%|％|‰|百分点|平方米"
)
_BY_HAND = re.compile(
    rf"(?P<figure>[+\-−]?\d(?:[\d,.，．]*\d)?)\s*(?:[余多]\s*)?(?:[十百千万亿]+\s*)?[（(]?(?:{_UNITS})"
)
_IN_WORDS = re.compile(
    r"[〇零一二两三四五六七八九十百千万亿]{2,}(?:点[〇零一二三四五六七八九]+)?\s*(?:余|多)?"
    r"(?:件|宗|起|万元|元)|百分之[〇零一二两三四五六七八九十百点]+"
)
_TITLE = re.compile(r"《[^《》]*(?:〈[^〈〉]*〉[^《》]*)*》")
_TERM = re.compile(r"\s*(?:个工作日|个月|个自然日|个小时)")
_MONEY_OR_RATE = ("%", "％", "万元", "亿元", "元")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something refused: in which section, paragraph and character (both from 1), and why."""

    section: str
    paragraph: int
    character: int
    found: str
    message: str


@dataclass(frozen=True, slots=True)
class _Slot:
    start: int
    end: int
    name: str
    part: str


def faults(
    templates: Mapping[str, str], figures: Mapping[str, Figure], *, finished: bool = False
) -> tuple[Fault, ...]:
    """Return all that is wrong with the prose; with `finished`, unwritten passages too."""
    found: list[Fault] = []
    for section, heading in SECTIONS.items():
        text = templates.get(section, "")
        for place, words, message in sorted(_faults_of(text, figures, finished)):
            before = text[:place]
            paragraph = before.count("\n") + 1
            character = place - (before.rfind("\n") + 1) + 1
            where = f"“{heading}”第 {paragraph} 段第 {character} 字"
            found.append(
                Fault(section, paragraph, character, words, f"{where}“{words}”：{message}")
            )
    return tuple(found)


def render(template: str, figures: Mapping[str, Figure]) -> str:
    """Return the text with every placeholder filled.

    Raises:
        ProseRefused: a placeholder names no figure, or asks a part it does not have.
    """
    known = _by_any_name(figures)
    pieces: list[str] = []
    end = 0
    for slot in _slots(template):
        message = _slot_fault(slot, known)
        if message:
            raise ProseRefused(f"“{template[slot.start : slot.end]}”：{message}")
        pieces += [template[end : slot.start], _printed(known[slot.name], slot.part)]
        end = slot.end
    return "".join([*pieces, template[end:]])


def names_used(template: str) -> tuple[str, ...]:
    """Return the names in the placeholders of a template, in order."""
    return tuple(slot.name for slot in _slots(template))


def _by_any_name(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    return {label(name): figure for name, figure in figures.items()} | dict(figures)


def _slots(text: str) -> Iterator[_Slot]:
    for match in _PLACEHOLDER.finditer(text):
        name, _, part = match[1].partition("|")
        yield _Slot(match.start(), match.end(), name.strip(), part.strip())


def _printed(figure: Figure, part: str) -> str:
    match PARTS.get(part):
        case "value":
            return figure.digits
        case "numerator" if figure.numerator is not None:
            return plain(figure.numerator)
        case "denominator" if figure.denominator is not None:
            return plain(figure.denominator)
        case "unit":
            return figure.unit
        case _:
            return figure.digits + figure.unit


def _faults_of(
    text: str, figures: Mapping[str, Figure], finished: bool
) -> Iterator[tuple[int, str, str]]:
    known = _by_any_name(figures)
    slots = list(_slots(text))
    for slot in slots:
        written = text[slot.start : slot.end]
        message = _slot_fault(slot, known) or _neighbour_fault(text, slot, known)
        if message:
            yield slot.start, written, message
    bare = _without(text, [(slot.start, slot.end) for slot in slots])
    for brace in re.finditer(r"\{\{|\}\}", bare):
        yield brace.start(), brace[0], "占位符不完整，应写成“{{ 数据名称 }}”，请补全或删去。"
    bare = _without(bare, [match.span() for match in _TITLE.finditer(bare)])
    yield from _figures_by_hand(bare)
    if finished:
        for match in re.finditer(re.escape(TO_WRITE) + r"[^】\n]*】?", text):
            yield match.start(), match[0], "这里还没有写，请写完并删去方括号内的提示。"


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return `text` with the spans blanked by a sign that no rule matches, places kept."""
    for start, end in spans:
        text = text[:start] + "□" * (end - start) + text[end:]
    return text


def _slot_fault(slot: _Slot, known: Mapping[str, Figure]) -> str:
    figure = known.get(slot.name)
    if figure is None:
        near = difflib.get_close_matches(slot.name, known, n=1)
        hint = f"是否指“{near[0]}”？" if near else ""
        return f"没有名为“{slot.name}”的数据。{hint}请从数据清单中选用，或先在“自报数据”中登记。"
    if slot.part and slot.part not in PARTS:
        return f"“|{slot.part}”无法识别，竖线后只能写：数值、分子、分母、单位。"
    if PARTS.get(slot.part) in ("numerator", "denominator") and figure.numerator is None:
        return f"“{slot.name}”不是比率，没有分子、分母，请删去竖线及其后文字。"
    return ""


def _neighbour_fault(text: str, slot: _Slot, known: Mapping[str, Figure]) -> str:
    before, after = text[: slot.start][-1:], text[slot.end :].lstrip(" ")
    if before.isdigit() or after[:1].isdigit():
        return "占位符紧挨着手工输入的数字，打印出来会变成另一个数，请删去数字。"
    if PARTS.get(slot.part) == "unit":
        return ""
    if re.match(r"[十百千万亿]", after) and not after.startswith(("万元", "亿元")):
        return "占位符后面手工加了数量级（万、亿等），会改变数值，请删去。"
    typed = next((unit for unit in _MONEY_OR_RATE if after.startswith(unit)), "")
    unit = known[slot.name].unit
    if typed and (not slot.part or typed.replace("％", "%") != unit):
        return f"这项数据的单位是“{unit}”，后面又写了“{typed}”，请删去或改为“|数值”并写“{unit}”。"
    return ""


def _figures_by_hand(text: str) -> Iterator[tuple[int, str, str]]:
    remedy = (
        "数据不能手工输入，请改用“{{ 数据名称 }}”；系统没有的数据，请先在“自报数据”中登记来源。"
    )
    for match in (*_BY_HAND.finditer(text), *_IN_WORDS.finditer(text)):
        before = text[: match.start()].rstrip()
        term = "figure" in match.groupdict() and _TERM.match(text, match.end("figure"))
        if before.endswith("第") or term:
            continue
        yield match.start(), match[0], remedy
