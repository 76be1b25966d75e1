"""The twin on a server: what it sends is allowed, what the server refuses is told."""

import base64
from datetime import date

import pytest

from gongkai.adapters.searchindex import index_of
from gongkai.adapters.searchindex.opensearch_http import Server
from gongkai.adapters.searchindex.opensearch_index import OpenSearchIndex
from gongkai.adapters.searchindex.types import IndexBusy, IndexFailed, Query, Record
from gongkai.adapters.tests.loopback import closed_port
from gongkai.adapters.tests.opensearch import cluster

HOME = "county:1"


def record(number):
    return Record(
        key=f"d:{number}",
        scope=HOME,
        title=f"公告第{number}号",
        address=f"/{number}.html",
        published_on=date(2020, 5, 6),
    )


@pytest.fixture
def served():
    with cluster() as (fake, url):
        yield fake, OpenSearchIndex(Server(url), "gongkai", "public")


def total(index):
    return index.search(Query(words="公告", scopes=(HOME,))).total


def test_before_the_first_rebuild_reading_says_so_and_a_change_makes_the_index(served):
    fake, index = served
    with pytest.raises(IndexFailed, match="buildsearch"):
        total(index)
    index.change(put=[record(1)])
    assert total(index) == 1
    assert list(fake.aliases) == ["gongkai-public"]
    index.change()
    index.change(take=["never there"])
    assert total(index) == 1


def test_a_rebuild_serves_at_once_and_takes_what_is_stale_away(served):
    fake, index = served
    index.rebuild([record(1)])
    old = fake.aliases["gongkai-public"]
    fake.indices["gongkai-public-v3-00000000009-aaaa"] = fake.indices[old]
    fake.indices["gongkai-public-v3-99999999999-bbbb"] = fake.indices[old]

    def records():
        for number in range(2, 500):
            yield record(number)
        assert total(index) == 1

    assert index.rebuild(records()) == 498
    assert total(index) == 498
    serving = fake.aliases["gongkai-public"]
    assert sorted(fake.indices) == sorted([serving, "gongkai-public-v3-99999999999-bbbb"])
    assert sorted(index.keys()) == sorted(f"d:{number}" for number in range(2, 500))


def test_a_fault_in_the_records_leaves_the_old_index(served):
    fake, index = served
    index.rebuild([record(1)])

    def faulty():
        yield record(2)
        raise KeyError("from the database")

    with pytest.raises(KeyError):
        index.rebuild(faulty())
    assert total(index) == 1
    assert len(fake.indices) == 1


@pytest.mark.parametrize(
    ("refused", "error", "said"),
    [
        ((429, "es_rejected_execution_exception"), IndexBusy, "正忙"),
        ((403, "cluster_block_exception"), IndexFailed, "磁盘已满"),
        ((400, "mapper_parsing_exception"), IndexFailed, "出错"),
    ],
)
def test_what_the_server_refuses_is_told(served, refused, error, said):
    fake, index = served
    index.rebuild([record(1)])
    fake.refuse = refused
    with pytest.raises(error, match=said):
        index.change(put=[record(2)])
    with pytest.raises(error, match=said):
        index.rebuild([record(2)])
    assert total(index) == 1


def test_no_server_and_the_wrong_password():
    index = OpenSearchIndex(Server(f"http://127.0.0.1:{closed_port()}"), "gongkai", "public")
    with pytest.raises(IndexFailed, match="连接不上"):
        total(index)
    right = base64.b64encode(b"gongkai:right").decode()
    with cluster(password=f"Basic {right}") as (_, url):
        wrong = OpenSearchIndex(Server(url, user="gongkai", password="no"), "gongkai", "public")
        with pytest.raises(IndexFailed, match="不接受本系统"):
            wrong.change(put=[record(1)])
        config = {"engine": "opensearch", "url": url, "user": "gongkai", "password": "right"}
        index = index_of(config, "staff")
        index.change(put=[record(1)])
        assert total(index) == 1
        assert "right" not in repr(Server(url, password="right"))


def test_the_setting_must_name_a_safe_address():
    for url in ("", "ftp://a", "http://search.example", "https://user:pass@host"):
        with pytest.raises(IndexFailed, match="GONGKAI_SEARCH"):
            index_of({"engine": "opensearch", "url": url}, "public")
    with pytest.raises(IndexFailed, match="GONGKAI_SEARCH"):
        index_of({"engine": "opensearch", "url": "https://a", "uesr": "x"}, "public")
