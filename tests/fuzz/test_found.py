"""What the fuzzers have found, each as small as it can be."""

import time
import zipfile
from datetime import date
from io import BytesIO

import pytest

from gongkai.adapters.crawler import styles
from gongkai.adapters.crawler.pages import read_page
from gongkai.adapters.letter_docx import TemplateFault, template_source
from gongkai.adapters.readers import read_document
from gongkai.adapters.richtext import clean
from gongkai.adapters.tests.uploads import word
from gongkai.adapters.textextract import extract
from gongkai.text.sitepages import Answer
from tests.fuzz.samples import ofd


def package(data: bytes, change) -> bytes:
    """Return a package with its members changed: `change` takes and gives (name, bytes)."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if made := change(name, old.read(name)):
                new.writestr(*made)
    return out.getvalue()


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "x"])
def test_a_span_that_is_no_number(number):
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr></w:tc>'
    body = f"<w:tbl><w:tr>{cell}<w:tc/></w:tr></w:tbl><w:p>".encode()
    data = package(word(), lambda name, held: (name, held.replace(b"<w:p>", body, 1)))
    assert read_document(data, ".docx")
    assert clean(f"<table><tr><td colspan={number}>甲</td><td>乙</td></tr></table>").html


@pytest.mark.parametrize("page", ["Page_²", "Page_" + "9" * 5000, "Page_"])
def test_a_page_of_an_ofd_named_by_no_number(page):
    data = package(ofd()[0].data, lambda name, held: (name.replace("Page_1", page), held))
    assert "河道采砂" in extract(data, "ofd").text


def test_a_template_that_lacks_a_part_it_names():
    data = package(word(), lambda name, held: None if name == "word/styles.xml" else (name, held))
    with pytest.raises(TemplateFault, match="不完整"):
        template_source(data)


@pytest.mark.parametrize(
    "sheet", ["a" * 200_000, "/*" * 100_000, "@" * 200_000, "@{" * 100_000, "{" * 200_000]
)
def test_a_style_sheet_made_to_cost(sheet):
    before = time.process_time()
    styles.sheet(sheet)
    assert time.process_time() - before < 1


def test_a_style_sheet_is_read_as_before():
    told = styles.sheet(
        "/* n */ p, .x { color: red } @media print { .x { color: blue } } a b {c:d}"
    )
    assert told == {"p": {"color": "red"}, ".x": {"color": "red"}}


def test_tables_in_tables_are_read_once():
    nested = "<table><tr><td>" * 250 + "甲" * 3000 + "</table>"
    answer = Answer("http://x.cn/", "http://x.cn/", 200, media="text/html", body=nested.encode())
    before = time.process_time()
    assert len(read_page(answer, date(2026, 11, 26)).tables) <= 1
    assert time.process_time() - before < 2
