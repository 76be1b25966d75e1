"""Encodings: declared, rightly declared, and text that was spoilt before it was served."""

import re
from collections.abc import Iterator

from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View, around

_SPOILT = re.compile(r"\ufffd{2,}|\ufffd.{0,3}\ufffd|(?:锟斤拷)+|烫烫烫|屯屯屯")
_RUN = re.compile(r"[\u3400-\u9fff\ue000-\uf8ff]{6,}")
_SAME = {"utf-16-le": "utf-16", "utf-16-be": "utf-16"}
_READABLE = 0.9


def charsets(view: View) -> Iterator[Fault]:
    """Tell a page that does not say its encoding, or says another one."""
    told = view.page.declared
    if told.ascii_only:
        return
    believed = told.mark or told.header or told.head
    evidence = f"实际编码：{told.truth}；响应头：{told.header or '无'}；页面：{told.head or '无'}"
    if not believed:
        why = "页面没有声明文字编码，浏览器可能显示为乱码。"
        yield view.fault("charset-undeclared", why, evidence, "charset")
    elif _SAME.get(believed, believed) != _SAME.get(told.truth, told.truth):
        why = "页面声明的文字编码与实际不符，浏览器会显示为乱码。"
        yield view.fault("charset-mismatch", why, evidence, "charset")


def garbled(view: View) -> Iterator[Fault]:
    """Tell text whose characters were lost or read in a wrong encoding."""
    text = view.main
    found = _SPOILT.search(text)
    span = found.span() if found else _twice(text)
    if span is not None:
        evidence = around(text, *span)
        yield view.fault("text-garbled", "页面文字有乱码。", evidence)


def _twice(text: str) -> tuple[int, int] | None:
    """Return where UTF-8 was read as GBK: a run whose bytes are UTF-8 again."""
    for run in _RUN.finditer(text):
        body = run[0].encode("gb18030", "ignore")
        again = body.decode("utf-8", "ignore")
        kept = len(again.encode("utf-8")) / (len(body) or 1)
        if kept >= _READABLE and len(again) >= 4 and all(char > "\x7f" for char in again):
            return run.span()
    return None
