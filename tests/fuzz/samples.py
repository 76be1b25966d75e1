"""Sound files of every kind that people hand in, small, for the changes to begin with."""

import struct
from functools import cache
from io import BytesIO

import docx
import pikepdf
from PIL import Image

from gongkai.adapters.tests import mails, uploads
from gongkai.adapters.tests.makers import docx_file, html_file, pdf_file, text_file, xlsx_file
from gongkai.adapters.tests.reports import reference_sheet
from gongkai.adapters.tests.test_filetype import compound
from gongkai.letters.queries import shipped_template
from gongkai.letters.rules.kinds import LetterKind
from gongkai.tables.grid import Document, Grid, GridCell
from gongkai.tables.layout import lay_tables
from tests.fuzz.shapes import Sample

_PARAGRAPHS = (
    "靖安县人民政府2020年政府信息公开工作年度报告",
    "本年新收政府信息公开申请29件，上年结转0件，办结29件，同比增长16.0%。",
    "2020年，主动公开政府信息1,234条；行政复议1件，结果维持1件。",
)


@cache
def report() -> Document:
    """Return a small report: its three tables and some prose."""
    grids = [
        Grid(
            tuple(
                tuple(GridCell(cell.text, cell.rowspan, cell.colspan, cell.header) for cell in row)
                for row in laid.rows
            )
        )
        for laid in lay_tables(reference_sheet())
    ]
    return Document((*_PARAGRAPHS, *grids, "靖安县人民政府 2021年1月20日"))


def report_txt() -> list[Sample]:
    """Return reports as plain text."""
    whole = report()
    return [
        Sample("年报.txt", text_file(whole)),
        Sample("年报.txt", text_file(whole, "gb18030")),
        Sample("年报.txt", text_file(whole, "utf-16")),
    ]


def report_html() -> list[Sample]:
    """Return reports as pages."""
    return [
        Sample("年报.html", html_file(report())),
        Sample("年报.htm", html_file(report(), "gb18030")),
    ]


def reports_of_text() -> list[Sample]:
    """Return reports in the forms that cost least to read."""
    return [*report_txt(), *report_html()[:1]]


def report_docx() -> list[Sample]:
    """Return a report as a Word document."""
    return [Sample("年报.docx", docx_file(report()))]


def report_xlsx() -> list[Sample]:
    """Return a report as a workbook."""
    return [Sample("年报.xlsx", xlsx_file(report()))]


def report_pdf() -> list[Sample]:
    """Return PDFs whose streams are open, so that changes meet what they say."""
    few = Grid((cells("收到", "办结", "结转"), cells("29", "29", "0"), cells("1", "0", "1")))
    made = Sample("年报.pdf", _opened(pdf_file(Document((_PARAGRAPHS[0], few)))))
    return [made, *[Sample("表.pdf", _ruled())] * 9]


def _ruled() -> bytes:
    """Return a PDF of one ruled table in a font that every reader has: read in no time."""
    text = "\n".join(
        f"BT /F 9 Tf {60 + 60 * x} {760 - 20 * y} Td (A{x}{y}) Tj ET"
        for x in range(3)
        for y in range(3)
    )
    lines = "\n".join(
        f"50 {775 - 20 * n} m 230 {775 - 20 * n} l S {50 + 60 * n} 775 m {50 + 60 * n} 715 l S"
        for n in range(4)
    )
    stream = f"{text}\n{lines}".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, told in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(objects) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(made)


def cells(*texts: str) -> tuple[GridCell, ...]:
    """Return texts as a row of cells."""
    return tuple(GridCell(text) for text in texts)


def _opened(data: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def pictures() -> list[Sample]:
    """Return pictures of every kind taken, plain and with what cameras add."""
    made = []
    for kind, suffix in (("JPEG", "jpg"), ("PNG", "png"), ("TIFF", "tif"), ("BMP", "bmp")):
        out = BytesIO()
        Image.linear_gradient("L").resize((40, 30)).convert("RGB").save(out, kind)
        made.append(Sample(f"照片.{suffix}", out.getvalue()))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "路灯"
    made.append(Sample("照片.jpg", uploads.photo(exif=exif)))
    out = BytesIO()
    frames = [Image.new("1", (30, 20), n % 2) for n in range(3)]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], compression="group4")
    return [*made, Sample("扫描.tiff", out.getvalue())]


