"""The frame of a document's page rendered once, and the text of each page set into it.

Documents of a section differ only in values that the template escapes and prints. The template is
rendered with marks in their place, and cut at the marks. The first page of each frame is rendered
by the template as well and must be the same to the letter; else that frame is never used.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.html import escape

from gongkai.disclosure.queries import DocumentPage
from gongkai.portal.lines import facts_of
from gongkai.portal.records import Card

TEMPLATE = "portal/document.html"
_NAMES = (
    *("title", "organ", "minute", "exact", "source", "keywords", "editor", "summary"),
    *("whole", "report", "folder", "body", "facts", "path"),
)
_MARK = {name: f"\ue000{place}\ue001" for place, name in enumerate(_NAMES)}
_CUT = re.compile("\ue000([0-9]+)\ue001")
_Pieces = tuple[tuple[str, str], ...]  # a literal part, and the name of the value after it
_PLAIN = Card()


@dataclass(frozen=True, slots=True)
class _Marked:
    """Stands for the metadata of a page, with marks."""

    source: str
    keywords: str
    editor: str
    summary: str


class Frames:
    """The frames of one site, as long as it does not change."""

    def __init__(self) -> None:
        """Begin with none."""
        self._frames: dict[object, _Pieces | None] = {}
        self._template = get_template(TEMPLATE)

    def render(self, request: HttpRequest, context: dict[str, Any]) -> str:
        """Return the page, by its frame where it has one."""
        key = _key(context)
        if key is None:
            return self._template.render(context, request)
        values = _values(request, context)
        if key not in self._frames:
            whole: str = self._template.render(context, request)
            pieces = self._cut(request, context)
            fits = _joined(pieces, values) == whole
            self._frames[key] = pieces if fits else None
            return whole
        frame = self._frames[key]
        if frame is None:
            return self._template.render(context, request)
        return _joined(frame, values)

    def _cut(self, request: HttpRequest, context: dict[str, Any]) -> _Pieces:
        told, page = context["told"], context["page"]
        marked = {
            "page": _MarkedPage(page),
            "told": _Marked(*(_mark(told, name) for name in _Marked.__slots__)),
            "body": _MARK["body"],
            "facts": [(_MARK["facts"], "")],
            "files": [],
            "card": _PLAIN,
            "published": {"minute": _MARK["minute"], "exact": _MARK["exact"]},
            "whole_address": _MARK["whole"],
            "report_url": _MARK["report"],
            "node": context["node"],
            "type": context["type"],
        }
        text = self._template.render(marked, request)
        text = text.replace(facts_of(marked["facts"]), _MARK["facts"])
        text = text.replace(quote(request.get_full_path(), safe=""), _MARK["path"])
        parts = _CUT.split(text)
        names = [_NAMES[int(place)] for place in parts[1::2]]
        return tuple(zip(parts[0::2], [*names, ""], strict=True))


class _MarkedPage:
    """Stands for a page, with marks where pages of a section differ."""

    def __init__(self, page: DocumentPage) -> None:
        self.section_id, self.address = page.section_id, page.address
        self.title, self.organ_name, self.folder = _MARK["title"], _MARK["organ"], _MARK["folder"]


def _mark(told: Any, name: str) -> str:
    return _MARK[name] if getattr(told, name) else ""


def _key(context: dict[str, Any]) -> object:
    """Return what tells frames apart; None for a page that has more than a frame holds."""
    if context["files"] or context["card"] != _PLAIN:
        return None
    told = context["told"]
    return (context["page"].section_id, *(bool(getattr(told, name)) for name in _Marked.__slots__))


def _values(request: HttpRequest, context: dict[str, Any]) -> dict[str, str]:
    page, told = context["page"], context["told"]
    return {
        "title": escape(page.title),
        "organ": escape(page.organ_name),
        "minute": context["published"]["minute"],
        "exact": context["published"]["exact"],
        "source": escape(told.source),
        "keywords": escape(told.keywords),
        "editor": escape(told.editor),
        "summary": escape(told.summary),
        "whole": escape(context["whole_address"]),
        "report": escape(context["report_url"]),
        "folder": escape(page.folder),
        "body": context["body"],
        "facts": facts_of(context["facts"]),
        "path": quote(request.get_full_path(), safe=""),
        "": "",
    }


def _joined(pieces: _Pieces, values: dict[str, str]) -> str:
    return "".join([part for text, name in pieces for part in (text, values[name])])
