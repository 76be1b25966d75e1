"""A tree of files: whole pages or the old ones, whatever is killed, full or at work beside it."""

import errno
import gzip
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.sitefiles import crew, packing, places
from gongkai.adapters.sitefiles.places import GONE, PACKED, File, file_of, place_of
from gongkai.adapters.sitefiles.tree import DiskFull, StillThere, Tree
from gongkai.adapters.sitefiles.trees import Busy, NoTrees, Trees, trees_of

HOST = "www.example.gov.cn"
OLD, NEW = b"<p>old</p>" * 400, b"<p>new page</p>" * 500


@pytest.fixture
def trees(tmp_path: Path) -> Trees:
    return Trees(tmp_path / "site")


@pytest.fixture
def tree(trees: Trees) -> Tree:
    made = trees.start()
    trees.switch(made)
    return made


def pages(body: bytes, number: int = 3) -> list[File]:
    return [file_of(HOST, f"/zwdt/tzgg/202611/{each}.html", body) for each in range(number)]


def names(tree: Tree) -> dict[str, int]:
    """Return every file below the host with its time."""
    found = sorted((tree.root / HOST).rglob("*"))
    return {str(path.relative_to(tree.root)): path.stat().st_mtime_ns for path in found}


def is_whole(tree: Tree, file: File) -> bool:
    return tree.is_whole(file) and not [
        place for place, fault in tree.walk() if fault is not None and place == file.place
    ]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/", f"{HOST}/index.html"),
        ("/a/b/", f"{HOST}/a/b/index.html"),
        ("/a/b.html", f"{HOST}/a/b.html"),
        ("/a/../b.html", ""),
        ("/a/./b.html", ""),
        ("/.told.json", ""),
        ("//a.html", ""),
        ("/a\x00.html", ""),
        ("/中.html", ""),
        ("/a.html.gone", ""),
        ("/a.html.br", ""),
        ("a.html", ""),
    ],
)
def test_an_address_stands_in_one_place_or_in_none(address, place):
    assert place_of(HOST, address) == place
    assert place_of(f"{HOST.upper()}:8000", address) == place


@pytest.mark.parametrize("host", ["", "..", "a/b", ".told", "a..b", "-", "a\\b"])
def test_a_host_that_is_none_has_no_folder(host):
    assert place_of(host, "/") == ""


@given(st.text(max_size=60))
def test_no_address_leaves_the_folder_of_its_host(address):
    place = place_of(HOST, address)
    assert not place or (place.startswith(f"{HOST}/") and os.path.normpath(place) == place)


@given(st.text(max_size=60))
def test_no_host_leaves_the_tree(host):
    place = place_of(host, "/a.html")
    assert not place or ("/" not in place.removesuffix("/a.html") and not place.startswith("."))


def test_a_page_stands_with_what_is_packed_of_it(tree):
    (page,) = pages(NEW, 1)
    assert tree.write([page]) == [page.place]
    path = tree.root / page.place
    assert path.read_bytes() == NEW
    assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == NEW
    assert brotli.decompress(Path(f"{path}.br").read_bytes()) == NEW
    attachment = file_of(HOST, "/zwdt/tzgg/202611/1/x.pdf", b"%PDF")
    tree.write([attachment])
    assert tree.copies(attachment.place) == [attachment.place]


def test_what_has_not_changed_is_not_touched(tree):
    tree.write(pages(OLD))
    before = names(tree)
    assert tree.write(pages(OLD)) == []
    assert names(tree) == before
    changed = tree.write([*pages(OLD, 2), file_of(HOST, "/zwdt/tzgg/202611/2.html", NEW)])
    assert changed == [f"{HOST}/zwdt/tzgg/202611/2.html"]
    after = names(tree)
    assert {name for name in before if before[name] != after[name]} == {
        f"{HOST}/zwdt/tzgg/202611",
        *(f"{changed[0]}{suffix}" for suffix in ("", *PACKED)),
    }


def test_two_versions_never_bear_the_same_second(tree):
    seen = set()
    for body in (b"<p>a</p>", b"<p>b</p>", b"<p>c</p>", b"<p>a</p>"):
        tree.write([file_of(HOST, "/", body)])
        seen.add(int((tree.root / HOST / "index.html").stat().st_mtime))
    assert len(seen) == 4


def test_taking_off_removes_every_copy_and_the_folders_left_empty(tree):
    (page,) = pages(OLD, 1)
    tree.write([page])
    assert tree.take_off([page.place], {page.place: "已经撤下".encode()}) == [page.place]
    assert tree.copies(page.place) == []
    assert tree.notice_at(page.place) == "已经撤下".encode()
    assert tree.take_off([page.place], {page.place: "已经撤下".encode()}) == []
    tree.write([page])
    assert tree.notice_at(page.place) is None
    tree.take_off([page.place], {})
    assert list(tree.walk()) == []
    assert not (tree.root / HOST).exists()


