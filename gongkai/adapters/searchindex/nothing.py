"""The index of a county that searches elsewhere: holds nothing, finds nothing."""

from collections.abc import Iterable

from gongkai.adapters.searchindex.types import Found, Query, Record


class NoIndex:
    """Takes everything in and keeps none of it."""

    def search(self, query: Query) -> Found:
        """Find nothing."""
        return Found(total=0)

    def suggest(self, typed: str, *, scopes: tuple[str, ...], limit: int = 8) -> tuple[str, ...]:
        """Suggest nothing."""
        return ()

    def change(self, *, put: Iterable[Record] = (), take: Iterable[str] = ()) -> None:
        """Read what is handed in, so that a fault in making it shows, and forget it."""
        for _ in put:
            pass

    def rebuild(self, records: Iterable[Record]) -> int:
        """Count the records."""
        return sum(1 for _ in records)

    def keys(self) -> Iterable[str]:
        """Hold no record."""
        return ()
