"""What a site answers and what its pages say, as plain values: the crawler makes them, rules judge.

Nothing here knows HTTP or HTML; addresses are whole, days are days, text is what a reader sees.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Trouble(StrEnum):
    """Why an address gave no whole answer."""

    NONE = ""
    NO_HOST = "no-host"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    LOOP = "loop"
    BROKEN = "broken"
    INSIDE = "inside"
    LOCAL = "local"

    @property
    def label(self) -> str:
        """Return what a report says of it."""
        return _TROUBLES[self]


_TROUBLES = {
    Trouble.NONE: "正常",
    Trouble.NO_HOST: "域名不能解析",
    Trouble.REFUSED: "服务器拒绝连接",
    Trouble.TIMEOUT: "在规定时间内没有打开",
    Trouble.TRUNCATED: "内容传输中断，没有传完",
    Trouble.LOOP: "循环跳转",
    Trouble.BROKEN: "服务器应答不符合协议",
    Trouble.INSIDE: "指向内部网络地址，公众无法访问",
    Trouble.LOCAL: "指向个人电脑上的文件，公众无法访问",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for one address.

    `address` is where redirects ended, `size` the bytes that came or were announced, `whole` is
    false where reading was stopped at the limit; `charset` is the header's word, `name` the
    file name of the header. `seconds` is the time until the last byte.
    """

    asked: str
    address: str
    status: int | None = None
    trouble: Trouble = Trouble.NONE
    seconds: float = 0.0
    size: int = 0
    media: str = ""
    charset: str = ""
    name: str = ""
    body: bytes = b""
    whole: bool = True

    @property
    def is_open(self) -> bool:
        """Return whether it opened, as a visitor would say."""
        return self.trouble is Trouble.NONE and self.status is not None and self.status < 400

    @property
    def is_page(self) -> bool:
        """Return whether what came says that it is a page."""
        return self.media in ("text/html", "application/xhtml+xml")


class Place(StrEnum):
    """Where something stands on a page."""

    HEAD = "head"
    NAV = "nav"
    MAIN = "main"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Link:
    """A link or, for `frame` true, a frame. `hidden` says how it is kept from sight.

    `words` are its text and its pictures' texts, `title` what its attributes say; `opened`
    tells that a control of the page shows it.
    """

    address: str
    words: str = ""
    title: str = ""
    place: Place = Place.MAIN
    hidden: str = ""
    opened: bool = False
    frame: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; `alt` is None where the attribute is not there."""

    address: str
    alt: str | None
    place: Place = Place.MAIN


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, with the words that name it."""

    name: str
    kind: str
    value: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page."""

    address: str
    method: str
    charset: str
    role: str
    words: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: a title that leads somewhere, and the day beside it where one stands."""

    title: str
    address: str
    on: date | None
    place: Place = Place.MAIN


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, cell or heading; `told` has the texts of its pictures too, `tag` is its name."""

    place: Place
    tag: str
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What is said of a page's encoding, and what its bytes are; "" for nothing."""

    mark: str = ""
    header: str = ""
    head: str = ""
    truth: str = ""
    ascii_only: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as its reader has it; `metas` are the named tags of the static head, in order."""

    address: str
    size: int
    seconds: float
    status: int
    declared: Declared
    source: str
    title: str | None
    language: str | None
    metas: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    forms: tuple[Form, ...]
    entries: tuple[Entry, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    comments: tuple[str, ...]
    nameless: tuple[tuple[str, str], ...]  # axe rule and the element
    refresh: str = ""

    def meta(self, name: str) -> str:
        """Return what a tag says, whatever the case of its name, "" where it is not there."""
        wanted = name.lower()
        return next((said.strip() for key, said in self.metas if key.lower() == wanted), "")

    def has_meta(self, *names: str) -> bool:
        """Return whether one of the tags is there, empty or not."""
        wanted = {name.lower() for name in names}
        return any(key.lower() in wanted for key, _ in self.metas)

    def text(self, *places: Place) -> str:
        """Return the blocks of the places (all, where none is named), one a line."""
        return "\n".join(
            b.text for b in self.blocks if b.text and (b.place in places or not places)
        )

    def told(self, *places: Place) -> str:
        """Return the same with the texts of pictures."""
        return "\n".join(
            b.told for b in self.blocks if b.told and (b.place in places or not places)
        )

    @property
    def heading(self) -> str:
        """Return the first heading of the page's own part."""
        return next((b.text for b in self.blocks if b.tag == "h1" and b.text), "")