def test_a_copy_that_cannot_be_removed_is_told(tree, monkeypatch):
    (page,) = pages(OLD, 1)
    tree.write([page])
    monkeypatch.setattr("gongkai.adapters.sitefiles.tree._unlink", lambda path: False)
    with pytest.raises(StillThere, match="没有从网站文件中删除"):
        tree.take_off([page.place], {})


STEPS = ("open", "write", "fstat", "utime", "replace", "unlink", "makedirs")


class Fuse:
    """Raises at the nth step of writing; counts them when it never does."""

    def __init__(self, monkeypatch, deadly: int, error: OSError) -> None:
        self.passed = 0
        for name in STEPS:
            monkeypatch.setattr(f"os.{name}", self.laid(getattr(os, name), deadly, error, name))

    def laid(self, real, deadly, error, name):
        def step(*args, **told):
            if (name == "open" and not args[1] & os.O_WRONLY) or name == "unlink":
                return real(*args, **told)
            self.passed += 1
            if self.passed == deadly:
                raise error
            return real(*args, **told)

        return step


def test_a_full_disk_at_any_step_leaves_the_old_pages_whole(tmp_path, monkeypatch):
    for deadly in range(1, 200):
        trees = Trees(tmp_path / str(deadly))
        tree = trees.start()
        trees.switch(tree)
        tree.write(pages(OLD, 2))
        with monkeypatch.context() as patched:
            fuse = Fuse(patched, deadly, OSError(errno.ENOSPC, "No space left on device"))
            full = True
            with suppress(DiskFull):
                tree.write(pages(NEW, 2))
                full = False
        if not full:
            assert fuse.passed < deadly
            break
        for place, fault in tree.walk():
            assert fault is None or fault.kind == "half", place
            assert tree.read(place) in (OLD, NEW)
        tree.write(pages(NEW, 2))
        assert all(is_whole(tree, page) for page in pages(NEW, 2))
    else:
        pytest.fail("it never got through")
    assert deadly > 15


_MOUNT, _UMOUNT = shutil.which("mount") or "", shutil.which("umount") or ""


def _mount(folder: Path) -> bool:
    """Put a disk of 64 KB at a folder; only root may."""
    if os.geteuid() != 0 or not _MOUNT:
        return False
    command = [_MOUNT, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True).returncode == 0  # noqa: S603 -- as above


