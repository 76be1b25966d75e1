"""Policy on the public site: stamps and links on pages, the library, texts by day, the gazette."""

from datetime import date, timedelta
from urllib.parse import urlencode

import lxml.html
import pytest
from django.utils import timezone

from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Section, WithdrawalReason
from gongkai.disclosure.tests import factories as released
from gongkai.policy import actions
from gongkai.policy.actions import Placed
from gongkai.policy.models import PolicyDocument
from gongkai.policy.rules.decisions import DecisionStep
from gongkai.policy.tests import dossiers as made
from gongkai.portal.tests.factories import open_county
from gongkai.portal.tests.selecting import select

pytestmark = pytest.mark.django_db
NOON, SAID = made.NOON, made.SAID
TODAY, DAY = NOON.date(), timedelta(days=1)
LIBRARY = "/zwgk/zcwjk/"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Let the site be read sixty days after the documents came out."""
    real = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None: real(value) if value else TODAY + 60 * DAY
    )


@pytest.fixture
def place():
    return open_county(demonstration=False, identity_code="3609250001")


def page(client, url, status=200, **query):
    response = client.get(url + (f"?{urlencode(query)}" if query else ""))
    assert response.status_code == status, url
    return lxml.html.fromstring(response.content.decode())


def said(tree, selector):
    return ["".join(found.text_content().split()) for found in select(tree, selector)]


def published(organ, at=NOON, **fields):
    document = made.drafted(organ, at, **fields)
    made.explained(document, at=at)
    made.signed(document, at)
    actions.publish_dossier(document, by=made.PUBLISHER, at=at)
    return PolicyDocument.objects.select_related("entry").get(pk=document.pk)


def titles(tree):
    return said(tree, ".library-title")


def test_a_repealed_document_is_stamped_and_both_pages_link(client, place):
    old, new = published(place.finance, title="旧办法"), published(place.finance, title="新办法")
    actions.repeal(old, effective_on=TODAY + DAY, source=new, **SAID)
    tree = page(client, old.entry.address)
    assert said(tree, ".stamp") == ["废止"]
    assert "不再作为行政管理的依据" in said(tree, ".warning")[0]
    assert "废止本文件新办法2026-09-22" in said(tree, ".document li")
    assert "本文件废止旧办法2026-09-22" in said(page(client, new.entry.address), ".document li")
    interpretation = old.interpretations.get().entry.address
    day = old.formed_on.isoformat()
    assert f"原文旧办法{day}" in said(page(client, interpretation), ".document li")


def test_the_library_shows_what_is_in_force_with_words_for_the_stamp(client, place):
    published(place.finance, title="有效的办法", ends_on=date(2027, 1, 1))
    gone = published(place.finance, title="废止的办法")
    published(place.finance, title="到期的办法", ends_on=TODAY + DAY)
    actions.repeal(gone, effective_on=TODAY + DAY, basis="县政府决定", **SAID)
    tree = page(client, LIBRARY)
    assert titles(tree) == ["有效的办法有效"]
    assert "有效期至：2027-01-01" in said(tree, ".library-facts")[0]
    assert titles(page(client, LIBRARY, yxx="fzsx")) == ["到期的办法失效", "废止的办法废止"]
    assert len(titles(page(client, LIBRARY, yxx="qb"))) == 3
    assert len(titles(page(client, LIBRARY, riqi=TODAY.isoformat()))) == 3
    assert len(titles(page(client, LIBRARY, riqi="2026-09-20"))) == 0


def test_the_library_is_narrowed_by_every_filter(client, place):
    published(place.finance, title="财政的办法", document_number="靖财字〔2026〕70077号")
    published(place.township, title="乡里的办法", subject="0201", genre="OPINION")
    for query, found in (
        ({"jg": place.finance.pk}, "财政的办法"),
        ({"zt": "02"}, "乡里的办法"),
        ({"tc": "OPINION"}, "乡里的办法"),
        ({"wh": "靖财字[2026]70077号"}, "财政的办法"),
        ({"gjc": "乡里 办法"}, "乡里的办法"),
    ):
        assert titles(page(client, LIBRARY, **query)) == [f"{found}有效"], query
    assert len(titles(page(client, LIBRARY, nd="2026", lb="gfxwj"))) == 2
    empty = page(client, LIBRARY, nd="2019")
    assert "没有符合条件的文件" in empty.text_content()


@pytest.mark.parametrize(
    "query",
    [
        {"jg": "9" * 40, "nd": "²", "zt": "'", "yxx": "%", "tc": "x", "lb": "1"},
        {"riqi": "0001-01-01", "hou": "2026-09-21-0", "qian": "x-y"},
        {"gjc": "\x00<script>", "wh": "%_'\"", "riqi": "２０２６-01-01"},
        {"hou": "2026-09-21-99999999999999999999", "nd": "999999999"},
    ],
)
def test_a_hostile_address_is_an_ordinary_page(client, place, query):
    published(place.finance)
    tree = page(client, LIBRARY, **query)
    assert "<script>" not in lxml.html.tostring(tree, encoding="unicode")


def test_pages_of_the_library_stay_where_they_are(client, place, monkeypatch):
    monkeypatch.setattr("gongkai.policy.queries.library.PAGE", 2)
    monkeypatch.setattr(
        "gongkai.policy.queries.library.library.__kwdefaults__",
        {"after": None, "before": None, "size": 2},
    )
    for number in range(5):
        published(place.finance, NOON + number * DAY, title=f"办法{number}")
    first = page(client, LIBRARY)
    assert titles(first) == ["办法4有效", "办法3有效"]
    older = select(first, "a[rel=next]")[0].get("href")
    published(place.finance, NOON + 9 * DAY, title="办法9")
    second = page(client, older)
    assert titles(second) == ["办法2有效", "办法1有效"]
    newer = select(second, "a[rel=prev]")[0].get("href")
    assert titles(page(client, newer)) == ["办法4有效", "办法3有效"]
    last = page(client, select(second, "a[rel=next]")[0].get("href"))
    assert titles(last) == ["办法0有效"]
    assert not select(last, "a[rel=next]")


def test_the_text_of_a_day_is_shown_with_a_notice(client, place):
    document = published(place.finance, body="<p>补贴每亩一百元，由乡镇发放。</p>")
    later = NOON + 40 * DAY
    actions.amend(
        document, effective_on=TODAY + 30 * DAY, basis="县政府决定", by=made.AUTHOR, at=later
    )
    made.revised(document, later, body="<p>补贴每亩二百元，由乡镇发放。</p>")
    history = f"{document.entry.address.removesuffix('.html')}/lishi/"
    assert f'href="{history}"' in client.get(document.entry.address).content.decode()
    old = page(client, history, riqi="2026-10-01")
    assert "一百元" in said(old, ".body")[0]
    assert "2026年10月1日的文本，不一定是现在的文本" in said(old, ".warning")[0]
    assert len(select(old, ".box li")) == 2
    now = page(client, history)
    assert "二百元" in said(now, ".body")[0]
    assert "日期没有看懂" in page(client, history, riqi="昨天").text_content()
    assert "还没有施行" in page(client, history, riqi="2020-01-01").text_content()
    interpretation = document.interpretations.get().entry
    page(client, f"{interpretation.address.removesuffix('.html')}/lishi/", 404)


def test_a_gazette_is_read_and_downloaded_until_a_text_is_withdrawn(client, place):
    one = published(place.finance, title="璪都镇补贴办法")
    two = published(place.finance, title="第二份办法")
    page(client, "/zwgk/zfgb/", 404)
    issue = actions.compose_issue(place.county, year=2026, number=3, total=12, **SAID)
    contents = [Placed(one.entry, "部门文件"), Placed(two.entry, "部门文件")]
    actions.set_contents(issue, contents=contents, **SAID)
    page(client, "/zwgk/zfgb/2026/3.html", 404)
    issue = actions.publish_issue(issue, published_on=TODAY, **SAID)
    assert "第3期（总第12期）9月21日出版" in said(page(client, "/zwgk/zfgb/"), ".tiles a")
    tree = page(client, issue.address)
    assert said(tree, ".gazette h2") == ["目录", "璪都镇补贴办法", "第二份办法"]
    pdf = client.get("/zwgk/zfgb/2026/3.pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    again = client.get("/zwgk/zfgb/2026/3.pdf", headers={"if-none-match": pdf["ETag"]})
    assert again.status_code == 304
    disclosure.withdraw(
        two.entry, reason=WithdrawalReason.LEGAL, note="涉密", by=made.PUBLISHER, at=NOON
    )
    after = page(client, issue.address)
    assert "第二份办法" not in after.text_content()
    assert "本文已经撤下" in after.text_content()
    assert client.get("/zwgk/zfgb/2026/3.pdf").status_code == 404


def test_the_library_is_there_for_machines(client, place):
    document = published(place.finance, title="=危险的办法", ends_on=date(2027, 1, 1))
    published(place.township, title="别的办法")
    told = client.get(f"{LIBRARY}list.json?jg={place.finance.pk}").json()
    (item,) = told["items"]
    assert (item["title"], item["validity"], told["next"]) == ("=危险的办法", "ENACTED", None)
    assert item["url"].endswith(document.entry.address)
    answer = client.get(f"{LIBRARY}list.csv?yxx=qb")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert any(line.startswith("'=危险的办法,") for line in lines)


def test_the_decisions_of_the_year_stand_on_the_page_of_their_column(client, place):
    address = "/zwgk/fdzdgknr/zdjc/"
    assert "尚未发布信息" in page(client, address).text_content()
    told = {"year": 2026, "organ": place.finance}
    one = actions.add_decision(place.county, title="调整<水价>", **told, **SAID)
    asked = published(place.finance, title="水价的征求意见公告")
    hidden = made.drafted(place.finance, title="没有公开的论证报告")
    actions.link_decision(one, step=DecisionStep.OPINION, entry=asked.entry, **SAID)
    actions.link_decision(one, step=DecisionStep.EXPERTS, entry=hidden.entry, **SAID)
    actions.note_steps(one, done=[DecisionStep.OPINION, DecisionStep.LEGAL], **SAID)
    where = Section.objects.get(county=place.county, path="zwgk/fdzdgknr/zdjc")
    entry = actions.draft_catalogue(one.catalogue, organ=place.county, section=where, **SAID)
    entry = released.forward(entry, EntryState.PUBLISHED)
    tree = page(client, address)
    assert said(tree, "h3") == ["调整<水价>"]
    steps = ["公众参与：水价的征求意见公告", "合法性审查：已完成"]
    assert said(tree, ".items .bare li") == steps
    assert said(tree, ".lines a") == [entry.title]
    assert "论证报告" not in tree.text_content()


def test_interpretations_have_a_panel_of_their_own_on_the_home(client, place):
    published(place.finance, title="停车管理办法")
    panels = {
        said(panel, "h2")[0]: said(panel, ".lines a")
        for panel in select(page(client, "/"), ".panel")
    }
    (line,) = panels["政策文件"]
    assert line.startswith("停车管理办法靖财字")
    assert panels["政策解读"] == ["停车管理办法的解读"]
