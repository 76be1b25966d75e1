"""The flow chart, drawn on the server: upright for a phone, lying for a desk (practice.md 2.5).

Places and lengths are in units of the drawing, one unit a CSS pixel at the width meant. What
the chart says is said again in words below it, so that nobody needs to see it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.portal.requests.guide import term
from gongkai.statute.limits import Rule

_LINE = 20
_PAD = 9
_WORD = re.compile(r"[0-9]+|.")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure and what may branch off it."""

    title: str
    note: str = ""
    branches: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the chart: its place and its lines; the first is the title."""

    x: int
    y: int
    width: int
    lines: tuple[tuple[int, str], ...]
    height: int
    chief: bool

    @property
    def middle(self) -> int:
        """Return where its text is centred."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A straight arrow from a point to a point; `aside` leads to a branch, a stem has no tip."""

    x1: int
    y1: int
    x2: int
    y2: int
    aside: bool = False
    tip: bool = True


@dataclass(slots=True)
class Drawing:
    """A chart: its size, boxes and arrows."""

    width: int
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


def steps(today: date) -> tuple[Step, ...]:
    """Return the procedure under the law of `today`."""
    reply, more = term(Rule.REPLY, today), term(Rule.EXTENSION, today)
    return (
        Step("提出申请", "当面、邮寄、在线、传真、电子邮件；书写有困难的可以口头提出"),
        Step("登记，出具回执", "在线、传真、电子邮件和平常信函，以双方确认之日为收到申请之日"),
        Step(
            "形式审查",
            "身份证明、联系方式、申请内容、形式要求",
            (
                ("内容不明确", f"{term(Rule.SUPPLEMENT_NOTICE, today)}内一次性告知补正"),
                ("逾期不补正", "无正当理由的，视为放弃申请"),
            ),
        ),
        Step(
            "检索与审查",
            "查找信息，审查是否可以公开",
            (
                (
                    "涉及第三方",
                    f"书面征求意见，{term(Rule.THIRD_PARTY_OPINION, today)}内提出，不计入期限",
                ),
                ("数量过多", "可以要求说明理由；明显超出合理范围的，可以收取信息处理费"),
            ),
        ),
        Step(
            "作出答复",
            f"能当场答复的当场答复，否则{reply}内答复",
            (
                ("需要延长", f"经负责人同意并告知，最多延长{more}"),
                ("公开", "予以公开、部分公开、告知已公开的获取方式"),
                ("不公开", "不予公开，说明依据和理由"),
                ("无法提供", "信息不存在；不属于本机关的，告知该找谁"),
                ("不予处理", "信访举报投诉、重复申请等，告知理由和渠道"),
            ),
        ),
        Step(
            "送达",
            "当面、邮寄、网上查询等，按申请人要求的方式",
            (("不服答复", "可以依法申请行政复议、提起行政诉讼，也可以投诉举报"),),
        ),
        Step("归档", "按照档案管理规定保管"),
    )


def upright(told: Sequence[Step]) -> Drawing:
    """Return the chart for a phone: steps one below the other, branches to the right."""
    drawing = Drawing(width=343)
    y = 1
    for place, step in enumerate(told):
        main = _box(1, y, 172, step.title, step.note, 10, chief=True)
        drawing.boxes.append(main)
        side = y
        for title, note in step.branches:
            branch = _box(195, side, 147, title, note, 9)
            drawing.boxes.append(branch)
            reach = side + branch.height // 2
            _lead_right(drawing, main, reach)
            side += branch.height + 8
        bottom = max(y + main.height, side - 8 if step.branches else 0)
        if place + 1 < len(told):
            drawing.arrows.append(Arrow(87, y + main.height, 87, bottom + 26))
        y = bottom + 28
    drawing.height = y - 26
    return drawing


def lying(told: Sequence[Step]) -> Drawing:
    """Return the chart for a desk: steps side by side, branches below them."""
    width, gap = 140, 22
    drawing = Drawing(width=len(told) * (width + gap) - gap + 2)
    boxes = [
        _box(1 + place * (width + gap), 1, width, step.title, step.note, 8, chief=True)
        for place, step in enumerate(told)
    ]
    tallest = max(box.height for box in boxes)
    deepest = tallest
    for place, (step, box) in enumerate(zip(told, boxes, strict=True)):
        drawing.boxes.append(Box(box.x, box.y, box.width, box.lines, tallest, box.chief))
        if place + 1 < len(told):
            right = box.x + width
            drawing.arrows.append(Arrow(right, 1 + tallest // 2, right + gap - 2, 1 + tallest // 2))
        y, stem = tallest + 20, box.x + 8
        for title, note in step.branches:
            branch = _box(box.x + 22, y, width - 22, title, note, 7)
            drawing.boxes.append(branch)
            reach = y + branch.height // 2
            drawing.arrows.append(Arrow(stem, tallest + 1, stem, reach, aside=True, tip=False))
            drawing.arrows.append(Arrow(stem, reach, box.x + 20, reach, aside=True))
            deepest, y = max(deepest, y + branch.height), y + branch.height + 10
    drawing.height = deepest + 2
    return drawing


def _lead_right(drawing: Drawing, main: Box, reach: int) -> None:
    """Draw the way from a step to a branch at height `reach`, by the stem when it lies lower."""
    if reach <= main.y + main.height - 4:
        drawing.arrows.append(Arrow(main.x + main.width, reach, 193, reach, aside=True))
    else:
        drawing.arrows.append(Arrow(main.middle, reach, 193, reach, aside=True))


def _box(
    x: int, y: int, width: int, title: str, note: str, across: int, *, chief: bool = False
) -> Box:
    words = [title, *_wrapped(note, across)]
    lines = tuple((y + _PAD + 14 + _LINE * place, text) for place, text in enumerate(words))
    return Box(x, y, width, lines, 2 * _PAD + _LINE * len(words) - 1, chief)


def _wrapped(text: str, across: int) -> list[str]:
    """Break Chinese text into lines of at most `across` characters, no stop at a line's head."""
    lines: list[str] = []
    line = ""
    for each in _WORD.findall(text):  # a number is never torn apart
        if len(line) + len(each) > across and each not in "，。；、）":
            lines.append(line)
            line = ""
        line += each
    return [*lines, line] if line else lines
