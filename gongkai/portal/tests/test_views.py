"""Public pages of the annual reports: what they show, what they refuse, what they cost."""

import json

import lxml.html
import pytest
from django.core.cache import cache

from gongkai.adapters import report_pdf
from gongkai.portal.tests.factories import PublicCounty, open_county, publish
from gongkai.portal.tests.selecting import select

pytestmark = pytest.mark.django_db
LIST = "/zwgk/xxgknb/"


@pytest.fixture
def place() -> PublicCounty:
    cache.clear()
    place = open_county()
    publish(place.county, place.county, 2020)
    publish(place.county, place.finance, 2020)
    publish(place.county, place.township, 2020)
    publish(place.county, place.county, 2021)
    return place


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return lxml.html.fromstring(response.content.decode())


def texts(tree, selector):
    return ["".join(found.text_content().split()) for found in select(tree, selector)]


def meta(tree):
    return {tag.get("name"): tag.get("content") for tag in tree.iter("meta") if tag.get("name")}


def test_the_home_lists_what_exists_and_links_work(client, place):
    tree = page(client, "/")
    assert texts(tree, ".doors strong") == ["政府信息公开指南", "政府信息公开工作年度报告"]
    assert texts(tree, ".lines a")[0] == "靖安县人民政府2021年政府信息公开工作年度报告"
    links = {link.get("href") for link in tree.iter("a")}
    assert "/zwgk/" in links
    for link in links - {"#content"}:
        assert client.get(link).status_code in (200, 302), link


def test_the_home_of_a_new_site_offers_what_follows_from_its_organs_alone(client):
    open_county()
    tree = page(client, "/")
    assert texts(tree, ".doors strong") == ["政府信息公开指南"]
    assert texts(tree, ".tiles a") == ["信息公开投诉举报", "部门和乡镇信息公开"]
    assert texts(tree, ".menu a") == ["首页", "政务公开", "互动交流"]
    page(client, LIST, status=404)


def test_reports_stand_by_year_and_level(client, place):
    newest = page(client, LIST)
    assert texts(newest, ".years a") == ["2021年度", "2020年度"]
    assert texts(newest, ".years [aria-current]") == ["2021年度"]
    assert texts(newest, "h2") == ["县级人民政府（1份）"]
    older = page(client, f"{LIST}2020/")
    assert texts(older, "h2") == ["县级人民政府（1份）", "县政府部门（1份）", "乡镇人民政府（1份）"]
    page(client, f"{LIST}2018/", status=404)


def test_a_report_shows_six_parts_and_three_tables(client, place):
    tree = page(client, f"{LIST}2020/jingan.html")
    assert len(select(tree, ".text h2")) == 6
    assert len(select(tree, ".text table")) == 3
    assert select(tree, "h1")[0].text == "靖安县人民政府2020年政府信息公开工作年度报告"
    cells = {cell.get("headers"): cell.text for cell in tree.iter("td")}
    assert cells["t3r1 t3h0n0 t3t"] == "29"


def test_meta_tags_of_notice_47(client, place):
    tags = meta(page(client, f"{LIST}2020/jingan.html"))
    assert tags["SiteName"] == "靖安县人民政府"
    assert tags["SiteDomain"] == "localhost"
    assert tags["SiteIDCode"] == "演示"
    assert tags["ColumnName"] == "政府信息公开工作年度报告"
    assert tags["ColumnType"] == "其他"
    assert tags["PubDate"] == "2021-01-29 09:30"
    assert tags["ContentSource"] == "靖安县人民政府"
    assert tags["Url"] == "http://testserver/zwgk/xxgknb/2020/jingan.html"


def test_a_corrected_report_says_so(client, place):
    publish(place.county, place.county, 2020, version=2)
    tree = page(client, f"{LIST}2020/jingan.html")
    (box,) = select(tree, "[aria-labelledby=versions]")
    assert "表三漏计一件" in box.text_content()
    assert "第1版于 2021-01-29 09:30 发布" in box.text_content()


