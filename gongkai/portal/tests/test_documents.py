"""Public documents, columns, organs and what machines read: from the verbs to the page."""

import csv
import json
from datetime import UTC, datetime, timedelta

import lxml.etree
import lxml.html
import pytest

from gongkai.disclosure import actions
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Section, WithdrawalReason
from gongkai.disclosure.tests import factories as made
from gongkai.inforequests.models import AcceptingOffice
from gongkai.portal.outward import notice_of
from gongkai.portal.requests import tickets
from gongkai.portal.tests.factories import open_county
from gongkai.portal.tests.selecting import select

pytestmark = pytest.mark.django_db
NOTICES = "zwdt/tzgg"


@pytest.fixture
def place():
    return open_county(demonstration=False, identity_code="3609250001")


def at(path: str) -> Section:
    return Section.objects.get(path=path)


def issue(organ, path=NOTICES, **told):
    return made.published(organ, at(path), **told)


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, url
    return lxml.html.fromstring(response.content.decode())


def texts(tree, selector):
    return ["".join(found.text_content().split()) for found in select(tree, selector)]


def meta(tree):
    return {tag.get("name"): tag.get("content") for tag in tree.iter("meta") if tag.get("name")}


def test_a_document_shows_its_metadata_text_and_tags(client, place):
    entry = issue(
        place.finance,
        title="关于公布2026年惠企资金目录的通知",
        document_number="靖财字〔2026〕8号",
        genre="NOTICE",
        subject="0201",
        keywords="惠企，资金",
        source="县财政局",
        summary="公布惠企资金目录。",
    )
    tree = page(client, entry.address)
    assert texts(tree, "h1") == ["关于公布2026年惠企资金目录的通知"]
    assert "本期公报由县统计部门编制" in texts(tree, ".body")[0]
    facts = dict(zip(texts(tree, ".facts-box dt"), texts(tree, ".facts-box dd"), strict=True))
    assert facts["索引号"] == entry.index_number
    assert facts["发文字号"] == "靖财字〔2026〕8号"
    assert facts["发布机构"] == "靖安县财政局"
    assert facts["成文日期"] == "2026-09-18"
    tags = meta(tree)
    assert tags["ArticleTitle"] == "关于公布2026年惠企资金目录的通知"
    assert tags["PubDate"] == "2026-09-21 12:00"
    assert tags["ContentSource"] == "县财政局"
    assert tags["Url"] == f"http://testserver{entry.address}"
    assert (tags["ColumnName"], tags["ColumnType"]) == ("通知公告", "通知公告")
    assert tags["SiteIDCode"] == "3609250001"
    assert texts(tree, ".trail a") == ["首页", "政务动态", "通知公告"]


def test_a_document_costs_three_queries_beside_the_site(
    client, place, settings, django_assert_max_num_queries
):
    settings.GONGKAI_SITE_KEPT_SECONDS = 600
    entry = issue(place.finance)
    client.get(entry.address)
    with django_assert_max_num_queries(3):
        client.get(entry.address)
    with django_assert_max_num_queries(3):
        client.get(f"/{NOTICES}/")


def test_a_draft_in_revision_changes_nothing_the_public_sees(client, place):
    entry = issue(place.finance, title="原来的标题")
    revised = actions.revise(entry, by=made.AUTHOR, at=made.NOON + timedelta(hours=1))
    told = made.told(title="改过的标题")
    hand = revised.draft.revision
    actions.edit(
        revised, told=told, revision=hand, by=made.AUTHOR, at=made.NOON + timedelta(hours=2)
    )
    assert texts(page(client, entry.address), "h1") == ["原来的标题"]
    assert texts(page(client, f"/{NOTICES}/"), ".lines a") == ["原来的标题"]


@pytest.mark.parametrize(
    "state",
    [
        state
        for state in EntryState
        if state.name
        in {"DRAFT", "FIRST_REVIEW", "SECOND_REVIEW", "SECRECY_REVIEW", "SIGNING", "SIGNED"}
    ],
)
def test_what_is_not_released_stands_nowhere(client, place, state):
    entry = made.forward(made.draft(place.county, at(NOTICES)), state)
    for url in (f"/{NOTICES}/202609/{entry.pk}.html", f"/{NOTICES}/202609/{entry.pk}/erweima.svg"):
        page(client, url, status=404)
    assert client.get(f"/{NOTICES}/list.json").status_code == 404
    assert client.get(f"/api/v1/jingan/entries/{entry.pk}").status_code == 404


