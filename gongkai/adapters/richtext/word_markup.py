"""A Word document's markup made plain before mammoth reads it.

Revisions are taken as accepted, hidden words and comments go, text boxes come out after their
paragraph, formulas become words, pictures one simple form: whatever mammoth would pass over in
silence is either written so that it does not, or noted.
"""

from collections.abc import Callable
from typing import Any

from lxml import etree

from gongkai.adapters.richtext.word_notes import NoteKind
from gongkai.adapters.richtext.word_numbering import W
from gongkai.adapters.richtext.word_styles import Styles, is_on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"

_REVISED = ["ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"]
_CHANGED = ["rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"]
_REVISIONS = tuple(W + name for name in (*_REVISED, *_CHANGED, "numberingChange"))
_ANCHORS = ["commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"]
_MARKS = ["bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sectPr", "sdtPr"]
_GONE = tuple(
    W + name
    for name in (*_CHANGED, *_ANCHORS, *_MARKS, "del", "moveFrom", "cellDel", "numberingChange")
)
_THROUGH = tuple(
    W + name
    for name in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple")
)

Tell = Callable[[NoteKind], None]
Keep = Callable[[str, str], int | None]
"""Given a picture's relation id and its alternative text, the number under which it is kept."""


class Markup:
    """The plain-making of one document's parts."""

    def __init__(self, styles: Styles, tell: Tell, keep: Keep) -> None:
        """Take where notes go and who keeps pictures."""
        self._styles, self._tell, self._keep = styles, tell, keep

    def make_plain(self, root: Any) -> None:
        """Change a part's tree in place."""
        if next(root.iter(*_REVISIONS), None) is not None:
            self._tell(NoteKind.REVISIONS)
        if next(root.iter(W + "commentReference"), None) is not None:
            self._tell(NoteKind.COMMENTS)
        _choose(root)
        for element in list(root.iter(*_GONE)):
            _remove(element)
        for element in list(root.iter(*_THROUGH)):
            _unwrap(element)
        self._hide(root)
        self._formulas(root)
        _rubies(root)
        _lift_boxes(root)
        self._pictures(root)

    def _hide(self, root: Any) -> None:
        for run in list(root.iter(W + "r")):
            vanish = run.find(f"{W}rPr/{W}vanish")
            style = self._styles.run_property(run, "", "vanish") if vanish is None else vanish
            if is_on(style):
                if any((text.text or "").strip() for text in run.iter(W + "t")):
                    self._tell(NoteKind.HIDDEN)
                _remove(run)

    def _formulas(self, root: Any) -> None:
        for formula in list(root.iter(_M + "oMath")):
            said = "".join(text.text or "" for text in formula.iter(_M + "t", W + "t"))
            self._tell(NoteKind.FORMULA)
            run = etree.Element(W + "r")
            etree.SubElement(run, W + "t").text = said
            _replace(formula, [run])
        for outer in list(root.iter(_M + "oMathPara")):
            _unwrap(outer)

    def _pictures(self, root: Any) -> None:
        """Put each picture in the one form mammoth knows; tell of what is none."""
        for drawing in list(root.iter(W + "drawing", W + "pict", W + "object")):
            if next(drawing.iter(_CHART, _DIAGRAM), None) is not None:
                self._tell(NoteKind.CHART)
            if drawing.tag == W + "object" or next(drawing.iter(W + "control"), None) is not None:
                embedded = drawing.find(f"{_O}OLEObject")
                program = embedded.get("ProgID", "") if embedded is not None else ""
                equation = program.startswith(("Equation", "MathType"))
                self._tell(NoteKind.FORMULA if equation else NoteKind.OBJECT)
            _replace(drawing, [_drawing(*found) for found in self._found(drawing)])

    def _found(self, drawing: Any) -> list[tuple[int, str]]:
        """Return the pictures in a drawing: their numbers and alternative texts."""
        told = next(drawing.iter(_WP + "docPr"), None)
        whole = _alternative(told)
        found = []
        for blip in drawing.iter(_A + "blip", _V + "imagedata"):
            key = blip.get(_R + "embed") or blip.get(_R + "id")
            if not key:
                continue
            shape = blip.getparent()
            alt = whole or (shape.get("alt", "") if shape is not None else "")
            if not alt and (picture := next(blip.iterancestors(_PIC + "pic"), None)) is not None:
                alt = _alternative(next(picture.iter(_PIC + "cNvPr"), None))
            if (number := self._keep(key, alt)) is not None:
                found.append((number, alt))
        return found


def _alternative(properties: Any) -> str:
    if properties is None:
        return ""
    return (properties.get("descr") or properties.get("title") or "").strip()


def _drawing(number: int, alt: str) -> Any:
    drawing = etree.Element(W + "drawing")
    inline = etree.SubElement(drawing, _WP + "inline")
    etree.SubElement(inline, _WP + "docPr", descr=alt)
    data = etree.SubElement(etree.SubElement(inline, _A + "graphic"), _A + "graphicData")
    fill = etree.SubElement(etree.SubElement(data, _PIC + "pic"), _PIC + "blipFill")
    etree.SubElement(fill, _A + "blip", {_R + "embed": f"p{number}"})
    return drawing


def _choose(root: Any) -> None:
    """Take one branch of each alternative: the newer if it holds anything we read."""
    for element in list(root.iter(_MC + "AlternateContent")):
        choice, fallback = element.find(_MC + "Choice"), element.find(_MC + "Fallback")
        reads = (W + "txbxContent", _A + "blip", _CHART, _DIAGRAM, W + "t", W + "sym")
        chosen = choice
        if choice is None or (fallback is not None and next(choice.iter(*reads), None) is None):
            chosen = fallback
        _replace(element, list(chosen) if chosen is not None else [])


def _rubies(root: Any) -> None:
    for ruby in list(root.iter(W + "ruby")):
        said = "".join(text.text or "" for text in ruby.iterfind(f"{W}rubyBase//{W}t"))
        text = etree.Element(W + "t")
        text.text = said
        _replace(ruby, [text])


def _lift_boxes(root: Any) -> None:
    """Put what stands in text boxes after the paragraph that anchors them."""
    after: dict[Any, Any] = {}
    for box in list(root.iter(W + "txbxContent")):
        host = next(iter(reversed(list(box.iterancestors(W + "p")))), None)
        held = [child for child in box if child.tag in (W + "p", W + "tbl")]
        if host is None or not held:
            continue
        last = after.get(host, host)
        for child in held:
            last.addnext(child)
            last = child
        after[host] = last


def _remove(element: Any) -> None:
    _replace(element, [])


def _unwrap(element: Any) -> None:
    _replace(element, list(element))


def _replace(element: Any, others: list[Any]) -> None:
    """Put other elements in an element's place; tails are blanks in this markup."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = others
