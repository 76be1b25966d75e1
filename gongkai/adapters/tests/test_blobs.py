"""Sealed bytes on disk: whole or not at all, for the service alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from gongkai.adapters.blobs import BlobMissing, Blobs


def test_put_get_drop(tmp_path: Path) -> None:
    blobs, name = Blobs(tmp_path / "files"), uuid4()
    blobs.put(name, b"sealed")
    assert blobs.get(name) == b"sealed"
    (path,) = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert path.stat().st_mode & 0o777 == 0o600
    blobs.drop(name)
    blobs.drop(name)
    with pytest.raises(BlobMissing):
        blobs.get(name)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    blobs, name = Blobs(tmp_path), uuid4()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("gongkai.adapters.blobs.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        blobs.put(name, b"sealed")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_is_older_is_found_and_what_a_crash_left_aside_has_no_name(tmp_path: Path) -> None:
    blobs, name = Blobs(tmp_path), uuid4()
    assert list(blobs.older_than(datetime.now(UTC))) == []
    blobs.put(name, b"sealed")
    (tmp_path / name.hex[:2] / ".new-crashed").write_bytes(b"half")
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert {found for found, _ in blobs.older_than(later)} == {name, None}
    assert list(blobs.older_than(later - timedelta(days=1))) == []
