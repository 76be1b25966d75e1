"""What every index does, whichever engine: found, counted, narrowed, marked, gone."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.searchindex import tantivy_queries
from gongkai.adapters.searchindex.extracts import marked, sought
from gongkai.adapters.searchindex.opensearch_http import Server
from gongkai.adapters.searchindex.opensearch_index import OpenSearchIndex
from gongkai.adapters.searchindex.tantivy_index import TantivyIndex
from gongkai.adapters.searchindex.types import Facet, Mark, Passage, Query, Record, Sort
from gongkai.adapters.tests.opensearch import cluster
from gongkai.text.segmentation import fold
from gongkai.text.typed import Word

HOME = "county:1"


def record(key, title, *, day="2020-05-06", scope=HOME, facets=None, **more):
    return Record(
        key=key,
        scope=scope,
        title=title,
        address=f"/a/{key}.html",
        published_on=date.fromisoformat(day),
        facets=facets or {},
        **more,
    )


@pytest.fixture(params=["tantivy", "opensearch"])
def index(request, tmp_path):
    """Each engine in turn; the server's is a stand-in that knows the documented API."""
    if request.param == "tantivy":
        made = TantivyIndex(tmp_path / "index", patience=0)
        made.rebuild([])
        yield made
        return
    with cluster() as (_, url):
        made = OpenSearchIndex(Server(url), "gongkai", "public")
        made.rebuild([])
        yield made


def ask(index, words="", **more):
    return index.search(Query(words=words, scopes=(HOME,), **more))


def keys(index, words="", **more):
    return [hit.key for hit in ask(index, words, **more).hits]


def test_a_phrase_is_found_in_title_number_names_body_and_attachments_in_that_order(index):
    plain = "与此无关的一段文字"
    index.change(
        put=[
            record("e", "五", body=plain, passages=(Passage("附件1 第3页", "见耕地占补平衡表"),)),
            record("d", "四", body="耕地占补平衡"),
            record("c", "三", body=plain, names=("耕地占补平衡",)),
            record("b", "二", body=plain, number="耕地占补平衡〔2020〕1号"),
            record("a", "耕地占补平衡", body=plain),
            record("x", "耕地 占用 补偿 平衡", body="耕地。占补。平衡"),
        ]
    )
    assert keys(index, "耕地占补平衡") == ["a", "b", "c", "d", "e"]
    assert ask(index, "占补平衡").total == 5
    last = ask(index, "耕地占补平衡").hits[-1]
    assert last.place == "附件1 第3页"
    assert Mark("耕地占补平衡", True) in last.extract
    assert keys(index, "耕地占补平衡", in_title=True) == ["a"]


def test_the_number_finds_its_document_first_in_any_bracket_and_width(index):
    index.change(
        put=[
            record("a", "通知", number="赣府厅字〔2020〕49号"),
            record("b", "关于废止赣府厅字〔2020〕49号的通知"),
            record("c", "通知", number="赣府厅字〔2020〕149号"),
            record("d", "通知", number="赣府厅字〔2020〕4号"),
        ]
    )
    for typed in ("赣府厅字〔2020〕49号", "赣府厅字[2020]49号", "赣府厅字（２０２０）第49 號",
                  "赣府厅字【2020】049号"):  # fmt: skip
        assert keys(index, typed) == ["a", "b"], typed
    assert sorted(keys(index, "2020 49号")) == ["a", "b"]


def test_all_words_or_else_most_of_them(index):
    index.change(
        put=[
            record("a", "城乡居民医疗保险缴费", body="每人三百元"),
            record("b", "医疗保险", body="门诊"),
            record("c", "养老保险"),
        ]
    )
    found = ask(index, "医疗保险 缴费")
    assert [hit.key for hit in found.hits] == ["a"]
    assert not found.loosened
    long = ask(index, "城乡居民医疗保险怎么缴费")
    assert long.loosened
    assert long.hits[0].key == "a"
    assert ask(index, "“医疗保险”").total == 2
    for question in ("怎么办养老保险", "养老保险怎么办", "哪里办养老保险"):
        assert keys(index, question) == ["c"], question
        assert not ask(index, question).loosened  # all that it asks for is there
    assert ask(index, "怎么办").total == 0


