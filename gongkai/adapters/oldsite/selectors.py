"""Where a site keeps its parts: simple CSS selectors (`#zoom`, `div.article`, `.box td`)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongkai.adapters.oldsite.records import SiteUnreadable

_STEP = re.compile(r"([a-zA-Z][\w-]*|\*)?((?:[.#][\w-]+)*)")
_PART = re.compile(r"([.#])([\w-]+)")


@dataclass(frozen=True, slots=True)
class Selectors:
    """Selectors tried in order before the usual places; `left_out` is taken away first."""

    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    box: tuple[str, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def check(self) -> None:
        """Check that all can be read.

        Raises:
            SiteUnreadable: one is not of the simple kind.
        """
        for each in (*self.title, *self.body, *self.box, *self.breadcrumb, *self.left_out):
            compiled(each)


@lru_cache(maxsize=200)
def compiled(selector: str) -> Any:
    """Return a selector as a compiled XPath.

    Raises:
        SiteUnreadable: it is not of the simple kind.
    """
    from lxml import etree

    steps = selector.split()
    if not steps:
        raise SiteUnreadable("选择器不能为空。")
    path = ""
    for step in steps:
        found = _STEP.fullmatch(step)
        if found is None or not found[0]:
            raise SiteUnreadable(
                f"选择器“{selector}”不能识别，请写成 #zoom、.article 或者 div.box td 的样子。"
            )
        path += f"//{(found[1] or '*').lower()}"
        for sign, name in _PART.findall(found[2]):
            if sign == "#":
                path += f"[@id='{name}']"
            else:
                path += f"[contains(concat(' ',normalize-space(@class),' '),' {name} ')]"
    return etree.XPath(path)


def first(root: Any, selectors: tuple[str, ...]) -> Any:
    """Return the first element any of the selectors finds, None where none does."""
    for selector in selectors:
        for element in compiled(selector)(root):
            return element
    return None


def every(root: Any, selectors: tuple[str, ...]) -> list[Any]:
    """Return all elements the selectors find."""
    return [element for selector in selectors for element in compiled(selector)(root)]
