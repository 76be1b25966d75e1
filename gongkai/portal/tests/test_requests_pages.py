"""Public pages of disclosure upon request that are read: index, guide, chart, blank form."""

import io
import re

import lxml.html
import pytest
from django.core.cache import cache
from docx import Document
from pdfplumber import open as open_pdf

from gongkai.orgs.tests.factories import make_county
from gongkai.policy.tests.factories import published
from gongkai.portal.requests import flow, guide
from gongkai.portal.tests.factories import open_county
from gongkai.portal.tests.requests_made import BASE, open_requests_county
from gongkai.portal.tests.selecting import select
from gongkai.portal.tests.test_views import page, texts
from gongkai.statute.fees import Tariff, processing_fee

pytestmark = pytest.mark.django_db
PAGES = ("", "zn/", "zn/jingan-czj/", "lct/", "sqb/", "zxsq/", "cx/", "tj/", "zxsq/jingan-czj/")


@pytest.fixture
def place():
    return open_requests_county()


def test_the_column_stands_under_its_parent_and_on_the_home(client, place):
    for url in ("/", "/zwgk/"):
        links = {link.get("href") for link in select(page(client, url), "main a")}
        assert BASE in links
    parts = select(page(client, BASE), ".cards a")
    assert {link.text for link in parts} == {
        "依申请公开指南",
        "依申请公开流程图",
        "在线申请",
        "申请表下载",
        "结果查询",
        "依申请公开统计",
    }
    for link in parts:
        assert client.get(link.get("href")).status_code == 200


def test_without_an_accepting_office_nothing_is_promised(client):
    cache.clear()
    open_county()
    assert "依申请公开" not in page(client, "/").text_content()
    for url in PAGES:
        page(client, BASE + url, status=404)
    assert client.get(f"{BASE}sqb.docx").status_code == 404


def test_every_link_of_these_pages_leads_somewhere(client, place):
    seen = set()
    for url in PAGES:
        tree = page(client, BASE + url)
        seen |= {link.get("href") for link in tree.iter("a")}
    for link in seen:
        if link.startswith("/"):
            assert client.get(link).status_code in (200, 302), link


def test_pages_send_a_strict_policy_and_no_inline_script_or_style(client, place):
    for url in PAGES:
        response = client.get(BASE + url)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "worker-src 'self'" in policy
        assert "unsafe" not in policy
        tree = lxml.html.fromstring(response.content.decode())
        assert [script for script in tree.iter("script") if not script.get("src")] == []
        assert select(tree, "[style],style,[onclick],[onsubmit]") == []
        for tag in select(tree, "[src],link[href]"):
            own = ("/static/", "/sousuo/opensearch.xml")
            assert (tag.get("src") or tag.get("href")).startswith(own)


def test_the_guide_says_who_where_when_and_how(client, place):
    text = page(client, f"{BASE}zn/jingan-czj/").text_content()
    for said in (
        "靖安县财政局政务公开股",
        "双溪镇新大街1号305室",
        "330600",
        "8:30-12:00",
        "0795-4662133",
        "0795-4662134",
        "zwgk@example.com",
        "0795-4662100",
        "政府信息公开申请",
        "20个工作日",
        "7个工作日",
        "不需要说明用途",
        "行政复议",
        "更新日期：2021年1月29日",
    ):
        assert said in text, said


def test_the_guide_of_the_county_lists_every_organ_that_accepts(client, place):
    tree = page(client, f"{BASE}zn/")
    assert select(tree, "h1")[0].text.startswith("靖安县人民政府")
    assert texts(tree, ".organs a") == ["靖安县", "靖安县财政局", "靖安县罗湾乡人民政府"]
    page(client, f"{BASE}zn/jingan-slj/", status=404)
    page(client, f"{BASE}zn/nobody/", status=404)


def test_an_organ_of_another_county_or_abolished_is_not_offered(client, place):
    from gongkai.portal.tests.requests_made import accepting

    other = make_county("fengxin", "奉新县")
    accepting(other.county)
    page(client, f"{BASE}zn/fengxin/", status=404)
    page(client, f"{BASE}zxsq/fengxin/", status=404)


def test_the_tariffs_are_those_of_the_law():
    told = [price.price for prices in guide.tariffs().values() for price in prices]
    assert told == [
        "不收费",
        "每件100元",
        "每件200元",
        "每增加10件为一档，每件收费标准提高100元",
        "不收费",
        "每页10元",
        "每页20元",
        "每页40元",
    ]
    spans = [price.span for prices in guide.tariffs().values() for price in prices]
    assert spans[:4] == ["10件以下（含10件）", "11至30件的部分", "31至40件的部分", "41件以上的部分"]
    assert spans[4:] == [
        "30页以下（含30页）",
        "31至100页的部分",
        "101至200页的部分",
        "201页以上的部分",
    ]
    assert processing_fee(Tariff.BY_PAGE, 201).slices[-1].price == 40


