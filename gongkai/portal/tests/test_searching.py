"""The search of the public site: what is found, filtered, shown, suggested; what never is.

Past 500 lines: the page shows what the feed put in, so both are tried on one county's few texts.
"""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import lxml.etree
import lxml.html
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from gongkai.adapters import searchfeeds, searchindex
from gongkai.adapters.searchindex.types import Facet, Found, IndexFailed
from gongkai.adapters.tests.uploads import pdf
from gongkai.disclosure import actions
from gongkai.disclosure.actions import attach
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import AttachmentRole, Entry, Section, WithdrawalReason
from gongkai.disclosure.tests import factories as made
from gongkai.inforequests.models import AcceptingOffice
from gongkai.orgs.actions import rename
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job
from gongkai.policy import actions as policy
from gongkai.policy.tests import dossiers
from gongkai.portal.searching import feed, pages, tasks
from gongkai.portal.tests.factories import open_county, publish
from gongkai.portal.tests.indexes import MemoryIndex
from gongkai.portal.tests.selecting import select

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = "/sousuo/", "/sousuo/tishi"
EARLIER = made.NOON - timedelta(days=400)
NOTICES, NEWS = "zwdt/tzgg", "zwdt/zwyw"
SAID = {"by": made.AUTHOR, "at": made.NOON}


@pytest.fixture(autouse=True)
def index(monkeypatch, settings):
    settings.GONGKAI_SEARCH = {"engine": "memory"}
    cache.clear()
    made_here = MemoryIndex()
    monkeypatch.setattr(searchindex, "public_index", lambda: made_here, raising=False)
    return made_here


@pytest.fixture
def place():
    return open_county(demonstration=False, identity_code="3609250001")


def at(path):
    return Section.objects.get(path=path)


def issue(organ, path=NOTICES, **told):
    entry = made.published(organ, at(path), **told)
    feed.refresh([entry.pk])
    return entry


def page(client, status=200, url=SEARCH, **query):
    response = client.get(f"{url}?{urlencode(query, doseq=True)}" if query else url)
    assert response.status_code == status, query
    return lxml.html.fromstring(response.content.decode())


def said(tree, selector):
    return ["".join(found.text_content().split()) for found in select(tree, selector)]


def titles(tree):
    return said(tree, ".hits h3")


def withdraw(entry):
    actions.withdraw(
        entry,
        reason=WithdrawalReason.IN_ERROR,
        note="误发布",
        by=made.PUBLISHER,
        at=made.NOON + timedelta(hours=1),
    )


def test_an_entry_is_found_with_number_organ_kind_day_and_marks(client, place):
    entry = issue(
        place.finance,
        title="关于公布惠企资金目录的通知",
        document_number="靖财字〔2026〕8号",
        genre="NOTICE",
        subject="0201",
        body="<p>惠企资金包括贷款贴息。</p>",
    )
    tree = page(client, ci="惠企")
    assert titles(tree) == ["关于公布惠企资金目录的通知"]
    assert said(tree, ".hits h3 mark") == ["惠企"]
    assert select(tree, ".hits h3 a")[0].get("href") == entry.address
    assert said(tree, ".hits .extract mark") == ["惠企"]
    facts = said(tree, ".hits .line-facts span, .hits .line-facts time")
    assert facts == ["靖财字〔2026〕8号", place.finance.short_name, "通知公告", "2026-09-21"]
    assert said(tree, "[role=status]") == ["找到1条"]


def test_questions_often_asked_stand_first_and_cost_nothing_where_there_are_none(
    client, place, index, monkeypatch
):
    asked, search = [], index.search
    monkeypatch.setattr(index, "search", lambda query: asked.append(query) or search(query))
    issue(place.finance, title="惠企资金目录")
    assert said(page(client, ci="惠企"), ".search-faqs h3") == []
    assert len(asked) == 1
    issue(place.county, "hdjl/cjwt", title="惠企资金怎样申请")
    assert said(page(client, ci="惠企"), ".search-faqs h3") == ["惠企资金怎样申请"]
    assert [query.exact for query in asked[1:]] == [False, True]
    page(client, ci="惠企", nd="2026")  # whoever narrows looks for something else
    page(client, ci="没有的词")
    assert len(asked) == 5


