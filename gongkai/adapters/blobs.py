"""Sealed bytes on disk, each under a name of its own; written whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID


class BlobMissing(LookupError):
    """There are no bytes under this name."""


class Blobs:
    """One directory of blobs, spread over 256 folders; only the service reads it."""

    def __init__(self, root: Path) -> None:
        """Take the directory; it is made when the first blob comes."""
        self._root = Path(root)

    def put(self, name: UUID, data: bytes) -> None:
        """Write `data` under a fresh name: to a file aside, flushed to the disk, then renamed."""
        place = self._place(name)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, aside = tempfile.mkstemp(prefix=".new-", dir=place.parent)  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, place)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def get(self, name: UUID) -> bytes:
        """Return the bytes under a name.

        Raises:
            BlobMissing: there are none.
        """
        try:
            return self._place(name).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(str(name)) from None

    def drop(self, name: UUID) -> None:
        """Delete a blob; one that is gone already is no error."""
        self._place(name).unlink(missing_ok=True)

    def older_than(self, at: datetime) -> Iterator[tuple[UUID | None, Path]]:
        """Yield every file written before `at`: its name, None for what a crash left aside."""
        for path in sorted(self._root.glob("??/*")):
            try:
                written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue
            if written < at:
                yield _name(path), path

    def _place(self, name: UUID) -> Path:
        return self._root / name.hex[:2] / name.hex


def _name(path: Path) -> UUID | None:
    try:
        return UUID(path.name)
    except ValueError:
        return None
