"""Guides for services (办事指南): the eight elements, and W6 服务不实用 (law.md 4.2)."""

import re
from collections.abc import Iterator, Sequence

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View
from gongkai.text.sitepages import Block, Link, Place

ELEMENTS = {
    "事项名称": r"(?:事项|项目|服务)名称",
    "设定依据": r"(?:设定|法定|办理|法律|实施|政策)依据",
    "申请条件": r"(?:申请|受理|办理|办事|申报)条件|服务对象|办理对象",
    "办理材料": r"(?:办理|申请|申报|所需|提交|申办)材料|材料(?:清单|目录)",
    "办理地点": r"(?:办理|受理|办公|办事)(?:地点|地址|场所|窗口)",
    "办理时间": r"(?:办理|工作|办公|受理|办事)时间",
    "联系电话": r"(?:联系|咨询|办公|服务)(?:电话|方式)",
    "办理流程": r"(?:办理|办事|申请|审批|受理|服务)?(?:流程|程序|步骤)图?",
}
POOR = 4
MANY = 5
_TITLE = re.compile(r"(?:办事|服务|办理)指南")
_PROMISED = re.compile(r"^(?:待(?:补充|完善|定|更新)|暂无|无内容|略|建设中|敬请期待|[-—－/／\s]*)$")
_LABELS = frozenset(("th", "td", "dt", "h2", "h3", "h4", "h5", "p", "strong", "li", "div"))
_SERVICES = re.compile(
    r"办事(?:服务|大厅|指南)|网上办事|政务服务(?:网|大厅)?$|在线(?:服务|办事)|服务事项|一网通办"
)


def is_guide(view: View) -> bool:
    """Say whether a page is a guide to one service."""
    title = view.page.heading or view.page.meta("ArticleTitle") or (view.page.title or "")
    if not _TITLE.search(title):
        return False
    text = view.page.told(Place.MAIN)
    return sum(bool(re.search(form, text)) for form in ELEMENTS.values()) >= 2


def missing(view: View) -> list[str]:
    """Return the elements that a guide does not tell or only promises."""
    blocks = [each for each in view.page.blocks if each.place is Place.MAIN]
    told = {name: _told(blocks, re.compile(form)) for name, form in ELEMENTS.items()}
    told["事项名称"] = told["事项名称"] or bool(view.page.heading)
    return [name for name, is_told in told.items() if not is_told]


def guide(view: View, lacking: Sequence[str]) -> Iterator[Fault]:
    """Tell a guide that lacks elements."""
    if lacking:
        names = "、".join(lacking)
        why = f"办事指南缺少{names}。"
        yield view.fault("guide-element-missing", why, view.page.heading, names)


def useless(poor: int, total: int) -> str:
    """Return why a site's guides are of no use (W6), "" where they are.

    `poor` counts guides that lack four kinds of elements or more.
    """
    if poor >= MANY:
        return f"{poor}个事项的办事指南缺少{POOR}类以上要素。"
    if 0 < total < MANY and poor == total:
        return f"办事指南不足{MANY}个，且都缺少{POOR}类以上要素。"
    return ""


def are_services(links: Sequence[Link]) -> bool:
    """Say whether a site offers services at all, by the links of its home page."""
    return any(_SERVICES.search(each.words) for each in links)


def _told(blocks: Sequence[Block], label: re.Pattern[str]) -> bool:
    """Say whether what stands beside a label says something."""
    whole = re.compile(rf"^[\d一二三四五六七八九十、.．（()）\s]*(?:{label.pattern})\s*[:：]?\s*$")
    beside = re.compile(rf"(?:^|[\s。；;])(?:{label.pattern})\s*[:：]\s*(.*)")
    for at, block in enumerate(blocks):
        if block.tag not in _LABELS and block.tag:
            continue
        if whole.match(block.told):
            return at + 1 < len(blocks) and _says(blocks[at + 1].told)
        if found := beside.search(block.told):
            return _says(found[1])
    return False


def _says(value: str) -> bool:
    return not _PROMISED.match(value.strip())
