"""Fills a letter's docx template and reads the filled file back as plain text.

Templates are what offices edit in Word or WPS: named paragraph styles and placeholders in
double braces. They are strangers' files all the same, so the little language is closed
(see letter_docx_checks): names, `if` and `for` over names, no calls, filters or attributes;
it runs in Jinja's sandbox, an unknown name is an error, and values are escaped.
"""

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from gongkai.adapters.letter_text import (
    LetterCell,
    LetterParagraph,
    LetterTable,
    LetterText,
    PartRole,
)
from gongkai.tables.report import printable

_TWIPS_A_MM = 56.6929
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ROLES = {role.value: role for role in PartRole}


class TemplateFault(ValueError):
    """A template that cannot be used; the message says in Chinese what to mend."""


def environment() -> ImmutableSandboxedEnvironment:
    """Return the closed environment in which templates run."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def fill(template: bytes, context: Mapping[str, Any], *, title: str, draft: bool = False) -> bytes:
    """Return the template filled with `context`, as the bytes of a docx file.

    Only the body is a template; headers, footers and properties are left as they are.
    A draft bears the word 草稿 in its header. The same values give the same bytes.

    Raises:
        TemplateFault: the template asks for a name it is not given, or does what it must not.
    """
    filled = _opened(template)
    try:
        source = filled.build_xml(_safe(context), environment())
        filled.map_tree(filled.fix_tables(source))
    except TemplateError as error:
        raise TemplateFault(f"公文模板不能填写：{_told(error)}，请下载模板改正后重新上传") from None
    except etree.XMLSyntaxError:
        raise TemplateFault(
            "公文模板的控制语句（{% … %}）位置不对，请让每一条单独成段后重新上传"
        ) from None
    document = filled.docx
    properties = document.core_properties
    properties.title, properties.comments, properties.language = printable(title), "", "zh-CN"
    if draft:
        _mark_as_draft(document)
    out = BytesIO()
    document.save(out)
    return settled(out.getvalue())


def read(data: bytes) -> LetterText:
    """Return what a filled letter says, paragraphs by the role of their style."""
    return LetterText(tuple(_parts(Document(BytesIO(data)))))


def template_source(template: bytes) -> str:
    """Return the body of a template as docxtpl hands it to Jinja.

    Raises:
        TemplateFault: the package lacks what it names.
    """
    opened = _opened(template)
    return str(opened.patch_xml(opened.get_xml()))


def _opened(template: bytes) -> DocxTemplate:
    try:
        opened = DocxTemplate(BytesIO(template))
        opened.render_init()
    except Exception:  # whatever a package makes python-docx raise that lacks what it names
        raise TemplateFault(
            "公文模板已损坏或者不完整，请用 Word 或者 WPS 打开后另存为 .docx 再上传"
        ) from None
    return opened


def _parts(document: DocumentType) -> Iterator[LetterParagraph | LetterTable]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield _table(block)


def _paragraph(block: Paragraph) -> LetterParagraph:
    role = _ROLES.get(block.style.name if block.style is not None else "", PartRole.BODY)
    return LetterParagraph(role, block.text.strip(" \t\n"))


def _table(block: Table) -> LetterTable:
    cells: list[LetterCell] = []
    heights: list[float] = []
    for number, row in enumerate(block._tbl.tr_lst):
        column = 0
        for cell in row.tc_lst:
            text = "\n".join(Paragraph(each, block).text for each in cell.p_lst)
            cells.append(LetterCell(number, column, cell.grid_span, text.strip(" \n")))
            column += cell.grid_span
        height = row.trHeight_val
        heights.append(round(height.mm, 1) if height else 0.0)
    widths = tuple(int(column.get(qn("w:w")) or 1000) for column in block._tbl.tblGrid.gridCol_lst)
    return LetterTable(widths, tuple(heights), tuple(cells))


def _safe(value: Any) -> Any:
    """Return values without characters that docxtpl or Word would take for layout."""
    if isinstance(value, str):
        return printable(value).replace("\t", " ").replace("\r", "")
    if isinstance(value, Mapping):
        return {name: _safe(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(each) for each in value]
    return value


def _told(error: TemplateError) -> str:
    words = error.message or type(error).__name__
    if "is undefined" in words:
        return f"没有“{words.split(chr(39))[1] if chr(39) in words else words}”这个填写项"
    return f"写法不对（{words}）"


def _mark_as_draft(document: DocumentType) -> None:
    header = document.sections[0].header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.text = "草稿，尚未编号签发，不具有效力"


def settled(data: bytes) -> bytes:
    """Return the package with every member dated alike, so that equal letters are equal bytes."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            member = zipfile.ZipInfo(info.filename, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(info.filename))
    return out.getvalue()