def test_a_withdrawn_document_is_gone_and_says_why(client, place):
    entry = issue(place.finance, title="误发的信息")
    actions.withdraw(
        entry,
        reason=WithdrawalReason.IN_ERROR,
        note="表格有误",
        by=made.PUBLISHER,
        at=made.NOON + timedelta(hours=1),
    )
    tree = page(client, entry.address, status=410)
    assert "误发布" in tree.text_content()
    assert "误发的信息" not in tree.text_content()
    assert client.get(f"/api/v1/jingan/entries/{entry.pk}").status_code == 410
    assert client.get(f"/{NOTICES}/").status_code != 500


def test_another_countys_document_is_not_here(client, place):
    entry = issue(place.finance)
    wrong = entry.address.replace(NOTICES, "zwdt/zwyw")
    page(client, wrong, status=404)
    page(client, entry.address.replace("/202609/", "/202608/"), status=404)


@pytest.mark.parametrize("key", ["9" * 30, "0", "999999999999999999"])
def test_an_absurd_number_is_told_as_not_found(client, place, key):
    for url in (f"/{NOTICES}/202609/{key}.html", f"/{NOTICES}/{key}.html"):
        page(client, url, status=404)


def test_the_menu_leads_to_what_people_look_for(client, place):
    issue(place.county)
    assert texts(page(client, "/"), ".menu a") == ["首页", "政务动态", "政务公开", "互动交流"]
    AcceptingOffice.objects.create(organ=place.county, name="县政府办公室", online=True)
    tree = page(client, "/zwgk/ysqgk/")
    assert "依申请公开" in texts(tree, ".menu a")
    assert texts(tree, ".menu [aria-current=page]") == ["依申请公开"]
    assert texts(tree, ".menu [aria-current=true]") == []


def test_pages_of_a_column_are_numbered_from_the_oldest_end(client, place):
    for number in range(1, 24):
        issue(place.county, title=f"第{number}号公告", at=made.NOON + timedelta(minutes=number))
    newest = page(client, f"/{NOTICES}/")
    assert texts(newest, ".lines a")[0] == "第23号公告"
    first = page(client, f"/{NOTICES}/1.html")
    assert texts(first, ".lines a")[-1] == "第1号公告"
    assert texts(page(client, f"/{NOTICES}/2.html"), ".lines a") == [
        "第23号公告",
        "第22号公告",
        "第21号公告",
    ]
    issue(place.county, title="第24号公告", at=made.NOON + timedelta(minutes=30))
    assert texts(page(client, f"/{NOTICES}/1.html"), ".lines a")[0] == "第20号公告"
    assert texts(page(client, f"/{NOTICES}/2026/"), ".lines a")[0] == "第24号公告"
    page(client, f"/{NOTICES}/9.html", status=404)
    page(client, f"/{NOTICES}/1999/", status=404)


def test_an_organ_has_one_page_with_its_own_entries_alone(client, place):
    issue(place.finance, title="财政局的公告")
    issue(place.township, title="乡里的公告")
    tree = page(client, f"/zwgk/jg/{place.finance.code}/")
    assert texts(tree, ".panel .lines a") == ["财政局的公告"]
    own = page(client, f"/zwgk/jg/{place.finance.code}/{NOTICES}/")
    assert texts(own, ".lines a") == ["财政局的公告"]
    assert texts(page(client, f"/zwgk/jg/{place.finance.code}/zfxxgkml/"), "tbody th") == [
        "财政局的公告"
    ]
    page(client, f"/zwgk/jg/{place.finance.code}/zfxxgkzn/")
    page(client, "/zwgk/jg/nobody/", status=404)
    for order in ("", "bihua", "pinyin", "nonsense"):
        assert "靖安县财政局" in page(client, f"/zwgk/jg/?paixu={order}").text_content()


def test_links_to_other_sites_pass_the_notice_and_government_ones_do_not(client, place):
    entry = issue(
        place.county,
        body='<p><a href="https://example.com/a?b=1&amp;c=2">外</a>'
        '<a href="https://www.gov.cn/">内</a></p>',
    )
    outward, inward = (link.get("href") for link in select(page(client, entry.address), ".body a"))
    assert outward.startswith("/likai/?dao=")
    assert inward == "https://www.gov.cn/"
    notice = page(client, outward)
    assert "即将离开本网站" in notice.text_content()
    assert select(notice, ".actions a")[0].get("href") == "https://example.com/a?b=1&c=2"


