"""axe-core's first rules, read from the source (GB/T 37668-2019; 无障碍环境建设法 Art. 32)."""

from collections.abc import Iterator

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View

_WHY = {
    "axe-image-alt": "图片没有替代文字，读屏软件读不出来。",
    "axe-label": "输入框没有名称，读屏软件读不出来。",
    "axe-link-name": "链接没有文字，读屏软件读不出来。",
    "axe-button-name": "按钮没有文字，读屏软件读不出来。",
    "axe-frame-title": "嵌入的框架没有标题。",
}


def accessible(view: View) -> Iterator[Fault]:
    """Tell what readers with a screen reader cannot use."""
    page = view.page
    for rule, element in page.nameless:
        yield view.fault(rule, _WHY[rule], element)
    if not page.title:
        yield view.fault("axe-document-title", "页面没有标题。", "<title>", "title")
    if not page.language:
        yield view.fault("axe-html-has-lang", "页面没有声明语言。", "<html>", "lang")