def test_only_what_is_public_is_fed(index, place):
    draft = made.draft(place.finance, at(NOTICES), title="还没有发布的草稿")
    signed = made.forward(
        made.draft(place.finance, at(NOTICES), title="已经签发的稿件"), EntryState.SIGNED
    )
    feed.refresh([draft.pk, signed.pk])
    assert index.records == {}


def test_a_withdrawn_entry_is_gone_from_page_and_index_even_before_its_job(client, index, place):
    entry = issue(place.finance, title="误发布的通知")
    withdraw(entry)
    assert titles(page(client, ci="误发布")) == []  # the database is looked at once more
    feed.refresh([entry.pk])
    assert index.records == {}
    assert "没有找到" in page(client, ci="误发布").text_content()


def test_a_refresh_may_be_repeated_and_comes_late(index, place):
    entry = issue(place.finance)
    before = dict(index.records)
    feed.refresh([entry.pk, entry.pk, 10**9])
    assert index.records == before


def test_the_revised_text_takes_the_place_of_the_old(client, place):
    entry = issue(place.finance, title="旧的说法")
    later = made.NOON + timedelta(days=1)
    actions.revise(entry, by=made.AUTHOR, at=later)
    entry.refresh_from_db()
    hand = {"section": entry.section, "revision": entry.draft.revision}
    actions.edit(entry, told=made.told(title="新的说法"), by=made.AUTHOR, at=later, **hand)
    feed.refresh([entry.pk])
    assert titles(page(client, ci="旧的")) == ["旧的说法"]  # what is being revised is not public
    entry.refresh_from_db()
    made.forward(entry, EntryState.PUBLISHED, later)
    feed.refresh([entry.pk])
    assert titles(page(client, ci="新的")) == ["新的说法"]
    assert titles(page(client, ci="旧的")) == []


def test_words_of_an_attachment_are_found_with_their_page(client, place):
    entry = made.draft(place.finance, at(NOTICES), title="附件里有内容")
    attach(
        entry,
        role=AttachmentRole.ATTACHMENT,
        content=pdf("河道采砂许可 #pagebreak() 第二页有砂石清单"),
        file_name="清单.pdf",
        by=made.AUTHOR,
        at=made.NOON,
    )
    entry.refresh_from_db()
    entry = made.forward(entry, EntryState.PUBLISHED)
    feed.refresh([entry.pk])
    assert said(page(client, ci="砂石清单"), ".place") == ["附件1第2页"]
    assert said(page(client, ci="采砂许可"), ".place") == ["附件1第1页"]


def test_every_filter_narrows_and_has_its_count(client, place):
    issue(place.finance, title="财政的通知", subject="0201")
    issue(place.finance, NEWS, title="财政的动态")
    issue(place.township, title="乡里的通知", at=EARLIER, formed_on=EARLIER.date())
    finance, year = place.finance.short_name, str(made.NOON.year)
    tree = page(client, ci="的")
    assert said(tree, "[role=status]") == ["找到3条"]
    counts = {each[: -len("1条")]: each[-2] for each in said(tree, ".facets li a")}
    assert [counts[each] for each in (finance, "通知公告", f"{year}年")] == ["2", "2", "2"]
    for query, found in (
        ({"jg": finance}, {"财政的通知", "财政的动态"}),
        ({"lb": "zwdt"}, {"财政的动态"}),
        ({"nd": year}, {"财政的通知", "财政的动态"}),
        ({"zt": "02"}, {"财政的通知"}),
        ({"lm": "zwdt"}, {"财政的通知", "财政的动态", "乡里的通知"}),
        ({"lm": NEWS}, {"财政的动态"}),
        ({"jg": [finance, place.township.short_name], "lb": "tzgg"}, {"财政的通知", "乡里的通知"}),
        ({"qi": "2026-01-01"}, {"财政的通知", "财政的动态"}),
        ({"zhi": "2026-01-01"}, {"乡里的通知"}),
    ):
        narrowed = page(client, ci="的", **query)
        assert set(titles(narrowed)) == found, query
        assert said(narrowed, ".chips a")[-1] == "全部取消"


