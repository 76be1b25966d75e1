"""A page as a rule looks at it: which kind it is, on which day, in which site."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from gongkai.inspections.rules.faults import Fault
from gongkai.text.sitepages import Page, Place

CONTENT_TAGS = ("ArticleTitle", "PubDate", "ContentSource", "Url")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
_ROWS_OF_A_LIST = 3


class Kind(StrEnum):
    """What a page is in its site."""

    HOME = "home"
    COLUMN = "column"
    ARTICLE = "article"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of the site: its name, sites that are known, the organ's own telephones."""

    address: str
    name: str = ""
    known: frozenset[str] = frozenset()
    telephones: tuple[str, ...] = ()

    def is_outside(self, address: str) -> bool:
        """Say whether an address is of another site (host and port)."""
        return _origin(address) != _origin(self.address)

    def is_strange(self, address: str) -> bool:
        """Say whether an address is outside and of nobody that is known; governments are."""
        host = urlsplit(address).hostname or ""
        is_known = _origin(address) in {_origin(each) for each in self.known}
        return self.is_outside(address) and not is_known and not host.endswith(".gov.cn")


@dataclass(frozen=True, slots=True)
class View:
    """A page to be judged; `listed` tells that a list has it with a day."""

    page: Page
    kind: Kind
    today: date
    at: datetime
    site: Site
    listed: bool = False
    column: str = field(default="")

    def fault(self, rule: str, why: str, evidence: str, target: str = "") -> Fault:
        """Return a fault of this page."""
        return Fault(
            rule=rule, address=self.page.address, why=why, evidence=evidence, found_at=self.at,
            status=self.page.status, seconds=self.page.seconds, column=self.column, target=target,
        )  # fmt: skip

    @property
    def main(self) -> str:
        """Return what the page itself says, its frame left out."""
        return self.page.text(Place.MAIN)


def kind_of(page: Page, *, is_home: bool, listed: bool) -> Kind:
    """Return what a page is: an article is listed with a day or has a content tag."""
    if is_home:
        return Kind.HOME
    if listed or page.has_meta(*CONTENT_TAGS):
        return Kind.ARTICLE
    rows = sum(1 for each in page.entries if each.on and each.place is Place.MAIN)
    if page.has_meta(*COLUMN_TAGS) or rows >= _ROWS_OF_A_LIST:
        return Kind.COLUMN
    return Kind.OTHER


def around(text: str, start: int, end: int, margin: int = 30) -> str:
    """Return a place of a text with what stands around it, the place in brackets 【】."""
    before = text[max(start - margin, 0) : start].replace("\n", " ")
    after = text[end : end + margin].replace("\n", " ")
    return f"{before}【{text[start:end]}】{after}"


def squeezed(text: str) -> str:
    """Return a text without any blanks."""
    return re.sub(r"\s+", "", text)


def first(lines: Iterable[str], most: int = 200) -> str:
    """Return the first line that says something."""
    return next((line.strip()[:most] for line in lines if line.strip()), "")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()
