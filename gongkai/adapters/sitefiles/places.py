"""Where an address stands in a tree, what type it is served as, and what stands beside it.

"/" and "/a/b/" are "index.html" and "a/b/index.html"; every other address is the file of its name.
Beside a page that packs well stand `.br` and `.gz`; `.gone` says that it has been taken off.
"""

import re
from dataclasses import dataclass

PACKED = (".br", ".gz")  # in the order in which they are put before the page itself
GONE = ".gone"
_NEW = ".new-"  # what a killed writer left behind has it in its name
_SEGMENT = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")

# What nginx (deploy/nginx.conf) and the demo's server say of a file, by the end of its name.
TYPES = {
    "html": "text/html; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
}
_FEED = "application/atom+xml; charset=utf-8"
OTHER = "application/octet-stream"
_PACKS = frozenset({"html", "xml", "json", "jsonld", "csv", "txt", "svg"})
_INLINE = frozenset({*_PACKS, "pdf", "png", "jpg", "gif"}) - {"csv"}
_YEAR_SHEET = re.compile(r"([a-z][a-z0-9_-]*)/([0-9]{4})/list\.csv$")
# A reader who has chosen another display, and a terminal, get the page made for them.
READER_COOKIES = ("gk_size", "gk_contrast", "gk_kiosk")
# What chat programs and campaigns hang on a shared address; no page of ours reads it.
SHARED_TAILS = ("from", "isappinstalled", "scene", "clicktime", "enterid", "nsukey")
_TAILS = re.compile(rf"(?:(?:{'|'.join(SHARED_TAILS)}|utm_[a-z]+)=[^&]*(?:&|$))+", re.ASCII)


@dataclass(frozen=True, slots=True)
class File:
    """A page as it is to stand at `place`; `packed` when `.br` and `.gz` go beside it."""

    place: str
    body: bytes
    packed: bool


def host_folder(host: str) -> str:
    """Return the folder of a host name without its port; "" when it can be none."""
    name = host.lower()
    name = name[: name.find("]") + 1] if name.startswith("[") else name.partition(":")[0]
    return name if _HOST.fullmatch(name) and ".." not in name else ""


def place_of(host: str, address: str) -> str:
    """Return where an address of a host stands in a tree; "" when it can stand in none."""
    folder = host_folder(host)
    if not folder or not address.startswith("/"):
        return ""
    path = f"{address}index.html" if address.endswith("/") else address
    segments = path[1:].split("/")
    if path.endswith((*PACKED, GONE)) or _NEW in path or not all(map(_SEGMENT.fullmatch, segments)):
        return ""
    return f"{folder}{path}"


def file_of(host: str, address: str, body: bytes) -> File:
    """Return the file of an address.

    Raises:
        ValueError: no file can stand at that address.
    """
    place = place_of(host, address)
    if not place:
        raise ValueError(f"no file can stand at {address}")
    return File(place, body, packs(place))


def packs(place: str) -> bool:
    """Say whether `.br` and `.gz` stand beside what stands there."""
    return place.rpartition(".")[2] in _PACKS


def type_of(place: str) -> str:
    """Return the media type of what stands there."""
    if place.endswith("/feed.xml"):
        return _FEED
    return TYPES.get(place.rpartition(".")[2], OTHER)


def disposition_of(place: str) -> str:
    """Return how a browser is to take it: "" to show it, else to save it."""
    sheet = _YEAR_SHEET.search(place)
    if sheet is not None:
        return f'attachment; filename="{sheet[1]}-{sheet[2]}.csv"'
    return "" if place.rpartition(".")[2] in _INLINE else "attachment"


def is_left_over(name: str) -> bool:
    """Say whether a file of that name is what a killed writer left behind."""
    return _NEW in name


def aside(place: str, mark: str) -> str:
    """Return the name under which a file is written before it is put in its place."""
    return f"{place}{_NEW}{mark}"


def asks_for_more(query: str) -> bool:
    """Say whether a query changes the page: anything but the tails of shared addresses does."""
    return bool(query) and _TAILS.fullmatch(query) is None
