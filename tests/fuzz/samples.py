"""Sound files of every kind that people hand in, small, for the changes to begin with."""

import json
import struct
from functools import cache
from io import BytesIO

import docx
import pikepdf
from PIL import Image

from gongkai.adapters import xlsx
from gongkai.adapters.catalogue_xlsx import write_catalogue
from gongkai.adapters.tests import mails, uploads
from gongkai.adapters.tests.makers import docx_file, html_file, pdf_file, text_file, xlsx_file
from gongkai.adapters.tests.reports import reference_sheet
from gongkai.adapters.tests.test_filetype import compound
from gongkai.hotline.rules import worksheet as orders
from gongkai.inspections.rules.ledger_form import COLUMNS
from gongkai.letters.queries import shipped_template
from gongkai.letters.rules.kinds import LetterKind
from gongkai.newmedia.rules import worksheet as media
from gongkai.proposals.rules import worksheet as proposals
from gongkai.registers.rules import worksheet as batches
from gongkai.servicehall.rules import worksheet as items
from gongkai.tables.catalogue import CatalogueRow, FieldTable
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
    few = Grid((_cells("收到", "办结", "结转"), _cells("29", "29", "0"), _cells("1", "0", "1")))
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


def _cells(*texts: str) -> tuple[GridCell, ...]:
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


def _sheet(heads: list[str], *rows: dict[str, str]) -> bytes:
    columns = tuple(xlsx.Column(head) for head in heads)
    filled = tuple(tuple(row.get(head, "") for head in heads) for row in rows)
    return xlsx.write_tables([xlsx.SheetOut("表", columns, filled)])


def sheet_of_batches() -> list[Sample]:
    """Return a table of registers."""
    row = {
        "填报机构": "县财政局",
        "类别": "行政许可",
        "统计开始日期": "2026-01-01",
        "统计结束日期": "2026年3月31日",
        "项目增减": "3",
        "处理决定数量": "12",
        "备注": "无",
    }
    return [Sample("台账.xlsx", _sheet(list(batches.HEADS.values()), row, row))]


def sheet_of_orders() -> list[Sample]:
    """Return a table of the hotline."""
    row = {
        "工单编号": "YC1",
        "受理时间": "2026-03-02 09:30",
        "诉求类型": "求助",
        "事由": "路灯",
        "诉求内容": "白鹭村路灯坏了",
        "紧急程度": "一般",
        "受理渠道": "电话",
    }
    return [Sample("工单.xlsx", _sheet([each[0] for each in orders.HEADS.values()], row, row))]


def sheet_of_items() -> list[Sample]:
    """Return a table of service items with one of their materials."""
    item = {
        "实施主体": "县水利局",
        "事项名称": "取水许可",
        "事项类型": "行政许可",
        "实施编码": "1A",
        "法定办结时限": "20",
        "法定办结时限单位": "工作日",
        "生效日期": "2026-01-01",
    }
    need = {"实施编码": "1A", "材料名称": "申请书", "材料类型": "原件", "纸质材料份数": "1"}
    sheets = []
    for name, heads, row in (
        ("事项", items.ITEM_HEADS, item),
        ("材料", items.MATERIAL_HEADS, need),
    ):
        told = [each[0] for each in heads.values()]
        columns = tuple(xlsx.Column(head) for head in told)
        sheets.append(xlsx.SheetOut(name, columns, (tuple(row.get(head, "") for head in told),)))
    return [Sample("事项.xlsx", xlsx.write_tables(sheets))]


def sheet_of_proposals() -> list[Sample]:
    """Return a table of proposals."""
    row = {
        "类型": "人大建议",
        "年度": "2026",
        "届次会议": "十八届六次",
        "编号": "12",
        "案由": "修路",
        "领衔代表或者第一提案人": "万里",
        "收到日期": "2026-02-01",
        "主办单位": "县交通局",
        "交办日期": "2026/2/9",
    }
    heads = [each[0] for each in proposals.HEADS.values()]
    return [Sample("提案.xlsx", _sheet(heads, row, row))]


