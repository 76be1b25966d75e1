"""Public messages and guides in the search: found when they are public, gone when they are not.

Each engine in turn, fed as in earnest: a verb, the bell, the outbox, the index.
"""

from datetime import timedelta

import lxml.html
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.adapters import searchfeeds, searchindex
from gongkai.adapters.tests.opensearch import cluster
from gongkai.audit.models import Event
from gongkai.disclosure.models import Section
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions as engagement
from gongkai.engagement.models import Message
from gongkai.engagement.tests import made as messages
from gongkai.engagement.tests.factories import MONDAY, moment
from gongkai.orgs.actions import rename
from gongkai.outbox.actions import run_due
from gongkai.outbox.models import Job
from gongkai.portal.searching import feed, tasks
from gongkai.portal.tests.factories import open_county
from gongkai.portal.tests.selecting import select
from gongkai.proposals.tests import factories as proposals
from gongkai.servicehall import actions as hall
from gongkai.servicehall.tests import factories as services

pytestmark = pytest.mark.django_db
SEARCH, API = "/sousuo/", "/api/v1/jingan/search"
NOW = moment(MONDAY + timedelta(days=2), 17)
WHO = messages.WHO


@pytest.fixture(params=["tantivy", "opensearch"])
def index(request, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()
    if request.param == "tantivy":
        settings.GONGKAI_SEARCH = {"engine": "tantivy", "path": tmp_path}
        yield searchindex.public_index()
        return
    with cluster() as (_, url):
        settings.GONGKAI_SEARCH = {"engine": "opensearch", "url": url}
        yield searchindex.public_index()


@pytest.fixture
def place(index):
    index.rebuild([])
    return open_county()


@pytest.fixture
def doing(django_capture_on_commit_callbacks):
    """Let verbs ring the bell, then do the jobs that are due."""

    def do(verb, *args, **told):
        with django_capture_on_commit_callbacks(execute=True):
            made = verb(*args, **told)
        run_due(at=NOW)
        return made

    return do


def titles(client, **query):
    tree = lxml.html.fromstring(client.get(SEARCH, query).content.decode())
    return ["".join(found.text_content().split()) for found in select(tree, ".hits h3")]


def told(client, **query):
    answer = client.get(API, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def off(row, doing):
    other = {"by": messages.OTHER, "at": NOW}
    return doing(engagement.take_message_off, row, why="留言人要求", **other)


def sealed_words(row):
    return (*WHO, row.title, row.text, row.answer)


def test_a_message_is_found_by_its_public_wording_alone_and_goes_when_taken_off(
    client, place, doing, index
):
    row = doing(messages.answered, place.finance.county)
    assert titles(client, ci="公交改线") == []  # answered, and not public
    words = {"title": "路灯不亮", "text": "南门桥头的路灯坏了。", "answer": "21日已经修好。"}
    row = doing(engagement.publish_message, row, **words, by=messages.OTHER, at=NOW)
    for asked in ("路灯", "南门桥头", "已经修好", row.number):
        assert titles(client, ci=asked) == ["路灯不亮"], asked
        assert titles(client, ci=asked, lb="gzly") == ["路灯不亮"]
    assert titles(client, ci="路灯", lb="tzgg") == []
    assert titles(client, ci="路灯", lm="hdjl") == ["路灯不亮"]
    for hidden in (*WHO, "公交改线", "3路公交"):
        assert titles(client, ci=hidden) == [], hidden
    [hit] = told(client, q="路灯", kind="gzly")["hits"]
    assert (hit["entry"], hit["document_number"], hit["kind"]) == (None, None, "公众留言")
    assert client.get(hit["url"].removeprefix("http://testserver")).status_code == 200
    off(row, doing)
    assert list(index.keys()) == []
    assert titles(client, ci="路灯") == []


def test_what_was_taken_off_is_shown_nowhere_even_before_its_job(client, place, doing):
    row = doing(messages.public, place.finance.county)
    item = doing(services.published, place.finance)
    assert titles(client, ci="公交改线") == ["公交改线"]
    engagement.take_message_off(row, why="留言人要求", by=messages.OTHER, at=NOW)
    hall.cancel(item, why="国发", cancelled_on=MONDAY, **services.NOW)
    for words in ("公交改线", "取水许可审批"):
        assert titles(client, ci=words) == []
        assert told(client, q=words)["hits"] == []


def test_nothing_sealed_is_read_from_the_database_for_the_index(place, index):
    row = messages.public(place.finance.county)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        [record] = feed.PUBLIC.records([f"message:{row.pk}"])
    assert not any("_sealed" in query["sql"] for query in asked.captured_queries)
    said = repr(record)
    assert all(words not in said for words in WHO)
    assert (row.public_title, row.public_text in said, row.public_answer in said) == (
        record.title,
        True,
        True,
    )


def test_a_guide_is_found_by_name_everyday_name_question_and_what_its_page_tells(
    client, place, doing
):
    doing(services.drafted, place.finance, "还没有发布的事项")
    item = doing(
        services.published,
        place.finance,
        "生育登记",
        code="ABC123",
        themes=("g01",),
        audience=services.Audience.PERSON,
    )
    for asked in ("生育登记", "准生证", "怎么办准生证", "准生证怎么办", "办事指南 生育", "ABC123"):
        assert titles(client, ci=asked)[:1] == ["生育登记"], asked
    for asked in ("县政务服务中心12号窗口", "取水许可申请书", "0795-4662000", "水法"):
        assert titles(client, ci=asked, lb="bszn") == ["生育登记"], asked
    assert titles(client, ci="还没有发布的事项") == []
    [hit] = told(client, q="准生证", kind="bszn", organ=place.finance.short_name)["hits"]
    assert hit["kind"] == "办事指南"
    assert hit["url"].endswith(f"/zwgk/zwfwsx/{item.pk}.html")
    facets = told(client, q="生育登记")["facets"]["kind"]
    assert {"value": "bszn", "label": "办事指南", "count": 1} in facets


def test_a_guide_follows_every_verb_and_goes_when_the_item_does(client, place, doing, index):
    item = doing(services.published, place.finance)
    named = hall.ItemTold(name="河道采砂许可", kind=hall.ItemKind.LICENCE)
    doing(hall.change_item, item, told=named, **services.NOW)
    assert titles(client, ci="取水许可审批", zai="bt") == []
    assert titles(client, ci="河道采砂许可") == ["河道采砂许可"]
    doing(hall.suspend, item, why="系统升级", **services.NOW)
    assert titles(client, ci="暂停办理") == ["河道采砂许可"]
    doing(hall.resume, item, why="升级完成", **services.NOW)
    assert titles(client, ci="暂停办理") == []
    doing(hall.cancel, item, why="国发", cancelled_on=MONDAY, **services.NOW)
    assert list(index.keys()) == []


def test_a_guide_that_holds_later_is_found_from_its_day_on(client, place, doing, monkeypatch):
    later = NOW + timedelta(days=3)
    item = doing(services.published, place.finance, effective_on=later.date())
    assert titles(client, ci="取水许可") == []
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.turn_validity(later)
    assert titles(client, ci="取水许可") == [item.name]


def test_an_organ_that_is_renamed_takes_its_messages_and_guides_along(client, place, doing):
    doing(services.published, place.finance)
    doing(messages.public, place.finance.county, organ=place.finance)
    names = {"full_name": "靖安县财经局", "short_name": "县财经局", "on": NOW.date()}
    doing(rename, place.finance, **names, by=messages.OTHER, at=NOW)
    assert sorted(titles(client, jg="县财经局", lb=["bszn", "gzly"])) == [
        "公交改线",
        "取水许可审批",
    ]


def test_built_anew_the_index_is_what_the_jobs_had_made_and_the_check_finds_what_is_amiss(
    place, doing, index, capsys
):
    doing(services.published, place.finance)
    row = doing(messages.public, place.finance.county)
    feed.refresh_standing()
    before = set(index.keys())
    kept = {key: record for key in before for record in feed.PUBLIC.records([key])}
    assert {f"message:{row.pk}"} == {key for key in before if key.startswith("message:")}
    call_command("buildsearch", index="public")
    assert set(index.keys()) == before
    assert {record.key: record for record in feed.PUBLIC.records(None)} == kept
    call_command("buildsearch", index="public", check=True)
    index.change(take=[f"message:{row.pk}"])
    found = searchfeeds.difference(feed.PUBLIC)
    assert (found.missing, found.extra) == ((f"message:{row.pk}",), ())
    with pytest.raises(SystemExit):
        call_command("buildsearch", index="public", check=True)
    assert f"message:{row.pk}" in capsys.readouterr().out
    searchfeeds.mend(feed.PUBLIC)
    off_unheard = Message.objects.get(pk=row.pk)
    engagement.take_message_off(off_unheard, why="误公开", by=messages.OTHER, at=NOW)
    found = searchfeeds.difference(feed.PUBLIC)  # its job was lost
    assert (found.missing, found.extra) == ((), (f"message:{row.pk}",))


def test_what_verbs_did_during_a_rebuild_is_put_once_more(place, index):
    row, item = messages.public(place.finance.county), services.published(place.finance)
    last = Event.objects.order_by("-at").values_list("at", flat=True).first()
    keys = set(feed.PUBLIC.changed_since(last))
    assert {f"message:{row.pk}", f"item:{item.pk}"} & keys
    later = set(feed.PUBLIC.changed_since(last + timedelta(hours=1)))
    assert not {key for key in later if key.startswith(("message:", "item:"))}


def test_a_county_without_a_site_and_another_county_find_nothing_of_it(client, index):
    index.rebuild([])
    home = services.county()
    services.published(home)
    feed.refresh_matters(f"orgs:{home.pk}")
    assert list(index.keys()) == []
    assert list(feed.matter_keys()) == []


def test_the_publication_of_an_entry_puts_no_job_more(place, doing):
    doing(entries.published, place.finance, Section.objects.get(path="zwdt/tzgg"))
    assert not Job.objects.filter(kind=tasks.MATTERS).exists()


def test_published_replies_to_proposals_are_found_as_entries(client, place, doing):
    doing(proposals.published, place.county, place.finance, subject="修<堤防>的建议")
    [found] = titles(client, ci="修<堤防>的建议")
    assert "的答复" in found
