"""What an inspection from outside is asked for, what it came to, and where it writes that down."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from gongkai.adapters.crawler.runfile import RunFile
from gongkai.inspections.rules.accounts import Account
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.indicators import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be inspected, and how.

    `known` are sites outside that the county knows, `telephones` the organ's own; `visits` how
    often the home page is visited; `rate` requests a second to one host, 0 without limit.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What an inspection came to: faults by rule and address, and what could not be told."""

    site: str
    at: datetime
    asked: int
    left_out: int
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


class Book:
    """Where faults are written down, each once."""

    def __init__(self, wanted: Wanted, run: RunFile) -> None:
        """Take the rules that are wanted, and the run's file."""
        self._only, self._run = wanted.only, run

    def tell(self, faults: Iterable[Fault]) -> None:
        """Keep the faults whose rules are wanted."""
        for each in faults:
            if each.rule in self._only:
                self._run.put("fault", each.fingerprint, asdict(each))

    def note(self, words: str) -> None:
        """Keep what the reader of the report must know."""
        self._run.put("note", words, True)

    def faults(self) -> Iterator[Fault]:
        """Yield all faults of the run by rule and address."""
        order = {name: at for at, name in enumerate(RULES)}
        kept = [_fault(value) for _, value in self._run.facts("fault")]
        yield from sorted(
            kept, key=lambda each: (order.get(each.rule, len(order)), each.address, each.target)
        )


def _fault(value: dict[str, Any]) -> Fault:
    return Fault(**{**value, "found_at": datetime.fromisoformat(value["found_at"])})
