"""Reading files from strangers: every bad one ends in one Chinese sentence, soon and cheaply."""

import contextlib
import resource
import shutil
import struct
import time
import zipfile
import zlib
from io import BytesIO
from random import Random

import pytest

from gongkai.adapters.readers import (
    Damaged,
    Limits,
    Locked,
    NoText,
    NotSupported,
    ReadError,
    TooLarge,
    read_document,
    read_file,
)
from gongkai.adapters.readers.pdffile import plain
from gongkai.adapters.tests.makers import MAKERS, docx_file, html_file, pdf_file, xlsx_file
from gongkai.tables.grid import Document, Grid, GridCell

SMALL = Document(
    (
        "一、总体情况",
        Grid(
            (
                (GridCell("甲", rowspan=2), GridCell("乙", colspan=2)),
                (GridCell("丙"), GridCell("12")),
            )
        ),
        "完。",
    )
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def docx_of(body: str, head: str = "") -> bytes:
    return package(
        **{
            "word__document.xml": (
                f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body>'
                "</w:document>"
            ).encode()
        }
    )


@pytest.mark.parametrize("suffix", sorted(MAKERS))
def test_spans_and_order_survive(suffix):
    document = read_document(MAKERS[suffix](SMALL), suffix)
    texts = [part for part in document.parts if isinstance(part, str)]
    grids = [part for part in document.parts if isinstance(part, Grid)]
    if suffix == ".xlsx":
        assert next(cell for row in grids[0].matrix for cell in row if cell) == "一、总体情况"
        return
    assert texts == ["一、总体情况", "完。"]
    assert grids[0].matrix == (("甲", "乙", ""), ("", "丙", "12"))


# ---- what cannot be read -----------------------------------------------------------------


def refused(data: bytes, suffix: str, error: type[ReadError], limits: Limits | None = None) -> str:
    with pytest.raises(error) as caught:
        read_document(data, suffix, limits or Limits())
    message = str(caught.value)
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    assert "Traceback" not in message
    return message


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(TooLarge, match="20 MB"):
        read_file(path)


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_missing_file_or_a_directory(tmp_path, name):
    with pytest.raises(Damaged, match="路径"):
        read_file(tmp_path / name)


def test_an_empty_file():
    refused(b" \r\n", ".txt", Damaged)


def test_a_zip_bomb():
    data = docx_of("<w:p><w:r><w:t>" + "0" * 60_000_000 + "</w:t></w:r></w:p>")
    assert len(data) < 200_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "压缩炸弹" in refused(data, ".docx", TooLarge)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_zip_that_lies_about_its_size():
    data = bytearray(docx_of("<w:p/>" * 4000))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    refused(bytes(data), ".docx", Damaged)


def test_a_zip_of_something_else():
    assert "压缩包" in refused(package(readme=b"hello"), ".docx", Damaged)
    refused(package(readme=b"hello"), ".zip", NotSupported)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf"])
def test_truncated_files(suffix):
    whole = MAKERS[suffix](SMALL)
    for part in (0.3, 0.7, 0.98):
        refused(whole[: int(len(whole) * part)], suffix, ReadError)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf", ".doc"])
def test_a_name_that_lies(suffix):
    refused("这其实是文本文件。".encode(), suffix, Damaged)


def test_entities_are_not_resolved():
    head = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    refused(docx_of("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", head), ".docx", Damaged)
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    refused(docx_of("<w:p>&a11;</w:p>", f"<!DOCTYPE x [{laughs}]>"), ".docx", Damaged)


def test_entities_in_a_web_page_stay_text():
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>x&a;y</p></html>'
    parts = read_document(page.encode(), ".html").parts
    assert not any("root:" in str(part) for part in parts)


def test_scripts_and_hidden_parts_are_left_out():
    page = (
        "<html><script>var a='<p>脚本</p>'</script><style>p{}</style>"
        "<p>正<b>文</b></p><p style='display:none'>隐藏</p><noscript>无</noscript></html>"
    )
    assert read_document(page.encode(), ".html").parts == ("正文",)


def test_a_deep_page_does_not_break_the_reader():
    page = "<html>" + "<div>" * 20_000 + "底" + "</div>" * 20_000
    with contextlib.suppress(ReadError):
        read_document(page.encode(), ".html")


def test_huge_spans_are_capped():
    page = '<table><tr><td rowspan="99999999" colspan="99999999">a</td><td>b</td></tr>'
    page += "<tr><td>c</td></tr></table>"
    grid = read_document(page.encode(), ".html").parts[0]
    assert isinstance(grid, Grid)
    assert grid.rows[0][0].colspan <= 60


def test_a_workbook_with_a_cell_at_its_far_corner():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    data = package(
        **{
            "xl__workbook.xml": book.encode(),
            "xl___rels__workbook.xml.rels": relations.encode(),
            "xl__worksheets__sheet1.xml": sheet.encode(),
        }
    )
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    assert "xl/_rels/workbook.xml.rels" in names
    refused(data, ".xlsx", TooLarge)


def test_an_encrypted_workbook_or_document():
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    assert "加密" in refused(ole, ".docx", Locked)


def test_pictures_have_no_text():
    refused(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, ".png", NoText)


# ---- PDF ------------------------------------------------------------------------------------


def simple_pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, the first its catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        trailer,
        start,
    )


