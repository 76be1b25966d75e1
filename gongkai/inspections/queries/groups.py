"""The ledger by kinds: what one rule found on one site at one organ's door is one line.

Each finding stays a record of its own; a line counts them and opens to them. What a page of lines
needs is told by one index, however many findings stand behind them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding
from gongkai.inspections.queries.ledger import OWED, LedgerRow, ledger_rows
from gongkai.inspections.rules.naming import label_of

MOST_AT_ONCE = 2000
Groups = QuerySet[Finding, dict[str, Any]]
Kind = tuple[int, int]  # the key of an organ, `alike` of its findings


@dataclass(slots=True)
class GroupRow:
    """Findings of one kind as the list shows them: how many in which state, how many late."""

    kind: Kind
    label: str
    organ: str
    item: str
    site: str
    source: str
    example: str
    newest_at: datetime
    states: Counter[FindingState] = field(default_factory=Counter)
    due_on: date | None = None
    late: int = 0
    repeated: int = 0

    @property
    def count(self) -> int:
        """Return how many findings these are."""
        return self.states.total()

    @property
    def key(self) -> str:
        """Return the kind as addresses and forms write it."""
        return f"{self.kind[0]}.{self.kind[1]}"

    @property
    def told(self) -> list[tuple[str, int]]:
        """Return the states in the order of the road, each with its number."""
        return [(each.label, self.states[each]) for each in FindingState if self.states[each]]


def kinds(found: QuerySet[Finding], *, overdue: bool = False) -> Groups:
    """Return findings counted by kind, the newest first; the overdue, the longest overdue first."""
    rows = found.order_by().values("organ_id", "alike").annotate(count=Count("*"))
    if overdue:
        return rows.annotate(due=Min("due_on")).order_by("due", "organ_id", "alike")
    return rows.annotate(newest=Max("found_at")).order_by("-newest", "organ_id", "alike")


def counted_kinds(
    found: QuerySet[Finding], *, overdue: bool = False
) -> tuple[Sequence[dict[str, Any]] | Groups, int, int]:
    """Return the kinds in order, how many there are, and how many findings in all.

    As a rule there are few, and one look at the index tells all three.
    """
    rows = kinds(found, overdue=overdue)
    first = list(rows[: MOST_AT_ONCE + 1])
    if len(first) <= MOST_AT_ONCE:
        return first, len(first), sum(each["count"] for each in first)
    number = found.order_by().values("organ_id", "alike").distinct().count()
    return rows, number, found.order_by().count()


def group_rows(
    found: QuerySet[Finding], page: Sequence[dict[str, Any]], today: date
) -> list[LedgerRow | GroupRow]:
    """Return a page of `kinds(found)` as it is shown: a kind of one finding as that finding."""
    wanted = [(each["organ_id"], each["alike"]) for each in page]
    parts, firsts = _parts(found, wanted, today)
    rows = Finding.objects.select_related("organ", "site").in_bulk(firsts.values())
    shown: list[LedgerRow | GroupRow] = []
    for kind in wanted:
        if kind not in firsts or firsts[kind] not in rows:
            continue  # judged in between
        first, of_kind = rows[firsts[kind]], parts[kind]
        if sum(part["n"] for part in of_kind) == 1:
            shown += ledger_rows([first], today)
        else:
            shown.append(_row(kind, first, of_kind))
    return shown


def _parts(
    found: QuerySet[Finding], wanted: Sequence[Kind], today: date
) -> tuple[dict[Kind, list[dict[str, Any]]], dict[Kind, int]]:
    """Return each kind by its states, and the newest key of each."""
    organs, marks = {organ for organ, _ in wanted}, {mark for _, mark in wanted}
    rows = found.filter(organ_id__in=organs, alike__in=marks).order_by()
    counted = rows.values("organ_id", "alike", "state").annotate(
        n=Count("*"),
        first=Max("pk"),
        newest=Max("found_at"),
        due=Min("due_on"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        again=Count("pk", filter=Q(repeated=True)),
    )
    parts: dict[Kind, list[dict[str, Any]]] = {}
    firsts: dict[Kind, int] = {}
    asked = set(wanted)
    for part in counted:
        kind = (part["organ_id"], part["alike"])
        if kind in asked:
            parts.setdefault(kind, []).append(part)
            firsts[kind] = max(part["first"], firsts.get(kind, 0))
    return parts, firsts


def _row(kind: Kind, first: Finding, parts: Sequence[dict[str, Any]]) -> GroupRow:
    owed = [part for part in parts if part["state"] in OWED]
    return GroupRow(
        kind=kind,
        label=label_of(first.rule) or first.item or first.indicator,
        organ=first.organ.short_name,
        item=first.item or first.indicator,
        site=str(first.site or ""),
        source=first.get_source_display(),
        example=first.why,
        newest_at=max(part["newest"] for part in parts),
        states=Counter({FindingState(part["state"]): part["n"] for part in parts}),
        due_on=min((part["due"] for part in owed if part["due"]), default=None),
        late=sum(part["late"] for part in owed),
        repeated=sum(part["again"] for part in parts),
    )
