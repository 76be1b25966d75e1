"""The index on disk under hardship: killed, full, broken, written and read by many at once."""

import os
import resource
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date

import pytest

from gongkai.adapters.searchindex import index_of, tantivy_reading
from gongkai.adapters.searchindex.tantivy_index import TantivyIndex
from gongkai.adapters.searchindex.types import Facet, IndexBusy, IndexFailed, Query, Record, Sort

HOME = "county:1"
CHILD = """
import sys
from gongkai.adapters.tests.test_searchindex_disk import victim
victim(sys.argv[1], sys.argv[2])
"""


def record(number, title="公告"):
    return Record(
        key=f"d:{number}",
        scope=HOME,
        title=f"{title}第{number}号",
        address=f"/{number}.html",
        published_on=date(2020, 5, 6),
        body="各乡镇人民政府要认真抓好贯彻落实。" * 20,
    )


def total(index, words="公告"):
    return index.search(Query(words=words, scopes=(HOME,))).total


def victim(what, folder):
    """Change or rebuild without end, telling each end, until somebody kills the process."""
    index = TantivyIndex(folder)
    number = 0
    while True:
        if what == "change":
            index.change(put=[record(number)])
        else:
            index.rebuild(record(each) for each in range(200))
        number += 1
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def run(code, *arguments):
    return subprocess.Popen(  # noqa: S603 -- our own code
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.mark.parametrize("what", ["change", "rebuild"])
def test_killed_at_any_moment_nothing_committed_is_lost_and_no_lock_stays(folder, what):
    reader = TantivyIndex(folder)
    if what == "rebuild":
        reader.rebuild(record(each) for each in range(100))
    child = run(CHILD, what, folder)
    done = 0
    try:
        for line in child.stdout:
            done = int(line)
            if done == 3:
                break
    finally:
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().split()
        child.wait()
    done = int(rest[-1]) if rest else done
    if what == "change":
        assert total(reader) in (done, done + 1)
    else:
        assert total(reader) == 200
    TantivyIndex(folder, patience=0).change(put=[record(9999, "别的")])
    assert total(reader, "别的") == 1
    assert reader.rebuild([record(1)]) == 1
    assert total(reader) == 1
    assert len(list(folder.glob("v*-*"))) == 1


def test_another_process_sees_a_change_at_once(folder):
    index = TantivyIndex(folder)
    index.rebuild([record(1)])
    assert total(index) == 1
    child = run(
        "import sys; from gongkai.adapters.tests.test_searchindex_disk import *\n"
        "i = TantivyIndex(sys.argv[1]); i.change(put=[record(2)], take=['d:1'])",
        folder,
    )
    assert child.wait() == 0
    child.stdout.close()
    assert list(index.keys()) == ["d:2"]


def test_one_writes_at_a_time_and_readers_do_not_wait(folder):
    index, other = TantivyIndex(folder), TantivyIndex(folder, patience=0)
    index.rebuild([record(1)])

    def records():
        with pytest.raises(IndexBusy):
            other.change(put=[record(3)])
        assert total(other) == 1
        yield record(2)

    index.change(put=records())
    assert total(other) == 2


def test_a_rebuild_lets_changes_through_and_a_second_rebuild_wait(folder):
    index = TantivyIndex(folder)
    index.rebuild([record(1)])

    def records():
        index.change(put=[record(7)])
        assert total(index) == 2
        with pytest.raises(IndexBusy):
            TantivyIndex(folder).rebuild([])
        yield record(2)

    assert index.rebuild(records()) == 1
    assert list(index.keys()) == ["d:2"]


def test_a_fault_in_the_records_leaves_all_as_it_was_and_the_place_free(folder):
    index = TantivyIndex(folder, patience=0)
    index.rebuild([record(1)])

    def faulty():
        yield record(2)
        raise KeyError("from the database")

    for verb in (lambda: index.change(put=faulty(), take=["d:1"]), lambda: index.rebuild(faulty())):
        with pytest.raises(KeyError):
            verb()
        assert list(index.keys()) == ["d:1"]
    index.change(put=[record(3)])
    assert total(index) == 2


def test_a_full_disk_is_told_and_the_old_index_serves(folder):
    """Files may not grow past a limit: what a full disk looks like to a process."""
    index = TantivyIndex(folder)
    index.rebuild([record(1)])
    child = run(FULL, folder)
    said = child.stdout.read()
    assert child.wait() == 0
    assert said.count("磁盘已满") == 2, said
    assert list(index.keys()) == ["d:1"]
    index.change(put=[record(2)])
    assert total(index) == 2


FULL = """
import resource, signal, sys
from gongkai.adapters.tests.test_searchindex_disk import *
index = TantivyIndex(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
many = [record(n, str(n) * 9) for n in range(1200)]
for verb in (lambda: index.change(put=many), lambda: index.rebuild(many)):
    try:
        verb()
    except IndexFailed as error:
        print(error)
"""


def test_too_little_space_is_told_before_anything_is_written(folder, monkeypatch):
    index = TantivyIndex(folder)
    index.rebuild([record(1)])
    monkeypatch.setattr(
        "shutil.disk_usage", lambda _: type("Usage", (), {"free": 5 * 1024 * 1024})()
    )
    with pytest.raises(IndexFailed, match="磁盘只剩5兆"):
        index.change(put=[record(2)])


@pytest.mark.parametrize("harm", ["none", "meta", "segments", "schema"])
def test_a_broken_index_says_what_to_do(folder, harm):
    index = TantivyIndex(folder)
    if harm != "none":
        index.rebuild([record(1)])
        place = folder / os.readlink(folder / "current")
        if harm == "meta":
            (place / "meta.json").write_text("{")
        elif harm == "segments":
            for each in place.glob("*.idx"):
                each.unlink()
        else:
            old = folder / "v0-000001"
            place.rename(old)
            (folder / "current").unlink()
            (folder / "current").symlink_to(old.name)
    with pytest.raises(IndexFailed, match="buildsearch"):
        total(TantivyIndex(folder))
    assert index.rebuild([record(1), record(2)]) == 2
    assert total(index) == 2


def test_many_readers_while_one_writes(folder):
    index = TantivyIndex(folder)
    index.rebuild(record(each) for each in range(50))
    faults = []

    def read():
        try:
            last = 0
            for _ in range(60):
                now = total(index)
                assert now >= last
                last = now
        except BaseException as error:
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for each in readers:
        each.start()
    for number in range(50, 58):
        index.change(put=[record(number)])
    for each in readers:
        each.join()
    assert faults == []
    assert total(index) == 58


def test_memory_is_flat_in_a_rebuild(folder):
    """What is handed in is let go: the peak grows by the writer's room and no more."""
    index = TantivyIndex(folder)
    index.rebuild(record(each) for each in range(500))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    index.rebuild(record(each) for each in range(2500))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 320 * 1024


def test_the_setting_says_which_engine(tmp_path, settings):
    index = index_of({"engine": "tantivy", "path": tmp_path}, "public")
    assert index is index_of({"engine": "tantivy", "path": tmp_path}, "public")
    assert index is not index_of({"engine": "tantivy", "path": tmp_path}, "staff")
    nothing = index_of({"engine": "none"}, "public")
    assert nothing.rebuild([record(1)]) == 1
    assert nothing.search(Query(words="公告", scopes=(HOME,))).total == 0
    assert (nothing.suggest("公", scopes=(HOME,)), list(nothing.keys())) == ((), [])
    for wrong in ({}, {"engine": "solr"}, {"engine": "tantivy"}):
        with pytest.raises(IndexFailed, match="GONGKAI_SEARCH"):
            index_of(wrong, "public")


def test_a_state_answers_a_question_once_and_the_next_state_anew(folder):
    index = TantivyIndex(folder)
    index.rebuild(record(each) for each in range(30))
    first = Query(words="公告", scopes=(HOME,), facets=(Facet.YEAR,))
    answer = index.search(first)
    assert index.search(Query(words="公告", scopes=(HOME,), facets=(Facet.YEAR,))) is answer
    second = index.search(replace(first, page=2))
    assert {hit.key for hit in second.hits}.isdisjoint(hit.key for hit in answer.hits)
    assert index.search(replace(first, sort=Sort.DATE)) is not answer
    assert index.search(replace(first, scopes=("county:2",))).total == 0
    other = TantivyIndex(folder)
    other.change(take=["d:3"])
    assert (answer.total, index.search(first).total) == (30, 29)


def test_no_more_answers_are_kept_than_the_bound(folder, monkeypatch):
    monkeypatch.setattr(tantivy_reading, "KEPT", 3)
    index = TantivyIndex(folder)
    index.rebuild(record(each) for each in range(5))
    for number in range(10):
        asked = Query(words=f"第{number}号", scopes=(HOME,), exact=True)
        assert index.search(asked).total == (number < 5)
        assert len(index._fresh()._answers) <= 3