def test_a_facet_is_a_link_that_adds_and_takes_away(client, place):
    issue(place.finance, title="财政的通知")
    issue(place.township, title="乡里的通知")
    tree = page(client, ci="通知")
    link = next(
        a for a in select(tree, ".facets li a") if place.finance.short_name in a.text_content()
    )
    narrowed = lxml.html.fromstring(client.get(link.get("href")).content.decode())
    assert titles(narrowed) == ["财政的通知"]
    chip = select(narrowed, ".chips a")[0]
    assert chip.get("href") == f"{SEARCH}?{urlencode({'ci': '通知'})}"
    shown = next(a for a in select(narrowed, ".facets [aria-current]"))
    assert shown.get("href") == chip.get("href")


def test_order_and_place_are_in_the_address(client, index, place):
    issue(place.finance, title="旧的办法", at=EARLIER, formed_on=EARLIER.date())
    issue(place.finance, title="新的办法", body="<p>别的内容</p>")
    tree = page(client, ci="办法", px="sj")
    assert titles(tree) == ["新的办法", "旧的办法"]
    assert titles(page(client, ci="别的内容")) == ["新的办法"]
    assert titles(page(client, ci="别的内容", zai="bt")) == []
    links = {a.text_content(): a.get("href") for a in select(tree, ".search-bar a")}
    assert "px=sj" in links["按发布时间"]
    assert "px" not in links["按相关程度"]
    assert {"zai=bt", "px=sj"} < set(links["只查标题"].split("&"))


def test_pages_go_on_and_a_page_too_far_says_so(client, place):
    for number in range(12):
        issue(place.finance, title=f"第{number}号通告")
    tree = page(client, ci="号通告")
    assert len(titles(tree)) == 10
    later = select(tree, ".pages a")[-1].get("href")
    second = lxml.html.fromstring(client.get(later).content.decode())
    assert len(titles(second)) == 2
    assert select(second, ".pages a")[0].get("href") == f"{SEARCH}?{urlencode({'ci': '号通告'})}"
    assert "没有第9页" in page(client, ci="号通告", ye=9).text_content()


def test_a_policy_document_bears_the_stamp_of_today(client, place, monkeypatch):
    real = timezone.localdate
    today = dossiers.NOON.date()
    monkeypatch.setattr(timezone, "localdate", lambda value=None: real(value) if value else today)
    document = dossiers.drafted(place.finance, dossiers.NOON, title="惠企办法", ends_on=today)
    dossiers.explained(document, at=dossiers.NOON)
    dossiers.signed(document, dossiers.NOON)
    policy.publish_dossier(document, by=dossiers.PUBLISHER, at=dossiers.NOON)
    document.refresh_from_db()
    feed.refresh([document.entry_id, document.interpretations.get().entry_id])
    tree = page(client, ci="惠企办法", lb="gfxwj")
    assert said(tree, ".hits .stamp") == ["有效"]
    assert titles(page(client, ci="惠企办法", yxx="yx")) == ["惠企办法有效"]
    tomorrow = today + timedelta(days=1)
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None: real(value) if value else tomorrow
    )
    assert said(page(client, ci="惠企办法", lb="gfxwj"), ".hits .stamp") == ["失效"]
    assert feed.validity_turned(tomorrow) == [document.entry_id]
    feed.refresh(feed.validity_turned(tomorrow))
    assert titles(page(client, ci="惠企办法", yxx="shi")) == ["惠企办法失效"]


