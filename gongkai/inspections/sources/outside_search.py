"""The site's own search, tried as a visitor would: a title of the home page must be found."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

from gongkai.adapters.crawler.fetching import Fetcher, NotAllowed
from gongkai.adapters.crawler.pages import read_page
from gongkai.inspections.rules.homes import is_found, words_to_search
from gongkai.text.sitepages import Answer, Field, Form, Page

_SEARCH = re.compile(r"search|sousuo|检索|搜索|查找|so\b", re.I)
_NONSENSE = "龘靐齉爩"
_FIELDS = frozenset(("text", "search"))


def search_fails(fetcher: Fetcher, home: Page, names: Sequence[str], today: date) -> str:
    """Return why the search of a site does not work, "" where it does or may not be tried."""
    form = next(filter(_is_search, home.forms), None)
    if form is None:
        return "首页没有站内搜索。"
    words = words_to_search(home, names)
    if not words:
        return ""
    try:
        for word in words:
            answer = _ask(fetcher, form, word, home)
            if not answer.is_open:
                said = answer.trouble.label if answer.trouble else f"服务器返回{answer.status}"
                return f"站内搜索打不开：{said}。"
            if is_found(answer, read_page(answer, today), word):
                return _same_for_all(fetcher, form, home, word, today)
    except NotAllowed:
        return ""
    return f"站内搜索找不到首页的“{words[0]}”。"


def _same_for_all(fetcher: Fetcher, form: Form, home: Page, word: str, today: date) -> str:
    answer = _ask(fetcher, form, _NONSENSE, home)
    if is_found(answer, read_page(answer, today), word):
        return "站内搜索无论查什么结果都一样。"
    return ""


def _is_search(form: Form) -> bool:
    if _text_field(form) is None or any(each.kind == "textarea" for each in form.fields):
        return False
    named = " ".join(f"{each.name} {each.named}" for each in form.fields)
    return bool(_SEARCH.search(f"{form.words} {form.address} {named}"))


def _text_field(form: Form) -> Field | None:
    return next((each for each in form.fields if each.kind in _FIELDS and each.name), None)


def _ask(fetcher: Fetcher, form: Form, word: str, home: Page) -> Answer:
    field = _text_field(form)
    said = [(each.name, each.value) for each in form.fields if each.kind == "hidden" and each.name]
    said.append((field.name if field else "q", word))
    encoding = form.charset.split()[0] if form.charset else home.declared.truth
    body = urlencode(said, encoding=encoding or "utf-8", errors="xmlcharrefreplace")
    if form.method == "post":
        return fetcher.post(form.address, body.encode("ascii"))
    parts = urlsplit(form.address)
    return fetcher.get(urlunsplit((parts.scheme, parts.netloc, parts.path, body, "")))
