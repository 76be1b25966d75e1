"""Whatever a file holds is read: hidden, deleted, left over, drawn upon, pictured."""

import socket
import zipfile
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import docx
import openpyxl
import pikepdf
import pytest
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image, ImageDraw, ImageFont

from gongkai.adapters import contents_office, ocr
from gongkai.adapters.contents import Part, kind_of, read_file, read_parts
from gongkai.adapters.contents_found import READING_SECONDS
from gongkai.adapters.readers.limits import Damaged, Locked, NotSupported, ReadError, TooLarge
from gongkai.adapters.tests.uploads import covered, pdf

ID = "36092519800101002X"
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def by_place(parts: list[Part]) -> dict[str, Part]:
    return {part.where: part for part in parts}


def pictured(text: str, kind: str = "PNG") -> bytes:
    picture, out = Image.new("RGB", (1000, 200), "white"), BytesIO()
    ImageDraw.Draw(picture).text((40, 60), text, fill="black", font=ImageFont.truetype(FONT, 40))
    picture.save(out, kind)
    return out.getvalue()


def saved(made) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_members(data: bytes, **members: bytes | str) -> bytes:
    """Return a package with members put in or replaced; `__` in a name is a slash, `_` a dot."""
    out = BytesIO()
    named = {name.replace("__", "/").replace("_", "."): text for name, text in members.items()}
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, text in named.items():
            new.writestr(name, text)
    return out.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.author = "张三"
    document.sections[0].header.paragraphs[0].text = "页眉里的字"
    document.sections[0].footer.paragraphs[0].text = "页脚里的字"
    document.add_paragraph("正文第一段")
    hidden = document.add_paragraph("看得见").add_run("隐藏的号码")
    hidden.font.hidden = True
    for inner in (
        f'<w:p {W}><w:r><w:t>留下</w:t></w:r><w:del w:id="1" w:author="a"><w:r>'
        "<w:delText>删去的号码</w:delText></w:r></w:del>"
        '<w:ins w:id="2" w:author="a"><w:r><w:t>新增</w:t></w:r></w:ins></w:p>',
        f'<w:p {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>",
    ):
        document.element.body.insert(-1, parse_xml(inner))
    table = document.add_table(2, 2)
    for number, text in enumerate(("姓名", "身份证号", "张三", ID)):
        table.cell(number // 2, number % 2).text = text
    comments = f'<w:comments {W}><w:comment w:id="0"><w:p><w:r><w:t>批注里的字</w:t></w:r></w:p>'
    return with_members(saved(document), word__comments_xml=f"{comments}</w:comment></w:comments>")


def test_a_word_document_is_read_to_the_last_story():
    parts = by_place(read_parts(word(), "docx"))
    assert parts["正文"].text.startswith("正文第一段\n看得见\n留下新增")
    assert ID not in parts["正文"].text
    assert parts["表格1"].rows == (("姓名", "身份证号"), ("张三", ID))
    assert parts["文本框"].text == "框里的字"
    assert parts["修订中删除的文字"].text == "删去的号码"
    assert "修订痕迹" in parts["修订中删除的文字"].note
    assert parts["隐藏文字"].text == "隐藏的号码"
    assert "页眉里的字" in parts["页眉"].text
    assert "页脚里的字" in parts["页脚"].text
    assert parts["批注"].text == "批注里的字"
    assert "作者：张三" in parts["文档属性"].text


def test_a_workbook_is_read_with_its_hidden_parts():
    book = openpyxl.Workbook()
    shown = book.active
    shown.title = "公示名单"
    shown["B2"], shown["C2"], shown["B3"] = "姓名", "身份证号", "李四"
    shown["C3"] = 360925198001010000
    shown["D3"] = date(1980, 1, 2)
    shown["B3"].comment = Comment("批注里的号码", "a")
    shown.row_dimensions[3].hidden = True
    shown.column_dimensions["C"].hidden = True
    shown.oddHeader.center.text = "页眉里的字"
    secret = book.create_sheet("原始数据")
    secret["A1"] = ID
    secret.sheet_state = "veryHidden"
    book.defined_names["某人"] = DefinedName("某人", attr_text='"13900001234"')
    parts = by_place(read_parts(saved(book), "xlsx"))
    sheet = parts["工作表“公示名单”"]
    assert sheet.rows == (
        (), ("", "姓名", "身份证号"), ("", "李四", "360925198001010000", "1980-01-02"),
    )  # fmt: skip
    assert "隐藏的行：3" in sheet.note
    assert "隐藏的列：C" in sheet.note
    assert parts["工作表“原始数据”（隐藏）"].text == ID
    assert "隐藏" in parts["工作表“原始数据”（隐藏）"].note
    assert "批注里的号码" in parts["批注"].text
    assert "13900001234" in parts["定义的名称"].text
    assert "页眉里的字" in parts["工作表“公示名单”的页眉页脚"].text


def test_texts_that_no_cell_uses_any_more_are_told():
    book = openpyxl.Workbook()
    book.active["A1"] = 0
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    made = with_members(
        saved(book),
        xl__sharedStrings_xml=f"<sst {space}><si><t>还在</t></si><si><t>{ID}</t></si></sst>",
        xl__worksheets__sheet1_xml=f"<worksheet {space}><sheetData>{cell}</sheetData></worksheet>",
    )
    parts = by_place(read_parts(made, "xlsx"))
    assert parts["工作表“Sheet”"].text == "还在"
    assert parts["已删除而留在文件里的文字"].text == ID
    assert parts["已删除而留在文件里的文字"].note


def test_a_sparse_sheet_costs_no_more_than_it_holds():
    book = openpyxl.Workbook()
    book.active["A1048576"] = ID
    (sheet,) = [part for part in read_parts(saved(book), "xlsx") if part.where.startswith("工作表")]
    assert len(sheet.rows) == 1_048_576
    wide = openpyxl.Workbook()
    for row in range(1, 300):
        wide.active.cell(row, 16_384).value = "x"
    with pytest.raises(TooLarge):
        read_parts(saved(wide), "xlsx")


def test_a_packages_embedded_workbook_is_read():
    book, document = openpyxl.Workbook(), docx.Document()
    book.active["A1"] = ID
    made = with_members(
        saved(document), word__embeddings__a_xlsx=saved(book), word__embeddings__b_bin=b"x"
    )
    parts = by_place(read_parts(made, "docx"))
    assert parts["嵌入的文件 a.xlsx：工作表“Sheet”"].text == ID
    assert "没有检查" in parts["嵌入的文件 b.bin"].note


def test_a_pdf_is_read_by_page_and_text_under_a_box_is_told():
    parts = by_place(read_parts(pdf(covered(ID)), "pdf"))
    assert ID in parts["第1页"].text
    assert parts["第1页"].note == "色块下面仍有文字"


def test_notes_properties_and_files_within_a_pdf():
    with pikepdf.open(BytesIO(pdf("正文"))) as made:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Contents="注释里的号码",
            Rect=[0, 0, 9, 9],
        )  # fmt: skip
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])
        made.docinfo["/Author"] = "张三"
        made.attachments["名单.xlsx"] = b"x"
        parts = by_place(read_parts(saved(made), "pdf"))
    assert "注释里的号码" in parts["批注和表单"].text
    assert parts["文档属性"].text == "作者：张三"
    assert "夹带的文件没有检查" in parts["夹带的文件 名单.xlsx"].note