def test_organs_guides_reports_and_columns_are_found(client, place):
    issue(place.finance)
    publish(place.county, place.finance, 2023)
    feed.refresh_standing()
    assert f"{place.finance.name}政府信息公开指南" in titles(page(client, ci="财政局 指南"))
    assert place.finance.name in titles(page(client, ci=place.finance.short_name, lb="jg"))
    report = f"{place.finance.name}2023年政府信息公开工作年度报告"
    assert titles(page(client, ci="及时性有待提高", lb="nb")) == [report]
    assert titles(page(client, ci="通知公告", lb="lm")) == ["通知公告"]
    for found in select(page(client, ci="财政局"), ".hits h3 a"):
        assert client.get(found.get("href")).status_code == 200, found.get("href")


def test_an_organ_that_is_no_more_goes(client, index, place):
    feed.refresh_standing()
    place.township.valid_to = place.township.valid_from + timedelta(days=1)
    place.township.save()
    feed.refresh_standing()
    assert f"organ:{place.township.pk}" not in index.records
    assert f"organ:{place.finance.pk}" in index.records


def test_nothing_found_leads_to_a_request_with_the_words(client, place):
    AcceptingOffice.objects.create(
        organ=place.county, name="县政府办", updated_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    tree = page(client, ci="水源 保护区")
    links = [a.get("href") for a in select(tree, ".nothing a")]
    wanted = next(link for link in links if link.startswith("/zwgk/ysqgk/"))
    assert client.get(wanted).context["words"] == "水源 保护区"
    assert "/zwgk/jg/" in links


def test_nothing_found_without_an_office_offers_no_request(client, place):
    links = [a.get("href") for a in select(page(client, ci="水源"), ".nothing a")]
    assert not any(link.startswith("/zwgk/ysqgk/") for link in links)


def test_a_better_spelling_is_offered_and_loose_hits_are_said_to_be_so(
    client, index, place, monkeypatch
):
    entry = issue(place.finance, title="征地补偿标准")
    hit = index.search(pages.Asked(words="征地").query(f"county:{place.county.pk}")).hits
    answer = Found(total=1, hits=hit, spelling="征地 补偿", loosened=True)
    monkeypatch.setattr(index, "search", lambda query: answer)
    tree = page(client, ci="怔地 补偿")
    assert "您是不是要找：征地补偿" in said(tree, ".search-note")[0]
    assert (
        select(tree, ".search-note a")[0].get("href")
        == f"{SEARCH}?{urlencode({'ci': '征地 补偿'})}"
    )
    assert "没有同时含有全部词语" in said(tree, ".search-note")[1]
    assert titles(tree) == [entry.title]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"ci": ""},
        {"ci": "   "},
        {"ci": "\x00\x01\u202e"},
        {"ye": "3"},
    ],
)
def test_nothing_asked_says_how_to_ask(client, index, place, query):
    assert "怎样查得准" in page(client, **query).text_content()
    assert index.asked == []


