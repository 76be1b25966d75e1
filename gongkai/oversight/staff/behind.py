"""The records behind a figure as a table: each opens in its own chapter."""

from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse

from gongkai.orgs.models import Organ
from gongkai.oversight.staff.shown import (
    DAY,
    MOST,
    NUMBER,
    SHORT,
    Cell,
    Link,
    Table,
    day,
    heads,
    points,
)
from gongkai.tables.facts import Record

# Where a record's page has a name of its own.
_PAGES = {
    "disclosure": "disclosure:entry",
    "inspections": "inspections:finding",
    "oversight.event": "oversight:event",
    "oversight.task": "oversight:task",
    "oversight.case": "oversight:case",
    "oversight.unit": "oversight:unit",
    "oversight.evaluation": "oversight:evaluation",
    "engagement": "engagement:solicitation",
    "engagement.message": "engagement:message",
    "engagement.report": "engagement:report",
    "engagement.survey": "engagement:survey",
    "engagement.interview": "engagement:interview",
    "engagement.opinion": "engagement:opinion",
}


def record_table(title: str, records: Sequence[Record], links: tuple[Link, ...] = ()) -> Table:
    """Return records as a table: what, whose, when, how much each adds."""
    organs = Organ.objects.in_bulk({record.organ_id for record in records})
    rows = [
        (
            Cell(record.label, address(record)),
            Cell(organs[record.organ_id].short_name if record.organ_id in organs else "—"),
            Cell(day(record.on)),
            Cell(points(record.adds)),
        )
        for record in records
    ]
    head = heads(("记录", MOST), ("单位", SHORT), ("日期", DAY), ("计数", NUMBER))
    return Table(title, head, rows, "没有记录。", links)


def address(record: Record) -> str:
    """Return the address of a record in its own chapter; "" where it has no page."""
    kind, _, key = record.id.partition(":")
    try:
        return reverse(_PAGES.get(kind, f"{kind}:record"), args=[key])
    except NoReverseMatch:
        return ""