def picture_pdf() -> bytes:
    pixels = zlib.compress(b"\xff" * 300)
    draw = b"q 500 0 0 700 50 50 cm /I Do Q"
    return simple_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /XObject << /I 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
            b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceRGB "
            b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
            % (len(pixels), pixels),
        ]
    )


def test_a_pdf_of_pictures():
    assert "图片" in refused(picture_pdf(), ".pdf", NoText)


def test_an_encrypted_pdf():
    data = simple_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [] /Count 0 >>",
            b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O ("
            + b"o" * 32
            + b") /U ("
            + b"u" * 32
            + b") >>",
        ],
        b"/Encrypt 3 0 R /ID [<00112233445566778899aabbccddeeff> "
        b"<00112233445566778899aabbccddeeff>]",
    )
    assert "加密" in refused(data, ".pdf", Locked)


def test_a_pdf_with_too_many_pages():
    refused(pdf_file(SMALL), ".pdf", TooLarge, Limits(pages=0))


def test_a_pdf_that_is_none():
    refused(b"%PDF-1.7\n" + bytes(range(256)) * 50, ".pdf", Damaged)


@pytest.mark.long
def test_a_pdf_that_unpacks_to_gigabytes_ends_in_bounded_time():
    stream = zlib.compress(b"(x) Tj " * 30_000_000, 9)
    data = simple_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    )
    began = time.monotonic()
    refused(data, ".pdf", ReadError, Limits(seconds=3))
    assert time.monotonic() - began < 15


def test_radicals_printed_by_browsers_become_characters():
    assert plain("⻘⽲县⼈⺠政府⼯作，⻓⼾⻔") == "青禾县人民政府工作，长户门"


# ---- the office's old formats -----------------------------------------------------------------


def test_old_formats_name_the_missing_program(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
    assert "LibreOffice" in refused(ole, ".wps", NotSupported)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_rich_text_by_way_of_libreoffice():
    document = read_document(b"{\\rtf1\\ansi Hello \\u25253?\\u24220?.\\par}", ".rtf")
    assert "Hello" in "".join(part for part in document.parts if isinstance(part, str))


def test_random_damage_never_ends_in_a_traceback():
    rng = Random(4)
    for make, suffix in ((docx_file, ".docx"), (xlsx_file, ".xlsx"), (html_file, ".html")):
        whole = make(SMALL)
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(rng.randrange(1, 12)):
                data[rng.randrange(len(data))] = rng.randrange(256)
            with contextlib.suppress(ReadError):
                assert read_document(bytes(data), suffix) is not None
