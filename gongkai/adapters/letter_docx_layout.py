"""Builds the shipped templates as docx files that an office can edit in Word or WPS.

One layout for all letters: A4 with the margins and grid of GB/T 9704 (22 lines of 28
characters), one named paragraph style for each role, fonts named as offices have them
(方正小标宋简体, 仿宋_GB2312, 黑体) so that Word and WPS pick the real ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from gongkai.adapters.letter_docx import settled
from gongkai.adapters.letter_text import PartRole

TITLE_FONT, HEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
LATIN = "Times New Roman"
PITCH = Pt(28.95)  # 225 mm in 22 lines
TEXT_MM = 156


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a template; it may hold placeholders or one control word of Jinja."""

    role: PartRole
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A form's table: widths of columns (mm), rows of (text, columns spanned), row heights (mm)."""

    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[str, int], ...], ...]
    heights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style looks."""

    font: str = BODY_FONT
    points: float = 16
    side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    first_chars: int = 0
    left_chars: int = 0
    right_chars: int = 0
    red: bool = False
    pitch: Pt | None = PITCH
    blank_before: int = 0
    blank_after: int = 0


_LEFT, _CENTER, _RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
_LOOKS = {
    PartRole.MARK: _Look(TITLE_FONT, 38, _CENTER, red=True, pitch=None),
    PartRole.TITLE: _Look(TITLE_FONT, 22, _CENTER),
    PartRole.NUMBER: _Look(side=_CENTER, blank_after=1),
    PartRole.RECIPIENT: _Look(side=_LEFT),
    PartRole.BODY: _Look(first_chars=200),
    PartRole.HEADING: _Look(HEADING_FONT, first_chars=200),
    PartRole.ATTACHMENT: _Look(side=_LEFT, left_chars=200),
    PartRole.SIGNATURE: _Look(side=_RIGHT, right_chars=400, blank_before=2),
    PartRole.DATE: _Look(side=_RIGHT, right_chars=400),
    PartRole.CONTACT: _Look(side=_LEFT, left_chars=200),
    PartRole.OVERLEAF: _Look(TITLE_FONT, 22, _CENTER),
    PartRole.CELL: _Look(points=14, side=_LEFT, pitch=None),
}


def build(parts: Sequence[Line | Grid]) -> bytes:
    """Return a template with these paragraphs and tables; equal parts give equal bytes."""
    document = Document()
    _page(document)
    for role, look in _LOOKS.items():
        _style(document, role, look)
    for part in parts:
        if isinstance(part, Line):
            _write(document.add_paragraph(style=part.role.value), part.text)
        else:
            _grid(document, part)
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _page(document: DocumentType) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.footer_distance = Mm(25)
    grid = page._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        page._sectPr.append(grid)
    # Lines alone: LibreOffice and WPS read a grid of characters differently from Word.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "580")
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    _closer(normal.element.get_or_add_rPr())
    _fonts(normal.element.get_or_add_rPr().get_or_add_rFonts(), BODY_FONT)
    _page_number(page.footer.paragraphs[0])


def _closer(properties: object) -> None:
    """Draw characters 0.25 pt closer, so that 28 of 16 pt stand in 156 mm."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    properties.insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang"
    )


def _style(document: DocumentType, role: PartRole, look: _Look) -> None:
    style = document.styles.add_style(role.value, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(look.points)
    if look.red:
        style.font.color.rgb = RGBColor(0xE6, 0, 0x12)
    _fonts(style.element.get_or_add_rPr().get_or_add_rFonts(), look.font)
    shape = style.paragraph_format
    shape.alignment = look.side
    shape.space_before = Pt(PITCH.pt * look.blank_before)
    shape.space_after = Pt(PITCH.pt * look.blank_after)
    if look.pitch is None:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        shape.line_spacing = look.pitch
    shape.page_break_before = role is PartRole.OVERLEAF or None
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    for name, value in (
        ("firstLineChars", look.first_chars),
        ("leftChars", look.left_chars),
        ("rightChars", look.right_chars),
    ):
        if value:
            indent.set(qn(f"w:{name}"), str(value))
            # For programs that know no characters: twentieths of a point.
            indent.set(qn(f"w:{name.removesuffix('Chars')}"), str(value * 320 // 100))
    if role is PartRole.MARK:
        _underline(style.element.get_or_add_pPr())


def _underline(properties: object) -> None:
    """Put the red double line of a letter between offices under the organ's name."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (
        ("val", "thickThinSmallGap"),
        ("sz", "36"),
        ("space", "6"),
        ("color", "E60012"),
    ):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _fonts(fonts: object, font: str) -> None:
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:ascii"), LATIN)
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def _write(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")
    fonts.set(qn("w:eastAsia"), _LOOKS[PartRole(paragraph.style.name)].font)


def _grid(document: DocumentType, grid: Grid) -> None:
    table = document.add_table(len(grid.rows), len(grid.widths), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(width)
    for row, cells, height in zip(table.rows, grid.rows, grid.heights, strict=True):
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        column = 0
        spots = row.cells
        for text, span in cells:
            spot = spots[column]
            if span > 1:
                spot = spot.merge(spots[column + span - 1])
            spot.width = Mm(sum(grid.widths[column : column + span]))
            spot.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            for extra in spot.paragraphs[1:]:
                extra._element.getparent().remove(extra._element)
            first, *more = text.split("\n")
            paragraph = spot.paragraphs[0]
            paragraph.style = PartRole.CELL.value
            _write(paragraph, first)
            for line in more:
                _write(spot.add_paragraph(style=PartRole.CELL.value), line)
            column += span


def _page_number(paragraph: Paragraph) -> None:
    """Number the pages — 1 — as official documents do."""
    paragraph.alignment = _CENTER
    paragraph.add_run("— ").font.size = Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._element.append(element)
    paragraph.add_run(" —").font.size = Pt(14)
