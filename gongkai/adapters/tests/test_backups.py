"""Backups proved: streams that do not open when touched, keys apart, both stores, differences."""

import base64
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.adapters.backups import BackupFailed
from gongkai.adapters.backups.folder import FolderStore
from gongkai.adapters.backups.manifest import (
    Block,
    File,
    Manifest,
    State,
    blocks_of,
    differences,
    file_differences,
)
from gongkai.adapters.backups.restic import ResticStore
from gongkai.adapters.backups.sealing import open_keys, opened, read_key, seal, seal_keys
from gongkai.adapters.backups.trees import digest_of, hashed

KEY = bytes(range(32))
PIECE = 1 << 20


def _sealed(data: bytes, name: str = "a") -> bytes:
    out = io.BytesIO()
    seal(KEY, name, io.BytesIO(data), out)
    return out.getvalue()


def _opened(data: bytes, name: str = "a", key: bytes = KEY) -> bytes:
    return b"".join(opened(key, name, io.BytesIO(data)))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_opens(size: int) -> None:
    data = bytes(size)
    assert _opened(_sealed(data)) == data


def test_a_stream_that_was_touched_does_not_open() -> None:
    token = _sealed(bytes(2 * PIECE + 5))
    first, second = 36, 36 + PIECE + 16
    swapped = token[:first] + token[second : second + PIECE + 16] + token[first:second]
    touched = [
        token[:-1],
        token[:second],  # cut off between two pieces
        swapped + token[second + PIECE + 16 :],
        token[:40] + bytes([token[40] ^ 1]) + token[41:],
        token[:5] + bytes([token[5] ^ 1]) + token[6:],
        token + b"more",
        b"",
        b"GKB1",
        b"PK\x03\x04" + token[4:],
    ]
    for each in touched:
        with pytest.raises(BackupFailed):
            _opened(each)
    for name, key in (("b", KEY), ("a", bytes(32))):
        with pytest.raises(BackupFailed):
            _opened(token, name, key)


def test_keys_open_with_their_phrase_alone() -> None:
    sealed = seal_keys({"GONGKAI_AUDIT_KEY": "x"}, "靖安县政务公开办公室二零二六")
    assert open_keys(sealed, "靖安县政务公开办公室二零二六") == {"GONGKAI_AUDIT_KEY": "x"}
    for other, phrase in (
        (sealed, "靖安县政务公开办公室二零二七"),
        (sealed[:-20], "靖安县政务公开办公室二零二六"),
        (b"no keys", "靖安县政务公开办公室二零二六"),
    ):
        with pytest.raises(BackupFailed):
            open_keys(other, phrase)
    with pytest.raises(BackupFailed, match="至少"):
        seal_keys({}, "短")


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(base64.b64encode(KEY).decode())
    path.chmod(0o644)
    with pytest.raises(BackupFailed, match="chmod"):
        read_key(path)
    path.chmod(0o600)
    assert read_key(path) == KEY
    path.write_text("c2hvcnQ=")
    with pytest.raises(BackupFailed, match="32"):
        read_key(path)
    with pytest.raises(BackupFailed, match="openssl"):
        read_key(tmp_path / "none")


def _rows(*values: bytes) -> tuple[Block, ...]:
    return blocks_of((str(number), value) for number, value in enumerate(values))


def test_one_record_that_differs_is_found() -> None:
    many = [str(number).encode() for number in range(2500)]
    state = State("SQLite 3", {"t": _rows(*many)}, ("a.1",), {"jingan": (1, "abc")})
    assert [block.rows for block in state.tables["t"]] == [1000, 1000, 500]
    assert differences(state, replace(state)) == []
    changed = [*many[:1500], b"other", *many[1501:]]
    told = [
        ({"tables": {"t": _rows(*changed)}}, "1999"),
        ({"tables": {"t": _rows(*many[:-1])}}, "2500"),
        ({"tables": {}}, "缺少数据表"),
        ({"chains": {"jingan": (1, "abd")}}, "链首"),
        ({"migrations": ()}, "结构"),
    ]
    for change, word in told:
        (found,) = differences(state, replace(state, **change))
        assert word in found


def test_files_that_differ_are_found() -> None:
    one, other = File("a", 1, "1"), File("b", 1, "2")
    wanted = {"files": (one, other)}
    assert file_differences(wanted, {"files": (one, other)}) == []
    assert "缺少" in file_differences(wanted, {"files": (one,)})[0]
    assert "多出" in file_differences({"files": (one,)}, wanted)[0]
    assert "不同" in file_differences(wanted, {"files": (one, replace(other, sha256="3"))})[0]