@pytest.mark.parametrize(
    "query",
    [
        {"ci": "长" * 5000},
        {"ci": "<script>alert(1)</script>"},
        {"ci": "' OR 1=1 --"},
        {"ci": '"不成对的引号'},
        {"ci": "title:a AND (b OR NOT *)"},
        {"ci": "\ud800\udc00"[:1].encode("utf-8", "surrogatepass").decode("latin-1")},
        {"ci": "通知", "ye": "99999999999999999999"},
        {"ci": "通知", "ye": "-1"},
        {"ci": "通知", "ye": "１"},
        {"ci": "通知", "ye": "0"},
        {"ci": "通知", "nd": ["abcd", "0000", "９９９９"]},
        {"ci": "通知", "lb": ["x", "gfxwj"] * 400},
        {"ci": "通知", "zt": "'; DROP", "yxx": "?", "ly": "../..", "lm": "../etc/passwd"},
        {"ci": "通知", "jg": "长" * 3000},
        {"ci": "通知", "qi": "2026-13-45", "zhi": "0001-01-01"},
        {"ci": "通知", "px": "DROP", "zai": "x"},
    ],
)
def test_hostile_input_is_answered_kindly(client, place, query):
    issue(place.finance, title="正常的通知")
    response = client.get(f"{SEARCH}?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert len(response.content) < 60_000


def test_words_too_long_are_cut_and_it_is_said(client, index, place):
    tree = page(client, ci="长" * 101)
    assert "只按前100个字查找" in tree.text_content()
    assert index.asked[-1].words == "长" * 100


def test_a_broken_index_is_told_with_other_ways_and_loses_no_word(
    client, index, place, monkeypatch
):
    def broken(query):
        raise IndexFailed("索引损坏")

    monkeypatch.setattr(index, "search", broken)
    tree = page(client, 503, ci="通知")
    assert "搜索暂时不能使用" in tree.text_content()
    assert select(tree, "[id=words]")[0].get("value") == "通知"


def test_too_many_questions_in_a_minute_are_asked_to_wait(client, place, monkeypatch):
    monkeypatch.setattr(pages, "SEARCHES", 3)
    for _ in range(3):
        page(client, ci="通知")
    response = client.get(SEARCH, {"ci": "通知"})
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "请稍等一分钟" in response.content.decode()
    assert client.get(SEARCH, {"ci": "通知"}, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get(SEARCH).status_code == 200  # to read how to ask costs nothing


def test_suggestions_are_what_browsers_understand(client, place):
    issue(place.finance, title="关于医保缴费的通知")
    response = client.get(SUGGEST, {"ci": "医保"})
    assert response["Content-Type"].startswith("application/x-suggestions+json")
    assert response.json() == ["医保", ["关于医保缴费的通知"]]
    assert client.get(SUGGEST).json() == ["", []]
    assert client.get(SUGGEST, {"ci": "\x00" + "长" * 999}).json()[1] == []


def test_suggestions_stop_quietly_when_the_index_is_broken(client, index, place, monkeypatch):
    def broken(typed, **_):
        raise IndexFailed("索引损坏")

    monkeypatch.setattr(index, "suggest", broken)
    assert client.get(SUGGEST, {"ci": "医保"}).json() == ["医保", []]


def test_browsers_are_told_how_to_search(client, place):
    issue(place.finance)
    link = select(page(client, url="/zwdt/tzgg/"), "link[rel=search]")[0]
    tree = lxml.etree.fromstring(client.get(link.get("href")).content)
    urls = [each.get("template") for each in tree.findall("{*}Url")]
    assert urls[0] == "http://testserver/sousuo/?ci={searchTerms}"
    assert len(tree.findtext("{*}ShortName")) <= 16


def test_the_box_stands_in_the_head_of_every_page_but_once_on_its_own(client, place):
    issue(place.finance)
    for url in ("/", "/zwdt/tzgg/", "/zwgk/zcwjk/", SEARCH):
        tree = page(client, url=url)
        boxes = [form for form in select(tree, "form.search-box") if form.get("action") == SEARCH]
        assert len(boxes) == 1, url
    assert (
        select(page(client, url="/zwgk/zcwjk/?gjc=办法"), "[id=head-words]")[0].get("value") == ""
    )


def test_a_page_of_hits_costs_few_queries(client, place, django_assert_max_num_queries):
    for number in range(10):
        issue(place.finance, title=f"第{number}号通告", subject="0201")
    client.get(SEARCH, {"ci": "号通告"})
    with django_assert_max_num_queries(12):
        client.get(SEARCH, {"ci": "号通告"})


def test_a_batch_of_records_costs_the_same_whatever_its_size(place, django_assert_num_queries):
    entries = [made.published(place.finance, at(NOTICES)).pk for _ in range(8)]
    for some in (entries[:2], entries):
        with django_assert_num_queries(4):
            assert len(list(feed.PUBLIC.records([f"disclosure:{pk}" for pk in some]))) == len(some)


def test_only_reading_is_answered(client, place):
    assert client.post(SEARCH, {"ci": "通知"}).status_code == 405
    response = client.get(SEARCH, {"ci": "通知"})
    assert response["X-Robots-Tag"].startswith("noindex")
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert Facet.KIND in pages.FACETS.values()


@pytest.fixture
def on_disk(monkeypatch, settings, tmp_path):
    """The real engine in a folder of its own."""
    monkeypatch.undo()
    settings.GONGKAI_SEARCH = {"engine": "tantivy", "path": tmp_path}
    return searchindex.public_index()


def test_the_real_engine_finds_filters_and_forgets(client, place, on_disk):
    told = {"genre": "NOTICE", "subject": "0201", "document_number": "靖财字〔2026〕8号"}
    entry = issue(place.finance, title="关于公布惠企资金目录的通知", **told)
    issue(place.township, title="乡里的通知")
    feed.refresh_standing()
    for words in ("惠企资金", "靖财字[2026]8号", "２０２６ 8号", "财政局 惠企"):
        assert entry.title in titles(page(client, ci=words)), words
    tree = page(client, ci="惠企", zt="02", lb="tzgg", jg=place.finance.short_name)
    assert titles(tree) == [entry.title]
    withdraw(entry)
    feed.refresh([entry.pk])
    assert entry.title not in titles(page(client, ci="惠企资金"))


def test_the_command_rebuilds_compares_and_mends(client, place, on_disk, capsys):
    feed.refresh_standing()
    entries = [made.published(place.finance, at(NOTICES)) for _ in range(3)]
    with pytest.raises(SystemExit) as left:
        call_command("buildsearch", check=True, index="public")
    assert left.value.code == 1
    assert "缺少" in capsys.readouterr().out
    call_command("buildsearch", index="public")
    assert "搜索索引已重建" in capsys.readouterr().out
    call_command("buildsearch", check=True, index="public")
    assert "索引与数据库一致" in capsys.readouterr().out
    withdraw(entries[0])  # its job is lost
    found = searchfeeds.difference(feed.PUBLIC)
    assert (found.missing, found.extra) == ((), (f"disclosure:{entries[0].pk}",))
    (told,) = tasks.mend_public(timezone.now())
    assert told.grave
    assert not searchfeeds.difference(feed.PUBLIC)
    assert tasks.mend_public(timezone.now()) == []


def test_without_an_engine_nothing_is_put_and_the_command_says_so(place, settings):
    settings.GONGKAI_SEARCH = {"engine": "none"}
    before = Job.objects.count()
    tasks.hear(SimpleNamespace(verb="orgs.rename", target="orgs:1", at=made.NOON))
    assert Job.objects.count() == before
    with pytest.raises(CommandError, match="没有启用搜索"):
        call_command("buildsearch")


def test_a_change_of_an_organ_puts_one_job_for_many(place, index):
    before = Job.objects.count()
    for verb in ("orgs.abolish", "disclosure.change_organ_page", "disclosure.edit"):
        tasks.hear(SimpleNamespace(verb=verb, at=made.NOON))
    assert Job.objects.count() == before + 1
    tasks.find_standing({}, made.NOON)
    assert f"organ:{place.finance.pk}" in index.records


def test_entries_are_found_by_the_new_name_of_their_organ(
    client, place, monkeypatch, django_capture_on_commit_callbacks
):
    for number in range(3):
        issue(place.finance, title=f"第{number}号")
    on = made.NOON.date()
    with django_capture_on_commit_callbacks(execute=True):
        rename(place.finance, full_name="靖安县财经局", short_name="县财经局", on=on, **SAID)
    monkeypatch.setattr(feed, "PORTION", 2)
    run_due(at=timezone.now())
    assert len(titles(page(client, jg="县财经局", lb="tzgg"))) == 3


def test_what_a_verb_began_before_a_rebuild_is_put_once_more(place):
    now = timezone.now()
    old, new = (issue(place.finance, title=each) for each in "旧新")
    Entry.objects.filter(pk=old.pk).update(moved_at=now - timedelta(days=1))
    Entry.objects.filter(pk=new.pk).update(moved_at=now - timedelta(minutes=1))
    Entry.objects.update(published_at=now - timedelta(days=1))
    keys = set(feed.PUBLIC.changed_since(now))
    assert {new.record_id} == {key for key in keys if key.startswith("disclosure:")}
