"""What each paragraph of a Word document is: title, heading, centred, signature, bullet.

The answer is written into its style, which mammoth's map turns into HTML; automatic numbers are
written out as text, so that they are there for every reader.
"""

from copy import deepcopy
from typing import Any

from lxml import etree

from gongkai.adapters.richtext.headings import is_titling, rank
from gongkai.adapters.richtext.placing import is_signature
from gongkai.adapters.richtext.word_markup import Tell
from gongkai.adapters.richtext.word_notes import NoteKind
from gongkai.adapters.richtext.word_numbering import Numbering, W, number, spaced, value
from gongkai.adapters.richtext.word_styles import Styles, is_on

STYLE_MAP = "\n".join(
    (
        "p.GkTitle => p.title:fresh",
        "p.GkCenter => p.center:fresh",
        "p.GkRight => p.right:fresh",
        *(f"p.GkHead{level} => h{level}:fresh" for level in range(1, 7)),
        *(f"p.GkHead{level}Center => h{level}.center:fresh" for level in range(1, 7)),
        "p.GkBullet1 => ul > li:fresh",
        "p.GkBullet2 => ul > li > ul > li:fresh",
        "p.GkBullet3 => ul > li > ul > li > ul > li:fresh",
        "p => p:fresh",
        "b => strong",
        "i => em",
        "u => u",
        "strike => s",
        "br[type='page'] =>",
    )
)
_TITLE_FACE = "小标宋"
_DISPLAY_FACES = ("黑体", "simhei", "楷体", "kaiti")
_TITLE_SIZE = 36  # half points: 小二 and larger
_PUSHED_RIGHT = 12  # half widths
_FAR_LEFT = 3600  # twips
_HEAD = 12