def test_the_chart_is_drawn_twice_and_told_once_in_words(client, place):
    tree = page(client, f"{BASE}lct/")
    drawings = select(tree, "svg")
    assert [drawing.get("role") for drawing in drawings] == ["img", "img"]
    (words,) = select(tree, ".told")
    for drawing in drawings:
        drawn = "".join("".join(text.text for text in drawing.iter("text")).split())
        for word in ("提出申请", "形式审查", "需要延长", "送达", "归档", "不予处理"):
            assert word in drawn
            assert word in words.text_content()


@pytest.mark.parametrize("draw", [flow.upright, flow.lying])
def test_no_box_overlaps_another_nor_leaves_the_drawing(draw):
    from datetime import date

    drawing = draw(flow.steps(date(2026, 3, 2)))
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height
        assert all(len(text) * 14 <= box.width - 4 for _, text in box.lines), box.lines
    for place, one in enumerate(drawing.boxes):
        for other in drawing.boxes[place + 1 :]:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart, (one.lines, other.lines)


def test_the_blank_form_has_every_field_and_asks_no_purpose(client, place):
    word = client.get(f"{BASE}sqb.docx")
    assert "%E9%9D%96" in word["Content-Disposition"]
    document = Document(io.BytesIO(word.content))
    cells = "".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    pdf = client.get(f"{BASE}sqb.pdf")
    with open_pdf(io.BytesIO(pdf.content)) as opened:
        assert len(opened.pages) == 1
        printed = "".join((opened.pages[0].extract_text() or "").split())
    for name in (
        "姓名",
        "工作单位",
        "证件名称",
        "证件号码",
        "联系电话",
        "邮政编码",
        "电子邮箱",
        "商业企业",
        "法律服务机构",
        "法定代表人",
        "联系人",
        "文号",
        "其他特征描述",
        "信息载体",
        "获取方式",
        "最低生活保障",
        "授权委托书",
    ):
        assert name in cells, name
        assert name in printed, name
    assert "用途" not in cells
    assert re.search(r"不需要说明用途", printed)


def test_choosing_finds_organs_by_name_and_duty_and_what_is_public(client, place):
    published(place.finance, title="靖安县财政专项资金管理办法的通知")
    by_name = page(client, f"{BASE}zxsq/?ci=财政局")
    assert texts(by_name, "[aria-labelledby=found] a") == ["靖安县财政局"]
    by_duty = page(client, f"{BASE}zxsq/?ci=专项资金")
    assert texts(by_duty, "[aria-labelledby=found] a") == ["靖安县财政局"]
    public = texts(by_duty, "[aria-labelledby=public] li")
    assert any("靖安县财政专项资金管理办法的通知" in line for line in public)
    nothing = page(client, f"{BASE}zxsq/?ci=<script>alert(1)</script>")
    assert "没有找到名称或者职责相符的机关" in nothing.text_content()
    assert b"<script>alert" not in client.get(f"{BASE}zxsq/?ci=<script>alert(1)</script>").content


def test_drafts_of_documents_are_never_found(client, place):
    from gongkai.policy.tests.factories import made

    made(place.finance, title="靖安县内部讨论稿的通知")
    assert "内部讨论稿的通知" not in page(client, f"{BASE}zxsq/?ci=讨论稿").text_content()


def test_an_organs_page_may_preset_the_organ(client, place):
    response = client.get(f"{BASE}zxsq/?organ=jingan-czj")
    assert (response.status_code, response.url) == (302, f"{BASE}zxsq/jingan-czj/")
    assert client.get(f"{BASE}zxsq/?organ=//evil.example").status_code == 200


def test_an_organ_closed_online_says_how_else(client, place):
    text = page(client, f"{BASE}zxsq/jingan-lwx/").text_content()
    assert "暂不接受在线申请" in text
    assert "信封注明" in text


@pytest.mark.parametrize("url", PAGES)
def test_only_reading_is_allowed_where_nothing_is_sent(client, place, url):
    if url not in ("cx/", "zxsq/jingan-czj/"):
        assert client.post(BASE + url).status_code == 405
    assert client.head(BASE + url).status_code == 200


@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("", 8),
        ("zn/", 8),
        ("zn/jingan-czj/", 8),
        ("lct/", 8),
        ("sqb/", 8),
        ("zxsq/", 8),
        ("zxsq/?ci=财政", 12),
        ("zxsq/jingan-czj/", 8),
        ("cx/", 8),
        ("tj/", 9),
    ],
)
def test_pages_cost_a_fixed_number_of_queries(
    client, place, django_assert_num_queries, url, queries
):
    client.get(BASE + url)
    with django_assert_num_queries(queries):
        assert client.get(BASE + url).status_code == 200
