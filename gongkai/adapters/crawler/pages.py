"""A page's bytes to a Page: one walk through its elements, in the order they stand."""

import re
from datetime import date
from typing import Any

from gongkai.adapters.crawler import charset
from gongkai.adapters.crawler.addresses import resolve
from gongkai.adapters.crawler.walk import Walk
from gongkai.text.sitepages import Answer, Page

_BODY = re.compile(r"<(?:body|frameset)\b", re.I)
_HEAD = re.compile(
    r"(?:\s*(?:<!--.*?-->|<(?:title|script|style|noscript)\b.*?</(?:title|script|style|noscript)>|"
    r"<!doctype[^>]*>|</?(?:html|head)\b[^>]*>|<(?:meta|link|base)\b[^>]*>))*",
    re.I | re.S,
)
_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.I)


def read_page(answer: Answer, today: date) -> Page:
    """Return what a page says; days without a year are the last such before `today`."""
    from lxml import html

    source, declared = charset.read(answer.body, answer.charset)
    parser = html.HTMLParser(encoding="utf-8")
    plain = _with_body(source.replace("\x00", ""))
    root = html.document_fromstring(plain.encode("utf-8", "replace"), parser, ensure_head_body=True)
    walk = Walk(root, _base(root, answer.address), today)
    walk.run()
    return Page(
        address=answer.address,
        size=answer.size,
        seconds=answer.seconds,
        status=answer.status or 0,
        declared=declared,
        source=source,
        title=walk.title,
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        metas=_metas(root),
        blocks=tuple(walk.blocks),
        links=tuple(walk.links),
        pictures=tuple(walk.pictures),
        forms=tuple(walk.forms),
        entries=tuple(walk.entries),
        tables=tuple(walk.tables),
        comments=tuple(walk.comments),
        nameless=tuple(walk.nameless),
        refresh=_refresh(root, answer.address),
    )


def _with_body(source: str) -> str:
    """Return a page with the body tag that it left out: the parser needs it for new elements."""
    if _BODY.search(source):
        return source
    head = _HEAD.match(source)
    at = head.end() if head else 0
    return f"{source[:at]}<body>{source[at:]}"


def _base(root: Any, address: str) -> str:
    found = root.find(".//base[@href]")
    return (resolve(address, found.get("href")) or address) if found is not None else address


def _metas(root: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (each.get("name").strip(), each.get("content") or "")
        for each in root.iter("meta")
        if each.get("name") and not any(up.tag == "body" for up in each.iterancestors())
    )


def _refresh(root: Any, address: str) -> str:
    """Return where a page leads by a refresh of 0 seconds."""
    for each in root.iter("meta"):
        if (each.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(each.get("content") or "")
            if found and float(found[1]) == 0 and found[2].strip():
                return resolve(address, found[2].strip()) or ""
    return ""
