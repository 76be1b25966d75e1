"""The pictures of a Word document: told by content, and those no browser shows made into PNG."""

from dataclasses import dataclass
from io import BytesIO

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x01\x00\x09\x00", "wmf"),
)
SHOWN = frozenset(("png", "jpg", "gif", "webp"))
_MADE_ANEW = frozenset(("bmp", "tif"))
_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture out of a document; `name` is its src in the HTML, `kind` its suffix."""

    name: str
    data: bytes
    kind: str
    alt: str = ""


def kind_of(data: bytes) -> str:
    """Return a picture's kind by its first bytes, "" for one that is not known."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "emf" if data[40:44] == b" EMF" else ""


def shown(data: bytes) -> tuple[bytes, str] | None:
    """Return a picture that a browser shows and its kind, None where it cannot be made one."""
    kind = kind_of(data)
    if kind in SHOWN:
        return data, kind
    return _as_png(data) if kind in _MADE_ANEW else None


def _as_png(data: bytes) -> tuple[bytes, str] | None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("BMP", "TIFF")) as opened:
            if opened.width * opened.height > _PIXELS:
                return None
            file = BytesIO()
            opened.convert("RGB").save(file, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return file.getvalue(), "png"