def test_pictures_and_scans_are_read_without_a_network(monkeypatch):
    """The models lie on this machine: the reader works where no socket can be made."""
    if not ocr.reader().installed:
        pytest.skip("rapidocr is not installed")

    def refuse(*_, **__):
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with Image.open(BytesIO(pictured(f"身份证号{ID}"))) as picture:
        assert ID in ocr.reader().lines(picture)[0]


def test_a_scan_and_a_picture_in_word_are_read():
    if not ocr.reader().installed:
        pytest.skip("rapidocr is not installed")
    scan = pictured(ID, "PDF")
    (page,) = [part for part in read_parts(scan, "pdf") if part.text]
    assert (page.where, ID in page.text) == ("第1页（图片识别）", True)
    document = docx.Document()
    document.add_picture(BytesIO(pictured(ID)))
    parts = by_place(read_parts(saved(document), "docx"))
    assert ID in parts["图片 image1.png"].text


def test_the_twin_reads_nothing_and_the_part_says_so(monkeypatch):
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    ocr.reader.cache_clear()
    try:
        assert isinstance(ocr.reader(), ocr.NoReader)
        assert ocr.reader().lines(Image.new("RGB", (50, 50))) == []
        # The worker begins with no time spent; this process has run many tests.
        monkeypatch.setattr(contents_office, "process_time", lambda: 0.0)
        package = SimpleNamespace(names={"word/media/a.png"}, read=lambda name: b"")
        ((where, text, _, note),) = contents_office._pictures(package)
        assert (where, text) == ("图片 a.png", "")
        assert "请人工核对" in note
        monkeypatch.setattr(contents_office, "process_time", lambda: READING_SECONDS + 1.0)
        assert "其余1张没有识别" in next(contents_office._pictures(package))[3]
    finally:
        ocr.reader.cache_clear()