@pytest.mark.parametrize(
    ("suffix", "media_type", "start"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("docx", "application/vnd.openxmlformats", b"PK"),
        ("xlsx", "application/vnd.openxmlformats", b"PK"),
        ("download.html", "text/html", b"<!doctype html>"),
        ("json", "application/json", b"{"),
    ],
)
def test_files_come_with_their_name(client, place, suffix, media_type, start):
    url = f"{LIST}2020/jingan.{suffix}"
    response = client.get(url)
    assert response["Content-Type"].startswith(media_type)
    assert response.content.startswith(start)
    assert "filename*=UTF-8''%E9%9D%96" in response["Content-Disposition"]
    again = client.get(url, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_json_has_the_contracts_shape(client, place):
    data = json.loads(client.get(f"{LIST}2020/jingan.json").content)
    assert data["organ"] == "靖安县人民政府"
    assert data["tables"]["requests"]["1"]["t"] == 29


def test_without_a_chinese_font_only_the_pdf_fails(client, place, monkeypatch):
    monkeypatch.setattr(report_pdf, "WANTED", {"body": ("没有的字体",)})
    tree = page(client, f"{LIST}2020/jingan.pdf", status=503)
    assert "fonts-noto-cjk" in tree.text_content()
    assert client.get(f"{LIST}2020/jingan.docx").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        f"{LIST}2020/nobody.html",
        f"{LIST}2019/jingan.html",
        f"{LIST}2020/nobody.pdf",
        f"{LIST}2020/jingan.exe",
        f"{LIST}99999999999999999999/",
        "/nothing/",
    ],
)
def test_what_is_not_there_is_told_in_chinese(client, place, url):
    tree = page(client, url, status=404)
    assert "没有找到您要访问的页面" in tree.text_content()
    assert tree.get("lang") == "zh-CN"


def test_drafts_are_never_shown(client, place):
    from gongkai.annualreport.models import Report

    Report.objects.update(state="FROZEN")
    page(client, f"{LIST}2020/jingan.html", status=404)
    page(client, LIST, status=404)


def test_another_countys_organ_is_not_found(client, place):
    from gongkai.orgs.tests.factories import make_county

    other = make_county("fengxin", "奉新县")
    publish(other.county, other.county, 2020)
    page(client, f"{LIST}2020/fengxin.html", status=404)


def test_only_reading_is_allowed(client, place):
    assert client.post(LIST).status_code == 405
    assert client.head(f"{LIST}2020/jingan.html").status_code == 200


def test_the_footer_shows_only_what_is_filled_in(client):
    open_county(
        demonstration=False, identity_code="3609250001", errors_url="https://zfwzgl.gov.cn/"
    )
    foot = texts(page(client, "/"), ".site-foot")[0]
    assert "主办单位靖安县人民政府" in foot
    assert "网站标识码3609250001" in foot
    assert "我为政府网站找错" in foot
    assert "备案" not in foot
    assert "演示" not in foot


def test_a_demonstration_is_marked_everywhere(client, place):
    for url in ("/", LIST, f"{LIST}2020/jingan.html", "/zwgk/"):
        tree = page(client, url)
        assert texts(tree, ".demo-mark") != []
        assert "网站标识码演示，未分配" in texts(tree, ".site-foot")[0]


def test_the_trail_leads_home(client, place):
    tree = page(client, f"{LIST}2020/jingan.html")
    assert [link.get("href") for link in select(tree, ".trail a")] == ["/", "/zwgk/", LIST]
    assert texts(tree, ".menu [aria-current]") == ["政务公开"]


def test_size_and_contrast_are_kept_without_scripts(client, place):
    chosen = client.get("/xianshi/", {"size": "large", "back": LIST})
    assert (chosen.status_code, chosen.url) == (302, LIST)
    client.get("/xianshi/", {"contrast": "high", "back": "https://elsewhere.example/"})
    tree = page(client, LIST)
    assert (tree.get("data-size"), tree.get("data-contrast")) == ("large", "high")
    assert texts(tree, ".display [aria-current]") == ["大字", "高对比度"]


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_the_display_switch_never_leads_elsewhere(client, place, back):
    assert client.get("/xianshi/", {"size": "huge", "back": back}).url == "/"


@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/", 28),
        ("/zwgk/", 23),
        (LIST, 10),
        (f"{LIST}2020/", 10),
        (f"{LIST}2020/jingan.html", 11),
        (f"{LIST}2020/jingan.json", 9),
    ],
)
def test_pages_cost_a_fixed_number_of_queries(
    client, place, django_assert_num_queries, url, queries
):
    client.get(url)
    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


def test_the_number_of_reports_does_not_change_the_cost(client, place, django_assert_num_queries):
    for year in range(2019, 2030):
        for organ in (place.finance, place.township):
            if year != 2020:
                publish(place.county, organ, year)
    with django_assert_num_queries(10):
        client.get(LIST)


def test_nothing_is_fetched_from_elsewhere(client, place):
    for url in ("/", LIST, f"{LIST}2020/jingan.html"):
        tree = page(client, url)
        sources = [tag.get("src") or tag.get("href") for tag in select(tree, "[src], link[href]")]
        own = ("/static/", "/sousuo/opensearch.xml")
        assert all(source.startswith(own) for source in sources)
        assert [script.get("src") for script in select(tree, "script")] == [
            "/static/portal/site.js",
            "/static/portal/search.js",
        ]