def test_a_folder_with_keys_in_it_is_not_backed_up(tmp_path: Path) -> None:
    (tmp_path / "gongkai.env").write_text("GONGKAI_AUDIT_KEY=very-secret-indeed\n")
    assert len(hashed(tmp_path)) == 1
    with pytest.raises(BackupFailed, match="密钥"):
        hashed(tmp_path, [b"very-secret-indeed"])


class Place:
    """Files of a county to be kept, a dump, and a manifest of both."""

    def __init__(self, at: Path) -> None:
        self.at = at
        self.root, self.dump = at / "data", at / "dump"
        (self.root / "ab").mkdir(parents=True)
        (self.root / "ab" / "one").write_bytes(b"one" * 1000)
        (self.root / "ab" / "too").write_bytes(b"one" * 1000)
        (self.root / "名单.txt").write_bytes(b"")
        self.dump.write_bytes(b"dump")

    def manifest(self, name: str) -> Manifest:
        state = State("SQLite 3", {"t": _rows(b"1")}, ("a.1",), {"jingan": (1, "abc")})
        files = {"files": hashed(self.root)}
        return Manifest(name, "2026-11-26", "1", "sqlite", digest_of(self.dump), state, files)


def _store(kind: str, place: Path) -> FolderStore | ResticStore:
    if kind == "own":
        return FolderStore(place / "target", KEY)
    if not ResticStore.is_installed():
        pytest.skip("restic is not installed")
    key = place / "key"
    key.write_text(base64.b64encode(KEY).decode())
    (place / "stage").mkdir()
    return ResticStore(str(place / "target"), key, place / "stage")


@pytest.mark.parametrize("kind", ["own", "restic"])
def test_what_a_store_keeps_comes_back(kind: str, tmp_path: Path) -> None:
    place, store = Place(tmp_path), _store(kind, tmp_path)
    first = place.manifest("20261126T010000Z")
    assert store.keep(first, place.dump, {"files": place.root})
    place.dump.write_bytes(b"dump of another day")
    second = place.manifest("20261127T010000Z")
    store.keep(second, place.dump, {"files": place.root})
    assert store.sets() == [first.id, second.id]
    assert store.manifest() == second
    assert store.manifest(first.id) == first
    with pytest.raises(BackupFailed, match="没有备份"):
        store.manifest("20261128T010000Z")
    assert store.faults(first) == []
    back = tmp_path / "back"
    store.fetch(first, back)
    assert hashed(back / "roots" / "files") == first.roots["files"]
    assert (back / "dump").read_bytes() == b"dump"
    assert store.forget(1) == 1
    assert store.sets() == [second.id]
    assert store.faults(second) == []


def test_the_folder_takes_no_content_twice_and_tells_no_names(tmp_path: Path) -> None:
    place, store = Place(tmp_path), FolderStore(tmp_path / "target", KEY)
    assert store.keep(place.manifest("1"), place.dump, {"files": place.root}) == 3
    assert store.keep(place.manifest("2"), place.dump, {"files": place.root}) == 0
    held = b"".join(path.read_bytes() for path in (tmp_path / "target").rglob("*.manifest"))
    assert "名单".encode() not in held
    assert b"jingan" not in held


def test_a_folder_that_was_touched_is_found(tmp_path: Path) -> None:
    place, store = Place(tmp_path), FolderStore(tmp_path / "target", KEY)
    manifest = place.manifest("1")
    store.keep(manifest, place.dump, {"files": place.root})
    objects = sorted((tmp_path / "target" / "objects").glob("*/*"))
    shutil.copy(objects[0], objects[1])  # one content under the name of another
    assert len(store.faults(manifest)) in (1, 2)
    objects[1].unlink()
    assert any("没有这个文件" in fault for fault in store.faults(manifest))
    with pytest.raises(BackupFailed):
        store.fetch(manifest, tmp_path / "back")
    with pytest.raises(BackupFailed):
        FolderStore(tmp_path / "target", bytes(32)).manifest("1")


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with pytest.raises(BackupFailed, match="别的文件"):
        FolderStore(place.root, KEY).keep(place.manifest("1"), place.dump, {"files": place.root})


def test_a_path_that_leads_out_is_refused(tmp_path: Path) -> None:
    place, store = Place(tmp_path), FolderStore(tmp_path / "target", KEY)
    manifest = place.manifest("1")
    (tmp_path / "out").write_bytes(b"out")
    bad = replace(manifest, roots={"files": (replace(digest_of(tmp_path / "out"), path="../out"),)})
    store.keep(bad, place.dump, {"files": place.root})
    with pytest.raises(BackupFailed, match="不在数据目录"):
        store.fetch(bad, tmp_path / "back")
