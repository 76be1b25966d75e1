"""Looking at titles alone shows what looking at everything shows, or is not taken."""

import random
from datetime import date, timedelta

import pytest

from gongkai.adapters.searchindex import tantivy_reading
from gongkai.adapters.searchindex.tantivy_index import TantivyIndex
from gongkai.adapters.searchindex.types import Facet, Query, Record

HOME = "county:1"
WORDS = ("通知", "医疗保险", "水利", "公示", "征收", "养老", "危房", "抽检")


def texts(number):
    """Records whose words are rare in titles and frequent elsewhere."""
    chance = random.Random(7)
    for place in range(number):
        named = chance.choice(WORDS) if place % 4 == 0 else "材料"
        several = [chance.choice(WORDS) for _ in range(chance.randint(3, 30))]
        yield Record(
            key=str(place),
            scope=HOME,
            title=f"关于{named}第{place}件",
            address=f"/a/{place}.html",
            published_on=date(2020, 1, 1) + timedelta(days=place % 400),
            facets={Facet.ORGAN: (chance.choice(("财政局", "水利局")),)},
            organ=chance.choice(("县水利局", "县财政局")),
            body="。".join(several),
        )


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    made = TantivyIndex(tmp_path_factory.mktemp("titles") / "index", patience=0)
    made.rebuild(texts(600))
    made.change(take=[str(place) for place in range(0, 600, 7)])
    return made


def asked(index, words, **more):
    index._fresh().forget()
    found = index.search(Query(words=words, scopes=(HOME,), facets=(Facet.ORGAN,), **more))
    return found.total, [hit.key for hit in found.hits]


@pytest.fixture
def taken(monkeypatch):
    """Let titles be tried however little is found; tell which words were answered by them."""
    monkeypatch.setattr(tantivy_reading, "WEIGHED", 0)
    answered = []
    whole = tantivy_reading.Reading._by_titles

    def by_titles(self, query, *more):
        found = whole(self, query, *more)
        answered.append((query.words, found is not None))
        return found

    monkeypatch.setattr(tantivy_reading.Reading, "_by_titles", by_titles)
    return answered


@pytest.mark.parametrize("filters", [{}, {Facet.ORGAN: ("财政局",)}])
def test_titles_alone_show_what_everything_shows(index, taken, monkeypatch, filters):
    words = (*WORDS, "医疗保险 公示", "水利 征收")
    questions = [(each, page) for each in words for page in (1, 2, 3)]
    by_titles = {each: asked(index, each[0], page=each[1], filters=filters) for each in questions}
    assert sum(sure for _, sure in taken) > 3
    monkeypatch.setattr(tantivy_reading, "WEIGHED", 10**9)
    for each in questions:
        assert asked(index, each[0], page=each[1], filters=filters) == by_titles[each], each


def test_titles_are_not_enough_where_fewer_hold_the_word_than_a_page_shows(index, taken):
    total, shown = asked(index, "抽检", size=100)
    assert total > len(shown) == 100
    asked(index, "抽检", size=10)
    assert taken == [("抽检", False), ("抽检", True)]


@pytest.mark.parametrize("words", ["抽检 2020年3月", "赣府〔2020〕3号 抽检", "抽"])
def test_days_numbers_and_open_ends_are_weighed_as_ever(index, taken, words):
    asked(index, words)
    assert not any(sure for _, sure in taken)
