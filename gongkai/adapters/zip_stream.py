"""A zip written piece by piece, so that a package of any size costs the memory of one file."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

_PIECE = 1024 * 1024
_PACKED_ALREADY = frozenset({"pdf", "jpg", "jpeg", "png", "zip", "docx", "xlsx", "pptx"})


class _Sink(io.RawIOBase):
    """What zipfile writes to: it cannot be sought in, and gives out what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, data: object) -> int:
        """Keep a piece until it is taken."""
        piece = bytes(data)  # type: ignore[call-overload]
        self.pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since the last taking."""
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def zipped(entries: Iterable[tuple[str, bytes]], at: datetime) -> Iterator[bytes]:
    """Yield a zip of `entries`, each a name and its bytes, taken one after the other.

    Pictures and documents that are packed already are stored as they are. `at` is the local
    moment that every entry bears.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as package:  # type: ignore[arg-type]
        for name, data in entries:
            told = zipfile.ZipInfo(name, at.timetuple()[:6])
            told.external_attr = 0o600 << 16
            packed = name.rpartition(".")[2].lower() in _PACKED_ALREADY
            told.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            with package.open(told, "w") as entry:
                for start in range(0, len(data), _PIECE):
                    entry.write(data[start : start + _PIECE])
                    yield sink.taken()
    yield sink.taken()
