"""What we write, our own checker reads back: the same cells, in every format and edition."""

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from gongkai.adapters import report_docx, report_html, report_pdf, report_xlsx
from gongkai.adapters.readers import read_document
from gongkai.adapters.tests.reports import clean_contents, content, reference_sheet
from gongkai.tables.reading import read_tables

FORMATS = {
    "docx": report_docx.render,
    "xlsx": report_xlsx.render,
    "html": report_html.render,
    "pdf": report_pdf.render,
}
EXAMPLES = {"docx": 12, "xlsx": 20, "html": 25, "pdf": 6}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_cell_comes_back(suffix):
    @settings(
        max_examples=EXAMPLES[suffix],
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a PDF takes minutes
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(clean_contents())
    @example(content(reference_sheet()))
    def comes_back(report):
        document = read_document(FORMATS[suffix](report), f".{suffix}")
        reading = read_tables(document, report.year)
        assert dict(reading.sheet.cells) == dict(report.sheet.cells)
        assert reading.edition.id == report.edition

    comes_back()


@pytest.mark.parametrize("suffix", FORMATS)
def test_nothing_is_remarked_in_a_clean_report(suffix):
    report = content(reference_sheet())
    reading = read_tables(read_document(FORMATS[suffix](report), f".{suffix}"), report.year)
    assert [str(found.message) for found in reading.findings if found.rule != "B1"] == []