def mail() -> list[Sample]:
    """Return the realistic and the nasty mails of the reader's own tests."""
    return [Sample(f"{name}.eml", data) for name, data in mails.MAILS.items() if len(data) < 60_000]


def ofd() -> list[Sample]:
    """Return an OFD of two pages."""
    page = (
        '<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">'
        '<ofd:Content><ofd:Layer ID="2"><ofd:TextObject ID="3" Boundary="0 0 99 9" Size="5">'
        '<ofd:TextCode X="0" Y="5" DeltaX="5 5">河道采砂许可</ofd:TextCode></ofd:TextObject>'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )
    root = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody/></ofd:OFD>'
    members = {"OFD.xml": root, "Doc_0/Document.xml": root}
    members |= {f"Doc_0/Pages/Page_{n}/Content.xml": page for n in (0, 1)}
    return [Sample("批文.ofd", _package(members))]


def _package(members: dict[str, str]) -> bytes:
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return out.getvalue()


def word() -> list[Sample]:
    """Return Word documents as editors write them: lists, links, notes, tables, a picture."""
    document, out = docx.Document(), BytesIO()
    document.add_heading("关于开展路灯检修的通知", 1)
    document.add_paragraph("各乡镇人民政府：").add_run("请认真落实。").bold = True
    for text in ("检修范围", "检修时间"):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "乡镇"
    document.add_picture(BytesIO(pictures()[1].data))
    document.sections[0].header.paragraphs[0].text = "靖安县"
    document.add_paragraph("抄送：县委办", style="Intense Quote")
    document.save(out)
    return [
        Sample("通知.docx", out.getvalue()),
        Sample("说明.docx", uploads.word()),
        Sample("年报.docx", docx_file(report())),
    ]


def page() -> list[Sample]:
    """Return pages as word processors and old sites write them."""
    pasted = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">'
        '<title>通知</title><style>p.MsoNormal{mso-style-name:"正文"}</style></head><body><!--[if '
        "gte mso 9]><xml></xml><![endif]--><p class=MsoNormal style='text-indent:2em;text-align:"
        'center\'><b><span style="font-family:宋体">关于</span></b><o:p></o:p></p><ol><li>一</li>'
        '</ol><table border=1><tr><td colspan=2>甲</td></tr><tr><td>乙</td><td rowspan="2">丙</td>'
        '</tr></table><img src="data:image/png;base64,AA" alt="图"><a href="//x.cn/1.pdf">附</a>'
        "<iframe src=x></iframe><ins>增</ins><del>删</del><math><mi>x</mi></math></body></html>"
    )
    old = (
        '<meta charset="gb2312"><meta name="PubDate" content="2020-01-02"><div class=content>'
        "<h1>关于开展路灯检修的通知</h1><table><tr><td>文号</td><td>靖府发〔2020〕1号</table>"
        f"<div id=zoom>{'<p>各乡镇人民政府，请认真落实。</p>' * 5}<a href='1.pdf'>附</a></div>"
    )
    return [
        Sample("通知.html", pasted.encode()),
        Sample("旧.html", old.encode("gbk")),
        *report_html()[:1],
    ]


def templates() -> list[Sample]:
    """Return letter templates as they are shipped."""
    return [Sample("模板.docx", shipped_template(kind)) for kind in list(LetterKind)[:3]]


def uploaded() -> list[Sample]:
    """Return one file of every kind that the door for uploads takes."""
    bof = struct.pack("<HH", 0x809, 4) + b"\0" * 4
    return [
        *(*pictures(), *ofd(), *report_xlsx(), Sample("通知.docx", uploads.word())),
        *(*report_txt(), Sample("说明.pdf", _opened(uploads.pdf("甲乙")))),
        Sample("说明.doc", compound({"WordDocument": b"\xec\xa5"})),
        Sample("清单.xls", compound({"Workbook": bof})),
        Sample("来信.eml", mails.letter()),
    ]
