"""How an element is kept from sight: by attribute, by its style, by the page's own style sheet."""

import re
from typing import Any

# Each of these goes through a text once, whatever the text: a page may be made to cost.
_MEDIA = re.compile(r"@[^{;@]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_NOTES = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_BEFORE = re.compile(r"[{}@]")
_SIMPLE = re.compile(r"^[a-zA-Z]*(?:[.#][\w-]+)?$")
_LENGTH = re.compile(r"^(-?\d+(?:\.\d+)?)(px|em|rem|pt|%|vw)?$")
_FAR = -900.0
_COLOURS = {"white": "#ffffff", "black": "#000000", "#fff": "#ffffff", "#000": "#000000"}
Style = dict[str, str]


def sheet(text: str) -> dict[str, Style]:
    """Return a style sheet's rules by their simple selectors; what a medium bounds is left out."""
    rules: dict[str, Style] = {}
    plain = _MEDIA.sub("", _NOTES.sub("", text[:200_000]))
    for part in plain.split("}")[:-1]:
        before, opened, body = part.rpartition("{")
        said = declarations(body) if opened else {}
        for selector in _BEFORE.split(before)[-1].split(","):
            if opened and (name := selector.strip()) and _SIMPLE.match(name):
                rules.setdefault(name, {}).update(said)
    return rules


def declarations(text: str) -> Style:
    """Return what a style says, by property."""
    said: Style = {}
    for line in text.split(";"):
        name, colon, value = line.partition(":")
        if colon:
            said[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return said


def style_of(element: Any, rules: dict[str, Style]) -> Style:
    """Return what holds for an element of sheet and own style."""
    own = element.get("style")
    if not rules:
        return declarations(own) if own else {}
    said: Style = dict(rules.get(element.tag, {}))
    for name in (element.get("class") or "").split():
        said |= rules.get(f".{name}", {}) | rules.get(f"{element.tag}.{name}", {})
    if named := element.get("id"):
        said |= rules.get(f"#{named}", {}) | rules.get(f"{element.tag}#{named}", {})
    return said | declarations(own) if own else said


def hidden(element: Any, style: Style, ground: str) -> str:
    """Return how an element is kept from sight, in Chinese, "" where it is not.

    `ground` is the background colour it stands on.
    """
    if element.get("hidden") is not None:
        return "设置了 hidden 属性"
    if element.tag == "marquee" and _tiny(element.get("height"), 2):
        return "放在一两个像素高的滚动条中"
    return _by_style(style, ground) if style else ""


def _by_style(style: Style, ground: str) -> str:
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return "样式设置为不显示"
    if _number(style.get("opacity")) == 0:
        return "设置为完全透明"
    if _tiny(style.get("font-size"), 2):
        return "字号只有一两个像素"
    if style.get("overflow") == "hidden" and (
        _tiny(style.get("width"), 2) or _tiny(style.get("height"), 2)
    ):
        return "放在一两个像素的框内"
    if any(
        _far(style.get(side)) for side in ("left", "top", "right", "text-indent", "margin-left")
    ):
        return "移到了屏幕之外"
    colour = _colour(style.get("color"))
    if colour and colour == (background(style) or ground):
        return "文字与背景同色"
    return ""


def background(style: Style) -> str:
    """Return the background colour that a style sets, "" for none."""
    said = style.get("background-color") or style.get("background") or ""
    return _colour(said.split()[0] if said else "")


def _colour(said: str | None) -> str:
    if not said:
        return ""
    found = _COLOURS.get(said, said)
    return found if re.fullmatch(r"#[0-9a-f]{6}", found) else ""


def _number(said: str | None) -> float | None:
    found = _LENGTH.match((said or "").strip())
    return float(found[1]) if found else None


def _tiny(said: str | None, most: float) -> bool:
    number = _number(said)
    return number is not None and 0 <= number < most and not (said or "").endswith(("em", "%"))


def _far(said: str | None) -> bool:
    number = _number(said)
    return number is not None and number <= _FAR
