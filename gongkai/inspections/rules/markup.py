"""HTML that is wrong: unclosed, crossed, stray tags, repeated ids and attributes, lost text.

What HTML lets one leave out (ends of p, li, td; html, head, body) is no fault, nor are old
elements. The whole checker of the W3C is the release check's; this one is quick enough for all.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View

_VOID = frozenset(
    """area base br col embed hr img input link meta param source track wbr keygen frame
    basefont bgsound""".split()  # noqa: SIM905
)
_MAY_END = frozenset(
    """p li dt dd tr td th thead tbody tfoot option optgroup colgroup caption rp rt html head
    body""".split()  # noqa: SIM905
)
_ENDS_P = frozenset(
    """address article aside blockquote center details dir div dl fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr main menu nav ol p pre section table ul""".split()  # noqa: SIM905
)
_CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"),
    "td": ("td", "th"), "th": ("td", "th"), "option": ("option",),
    "tbody": ("tbody", "thead", "tr", "td", "th", "colgroup", "caption"),
    "thead": ("colgroup", "caption"), "tfoot": ("tbody", "tr", "td", "th"),
    "body": ("head",), "optgroup": ("optgroup", "option"),
}  # fmt: skip
_WALLS = frozenset(("ul", "ol", "dl", "table", "select", "td", "th", "button", "object", "svg"))
_NO_TEXT = frozenset(("table", "tbody", "thead", "tfoot", "tr"))
_FOREIGN = frozenset(("svg", "math"))
_RAW = frozenset(("textarea", "title"))
_MOST = 20


class _Checker(HTMLParser):
    """Walks through the tags and keeps what is wrong, with its place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._open and self._open[-1] in _RAW:
            return
        self._attributes(attrs)
        if not self._is_foreign():
            if tag in _ENDS_P:
                self._end_paragraph()
            for closed in _CLOSES.get(tag, ()):
                self._end_implied(closed)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(attrs)
        if tag not in _VOID and not self._is_foreign() and tag not in _FOREIGN:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] in _RAW and tag != self._open[-1]:
            return
        if tag in _VOID:
            return
        if tag not in self._open:
            if tag not in ("p", "html", "head", "body"):
                self._say(f"多出结束标签 </{tag}>")
            return
        while (top := self._open.pop()) != tag:
            if top not in _MAY_END:
                self._say(f"<{top}> 没有在 </{tag}> 之前结束")

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open and self._open[-1] in _NO_TEXT:
            self._say(f"表格单元格之外有文字“{data.strip()[:30]}”")

    def finish(self) -> None:
        """Tell what is open at the end."""
        self.close()
        for tag in self._open:
            if tag not in _MAY_END:
                self._say(f"<{tag}> 没有结束标签")

    def _attributes(self, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        for name in {each for each in names if names.count(each) > 1}:
            self._say(f"属性 {name} 重复")
        for name, value in attrs:
            if any(char in name for char in "\"'<"):
                self._say(f"属性的引号没有成对：{name[:30]}")
            elif name == "id" and value:
                if value in self._ids:
                    self._say(f"id“{value[:60]}”重复")
                self._ids.add(value)

    def _end_paragraph(self) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at] == "p":
                for left in self._open[at + 1 :]:
                    if left not in _MAY_END:
                        self._say(f"<p> 中的 <{left}> 里有块级元素")
                del self._open[at]
                return
            if self._open[at] in _ENDS_P or self._open[at] in _WALLS:
                return

    def _end_implied(self, closed: str) -> None:
        """End an element whose end may be left out, if nothing but such stands above it."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at] == closed:
                del self._open[at:]
                return
            if self._open[at] not in _MAY_END or self._open[at] in _WALLS - {"td", "th"}:
                return

    def _is_foreign(self) -> bool:
        return any(each in _FOREIGN for each in self._open[-8:])

    def _say(self, what: str) -> None:
        if len(self.wrong) < _MOST:
            line, column = self.getpos()
            self.wrong.append((what, f"第{line}行第{column + 1}列"))


def markup(view: View) -> Iterator[Fault]:
    """Tell a page whose HTML is wrong, once, with the first places."""
    checker = _Checker()
    checker.feed(view.page.source)
    checker.finish()
    if checker.wrong:
        places = "；".join(f"{where}：{what}" for what, where in checker.wrong[:5])
        why = f"网页代码不规范，有{len(checker.wrong)}处标签错误。"
        yield view.fault("html-invalid", why, places, checker.wrong[0][0])
