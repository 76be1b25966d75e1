"""Finding elements of a page by the few CSS selectors that the tests use."""

import re

from lxml.html import HtmlElement

_PART = re.compile(r"(?P<tag>\w*)(?P<rest>(?:\.[\w-]+|\[[^\]]+\])*)")


def select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements for `tag`, `.class`, `[name]`, `[name=value]`, in descent, by comma."""
    return [
        found
        for choice in selector.split(",")
        for found in tree.xpath("." + "".join(map(_step, choice.split())))
    ]


def _step(part: str) -> str:
    match = _PART.fullmatch(part)
    assert match, f"no selector: {part}"
    tests = ""
    for test in re.findall(r"\.([\w-]+)|\[([^\]]+)\]", match["rest"]):
        if test[0]:
            tests += f"[contains(concat(' ', @class, ' '), ' {test[0]} ')]"
        else:
            name, _, value = test[1].partition("=")
            tests += f"[@{name}='{value}']" if value else f"[@{name}]"
    return f"//{match['tag'] or '*'}{tests}"
