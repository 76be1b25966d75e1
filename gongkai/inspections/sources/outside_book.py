"""What an inspection from outside is asked for, what it came to, and where it writes that down."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from gongkai.adapters.crawler.runfile import RunFile
from gongkai.inspections.rules.accounts import Account
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.indicators import RULES
from gongkai.text.listed import Lists

_OF_TEMPLATES = frozenset(
    ["tag-missing", "tag-empty", "tag-format", "tag-repeated", "element-missing", "html-invalid",
     "charset-undeclared", "charset-mismatch", "axe-image-alt", "axe-label", "axe-link-name",
     "axe-button-name", "axe-frame-title", "axe-html-has-lang", "axe-document-title"]
)  # fmt: skip
_MANY, _NEARLY_ALL = 20, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be inspected, and how.

    `known` are sites outside that the county knows, `telephones` the organ's own; `visits` how
    often the home page is visited; `rate` requests a second to one host, 0 without limit. `before`
    are the newest days that columns showed at former visits; without it one look must do.
    `no_mistakes` and `lists` are what the county lists.
    """

    site: str
    today: date
    at: datetime
    only: frozenset[str] = frozenset(RULES)
    known: frozenset[str] = frozenset()
    telephones: tuple[str, ...] = ()
    visits: int = 20
    rate: float = 2.0
    most_pages: int = 100_000
    patience: float = 15.0
    workers: int = 4
    accounts: tuple[Account, ...] = ()
    before: Mapping[str, date | None] | None = None
    no_mistakes: tuple[str, ...] = ()
    lists: Lists = field(default_factory=Lists)


@dataclass(frozen=True, slots=True)
class Listed:
    """A column as this visit saw it: its address, name, and the newest day it shows."""

    address: str
    name: str
    newest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What an inspection came to: faults by rule and address, and what could not be told.

    `columns` are what lists showed, `sample` some pages of every kind for the slower checks.
    """

    site: str
    at: datetime
    asked: int
    left_out: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    columns: tuple[Listed, ...] = ()
    sample: tuple[str, ...] = ()


class Book:
    """Where faults are written down, each once."""

    def __init__(self, wanted: Wanted, run: RunFile) -> None:
        """Take the rules that are wanted, and the run's file."""
        self._only, self._run = wanted.only, run
        self._site = wanted.site.rstrip("/")

    def tell(self, faults: Iterable[Fault]) -> None:
        """Keep the faults whose rules are wanted."""
        for each in faults:
            if each.rule in self._only:
                self._run.put("fault", each.fingerprint, asdict(each))

    def judged(self) -> None:
        """Count a page that was judged."""
        self._run.set("pages", str(int(self._run.get("pages") or 0) + 1))

    def note(self, words: str) -> None:
        """Keep what the reader of the report must know."""
        self._run.put("note", words, True)

    def faults(self) -> Iterator[Fault]:
        """Yield all faults of the run by rule and address."""
        order = {name: at for at, name in enumerate(RULES)}
        kept = list(self._gathered([_fault(value) for _, value in self._run.facts("fault")]))
        yield from sorted(
            kept, key=lambda each: (order.get(each.rule, len(order)), each.address, each.target)
        )

    def _gathered(self, faults: list[Fault]) -> Iterator[Fault]:
        """Yield faults; what nearly all pages have from their template is told once, at home."""
        pages = int(self._run.get("pages") or 0)
        groups: dict[tuple[str, str], list[Fault]] = {}
        for each in faults:
            if each.rule in _OF_TEMPLATES:
                groups.setdefault((each.rule, each.target), []).append(each)
            else:
                yield each
        for group in groups.values():
            if len(group) < _MANY or len(group) < pages * _NEARLY_ALL:
                yield from group
                continue
            first = min(group, key=lambda each: (len(each.address), each.address))
            yield replace(
                first,
                address=f"{self._site}/",
                why=f"{first.why}全站{len(group)}个页面都是这样，应当修改模板。",
                evidence=f"{first.address}：{first.evidence}",
            )


def _fault(value: dict[str, Any]) -> Fault:
    return Fault(**{**value, "found_at": datetime.fromisoformat(value["found_at"])})
