"""The ledger as the office's form: one sheet with the columns of practice.md 4.4."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding, Rectification
from gongkai.inspections.rules.ledger_form import COLUMNS

MOST_ROWS = 5000


def form_of(findings: QuerySet[Finding]) -> bytes:
    """Return findings as an .xlsx file that can be filled in and sent back."""
    rounds = Prefetch("rounds", Rectification.objects.order_by("number"))
    rows = findings.select_related("organ").prefetch_related(rounds)[:MOST_ROWS]
    columns = tuple(Column(head, width) for head, _, width in COLUMNS)
    return write_tables([SheetOut("整改台账", columns, tuple(_rows(rows)))])


def _rows(findings: Iterable[Finding]) -> Iterable[tuple[str | int, ...]]:
    for number, each in enumerate(findings, 1):
        rounds = list(each.rounds.all())
        last = rounds[-1] if rounds else Rectification()
        done = next((this for this in reversed(rounds) if this.result), last)
        yield (
            number,
            each.number,
            each.organ.short_name,
            each.person,
            each.indicator,
            each.item,
            each.standard,
            each.why,
            each.address if "://" in each.address else "",
            each.get_source_display(),
            timezone.localdate(each.found_at).isoformat(),
            "是" if each.repeated else "否",
            last.requirement,
            each.due_on.isoformat() if each.due_on else "",
            done.measures,
            done.result,
            done.answered_on.isoformat() if done.answered_on else "",
            done.checked_by,
            {True: "通过", False: "不通过", None: ""}[done.passed],
            "已销号" if each.state == FindingState.CLOSED else each.get_state_display(),
        )