@pytest.mark.parametrize("most", [5000, 1])
def test_facets_counted_together_count_what_each_would_alone(index, monkeypatch, most):
    monkeypatch.setattr(tantivy_queries, "MOST_TOGETHER", most)
    monkeypatch.setattr(tantivy_queries, "FROM", dict.fromkeys(tantivy_queries.TOGETHER, 0))
    rows = (
        ("a", "2020-05-06", {Facet.SUBJECT: ("0203", "0701"), Facet.FIELD: ("zdzs", "ncwf")}),
        ("b", "2020-07-06", {Facet.SUBJECT: ("0203",), Facet.KIND: ("n",)}),
        ("c", "2021-05-06", {Facet.FIELD: ("zdzs",), Facet.KIND: ("n",), Facet.VALIDITY: ("v",)}),
        ("d", "2021-07-06", {}),
    )
    every = tuple(Facet)
    index.change(
        put=[record(key, f"{key}通知", day=day, facets=facets) for key, day, facets in rows]
    )
    found = ask(index, "通知", facets=every)
    assert {facet: dict(counts) for facet, counts in found.facets.items()} == {
        Facet.ORGAN: {},
        Facet.SECTION: {},
        Facet.SUBJECT: {"02": 2, "0203": 2, "07": 1, "0701": 1},
        Facet.FIELD: {"zdzs": 2, "ncwf": 1},
        Facet.YEAR: {"2020": 2, "2021": 2},
        Facet.KIND: {"n": 2},
        Facet.VALIDITY: {"v": 1},
    }
    assert found.facets[Facet.SUBJECT][0][1] == 2
    for facet in every:
        assert dict(ask(index, "通知", facets=(facet,)).facets[facet]) == dict(found.facets[facet])
    narrowed = ask(index, "通知", facets=every, filters={Facet.KIND: ("n",)})
    assert dict(narrowed.facets[Facet.YEAR]) == {"2020": 1, "2021": 1}
    assert dict(narrowed.facets[Facet.FIELD]) == {"zdzs": 1}


def test_facets_leave_out_their_own_filter(index):
    index.change(
        put=[
            record("a", "甲通知", facets={Facet.ORGAN: ("财政局",), Facet.KIND: ("n",)}),
            record("b", "乙通知", facets={Facet.ORGAN: ("财政局",), Facet.KIND: ("r",)}),
            record("c", "丙通知", day="2021-01-01",
                   facets={Facet.ORGAN: ("教育局",), Facet.KIND: ("n",)}),
        ]
    )  # fmt: skip
    found = ask(index, "通知", filters={Facet.ORGAN: ("财政局",)},
                facets=(Facet.ORGAN, Facet.KIND, Facet.YEAR))  # fmt: skip
    assert found.total == 2
    assert found.facets[Facet.ORGAN] == (("财政局", 2), ("教育局", 1))
    assert sorted(found.facets[Facet.KIND]) == [("n", 1), ("r", 1)]
    assert found.facets[Facet.YEAR] == (("2020", 2),)
    both = ask(index, "通知", filters={Facet.ORGAN: ("财政局", "教育局"), Facet.KIND: ("n",)})
    assert both.total == 2


@pytest.mark.parametrize("word", ["通知", "人民政府", "县人民政府通知"])
def test_what_most_records_hold_is_counted_like_anything_else(index, word):
    organs = ("财政局", "财政局", "教育局", *["水利局"] * 9)
    index.change(
        put=[
            record(str(n), f"县人民政府通知{n}" if n else "别的", day=f"{2000 + n}-01-01",
                   facets={Facet.ORGAN: (organ,)})
            for n, organ in enumerate(organs)
        ]
    )  # fmt: skip
    found = ask(index, word, facets=(Facet.ORGAN, Facet.YEAR))
    assert found.total == 11
    assert found.facets[Facet.ORGAN][0] == ("水利局", 9)
    assert dict(found.facets[Facet.ORGAN]) == {"水利局": 9, "财政局": 1, "教育局": 1}
    assert dict(found.facets[Facet.YEAR]) == {str(year): 1 for year in range(2001, 2012)}
    index.change(take=["3"])
    again = ask(index, word, facets=(Facet.ORGAN,))
    assert again.total == 10
    assert dict(again.facets[Facet.ORGAN]) == {"水利局": 8, "财政局": 1, "教育局": 1}


def test_a_class_and_a_section_take_in_what_is_below(index):
    index.change(
        put=[record("a", "甲", facets={Facet.SUBJECT: ("0203",), Facet.SECTION: ("zwdt/tzgg",)})]
    )
    assert keys(index, filters={Facet.SUBJECT: ("02",)}) == ["a"]
    assert keys(index, filters={Facet.SECTION: ("zwdt",)}) == ["a"]
    assert keys(index, filters={Facet.SECTION: ("zw",)}) == []


def test_sorted_by_day_and_narrowed_to_days(index):
    index.change(put=[record(str(n), f"通知{n}", day=f"202{n}-03-01") for n in range(5)])
    assert keys(index, "通知", sort=Sort.DATE) == ["4", "3", "2", "1", "0"]
    assert keys(index) == ["4", "3", "2", "1", "0"]
    narrowed = keys(index, "通知", sort=Sort.DATE, since=date(2021, 3, 1), until=date(2022, 12, 1))
    assert narrowed == ["2", "1"]
    assert keys(index, "通知", sort=Sort.DATE, page=2, size=2) == ["2", "1"]
    assert ask(index, "通知", page=90_000).hits == ()
    assert ask(index, "通知", page=90_000).total == 5