def sheet_of_media() -> list[Sample]:
    """Return tables of posts and of accounts."""
    post = {
        "平台类型": "微信公众号",
        "账号名称": "靖安发布",
        "标题": "通知",
        "发布时间": "2026-03-02",
        "链接": "https://mp.weixin.qq.com/s/1",
        "类型": "原创",
    }
    account = {
        "主办单位": "县政府办",
        "平台类型": "微博",
        "账号名称": "靖安",
        "功能类型": "信息发布",
        "责任人": "万里",
        "主账号": "是",
        "开设日期": "2020-1-1",
    }
    return [
        Sample("内容.xlsx", _sheet([each[0] for each in media.POST_HEADS.values()], post)),
        Sample("账号.xlsx", _sheet([each[0] for each in media.ACCOUNT_HEADS.values()], account)),
    ]


_FINDING = {"单位": "县财政局", "日期": "2026-03-02", "期限": "2026-04-02", "时间": "2026-03-02"}


def sheet_of_findings() -> list[Sample]:
    """Return a ledger of problems as workbook and as Word table."""
    heads = [head for head, _, _ in COLUMNS]
    row = {head: _FINDING.get(head[-2:], "栏目超过半年没有更新") for head in heads}
    told = Grid((_cells(*heads), _cells(*row.values())))
    return [
        Sample("台账.xlsx", _sheet(heads, row)),
        Sample("通报.docx", docx_file(Document(("县财政局", told)))),
    ]


def sheet_of_terms() -> list[Sample]:
    """Return a list of words as workbook and as text."""
    row = {"词语": "某敏感词", "处理": "须处理", "理由": "误写", "起用日期": "2026-01-01"}
    text = "词语\t处理\t理由\n某词\t须处理\t误写\n".encode()
    return [Sample("词表.xlsx", _sheet(list(row), row)), Sample("词表.txt", text)]


def catalogues() -> list[Sample]:
    """Return a standard catalogue of two fields."""
    told = {
        "number": "1",
        "first_level": "政府预算",
        "second_level": "一般公共预算",
        "content": "收支总表",
        "basis": "《预算法》",
        "time_limit": "批准后20日内",
        "organ_words": "财政局",
        "channels": ("政府网站",),
        "other_channel": "",
        "to_all": True,
        "to_group": "",
        "proactive": True,
        "on_request": False,
        "at_county": True,
        "at_township": False,
        "village_words": "",
    }
    row = CatalogueRow(**told)
    fields = [FieldTable(name, f"{name}标准目录", (row, row)) for name in ("财政预决算", "就业")]
    return [Sample("目录.xlsx", write_catalogue(fields))]


def old_sheets() -> list[Sample]:
    """Return a list of old articles as workbook and as csv."""
    row = {"标题": "通知", "栏目": "通知公告", "正文": "<p>一</p>", "发布日期": "2020-01-02"}
    text = ",".join(row) + "\r\n" + ",".join(row.values()) + "\r\n"
    return [Sample("旧站.xlsx", _sheet(list(row), row)), Sample("旧站.csv", text.encode())]


def orders_told() -> list[Sample]:
    """Return a work order as the city centre hands it over."""
    body = {
        "number": "YC20260302001",
        "received_at": "2026-03-02T09:30:00+08:00",
        "kind": "求助",
        "source": "电话",
        "category": "路灯照明",
        "subject": "路灯损坏",
        "content": "白鹭村路灯坏了",
        "place": "白鹭村",
        "name": "万里",
        "phone": "13800001234",
        "urgent": False,
        "confidential": True,
        "may_publish": False,
    }
    return [
        Sample("order.json", json.dumps(body, ensure_ascii=ascii).encode())
        for ascii in (True, False)
    ]
