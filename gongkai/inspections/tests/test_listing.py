"""Evaluators' reports: tables known by their heads, units by headings, hostile files refused."""

from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.tests.staffing import client_of, person
from gongkai.inspections.lifecycle import RowsWrong, Source, ToldWrongly
from gongkai.inspections.models import Finding
from gongkai.inspections.rules.listing import field_of, read_listing
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import MONDAY, moment
from gongkai.orgs.models import Role
from gongkai.tables.grid import Grid, GridCell

NAMES = ("水利局", "靖安县水利局", "林业局")


def grid(*lines: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(GridCell(text) for text in line) for line in lines))


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("问题明细", "problem"),
        ("存在的主要问题", "problem"),
        ("扣分原因", "problem"),
        ("问题描述（附截图）", "problem"),
        ("被评估单位", "organ"),
        ("乡镇（部门）", "organ"),
        ("考核指标", "item"),
        ("问题类型", "indicator"),
        ("页面链接", "place"),
        ("评分细则", "standard"),
        ("采集时间", "found_on"),
        ("扣分", ""),
        ("整改结果", ""),
        ("序 号", ""),
    ],
)
def test_columns_go_by_their_heads(head: str, field: str) -> None:
    assert field_of(head) == field


def test_a_report_is_read_with_units_from_headings_and_rows_across() -> None:
    listing = read_listing(
        [
            "第三季度政务公开第三方评估报告",
            grid(("单位", "得分"), ("水利局", "92"), ("林业局", "88")),
            "（一）靖安县水利局",
            "本次评估发现水利局存在下列问题。",
            grid(("序号", "考核指标", "存在问题"), ("1", "征集调查", "未公开采纳情况")),
            "（二）其他",
            grid(
                ("指标", "问题描述", "链接"),
                ("林业局", "", ""),
                ("更新", "栏目空白", "https://a.example/"),
                ("指标", "问题描述", "链接"),
                ("更新", "", ""),
            ),
        ],
        NAMES,
    )
    told = [(row.stands, row.organ, row.item or row.indicator, row.problem) for row in listing.rows]
    assert told == [
        ("第2张表第2行", "靖安县水利局", "征集调查", "未公开采纳情况"),
        ("第3张表第3行", "林业局", "更新", "栏目空白"),
    ]
    assert listing.left_out == 1
    assert [(head.text, head.taken_for) for head in listing.tables[0].heads] == [
        ("序号", ""),
        ("考核指标", "二级指标"),
        ("存在问题", "问题明细"),
    ]


def test_a_head_of_two_rows_is_read_by_its_lower_row() -> None:
    head = (
        (
            GridCell("责任单位", rowspan=2),
            GridCell("评估指标", colspan=2),
            GridCell("问题", rowspan=2),
        ),
        (GridCell("一级指标"), GridCell("二级指标")),
    )
    line = tuple(map(GridCell, ("水利局", "互动交流", "留言", "未答复")))
    [row] = read_listing([Grid((*head, line))], NAMES).rows
    assert (row.organ, row.indicator, row.item, row.problem) == (
        *("水利局", "互动交流", "留言", "未答复"),
    )


def test_what_is_no_list_or_cannot_be_used_is_refused() -> None:
    with pytest.raises(ToldWrongly, match="没有找到问题清单"):
        read_listing(["一、总体情况", grid(("单位", "得分"), ("水利局", "92"))], NAMES)
    bad = grid(("问题", "检查日期"), ("甲", "昨天"), ("乙" * 1001, ""), ("丙\u202e", ""))
    with pytest.raises(RowsWrong) as refused:
        read_listing([bad], NAMES)
    assert [each.startswith(f"第1张表第{n}行") for n, each in enumerate(refused.value.faults, 2)]
    assert len(refused.value.faults) == 3
    many = grid(("问题", "单位"), *(("甲", "水利局"),) * 2001)
    with pytest.raises(ToldWrongly, match="最多导入2000"):
        read_listing([many], NAMES)


def report() -> bytes:
    """Return a Word report with a unit's heading and a table below it."""
    paper = docx.Document()
    paper.add_heading("二、各单位问题清单", 1)
    paper.add_paragraph("（一）水利局")
    table = paper.add_table(rows=3, cols=3)
    lines = (
        ("测评指标", "问题描述", "网址"),
        ("政策解读", "文件未配解读", "https://www.example.gov.cn/a.html"),
        ("政策解读", "解读形式单一", ""),
    )
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_word_report_is_shown_and_taken_in_and_hostile_files_are_not(monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment(MONDAY, 17))
    home = made.county()
    made.department(home)
    office = client_of(person("office1", (home, Role.OGI_OFFICE)))
    url, data = reverse("inspections:import"), report()

    def send(name: str, content: bytes, **more: str) -> Any:
        file = SimpleUploadedFile(name, content)
        return office.post(url, {"source": "THIRD_PARTY", "file": file, **more})

    for name, content, told in (
        ("报告.docx", data[: len(data) // 2], "损坏"),
        ("报告.docx", b"\xd0\xcf\x11\xe0" + b"x" * 900, ".docx"),
        ("报告.docx", b"<html>", ".docx"),
        ("报告.xlsx", data, "xlsx"),
        ("报告.pdf", b"%PDF-1.7", "xlsx"),
    ):
        answer = send(name, content)
        assert answer.status_code == 422, name
        assert told in answer.content.decode(), (name, told)
    page = send("报告.docx", data, found_on="2026-09-18").content.decode()
    assert "认出1张问题表、2个问题" in page
    assert not Finding.objects.exists()
    token = page.split('name="confirm" value="')[1].split('"')[0]
    assert office.post(url, {"confirm": token}).status_code == 302
    rows = Finding.objects.order_by("pk")
    assert [(row.organ.short_name, row.item, row.why) for row in rows] == [
        ("水利局", "政策解读", "文件未配解读"),
        ("水利局", "政策解读", "解读形式单一"),
    ]
    assert {row.source for row in rows} == {Source.THIRD_PARTY}
    assert timezone.localdate(rows[0].found_at).isoformat() == "2026-09-18"
