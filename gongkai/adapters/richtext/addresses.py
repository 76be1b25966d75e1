"""Which addresses stay in a text: web pages and our own files; the rest is reported."""

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

Resolve = Callable[[str], str | None]
"""Given an address as written, the address to write, or None: not to be kept."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_NOISE = re.compile(
    "[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\u202a-\u202e\u3000\ufeff\ud800-\udfff]+"
)
_ESCAPED = str.maketrans({" ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60", "\\": "/"})
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_LONGEST = 2_000


def tidy_address(address: str) -> str:
    """Return an address as it is written: no blanks at the ends, none of the controls inside."""
    return _NOISE.sub("", address.strip().translate(_ESCAPED))[:_LONGEST]


def kept_link(address: str) -> str | None:
    """Return a link that stays: http(s), mail, telephone, or relative to the page."""
    tidied = tidy_address(address)
    scheme = _SCHEME.match(unquote(tidied))
    if scheme and (scheme[1].lower() not in SCHEMES or not _SCHEME.match(tidied)):
        return None
    return tidied or None


def from_mapping(images: Mapping[str, str]) -> Resolve:
    """Return the rule that keeps pictures known by name, and our own addresses themselves."""
    known = {address: address for address in images.values()}
    known |= {tidy_address(name): address for name, address in images.items()}
    names = {posixpath.basename(name): address for name, address in images.items()}

    def resolve(address: str) -> str | None:
        tidied = tidy_address(address)
        found = known.get(tidied) or known.get(unquote(tidied))
        if found is None and not tidied.startswith(("data:", "http:", "https:", "//")):
            found = names.get(posixpath.basename(unquote(tidied)))
        return found

    return resolve


def shown(address: str) -> str:
    """Return an address short enough to tell somebody."""
    tidied = tidy_address(address)
    return tidied if len(tidied) <= 80 else f"{tidied[:60]}……"
