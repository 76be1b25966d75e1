"""What Word's styles say of a paragraph: its level, alignment, numbering, face and weight."""

import re
from functools import lru_cache
from typing import Any

from gongkai.adapters.richtext.word_numbering import W, number, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset(("title", "标题", "文章标题", "公文标题", "文件标题", "大标题"))
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_FAR = 20
_LEVELS = 6


class Styles:
    """The paragraph and character styles of one document."""

    def __init__(self, root: Any) -> None:
        """Take word/styles.xml, or None."""
        self._styles: dict[str, Any] = {}
        self._usual: dict[str, str] = {}
        self._defaults: Any = None
        for element in root if root is not None else ():
            if element.tag == W + "style":
                name = element.get(W + "styleId", "")
                self._styles[name] = element
                if element.get(W + "default") in ("1", "true"):
                    self._usual[element.get(W + "type", "")] = name
            elif element.tag == W + "docDefaults":
                self._defaults = element.find(f"{W}rPrDefault/{W}rPr")
        self._chain = lru_cache(maxsize=2000)(self._chained)

    def _chained(self, style: str) -> tuple[Any, ...]:
        chain: list[Any] = []
        while style in self._styles and len(chain) < _FAR:
            chain.append(self._styles[style])
            style = value(chain[-1], "basedOn") or ""
        return tuple(chain)

    def of(self, paragraph: Any) -> str:
        """Return the style of a paragraph."""
        return value(paragraph.find(W + "pPr"), "pStyle") or self._usual.get("paragraph", "")

    def names(self, style: str) -> list[str]:
        """Return the names of a style and of those it is based on."""
        return [(value(each, "name") or "").strip() for each in self._chain(style)]

    def is_title(self, style: str) -> bool:
        """Say whether a style is that of a title."""
        return any(name.lower() in _TITLES for name in self.names(style)[:2])

    def is_contents(self, style: str) -> bool:
        """Say whether a style is that of a line in a table of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self.names(style)[:1])

    def heading(self, paragraph: Any, style: str) -> int:
        """Return the outline level, from 1; 0 for text."""
        direct = value(paragraph.find(W + "pPr"), "outlineLvl")
        if direct is not None:
            level = number(direct, 9) + 1
            return level if level <= _LEVELS else 0
        for element in self._chain(style):
            if found := _HEADING.fullmatch((value(element, "name") or "").strip()):
                return min(int(found[1]), _LEVELS)
            outline = value(element.find(W + "pPr"), "outlineLvl")
            if outline is not None:
                return number(outline, 9) + 1 if number(outline, 9) < _LEVELS else 0
        return 0

    def property(self, paragraph: Any, style: str, name: str) -> Any:
        """Return a paragraph's property, its own or its style's, None where there is none."""
        for holder in (paragraph, *self._chain(style)):
            properties = holder.find(W + "pPr")
            found = properties.find(W + name) if properties is not None else None
            if found is not None:
                return found
        return None

    def run_property(self, run: Any, style: str, name: str) -> Any:
        """Return a run's property: its own, its style's, its paragraph's, the document's."""
        own = run.find(W + "rPr")
        holders = [own]
        holders += [each.find(W + "rPr") for each in self._chain(value(own, "rStyle") or "")]
        holders += [each.find(W + "rPr") for each in self._chain(style)]
        for holder in (*holders, self._defaults):
            found = holder.find(W + name) if holder is not None else None
            if found is not None:
                return found
        return None


def is_on(element: Any) -> bool:
    """Say whether an on-off property is on."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off", "none")
