"""A paper of figures as PDF: every text stands in it, bars beside their numbers, no empty chart."""

from datetime import date
from io import BytesIO

import pdfplumber

from gongkai.adapters import paper_pdf
from gongkai.tables.paper import Chart, Grid, Heading, Paper, Paragraph

DAY = date(2026, 4, 2)


def pages_of(*blocks):
    paper = Paper("某县热线月报", "某县人民政府办公室", "2026年4月2日", blocks)
    with pdfplumber.open(BytesIO(paper_pdf.render(paper, day=DAY))) as pdf:
        return [(page.extract_text(), page.rects) for page in pdf.pages], pdf.metadata


def test_title_prose_table_and_signature_stand_in_it():
    grid = Grid("主要指标", ("指标", "比率"), (("满意率", "98.44%"),), (1, 1))
    pages, told = pages_of(Heading("一、总体情况"), Paragraph("承接2件，#不是标记。"), grid)
    text = pages[0][0]
    for each in ("某县热线月报", "一、总体情况", "承接2件，#不是标记。", "98.44%", "2026年4月2日"):
        assert each in text.replace(" ", "")
    assert told["Title"] == "某县热线月报"


def test_bars_are_as_long_as_their_figures_and_none_is_drawn_of_nothing():
    [(text, drawn)], _ = pages_of(Chart("渠道", "件", (("电话", 40), ("网络", 10), ("信函", 0))))
    wide = sorted(round(float(each["width"])) for each in drawn if each["fill"])
    assert len(wide) == 2
    assert abs(wide[0] * 4 - wide[1]) <= 4
    assert "信函" in text
    [(text, _)], _ = pages_of(Chart("渠道", "件", (("电话", 0),)))
    assert "渠道" not in text


def test_a_long_table_goes_on_with_its_head():
    rows = tuple((f"单位{place}", "100.00%") for place in range(60))
    pages, _ = pages_of(Grid("各单位", ("单位", "按期办结率"), rows, (2, 1)))
    assert len(pages) > 1
    assert all("按期办结率" in text for text, _ in pages[:2])
