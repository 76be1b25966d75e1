"""Word files as county offices write them, made by python-docx and by hand."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from PIL import Image

NUMBERED = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "%3.%4"),
)


def saved(document: Document) -> bytes:
    """Return a document's bytes."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def line(
    document: Document, text: str, face: str = "仿宋_GB2312", size: float = 16, bold: bool = False
) -> Paragraph:
    """Add a paragraph set in a face."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = bold or None
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    return paragraph


def placed(paragraph: Paragraph, place: ALIGN) -> Paragraph:
    """Align a paragraph."""
    paragraph.alignment = place
    return paragraph


def numbering(document: Document, num: int = 77) -> None:
    """Add a numbering 一、 （一） 1. 1.1 to a document."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(NUMBERED)
    )
    root = document.part.numbering_part.element
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{num}">{levels}</w:abstractNum>'
        ),
    )
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{num}"/></w:num>')
    )


def numbered(paragraph: Paragraph, level: int, num: int = 77) -> Paragraph:
    """Number a paragraph automatically."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
        )
    )
    return paragraph


def picture(form: str = "PNG", color: str = "red") -> bytes:
    """Return a small picture."""
    file = BytesIO()
    Image.new("RGB", (8, 6), color).save(file, form)
    return file.getvalue()


def notice() -> Document:
    """Return an office's notice: red head, title, levels, table, attachments, signature."""
    document = docx.Document()
    numbering(document)
    head = line(document, "靖安县人民政府办公室文件", "方正小标宋简体", 46)
    placed(head, ALIGN.CENTER)
    placed(line(document, "靖府办字〔2020〕12号"), ALIGN.CENTER)
    document.add_paragraph()
    title = line(document, "靖安县人民政府办公室关于印发", "方正小标宋简体", 22)
    placed(title, ALIGN.CENTER)
    placed(line(document, "防汛工作方案的通知", "方正小标宋简体", 22), ALIGN.CENTER)
    line(document, "各乡（镇）人民政府，县政府各部门：")
    line(document, "　　现将《防汛工作方案》印发给你们，请认真贯彻执行。")
    numbered(line(document, "总体要求", "黑体"), 0)
    run_in = numbered(line(document, "加强领导。", "楷体_GB2312", bold=True), 1)
    run_in.add_run("各乡镇要落实责任。")
    numbered(line(document, "工作目标", "楷体_GB2312"), 1)
    numbered(line(document, "水库不垮坝。"), 2)
    numbered(line(document, "人员不伤亡。"), 2)
    numbered(line(document, "任务分工", "黑体"), 0)
    table = document.add_table(4, 4)
    for row, texts in enumerate(
        (
            ("任务", "", "责任单位", "时限"),
            ("类别", "内容", "", ""),
            ("巡查", "水库", "水利局", "汛期"),
        )
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(3, 1).text, table.cell(3, 2).text, table.cell(3, 3).text = "河堤", "乡镇", "汛期"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(1, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(3, 0))
    line(document, "　　附件：1.责任人名单")
    line(document, "　　　　　2.物资清单")
    line(document, "                              靖安县人民政府办公室")
    placed(line(document, "2020年3月1日"), ALIGN.RIGHT)
    line(document, "　　（此件主动公开）")
    return document


_NAMES = (
    nsdecls("w", "r", "wp", "a", "pic", "c")
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def with_markup(xml: str, document: Document | None = None) -> bytes:
    """Return a document whose body ends with this markup."""
    document = document or docx.Document()
    body = document.element.body
    for element in parse_xml(f"<w:body {_NAMES}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)
    return saved(document)


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a package with its members changed; None leaves one out."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as made:
        for name in old.namelist():
            member = change(name, old.read(name))
            if member is not None:
                made.writestr(name, member)
    return file.getvalue()
