"""The ground: answers, sites and the plan of what is planted where. Plain data, no sockets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import quote, unquote_to_bytes

TODAY = date(2026, 11, 20)  # a Friday; every date of the garden is counted from it
HTML = "text/html; charset=utf-8"
NEVER_RESOLVES = "www.qinghe-tour.invalid"  # RFC 6761: no resolver knows .invalid


def ago(days: int) -> date:
    """Return the day that lies `days` before the garden's today."""
    return TODAY - timedelta(days=days)


class Way(StrEnum):
    """How an answer is put on the wire."""

    WHOLE = "whole"
    OLD = "old"  # HTTP/1.0: no length, the end is the closing
    CUT = "cut"  # the length promises more than comes
    CHUNKED = "chunked"
    CHUNKED_CUT = "chunked-cut"  # the last chunk never comes
    SILENT = "silent"  # nothing until the garden is released
    STUCK = "stuck"  # head and half the body, nothing more until released
    WEARY = "weary"  # answers after a twentieth of a second


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: `key` is path and query with percent signs undone, `number` counts from 1."""

    method: str
    key: bytes
    headers: dict[str, str]
    body: bytes
    number: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers; `{{name}}` in text becomes a site's origin; `charset` is the truth."""

    body: bytes = b""
    status: int = 200
    kind: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    way: Way = Way.WHOLE
    charset: str = "utf-8"

    @property
    def is_text(self) -> bool:
        """Return whether origins are filled in before it is served."""
        return self.kind.startswith("text/") and not dict(self.headers).get("Content-Encoding")


Page = Answer | Callable[[Asked], Answer]


def redirect(target: str, status: int = 302) -> Answer:
    """Return an answer that leads elsewhere; `target` may name a site as `{{name}}`."""
    return Answer(status=status, headers=(("Location", target),))


@dataclass(slots=True)
class Item:
    """A row of a column: `shown` is the date as the page writes it."""

    title: str
    href: str
    on: date
    shown: str


@dataclass(slots=True)
class Column:
    """A list page; `body` replaces the list, `level` 1 is a column of the home page's menu."""

    path: str
    name: str
    kind: str
    level: int = 1
    items: list[Item] = field(default_factory=list)
    body: str | None = None
    edit: Callable[[str], str] | None = None


@dataclass(slots=True)
class Site:
    """A site of the garden: an origin of its own, reached over the families of `families`."""

    name: str
    title: str
    number: int
    why: str
    families: tuple[int, ...] = (4, 6)
    pages: dict[bytes, Page] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    home_items: list[Item] = field(default_factory=list)
    home_main: str | None = None
    home_edit: Callable[[str], str] | None = None
    home: Page | None = None
    listens: bool = True
    search: bool = True
    bare: bool = False  # no pages but those laid by hand

    @property
    def code(self) -> str:
        """Return the site's code (网站标识码): ten digits of a division that does not exist."""
        return f"360999{self.number:04d}"

    @property
    def domain(self) -> str:
        """Return what the tag SiteDomain says; nothing is ever asked there."""
        return f"{self.name}.jxqinghexian.gov.cn".replace("portal.", "www.")

    def at(self, path: str = "/") -> str:
        """Return an address of this site as the plan writes it."""
        return f"{{{self.name}}}{quote(path, safe='/?=&%#:,;+~.-_')}"

    def lay(self, path: str | bytes, page: Page) -> None:
        """Lay a page at a path, which must be free."""
        key = path if isinstance(path, bytes) else unquote_to_bytes(path)
        if key in self.pages:
            raise ValueError(f"{self.name}{path!r} is laid twice")
        self.pages[key] = page


@dataclass(slots=True)
class Plan:
    """All sites, what is planted in them, and what the inspector may not do to them."""

    sites: dict[str, Site] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)
    lookalikes: list[dict[str, str]] = field(default_factory=list)
    never_asked: list[dict[str, str]] = field(default_factory=list)
    traps: list[dict[str, str | int]] = field(default_factory=list)
    finishers: list[Callable[[], None]] = field(default_factory=list)

    def fault(self, rule: str, address: str, why: str, evidence: str, **more: str) -> None:
        """Plant a fault: `evidence` is served at the address (or at `more["at"]`).

        `absent` is what is not served there, `on` the page that leads to the address,
        `detail` which of several things it is.
        """
        self.faults.append(
            {"fault": rule, "address": address, "why": why, "evidence": evidence, **more}
        )

    def like(self, rule: str, address: str, why: str, evidence: str = "", **more: str) -> None:
        """Plant a look-alike of a fault: nothing of the garden's rules may be told there."""
        told = {"evidence": evidence} if evidence else {}
        self.lookalikes.append({"lookalike_of": rule, "address": address, "why": why} | told | more)

    def finish(self) -> None:
        """Lay the pages that are known only when all beds are planted."""
        for finish in self.finishers:
            finish()
