"""Addresses as browsers resolve them, in one spelling, and what can be told without asking."""

import ipaddress
import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

_SAFE = "/?=&%:,;+~.-_[]@!$'()*"
_LEFT_ALONE = re.compile(r"^(?:javascript|mailto|tel|sms|data|about|blob|weixin|tencent):", re.I)
_UNFILLED = re.compile(r"\{\{|\$\{|<%")  # of a template that a script fills in
_DRIVE = re.compile(r"^[a-zA-Z]:[\\/]|^\\\\")
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")
_RESERVED = (".invalid", ".example", ".test")  # RFC 6761: no resolver knows them
_HOMES = re.compile(r"^/(?:(?:index|default|home|main)(?:\.\w{2,5})?)?$", re.I)
_NUMBERS = re.compile(r"\d+|[0-9a-f]{16,}", re.I)
_YEAR = re.compile(r"/(?:19|20)\d\d/$")
_PAGED = re.compile(
    r"/(?:(?:index|list|default)?(?:[_-]?\d{1,4})?\.(?:s?html?|jsp|aspx?|php))?$", re.I
)


def resolve(base: str, written: str) -> str | None:
    """Return the whole address of a link, None for what is not asked over HTTP or leads nowhere.

    A fragment is dropped; one of the page itself is None. A local file keeps its `file:` address.
    """
    plain = re.sub(r"[\t\r\n]", "", written).strip()
    if not plain or plain.startswith("#") or _LEFT_ALONE.match(plain) or _UNFILLED.search(plain):
        return None
    if _DRIVE.match(plain):
        return "file:///" + plain.replace("\\", "/").lstrip("/")
    if plain.lower().startswith("file:"):
        return plain
    try:
        joined = urljoin(base, plain.replace("\\", "/"))
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    return tidy(joined)


def tidy(address: str) -> str:
    """Return an address in one spelling: encoded, without fragment, host in small letters."""
    parts = urlsplit(address)
    path = _encoded(parts.path or "/")
    netloc = parts.netloc.lower()
    default = ":80" if parts.scheme == "http" else ":443"
    netloc = netloc.removesuffix(default)
    return urlunsplit((parts.scheme, netloc, path, _encoded(parts.query), ""))


def _encoded(text: str) -> str:
    kept = _ESCAPED.sub(lambda found: found[0].upper(), text)
    return quote(re.sub(r"%(?![0-9A-F]{2})", "%25", kept), safe=_SAFE)


def origin(address: str) -> str:
    """Return scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def host(address: str) -> str:
    """Return the host alone, without brackets; "" where there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def is_home(address: str) -> bool:
    """Say whether an address is a site's first page by its path."""
    parts = urlsplit(address)
    return bool(_HOMES.match(parts.path or "/")) and not parts.query


def template(address: str) -> str:
    """Return an address with its numbers and its query's values blotted out, as traps have them."""
    parts = urlsplit(address)
    keys = "&".join(sorted({each.partition("=")[0] for each in parts.query.split("&") if each}))
    return _NUMBERS.sub("#", parts.path) + (f"?{keys}" if keys else "")


def list_of(address: str) -> str:
    """Return what all pages of one list share: /xw/, /xw/index_2.html, /xw/2020/ are one."""
    parts = urlsplit(address)
    query = "&".join(
        each
        for each in parts.query.split("&")
        if each and not re.match(r"(?:page\w*|pn|p|curpage|currentpage)=\d+$", each, re.I)
    )
    path = _YEAR.sub("/", _PAGED.sub("/", parts.path))
    return origin(address) + path + (f"?{query}" if query else "")


def is_first_page(address: str) -> bool:
    """Say whether an address is the first page of its list."""
    parts = urlsplit(address)
    if _YEAR.search(parts.path):
        return False
    if re.search(r"(?:index|list|default)[_-]?(?:[2-9]|\d\d+)\.", parts.path, re.I):
        return False
    return not re.search(r"(?:page\w*|pn|p)=(?!1(?:&|$))\d+", parts.query, re.I)


def unasked(address: str, site: str) -> str:
    """Return why an address need not be asked: "local", "inside", "no-host", or "".

    An address of an inner network is dead to the public unless the site itself is there.
    """
    if address.startswith("file:"):
        return "local"
    named = host(address)
    kind = _kind(named)
    if kind == "name":
        if named.endswith(_RESERVED) or ("." not in named and named != "localhost"):
            return "no-host"
        return ""
    return "inside" if kind != "global" and kind != _kind(host(site)) else ""


def _kind(named: str) -> str:
    if named == "localhost":
        return "loopback"
    try:
        address = ipaddress.ip_address(named)
    except ValueError:
        return "name"
    if address.is_loopback:
        return "loopback"
    return "global" if address.is_global else "private"


def shown(address: str) -> str:
    """Return an address as a person reads it."""
    try:
        return unquote(address, errors="strict")
    except UnicodeDecodeError:
        return address
