"""One visit of a site's home page, as a visitor makes it: whether it opens, what it lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.adapters.crawler.addresses import origin
from gongkai.adapters.crawler.fetching import Fetcher
from gongkai.adapters.crawler.pages import read_page
from gongkai.inspections.rules import homes
from gongkai.inspections.rules.visits import PATIENCE, digest_of
from gongkai.text.sitepages import Answer


@dataclass(frozen=True, slots=True)
class Shown:
    """What a home page listed: the newest day, a digest of all, whether it only leads on."""

    newest: date | None
    digest: str
    is_entry: bool


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit: whether it opened, the answer's status and seconds, the trouble, what it showed.

    `address` is the home page as it was asked.
    """

    address: str
    opened: bool
    status: int | None
    seconds: float
    trouble: str = ""
    shown: Shown | None = None


def visit_home(
    site: str, columns: Mapping[str, str], today: date, *, patience: float = PATIENCE
) -> Visited:
    """Visit a site's home page once; `columns` are names of its known columns by address.

    A site that cannot be reached is what the visit found out: nothing is raised. robots.txt is
    not asked: the home page is what everybody opens, once an hour.
    """
    home = f"{origin(site)}/"
    fetcher = Fetcher(home, patience=patience)
    try:
        answer = fetcher.visit(home)
    finally:
        fetcher.close()
    opened = bool(answer.is_open and answer.size)
    shown = _shown(answer, columns, today) if opened and answer.is_page and answer.whole else None
    seconds = round(answer.seconds, 3)
    return Visited(home, opened, answer.status, seconds, answer.trouble.value, shown)


def _shown(answer: Answer, columns: Mapping[str, str], today: date) -> Shown:
    page = read_page(answer, today)
    rows = homes.news_of(page)
    is_entry = homes.is_entry_only(page, columns)
    return Shown(homes.newest(rows, today), digest_of(rows), is_entry)