def test_a_web_page_is_read_with_what_it_does_not_show():
    page = (
        "<html><head><title>标题</title><meta name='description' content='描述'></head><body>"
        "<p>正文</p><table><tr><td>姓名</td><td>电话</td></tr><tr><td>甲</td><td>乙</td></tr></table>"
        "<div style='display:none'>藏着的号码</div><!-- 注释里的号码 --><img alt='图里的字'>"
        "<input type='hidden' value='表单里的号码'></body></html>"
    )
    parts = by_place(read_parts(page.encode(), "html"))
    assert parts["正文"].text == "正文"
    assert parts["表格1"].rows == (("姓名", "电话"), ("甲", "乙"))
    assert set(parts["不显示的内容"].text.split("\n")) == {
        "藏着的号码", "注释里的号码", "表单里的号码",
    }  # fmt: skip
    assert "图里的字" in parts["图片说明和提示"].text


def test_texts_and_csv_keep_their_lines():
    (text,) = read_parts("第一行\r\n第二行".encode("gb18030"), "txt")
    assert text.text == "第一行\n第二行"
    (table,) = read_parts(b"a,b\n1,2\n", "csv")
    assert table.rows == (("a", "b"), ("1", "2"))
    assert read_parts(b"", "txt") == []


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 250_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "error"),
    [
        (bomb(), "docx", TooLarge),
        (b"PK\x03\x04cut off", "docx", Damaged),
        (b"%PDF-1.7 cut off", "pdf", Damaged),
        (b"\x89PNG\r\n\x1a\ncut off", "png", Damaged),
        (b"not a zip", "xlsx", Damaged),
        (word()[:2000], "docx", Damaged),
        (with_members(word(), word__document_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
         "docx", Damaged),
        (with_members(word(), word__document_xml="<a>" * 300), "docx", Damaged),
        (bytes(range(256)) * 40, "txt", Damaged),
        (b"", "html", Damaged),
        (b"x", "eml", NotSupported),
    ],
)  # fmt: skip
def test_hostile_files_end_in_a_chinese_line(data, kind, error):
    with pytest.raises(error, match=r"[一-鿿]"):
        read_parts(data, kind)


def test_a_locked_pdf_is_told():
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf("正文"))) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Locked):
        read_parts(out.getvalue(), "pdf")


def test_names_tell_the_kind(tmp_path):
    assert (kind_of("a.JPEG"), kind_of("b.htm"), kind_of("c.exe"), kind_of("d")) == (
        "jpg", "html", "", "",
    )  # fmt: skip
    with pytest.raises(ReadError, match="不存在"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(NotSupported):
        read_file(tmp_path / "none.exe")
