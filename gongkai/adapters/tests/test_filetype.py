"""Types by content: what is taken, what is refused, and that each refusal says what it is."""

import struct
import zipfile
from contextlib import suppress
from io import BytesIO

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gongkai.adapters import filetype, filetype_ole
from gongkai.adapters.filetype import TYPES, USUAL, NotAccepted, tell

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(params=["with libmagic", "without"], autouse=True)
def _second_opinion(request, monkeypatch):
    if request.param == "without":
        monkeypatch.setattr(filetype, "_magic", lambda: None)


def package(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def word(*more: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        for name, data in more:
            made.writestr(name, data)
    return out.getvalue()


def book() -> bytes:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def picture(form: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 10)).save(out, form)
    return out.getvalue()


def compound(streams: dict[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """Return a compound file of long streams, as Word 97 wrote them."""
    size, end, chain = 512, 0xFFFFFFFE, 0xFFFFFFFD
    table, body, entries = [chain, end], b"", b""
    sector = 2

    def entry(name: str, kind: int, first: int, length: int) -> bytes:
        spelt = (name + "\0").encode("utf-16-le")
        return (
            spelt.ljust(64, b"\0")
            + struct.pack("<HBB", len(spelt), kind, 1)
            + b"\xff" * 12
            + b"\0" * 36
            + struct.pack("<IQ", first, length)
        )

    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        count = len(data) // size
        entries += entry(name, 2, sector, len(data))
        table += [sector + k + 1 for k in range(count - 1)] + [end]
        body += data
        sector += count
    for name in storages:
        entries += entry(name, 1, end, 0)
    head = filetype_ole.MARK + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", *(table + [0xFFFFFFFF] * 128)[:128])
    return head + fat + entries.ljust(size, b"\0") + body


BOF = struct.pack("<HH", 0x809, 4) + b"\0" * 4
GOOD = {
    "说明.pdf": PDF,
    "说明.ofd": package(OFD_dot_xml=b"<ofd/>"),
    "说明.docx": word(),
    "清单.xlsx": book(),
    "说明.doc": compound({"WordDocument": b"\xec\xa5"}),
    "说明.wps": compound({"WordDocument": b"\xec\xa5"}),
    "清单.xls": compound({"Workbook": BOF}),
    "清单.et": compound({"Workbook": BOF}),
    "说明.txt": "河道采砂".encode("gb18030"),
    "照片.JPG": picture("JPEG"),
    "照片.jpeg": picture("JPEG"),
    "扫描.png": picture("PNG"),
    "扫描.tiff": picture("TIFF"),
    "扫描.bmp": picture("BMP"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_taken(name: str) -> None:
    suffix = name[name.rfind(".") :].lower()
    assert suffix in tell(name, GOOD[name]).suffixes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_text_in_the_usual_encodings(encoding: str) -> None:
    assert tell("a.txt", "BM河道采砂许可".encode(encoding)).kind == "txt"


@pytest.mark.parametrize("name", [name for name in GOOD if not name.endswith(("jpeg", ".et"))])
@pytest.mark.parametrize("other", [name for name in GOOD if not name.endswith(("jpeg", ".et"))])
def test_a_name_that_lies_is_refused(name: str, other: str) -> None:
    said = name[name.rfind(".") :].lower()
    truly = other[other.rfind(".") :].lower()
    if said != truly and {said, truly} != {".doc", ".wps"}:
        with pytest.raises(NotAccepted, match="内容却是"):
            tell(name, GOOD[other])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.pdf", b"", "空的"),
        ("空.txt", b"\x00\x00 \n", "空的"),
        ("无扩展名", PDF, "没有扩展名"),
        ("网页.html", b"<html>", "不接收“.html”"),
        ("来信.eml", b"From: a@b\n\n", "不接收“.eml”"),
        ("压缩.zip", package(a=b"1"), "不接收“.zip”"),
        ("压缩.docx", package(a=b"1"), "内容却是压缩包"),
        ("演示.docx", package(ppt__presentation_dot_xml=b"<p/>"), "演示文稿"),
        ("演示.doc", compound({"PowerPoint Document": b""}), "演示文稿"),
        ("程序.txt", b"MZ\x90\x00", "程序"),
        ("程序.jpg", b"\x7fELF\x02\x01", "程序"),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /\n", "程序"),
        ("说明.doc", b"{\\rtf1 \\object}", "RTF"),
        ("说明.txt", b"abc\x00def", "不认识"),
        ("说明.txt", b"\xff\xfe\x00\xd8", "不认识"),
        ("加密.pdf", PDF.replace(b"trailer\n<<", b"trailer\n<</Encrypt 5 0 R "), "已加密"),
        ("加密.docx", compound({"EncryptedPackage": b""}), "已加密"),
        ("加密.doc", compound({"WordDocument": b"\0" * 11 + b"\x01"}), "已加密"),
        ("加密.xls", compound({"Workbook": BOF + struct.pack("<HH", 0x2F, 6)}), "已加密"),
        ("宏.doc", compound({"WordDocument": b""}, ("Macros",)), "含有宏"),
        ("宏.xls", compound({"Workbook": BOF}, ("_VBA_PROJECT_CUR",)), "含有宏"),
        ("宏.docx", word(("word/vbaProject.bin", b"1")), "含有宏"),
        ("夹带.docx", word(("word/embeddings/setup.exe", b"MZ")), "夹带程序"),
        ("炸弹.docx", word(("word/media/a.bin", b"\0" * 40_000_000)), "压缩炸弹"),
        ("坏.docx", word()[:400], "已损坏"),
        ("坏.doc", filetype_ole.MARK + b"\0" * 100, "已损坏"),
        ("坏.png", picture("PNG")[:20], "已损坏"),
        ("坏.jpg", b"\xff\xd8\xff\xe0 nothing", "已损坏"),
    ],
)
def test_what_is_refused_and_why(name: str, data: bytes, message: str) -> None:
    with pytest.raises(NotAccepted, match=message):
        tell(name, data)


def test_a_locked_member_of_a_package_is_refused() -> None:
    data = bytearray(word())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    with pytest.raises(NotAccepted, match="已加密"):
        tell("说明.docx", bytes(data))


def test_a_picture_of_too_many_dots_is_refused() -> None:
    huge = bytearray(picture("BMP"))
    struct.pack_into("<ii", huge, 18, 60_000, 60_000)
    with pytest.raises(NotAccepted, match="过大"):
        tell("大.bmp", bytes(huge))
    out = BytesIO()
    Image.new("1", (12_000, 11_000)).save(out, "PNG")
    with pytest.raises(NotAccepted, match="过大"):
        tell("大.png", out.getvalue())


def test_a_letter_that_speaks_of_macros_is_no_macro() -> None:
    assert tell("a.doc", compound({"WordDocument": "Macros VBA".encode("utf-16-le")})).kind == "doc"


def test_mail_where_mail_is_asked_for() -> None:
    accepted = USUAL | {"eml"}
    assert tell("a.eml", "From: a@b\nSubject: 申请\n\n正文".encode("gbk"), accepted).kind == "eml"
    with pytest.raises(NotAccepted, match="内容却是PDF"):
        tell("a.eml", PDF, accepted)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_no_damage_makes_anything_but_a_refusal(name: str, draw: st.DataObject) -> None:
    data = bytearray(GOOD[name])
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(data)))
    for damaged in (bytes(data), bytes(data[:cut])):
        with suppress(NotAccepted):
            assert tell(name, damaged).kind in TYPES