class Paragraphs:
    """The judging of one document's paragraphs, in their order."""

    def __init__(self, styles: Styles, numbering: Numbering, tell: Tell) -> None:
        """Take the document's styles and numbering."""
        self._styles, self._numbering, self._tell = styles, numbering, tell
        self._seen = 0
        self._titled = False

    def judge(self, root: Any) -> None:
        """Write into each paragraph of a part what it is."""
        for paragraph in list(root.iter(W + "p")):
            style = self._styles.of(paragraph)
            if self._styles.is_contents(style):
                self._tell(NoteKind.CONTENTS)
                paragraph.getparent().remove(paragraph)
                continue
            level = self._write_number(paragraph, style)
            in_cell = next(paragraph.iterancestors(W + "tc"), None) is not None
            role = f"GkBullet{min(level, 3)}" if level else ""
            if not role and not in_cell:
                role = self._role(paragraph, style)
            _set_style(paragraph, role)

    def _write_number(self, paragraph: Any, style: str) -> int:
        """Write a paragraph's automatic number before its text; return the level of a bullet."""
        found = self._styles.property(paragraph, style, "numPr")
        if found is None:
            return 0
        num = value(found, "numId") or "0"
        if num == "0":
            return 0
        given = value(found, "ilvl")
        own = paragraph.find(f"{W}pPr/{W}numPr") is not None
        at = number(given) if given else 0
        if not own or given is None:
            at = self._numbering.level_of_style(num, style) or at
        if not _text(paragraph).strip():
            return 0
        label, bullet = self._numbering.label(num, at)
        if bullet:
            return at + 1
        if label:
            _put_first(paragraph, spaced(label))
        return 0

    def _role(self, paragraph: Any, style: str) -> str:
        text = _text(paragraph)
        bare = text.strip()
        if not bare:
            return ""
        self._seen += 1
        center = self._alignment(paragraph, style) == "center"
        level = self._styles.heading(paragraph, style) or self._fake(paragraph, style, bare)
        if self._is_title(paragraph, style, bare, center):
            if not self._titled or self._seen <= _HEAD:
                self._titled = True
                return "GkTitle"
            return "GkHead1Center"
        if level:
            return f"GkHead{level}" + ("Center" if center else "")
        if center:
            return "GkCenter"
        return "GkRight" if self._is_right(paragraph, style, text) else ""

    def _alignment(self, paragraph: Any, style: str) -> str:
        found = self._styles.property(paragraph, style, "jc")
        return found.get(W + "val", "") if found is not None else ""

    def _is_title(self, paragraph: Any, style: str, text: str, center: bool) -> bool:
        """Say whether a paragraph is a title: by its style, by 小标宋, or large and centred."""
        if not is_titling(text):
            return False
        if self._styles.is_title(style):
            return True
        runs = _runs(paragraph)
        if all(_TITLE_FACE in self._face(run, style) for run in runs):
            return True
        large = all(self._size(run, style) >= _TITLE_SIZE for run in runs)
        return center and large and self._seen > 1 and not rank(text)

    def _is_right(self, paragraph: Any, style: str, text: str) -> bool:
        if self._alignment(paragraph, style) in ("right", "end"):
            return True
        if not is_signature(text.strip()):
            return False
        pushed = 0
        for char in text:
            if not char.isspace():
                break
            pushed += 2 if char == "\u3000" else 1
        indent = self._styles.property(paragraph, style, "ind")
        left = 0
        if indent is not None:
            names = ("left", "start", "firstLine")
            left = max(number(indent.get(W + name)) for name in names)
            chars = ("leftChars", "startChars", "firstLineChars")
            left = max(left, *(2 * number(indent.get(W + name)) for name in chars))
        return pushed >= _PUSHED_RIGHT or left >= _FAR_LEFT

    def _fake(self, paragraph: Any, style: str, text: str) -> int:
        """Return the rank of a numbered line that is set throughout as headings are."""
        found = rank(text)
        if found and all(self._stands_out(run, style) for run in _runs(paragraph)):
            return found
        return 0

    def _stands_out(self, run: Any, style: str) -> bool:
        if is_on(self._styles.run_property(run, style, "b")):
            return True
        face = self._face(run, style).lower()
        return any(name in face for name in _DISPLAY_FACES)

    def _face(self, run: Any, style: str) -> str:
        fonts = self._styles.run_property(run, style, "rFonts")
        return (fonts.get(W + "eastAsia") or "") if fonts is not None else ""

    def _size(self, run: Any, style: str) -> int:
        size = self._styles.run_property(run, style, "sz")
        return number(size.get(W + "val")) if size is not None else 0


def _runs(paragraph: Any) -> list[Any]:
    """Return the runs that bear words."""
    return [
        run
        for run in paragraph.iter(W + "r")
        if any((text.text or "").strip() for text in run.iterchildren(W + "t"))
    ]


def _text(paragraph: Any) -> str:
    said = []
    for node in paragraph.iter(W + "t", W + "tab", W + "br"):
        if node.tag == W + "t":
            said.append(node.text or "")
        elif node.getparent().tag == W + "r":
            said.append(" " if node.tag == W + "br" else "\t")
    return "".join(said)


def _put_first(paragraph: Any, label: str) -> None:
    """Put words before a paragraph's own, set as those are."""
    run = etree.Element(W + "r")
    first = next(iter(_runs(paragraph)), None)
    properties = first.find(W + "rPr") if first is not None else None
    if properties is not None:
        run.append(deepcopy(properties))
    text = etree.SubElement(run, W + "t")
    text.text = label
    own = paragraph.find(W + "pPr")
    paragraph.insert(0 if own is None else paragraph.index(own) + 1, run)


def _set_style(paragraph: Any, role: str) -> None:
    """Leave of a paragraph's properties nothing but what it is."""
    own = paragraph.find(W + "pPr")
    if own is not None:
        paragraph.remove(own)
    if role:
        properties = etree.Element(W + "pPr")
        etree.SubElement(properties, W + "pStyle", {W + "val": role})
        paragraph.insert(0, properties)
