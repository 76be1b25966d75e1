"""The HTML file: captions, scopes, headers that exist, nothing from elsewhere."""

import lxml.html
import pytest

from gongkai.adapters import report_html
from gongkai.adapters.tests.reports import NASTY, clean_sheet, content, reference_sheet
from gongkai.tables.editions import EDITIONS
from gongkai.tables.report import SECTION_HEADINGS


def written(report):
    return lxml.html.fromstring(report_html.render(report).decode())


def test_six_parts_stand_under_the_title():
    page = written(content(reference_sheet()))
    assert page.findtext(".//h1") == page.findtext(".//title")
    assert [heading.text for heading in page.iter("h2")] == list(SECTION_HEADINGS)


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_figure_names_headers_of_its_own_table(edition):
    page = written(content(clean_sheet(edition)))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for table in page.iter("table"):
        own = {cell.get("id") for cell in table.iter("th")}
        for cell in table.iter("td"):
            assert set(cell.get("headers").split()) <= own
        assert {cell.get("scope") for cell in table.iter("th")} <= {
            "col",
            "colgroup",
            "row",
            "rowgroup",
        }
        assert table.findtext("caption")


def test_a_wide_table_scrolls_in_a_labelled_region():
    page = written(content(reference_sheet()))
    for region in page.find_class("table-scroll"):
        (caption,) = region.iter("caption")
        assert region.get("aria-labelledby") == caption.get("id")
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")


def test_the_file_stands_alone():
    text = report_html.render(content(reference_sheet())).decode()
    assert 'lang="zh-CN"' in text
    for mark in ("<script", "<link", "src=", "http", "url("):
        assert mark not in text


def test_text_is_escaped():
    page = written(content(reference_sheet(), preamble=(NASTY,)))
    assert page.findtext(".//main/p") == NASTY.replace("\x00", "").replace("\x0b", "")
