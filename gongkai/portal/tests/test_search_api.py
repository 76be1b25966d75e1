"""The search of the interface: as the page finds it, and nothing that is not public."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from gongkai.adapters import searchindex
from gongkai.adapters.searchindex.types import IndexFailed
from gongkai.disclosure import actions
from gongkai.disclosure.models import Entry, Section, WithdrawalReason
from gongkai.disclosure.tests import factories as made
from gongkai.portal.searching import feed
from gongkai.portal.tests.factories import open_county

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = "/api/v1/jingan/search", "/api/v1/jingan/suggest"


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    cache.clear()
    settings.GONGKAI_SEARCH = {"engine": "tantivy", "path": tmp_path}
    return searchindex.public_index()


@pytest.fixture
def place():
    place = open_county()
    for organ, path, title in (
        (place.finance, "zwdt/tzgg", "财政惠企通知"),
        (place.township, "zwdt/zwyw", "乡里惠企动态"),
    ):
        entry = made.published(
            organ, Section.objects.get(path=path), title=title, subject="0201", genre="NOTICE"
        )
        feed.refresh([entry.pk])
    return place


def asked(client, status=200, **query):
    response = client.get(SEARCH, query)
    assert response.status_code == status, response.content
    return response.json()


def test_hits_come_with_pieces_and_labelled_facets(client, place):
    told = asked(client, q="惠企")
    assert told["total"] == 2
    hit = next(one for one in told["hits"] if one["title"] == "财政惠企通知")
    assert client.get(hit["url"].removeprefix("http://testserver")).status_code == 200
    assert client.get(f"/api/v1/jingan/entries/{hit['entry']}").json()["title"] == hit["title"]
    assert (hit["kind"], hit["organ"]) == ("通知公告", place.finance.short_name)
    kinds = {one["value"]: (one["label"], one["count"]) for one in told["facets"]["kind"]}
    assert kinds == {"tzgg": ("通知公告", 1), "zwdt": ("政务动态", 1)}
    assert {one["value"] for one in told["facets"]["section"]} >= {"zwdt/tzgg", "zwdt"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"kind": "zwdt"}, {"乡里惠企动态"}),
        ({"kind": ["zwdt", "tzgg"]}, {"乡里惠企动态", "财政惠企通知"}),
        ({"section": "zwdt"}, {"乡里惠企动态", "财政惠企通知"}),
        ({"subject": "02"}, {"乡里惠企动态", "财政惠企通知"}),
        ({"year": "2019"}, set()),
        ({"since": "2026-09-22"}, set()),
        ({"until": "2026-09-21", "sort": "date"}, {"乡里惠企动态", "财政惠企通知"}),
        ({"in_title": "true", "q": "财政惠企"}, {"财政惠企通知"}),
    ],
)
def test_filters_are_those_of_the_page(client, place, query, titles):
    told = asked(client, **{"q": "惠企", **query})
    assert {hit["title"] for hit in told["hits"]} == titles


def test_filters_alone_list_what_they_leave(client, place):
    assert asked(client, organ=place.finance.short_name)["total"] == 1
    assert "请填写" in asked(client, 422)["detail"]


def test_what_was_withdrawn_is_left_out_before_its_job(client, place):
    pk = next(one["entry"] for one in asked(client, q="财政惠企")["hits"])
    actions.withdraw(
        Entry.objects.get(pk=pk),
        reason=WithdrawalReason.IN_ERROR,
        note="误发布",
        by=made.PUBLISHER,
        at=made.NOON + timedelta(hours=1),
    )
    assert asked(client, q="财政惠企通知")["hits"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"q": "x", "page": 0},
        {"q": "x", "page": 101},
        {"q": "x", "size": 51},
        {"q": "x", "sort": "best"},
        {"q": "x", "since": "2026-13-01"},
    ],
)
def test_wrong_parameters_are_named(client, place, query):
    assert "参数有误" in asked(client, 422, **query)["detail"]


@pytest.mark.parametrize("words", ["\x00", "'; DROP TABLE", "长" * 9999, '"(((', "%00"])
def test_hostile_words_do_no_harm(client, place, words):
    assert client.get(SEARCH, {"q": words}).status_code in (200, 422)
    assert client.get(SUGGEST, {"q": words}).status_code == 200


def test_an_unknown_county_a_broken_index_and_too_many(client, place, monkeypatch):
    assert client.get("/api/v1/nowhere/search", {"q": "惠企"}).status_code == 404
    assert client.get("/api/v1/nowhere/suggest", {"q": "惠企"}).status_code == 404

    class Broken:
        def search(self, query):
            raise IndexFailed("坏了")

        def suggest(self, typed, **_):
            raise IndexFailed("坏了")

    with monkeypatch.context() as patched:
        patched.setattr(searchindex, "public_index", Broken)
        assert asked(client, 503, q="惠企")["detail"].startswith("搜索暂时")
        assert client.get(SUGGEST, {"q": "惠企"}).status_code == 503
    monkeypatch.setattr("gongkai.api.searching.A_MINUTE", 0)
    assert asked(client, 429, q="惠企")["detail"].startswith("每分钟最多")


def test_suggestions(client, place):
    assert "财政惠企通知" in client.get(SUGGEST, {"q": "财政惠"}).json()
    assert client.get(SUGGEST, {"q": " "}).json() == []


def test_the_description_names_every_filter(client, place):
    schema = client.get("/api/v1/openapi.json").json()
    told = schema["paths"]["/api/v1/{county}/search"]["get"]["parameters"]
    names = {one["name"] for one in told}
    assert {"q", "organ", "kind", "year", "subject", "validity", "field", "section"} < names
    assert "/api/v1/{county}/suggest" in schema["paths"]
    assert "搜索" in client.get("/api/").content.decode()
