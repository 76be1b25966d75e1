"""What the W3C's checker and axe say of a page, told in Chinese: one fault a page and kind.

Serves 国办发〔2017〕47号 (页面规范) and 无障碍环境建设法 Art. 32. The checkers' own words are
English; what is not known here is told with them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.prose import masked

HTML_RULE, AXE_RULE = "w3c-html", "axe-browser"
BEHIND = frozenset({HTML_RULE, AXE_RULE})
_TOLD = 5
# What has a rule of its own in the round.
_OF_ENCODING = re.compile(r"character encoding|not utf-8|charset", re.I)
_HTML = (
    (r"Stray end tag “(.+?)”", "多出结束标签 {}"),
    (r"Unclosed element “(.+?)”", "标签 {} 没有结束"),
    (r"End tag “(.+?)” seen, but there were open elements", "{} 结束时还有没有结束的标签"),
    (r"End tag “?(.+?)”? violates nesting rules", "标签 {} 交叉"),
    (r"Duplicate ID “(.+?)”", "id {} 重复"),
    (r"Duplicate attribute “(.+?)”", "属性 {} 重复"),
    (r"An “img” element must have an “alt” attribute", "图片没有 alt 属性"),
    (r"Element “(.+?)” not allowed as child of element “(.+?)”", "{} 不能直接放在 {} 中"),
    (r"The “(.+?)” element is obsolete", "{} 是已经废止的标签"),
    (r"The “(.+?)” attribute on the “(.+?)” element is obsolete", "属性 {} 在 {} 上已经废止"),
    (r"Attribute “(.+?)” not allowed on element “(.+?)”", "属性 {} 不能用在 {} 上"),
    (r"Bad value “(.*?)” for attribute “(.+?)” on element “(.+?)”", "值“{}”不能用于属性 {}（{}）"),
    (r"Element “(.+?)” is missing (?:a )?required (?:instance of )?", "{} 缺少必要的内容或者属性"),
    (r"Element “(.+?)” must not be empty", "{} 不能为空"),
    (r"Start tag “(.+?)” seen but an element of the same type was already open", "{} 嵌套重复"),
    (r"No space between attributes", "属性之间没有空格"),
    (r"Non-space characters found without seeing a doctype", "没有文档类型声明"),
    (r"Start tag seen without seeing a doctype first", "没有文档类型声明"),
    (r"CSS: (.+)", "样式有误：{}"),
)  # fmt: skip
_HTML_FORMS = tuple((re.compile(form), words) for form, words in _HTML)
_AXE = {
    "area-alt": "图像热区没有替代文字", "aria-allowed-attr": "ARIA 属性用得不对",
    "aria-hidden-body": "整个页面对读屏软件隐藏", "aria-hidden-focus": "隐藏的元素仍能获得焦点",
    "aria-input-field-name": "自定义输入框没有名称", "aria-required-attr": "缺少必要的 ARIA 属性",
    "aria-required-children": "ARIA 角色缺少应有的下级元素",
    "aria-required-parent": "ARIA 角色缺少应有的上级元素", "aria-roles": "ARIA 角色写错",
    "aria-valid-attr": "ARIA 属性名写错", "aria-valid-attr-value": "ARIA 属性值写错",
    "autocomplete-valid": "自动填写属性写错", "blink": "用了闪烁文字",
    "button-name": "按钮没有名称",
    "color-contrast": "文字与背景的对比度不够", "definition-list": "定义列表结构不对",
    "document-title": "页面没有标题", "duplicate-id-aria": "读屏软件引用的 id 重复",
    "frame-title": "框架没有标题", "html-has-lang": "没有声明语言",
    "html-lang-valid": "语言声明写错",
    "image-alt": "图片没有替代文字", "input-button-name": "按钮没有名称",
    "input-image-alt": "图片按钮没有替代文字", "label": "输入框没有名称",
    "link-in-text-block": "正文中的链接只靠颜色区分", "link-name": "链接没有文字",
    "list": "列表结构不对", "listitem": "列表项不在列表中", "marquee": "用了滚动文字",
    "meta-refresh": "页面自动刷新", "meta-viewport": "禁止放大页面",
    "nested-interactive": "可操作的元素互相嵌套", "no-autoplay-audio": "声音自动播放",
    "object-alt": "嵌入对象没有替代文字", "role-img-alt": "图形没有替代文字",
    "scrollable-region-focusable": "可滚动的区域不能用键盘操作", "select-name": "下拉框没有名称",
    "svg-img-alt": "矢量图没有替代文字", "target-size": "可点的区域太小",
    "td-headers-attr": "表格单元格引用的表头不存在", "th-has-data-cells": "表头没有对应的单元格",
    "valid-lang": "语言声明写错", "video-caption": "视频没有字幕",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error of a page's HTML at a line and column."""

    line: int
    column: int
    message: str


def html_faults(address: str, wrongs: Sequence[Wrong], at: datetime) -> Iterator[Fault]:
    """Tell a page whose HTML does not pass, once, with the first places."""
    told = [each for each in wrongs if not _OF_ENCODING.search(each.message)]
    if not told:
        return
    places = "；".join(
        f"第{each.line}行第{each.column}列：{html_words(each.message)}" for each in told[:_TOLD]
    )
    yield Fault(
        rule=HTML_RULE, address=address, why=f"网页代码没有通过 W3C 检查，有{len(told)}处错误。",
        evidence=masked(places), found_at=at, target=HTML_RULE,
    )  # fmt: skip


def html_words(message: str) -> str:
    """Return the checker's words in Chinese; what is not known here as it was said."""
    for form, words in _HTML_FORMS:
        if found := form.search(message):
            return words.format(*(f"<{each}>" for each in found.groups()))
    return message[:120]


def hurdle_fault(
    address: str, rule: str, help_: str, count: int, places: Sequence[str], at: datetime
) -> Fault:
    """Return the fault of a page that breaks a rule of axe."""
    words = _AXE.get(rule, help_)
    evidence = f"axe 规则 {rule}：" + "；".join(places)
    return Fault(
        rule=AXE_RULE, address=address, why=f"{words}（{count}处），有障碍的群众难以使用。",
        evidence=masked(evidence), found_at=at, target=rule,
    )  # fmt: skip
