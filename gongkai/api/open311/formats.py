"""Answers in the two formats of the specification: XML with its declaration, and JSON, in UTF-8."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# What XML 1.0 cannot hold at all.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Row = Mapping[str, Any]


def answer(
    kind: str, root: str, item: str, rows: Sequence[Row], *, status: int = 200
) -> HttpResponse:
    """Return rows as a list: `<root><item>…` or a JSON array."""
    if kind == "json":
        return _json(list(rows), status)
    top = Element(root)
    for row in rows:
        _put(SubElement(top, item), row)
    return _xml(top, status)


def one(kind: str, root: str, row: Row) -> HttpResponse:
    """Return a single thing: `<root>…` or a JSON object."""
    if kind == "json":
        return _json(row, 200)
    top = Element(root)
    _put(top, row)
    return _xml(top, 200)


def problem(kind: str, status: int, description: str) -> HttpResponse:
    """Return an error as the specification wants it: the code is that of HTTP."""
    rows = [{"code": status, "description": description}]
    return answer(kind, "errors", "error", rows, status=status)


# How the items of a list inside a thing are called in XML.
_ITEMS = {
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}


def _put(into: Element, row: Row) -> None:
    for name, value in row.items():
        child = SubElement(into, name)
        if isinstance(value, (list, tuple)):
            for each in value:
                below = SubElement(child, _ITEMS[name])
                if isinstance(each, Mapping):
                    _put(below, each)
                else:
                    below.text = _text(each)
        else:
            child.text = _text(value)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NO_XML.sub("\ufffd", str(value))


def _json(value: Any, status: int) -> HttpResponse:
    body = json.dumps(value, ensure_ascii=False)
    return HttpResponse(body, content_type=FORMATS["json"], status=status)


def _xml(top: Element, status: int) -> HttpResponse:
    body = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="utf-8").replace(
        b"<?xml version='1.0' encoding='utf-8'?>\n", b""
    )
    return HttpResponse(body, content_type=FORMATS["xml"], status=status)
