"""What a style attribute says that is worth knowing, and nothing else of it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from gongkai.adapters.richtext.blocks import DISPLAY, NOTHING, STRONG, TITLE

_LONGEST = 2_000
_ALIGN = re.compile(r"(?<![-\w])text-align:(\w+)")
_WEIGHT = re.compile(r"(?<![-\w])font-weight:(\w+)")
_FAMILY = re.compile(r"(?<![-\w])font-family:([^;]*)")
_RAISED = re.compile(r"(?<![-\w])vertical-align:(super|sub)\b")
_HIDDEN = re.compile(r"(?<![-\w])(?:display:none|visibility:hidden|mso-hide:all)")
_DISPLAY_FACE = re.compile("黑体|simhei|楷体|kaiti", re.IGNORECASE)
_TITLE_FACE = re.compile("小标宋")
_PLACE = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class Manner:
    """A manner of setting: marks put on and taken off, the place, and whether it is hidden."""

    on: frozenset[str] = NOTHING
    off: frozenset[str] = NOTHING
    place: str | None = None
    hidden: bool = False
    comment: bool = False


PLAIN = Manner()


def manner(style: str | None) -> Manner:
    """Return what a style attribute says."""
    return _read(style[:_LONGEST]) if style else PLAIN


@lru_cache(maxsize=4096)
def _read(style: str) -> Manner:
    said = re.sub(r"\s+", "", style).lower()
    on, off = set(), set()
    if weight := _WEIGHT.search(said):
        bold = weight[1].startswith("bold") or weight[1] in ("600", "700", "800", "900")
        (on if bold else off).add(STRONG)
    if "font-style:italic" in said:
        on.add("em")
    if raised := _RAISED.search(said):
        on.add(raised[1].replace("super", "sup"))
    if "text-decoration:underline" in said:
        on.add("u")
    if family := _FAMILY.search(said):
        on |= _face(family[1])
    align = _ALIGN.search(said)
    return Manner(
        frozenset(on),
        frozenset(off),
        _PLACE.get(align[1], "") if align else None,
        bool(_HIDDEN.search(said)),
        "mso-element:comment" in said,
    )


def _face(family: str) -> set[str]:
    if _TITLE_FACE.search(family):
        return {TITLE}
    return {DISPLAY} if _DISPLAY_FACE.search(family) else set()


def place_of(align: str | None) -> str | None:
    """Return the place an align attribute gives, None where there is none."""
    return _PLACE.get(align.strip().lower(), "") if align else None


def face_of(face: str | None) -> frozenset[str]:
    """Return the hints that the face attribute of a font element gives."""
    return frozenset(_face(face)) if face else NOTHING