def test_a_really_full_disk(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    if not _mount(small):
        pytest.skip("no small disk can be made here")
    try:
        trees = Trees(small)
        tree = trees.start()
        trees.switch(tree)
        (page,) = pages(OLD, 1)
        tree.write([page])
        before = names(tree)
        with pytest.raises(DiskFull, match="磁盘空间不足"):
            tree.write(file_of(HOST, f"/a/{n}.html", os.urandom(20_000)) for n in range(9))
        assert is_whole(tree, page)
        assert {name for name in names(tree) if (tree.root / name).is_file()} == {
            name for name in before if (tree.root / name).is_file()
        }
        big = (file_of(HOST, f"/b/{n}.pdf", os.urandom(20_000)) for n in range(9))
        fresh = trees.start()
        with pytest.raises(DiskFull):
            fresh.write(big)
        trees.drop(fresh)
        tree.write([file_of(HOST, "/c.html", NEW)])
    finally:
        subprocess.run([_UMOUNT, str(small)], check=True)  # noqa: S603 -- the system's own


_VICTIM = """
import os, signal, sys
from pathlib import Path
from gongkai.adapters.sitefiles.tree import Tree
from gongkai.adapters.tests.test_sitefiles import NEW, pages
passed, deadly = 0, int(sys.argv[2])
def laid(real):
    def step(*args, **told):
        global passed
        passed += 1
        if passed == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **told)
    return step
for name in ("open", "write", "utime", "replace", "unlink", "makedirs"):
    setattr(os, name, laid(getattr(os, name)))
tree = Tree(Path(sys.argv[1]))
tree.write(pages(NEW, 2))
tree.take_off([pages(NEW, 3)[2].place], {pages(NEW, 3)[2].place: b"gone"})
"""


def test_a_writer_killed_at_any_step_leaves_no_half_page(tmp_path):
    """A forked child dies by SIGKILL at each step in turn; what is done again is then whole."""
    for deadly in range(1, 300):
        trees = Trees(tmp_path / str(deadly))
        tree = trees.start()
        trees.switch(tree)
        tree.write(pages(OLD, 3))
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                sys.argv = ["victim", str(tree.root), str(deadly)]
                exec(_VICTIM, {"__name__": "victim"})  # noqa: S102 -- our own text above
                os._exit(0)
            os._exit(1)
        _, ended = os.waitpid(child, 0)
        for page in pages(OLD, 3):
            assert tree.read(page.place) in (OLD, NEW, None)
            packed = tree.root / f"{page.place}.gz"
            if packed.exists():
                assert packing.unpacked(".gz", packed.read_bytes()) in (OLD, NEW)
        third = pages(OLD, 3)[2]
        if tree.read(third.place) is None:
            assert tree.notice_at(third.place) == b"gone"
        tree.write(pages(NEW, 2))
        tree.take_off([third.place], {third.place: b"gone"})
        assert all(is_whole(tree, page) for page in pages(NEW, 2))
        assert tree.copies(third.place) == []
        if ended == 0:
            break
    assert ended == 0
    assert deadly > 25


def test_what_a_killed_writer_left_is_found(tree):
    tree.write(pages(OLD, 1))
    place = pages(OLD, 1)[0].place
    (tree.root / places.aside(place, "1")).write_bytes(b"half")
    faults = {fault.kind for _, fault in tree.walk() if fault}
    assert faults == {"left"}
    (tree.root / f"{place}.gz").write_bytes(packing.gz(NEW))
    assert not tree.is_whole(pages(OLD, 1)[0])
    assert tree.write(pages(OLD, 1)) == [place]


def test_better_packing_changes_no_page(tree):
    page = file_of(HOST, "/", ("".join(chr(0x4E00 + n * n % 900) for n in range(4000))).encode())
    tree.write([page])
    before = len((tree.root / f"{page.place}.br").read_bytes())
    assert tree.pack_best(page.place)
    assert len((tree.root / f"{page.place}.br").read_bytes()) < before
    assert is_whole(tree, page)
    assert tree.write([page]) == []
    assert not tree.pack_best(page.place)


def test_the_list_of_what_to_pack_goes_on_where_it_was(tree):
    tree.write(pages(OLD, 5))
    newest = tree.plan_packing(0)
    first, offset = tree.planned(0, 3)
    rest, end = tree.planned(offset, 30)
    assert sorted(first + rest) == [page.place for page in pages(OLD, 5)]
    assert tree.planned(end, 30) == ([], end)
    assert tree.plan_packing(newest) == newest
    assert tree.planned(0, 3) == ([], 0)


def test_trees_are_switched_at_once_and_the_old_one_goes(trees, tree):
    tree.write(pages(OLD, 1))
    new = trees.start()
    new.write(pages(NEW, 1))
    trees.note_done(new, ["a", "b"])
    again = trees.unfinished()
    assert again is not None
    assert again.root == new.root
    assert trees.done(again) == {"a", "b"}
    assert trees.current().read(pages(OLD, 1)[0].place) == OLD
    trees.switch(new)
    assert trees.current().read(pages(OLD, 1)[0].place) == NEW
    assert [each.root for each in trees.all()] == [new.root]
    assert trees.unfinished() is None
    assert not os.path.isabs(os.readlink(trees.link))


def test_two_builders_are_one_too_many_and_two_writers_take_turns(trees, tree):
    with trees.building(), pytest.raises(Busy, match="正在生成"), trees.building():
        pass
    children = []
    for body in (OLD, NEW):
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                for _ in range(10):
                    with trees.writing():
                        trees.current().write(pages(body, 4))
                        same = {trees.current().read(page.place) for page in pages(body, 4)}
                        if same != {body}:
                            os._exit(2)
                os._exit(0)
            os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    bodies = {tree.read(page.place) for page in pages(OLD, 4)}
    assert len(bodies) == 1
    assert all(fault is None for _, fault in tree.walk())


def test_the_twin_has_no_tree():
    assert isinstance(trees_of("none", Path("/x")), NoTrees)
    assert trees_of("none", Path("/x")).current() is None
    with pytest.raises(ValueError, match="GONGKAI_SITE"):
        trees_of("cloud", Path("/x"))


def test_work_is_shared_among_processes():
    def do(word: str) -> str:
        return f"{word}!"

    assert list(crew.share("abc", do, begin=lambda: None, processes=1)) == ["a!", "b!", "c!"]
    assert sorted(crew.share("abcdefgh", len, begin=lambda: None, processes=2)) == [1] * 8


def test_a_file_is_gone_by_name_only():
    assert GONE == ".gone"
    assert places.asks_for_more("riqi=2026-01-01")
    assert not places.asks_for_more("from=timeline&isappinstalled=0")
    assert places.asks_for_more("from=timeline&x=1")