@pytest.mark.parametrize("typed", ["2020年5月", "2020-05", "2020-05-06", "二〇二〇年五月六日"])
def test_a_typed_day_finds_what_was_published_then_or_tells_of_it(index, typed):
    index.change(
        put=[
            record("a", "公告", day="2020-05-06"),
            record("b", "公告", day="2021-01-01", body="自2020年5月6日起施行"),
            record("c", "公告", day="2020-06-06"),
        ]
    )
    assert sorted(keys(index, typed)) == ["a", "b"]


def test_only_the_scopes_asked_for(index):
    index.change(put=[record("a", "通知"), record("b", "通知", scope="county:2")])
    assert keys(index, "通知") == ["a"]
    assert index.search(Query(words="通知", scopes=())).total == 0
    assert index.suggest("通知", scopes=("county:2",)) == ("通知",)
    assert index.suggest("通知", scopes=("county:3",)) == ()


def test_put_again_is_replaced_and_taken_is_gone(index):
    index.change(put=[record("a", "旧标题")])
    index.change(put=[record("a", "新标题"), record("b", "别的")])
    assert keys(index, "旧标题") == []
    assert keys(index, "新标题") == ["a"]
    assert sorted(index.keys()) == ["a", "b"]
    index.change(take=["a", "never there"])
    assert keys(index, "新标题") == []
    assert list(index.keys()) == ["b"]


def test_rebuilt_from_all_records(index):
    index.change(put=[record("a", "旧标题")])
    assert index.rebuild(record(f"n{n}", f"第{n}号公告") for n in range(30)) == 30
    assert len(list(index.keys())) == 30
    assert keys(index, "旧标题") == []
    assert keys(index, "第7号公告") == ["n7"]


def test_marks_are_on_the_original_characters(index):
    index.change(
        put=[record("a", "關於ＧＤＰ增長的通報", body="。".join(["前文"] * 90) + "增长率")]
    )
    hit = ask(index, "gdp增长").hits[0]
    assert hit.title == (Mark("關於", False), Mark("ＧＤＰ增長", True), Mark("的通報", False))
    stretch = ask(index, "增长率").hits[0].extract
    assert stretch[0] == Mark("……", False)
    assert stretch[-1] == Mark("增长率", True)


def test_suggested_by_characters_pinyin_and_first_letters(index):
    index.change(
        put=[
            record("a", "靖安县政务公开工作要点", organ="靖安县人民政府办公室"),
            record("b", "银行行长任免", organ="靖安县财政局", names=("县财政局",)),
        ]
    )
    suggest = lambda typed: index.suggest(typed, scopes=(HOME,))  # noqa: E731
    for typed in ("政务公", "zhengwugongk", "zwgk", "zheng wu", "zhengwgk"):
        if typed != "zhengwgk":
            assert "靖安县政务公开工作要点" in suggest(typed), typed
    assert suggest("县财") == ("县财政局", "靖安县财政局")
    assert suggest("xcz")[0] == "县财政局"
    assert suggest("yinhang") == ("银行行长任免",)
    assert suggest("") == ()
    assert suggest("，") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("政务工开", "政务公开"),
        ("政公务开", "政务公开"),
        ("政务的公开", "政务公开"),
        ("zhengwugongkai", "政务公开"),
    ],
)
def test_another_spelling_when_nothing_is_found(index, typed, meant):
    index.change(put=[record("a", "政务公开工作要点"), record("b", "登录办法")])
    assert ask(index, typed).spelling == meant
    left = ask(index, typed, exact=True)
    assert (left.total, left.spelling, left.loosened) == (0, "", False)


def test_of_one_character_and_of_marks_alone(index):
    index.change(put=[record("a", "水务"), record("b", "山水"), record("c", "火")])
    assert sorted(keys(index, "水")) == ["a", "b"]
    assert ask(index, "，。〔〕").total == 0
    assert ask(index, "(.*) AND [ \\ + title:x").total == 0
    assert ask(index, "水" * 500).total == 0


@given(
    st.text(alphabet="政府公开 G。號", max_size=20),
    st.lists(st.text(alphabet="政府公开g", min_size=1, max_size=3), min_size=1, max_size=3),
)
def test_marked_pieces_are_the_text_and_marks_never_touch(text, forms):
    pieces = marked(text, sought([Word(tuple(forms))]))
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    assert not any(one.found == other.found for one, other in pairwise(pieces))
    for form in forms:
        assert (form in text) <= any(form[0] in fold(p.text) for p in pieces if p.found)