@pytest.mark.parametrize("dao", ["https://evil.example/", "https://evil.example/~forged", ""])
def test_nobody_else_can_use_the_notice(client, place, dao):
    assert client.get("/likai/", {"dao": dao}).status_code == 404
    assert notice_of("https://evil.example/").startswith("/likai/?dao=")


def test_machines_read_the_same_rows(client, place):
    entry = issue(
        place.finance,
        title="=SUM(A1)的说明",
        document_number="靖财字〔2026〕9号",
        genre="NOTICE",
        subject="0201",
    )
    told = json.loads(client.get(f"/{NOTICES}/list.json").content)
    assert told["entries"][0]["url"] == f"http://testserver{entry.address}"
    sheet = b"".join(client.get(f"/{NOTICES}/list.csv").streaming_content).decode("utf-8-sig")
    assert list(csv.reader(sheet.splitlines()))[1][:2] == ["'=SUM(A1)的说明", "靖财字〔2026〕9号"]
    feed = lxml.etree.fromstring(client.get(f"/{NOTICES}/feed.xml").content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("//a:entry/a:id/text()", namespaces=atom) == [
        f"http://testserver{entry.address}"
    ]
    block = client.get("/sitemap-0.xml").content.decode()
    assert f"http://testserver{entry.address}" in block
    assert "/sitemap-0.xml" in client.get("/sitemap.xml").content.decode()
    sets = json.loads(client.get("/data/catalog.jsonld").content)["dcat:dataset"]
    assert f"http://testserver/{NOTICES}/" in [each["@id"] for each in sets]


def test_the_open_data_interface_tells_an_entry_whole(client, place):
    entry = issue(place.finance, title="接口里的公告")
    lines = client.get("/api/v1/jingan/entries", {"section": NOTICES, "organ": place.finance.code})
    assert [line["id"] for line in lines.json()["entries"]] == [entry.pk]
    whole = client.get(f"/api/v1/jingan/entries/{entry.pk}").json()
    assert whole["title"] == "接口里的公告"
    assert whole["index_number"] == entry.index_number
    assert datetime.fromisoformat(whole["published_at"]).astimezone(UTC) == entry.published_at
    paths = {each["path"] for each in client.get("/api/v1/jingan/sections").json()}
    assert {"zwdt", NOTICES} <= paths
    codes = {each["code"] for each in client.get("/api/v1/jingan/organs").json()}
    assert place.finance.code in codes
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    assert client.get("/api/").status_code == 200


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/v1/nowhere/sections", 404),
        ("/api/v1/jingan/entries", 422),
        ("/api/v1/jingan/entries?section=zwgk/none", 404),
        ("/api/v1/jingan/entries?section=zwdt&size=1000", 422),
        ("/api/v1/jingan/entries?section=zwdt&page=x", 422),
        ("/api/v1/jingan/entries/99999999999999999999999", 404),
    ],
)
def test_the_interface_refuses_in_chinese(client, place, url, status):
    issue(place.county)
    response = client.get(url)
    assert response.status_code == status
    assert any("一" <= letter <= "鿿" for letter in response.json()["detail"])


def test_a_terminal_keeps_nothing_of_a_person(client, place):
    tree = page(client, "/tiyanqu/")
    assert "申请公开" not in texts(tree, ".kiosk-doors strong")  # no office takes requests in
    assert client.cookies["gk_kiosk"].value == "1"
    marked = page(client, "/")
    assert marked.get("data-kiosk") == "/tiyanqu/qingli/"
    assert "用完了，清除我的内容" in marked.text_content()
    cleared = client.get("/tiyanqu/qingli/")
    assert cleared.url == "/tiyanqu/"
    assert "cookies" in cleared["Clear-Site-Data"]
    # Tickets are never sent to this address, so they are taken back by name and by their own path.
    taken = {(name, told["path"]) for name, told in cleared.cookies.items() if not told.value}
    assert {("gk_kiosk", "/"), *((kind.cookie, kind.path) for kind in tickets.KINDS)} <= taken
    exchange = {f"/hdjl/{each}/" for each in ("yjzj", "liuyan", "wsdc", "rexian")}
    assert {kind.path for kind in tickets.KINDS} == {
        "/zwgk/ysqgk/",
        "/zwgk/tsjb/",
        "/jiucuo/",
        *exchange,
    }


def test_the_site_map_shows_every_column_that_can_be_opened(client, place):
    issue(place.county)
    tree = page(client, "/wzdt/")
    for link in select(tree, "main a"):
        assert client.get(link.get("href")).status_code == 200, link.get("href")
    assert "通知公告" in texts(tree, "main a")
