"""Names for those who do not see: axe-core's first rules (GB/T 37668), read from the source."""

from typing import Any

_NO_LABEL = frozenset(("hidden", "submit", "button", "image", "reset"))
_NAMED_BY = ("aria-label", "aria-labelledby", "title")


def words(node: Any) -> str:
    """Return an element's text with the texts of its pictures."""
    said: list[str] = []
    for each in node.iter():
        if not isinstance(each.tag, str) or each.tag in ("script", "style"):
            said.append(each.tail or "" if each is not node else "")
            continue
        said.append(each.text or "")
        if each.tag == "img":
            said.append(each.get("alt") or "")
        if each is not node:
            said.append(each.tail or "")
    return " ".join("".join(said).split())


def nameless(node: Any, tag: str, labels: dict[str, Any]) -> str:
    """Return the rule that an element breaks by having no name, "" for none."""
    if tag == "img":
        is_named = node.get("alt") is not None or _is_named(node) or _is_ornament(node)
        return "" if is_named else "axe-image-alt"
    if tag in ("input", "textarea", "select"):
        return "" if _is_labelled(node, tag, labels) else "axe-label"
    if tag == "a" and node.get("href") is not None:
        return "" if _is_named(node) or _has_words(node) else "axe-link-name"
    if tag == "button":
        return "" if _is_named(node) or _has_words(node) else "axe-button-name"
    if tag in ("iframe", "frame"):
        return "" if _is_named(node) or node.get("hidden") is not None else "axe-frame-title"
    return ""


def shown(node: Any) -> str:
    """Return the element's tag as it was written, near enough to find it."""
    told = "".join(f' {name}="{said}"' for name, said in list(node.attrib.items())[:6])
    return f"<{node.tag}{told}>"[:300]


def _is_named(node: Any) -> bool:
    return any((node.get(name) or "").strip() for name in _NAMED_BY)


def _is_ornament(node: Any) -> bool:
    return node.get("role") in ("presentation", "none") or node.get("aria-hidden") == "true"


def _has_words(node: Any) -> bool:
    if words(node) or node.get("aria-hidden") == "true":
        return True
    return any(_is_named(each) for each in node.iter("img", "svg", "i", "span"))


def _is_labelled(node: Any, tag: str, labels: dict[str, Any]) -> bool:
    if tag == "input" and (node.get("type") or "text").lower() in _NO_LABEL:
        return True
    if _is_named(node) or (node.get("placeholder") or "").strip() or node.get("id") in labels:
        return True
    return any(up.tag == "label" for up in node.iterancestors())
