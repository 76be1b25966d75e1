"""Files made to cost or to mislead: a clear refusal or a faithful reading, in bounded time."""

import os
import time
import zipfile
from io import BytesIO
from random import Random

import docx
import pytest

from gongkai.adapters.readers import (
    Damaged,
    NotSupported,
    ReadError,
    TooLarge,
    read_document,
    read_file,
)
from gongkai.adapters.tests.makers import docx_file, html_file, text_file, xlsx_file
from gongkai.tables.grid import Document, Grid, GridCell

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ROWS = tuple((GridCell("行政许可"), GridCell(str(n)), GridCell("-266")) for n in range(30))
SMALL = Document(("某县2023年政府信息公开工作年度报告", Grid(_ROWS)))


def package(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of members."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return file.getvalue()


def workbook(sheet: str, times: int = 1) -> bytes:
    """Return a workbook that names one sheet so many times."""
    named = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, times + 1))
    return package(
        {
            "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}"><sheets>{named}'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": '<R><R Id="r1" Target="worksheets/s.xml"/></R>',
            "xl/worksheets/s.xml": f'<worksheet xmlns="{_SHEET}">{sheet}</worksheet>',
        }
    )


def refused(data: bytes, suffix: str, error: type[ReadError]) -> float:
    """Check that a file is refused; return the CPU seconds it took."""
    start = time.process_time()
    with pytest.raises(error):
        read_document(data, suffix)
    return time.process_time() - start


def test_a_tag_of_countless_attributes():
    crowded = "<div " + " ".join(f'a{n}="<>"' for n in range(100_000)) + ">x</div>"
    assert refused(crowded.encode(), ".html", TooLarge) < 5
    assert refused(crowded.replace('" a', '"a').encode(), ".html", TooLarge) < 5


def test_a_page_of_countless_lines():
    assert refused(b"<p>" + b"a<br>" * 300_000, ".html", TooLarge) < 15
    assert refused(b"1\n" * 900_000, ".txt", TooLarge) < 15


def test_a_sheet_named_often_is_read_once():
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    assert len(read_document(workbook(sheet, 500), ".xlsx").parts) == 1


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1"])
def test_a_row_number_that_is_none(number):
    refused(workbook(f'<sheetData><row r="{number}"><c/></row></sheetData>'), ".xlsx", Damaged)


def test_a_text_nested_in_runs_without_end():
    runs = "<w:r>" * 150 + "<w:t>a</w:t>" * 20_000 + "</w:r>" * 150
    body = f'<w:document xmlns:w="{_WORD}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
    start = time.process_time()
    (said,) = read_document(package({"word/document.xml": body}), ".docx").parts
    assert said == "a" * 20_000
    assert time.process_time() - start < 5


def test_an_unusual_compression_is_damage_not_a_lock():
    data = package({"word/document.xml": b"<a/>" * 900}, zipfile.ZIP_LZMA)
    refused(data, ".docx", Damaged)


def test_zips_in_zips():
    inner = package({"x": b"\0" * 10_000_000})
    refused(package({f"{n}.zip": inner for n in range(20)}), ".zip", NotSupported)
    refused(package({"word/document.xml": inner}), ".docx", Damaged)


@pytest.mark.parametrize("before", ["", " " * 4090, "<!--" + " " * 70_000 + "-->"])
def test_entities_are_never_resolved(before, tmp_path):
    (tmp_path / "secret").write_text("机密")
    body = (
        f'{before}<!DOCTYPE d [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><w:document '
        f'xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>甲&e;</w:t></w:r></w:p></w:body></w:document>'
    )
    try:
        document = read_document(package({"word/document.xml": body}), ".docx")
    except ReadError:
        return
    assert "机密" not in "".join(part for part in document.parts if isinstance(part, str))


def test_a_raised_figure_is_a_note():
    page = "<p>17<sup>2</sup>件</p><p>17 <sub>①</sub></p>".encode()
    assert read_document(page, ".html").parts == ("17[2]件", "17 [①]")
    document = docx.Document()
    paragraph = document.add_paragraph("17")
    paragraph.add_run("2").font.superscript = True
    file = BytesIO()
    document.save(file)
    assert read_document(file.getvalue(), ".docx").parts == ("17[2]",)


def test_what_is_no_plain_file(tmp_path):
    os.mkfifo(tmp_path / "fifo.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "one.txt").symlink_to(tmp_path / "other.txt")
    (tmp_path / "other.txt").symlink_to(tmp_path / "one.txt")
    for name in ("fifo.txt", "zero.txt", "one.txt", "missing\n.txt", "x" * 300):
        with pytest.raises(ReadError):
            read_file(tmp_path / name)
    odd = tmp_path / "换\n行.txt"
    odd.write_text("某县")
    assert read_file(odd).parts == ("某县",)


@pytest.mark.parametrize(
    ("make", "suffix"),
    [(text_file, ".txt"), (html_file, ".html"), (docx_file, ".docx"), (xlsx_file, ".xlsx")],
)
def test_damage_of_any_kind_is_refused_or_read(make, suffix):
    draw, whole = Random(9), make(SMALL)
    read, told = 0, []
    for _ in range(150):
        data = bytearray(whole)
        at = draw.randrange(1, len(data))
        end = min(len(data), at + draw.randrange(1, 300))
        match draw.randrange(4):
            case 0:
                del data[at:]
            case 1:
                for _ in range(draw.randrange(1, 9)):
                    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
            case 2:
                data[at:end] = draw.randbytes(end - at)
            case _:
                data[at:at] = data[at:end]
        try:
            read += read_document(bytes(data), suffix) is not None
        except ReadError as error:
            told.append(str(error))
    assert read
    assert all(message.endswith("。") for message in told)
