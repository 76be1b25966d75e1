"""What has changed in the records since a report was frozen, by unit and cell.

Frozen figures are never queried again; this only tells where today's records differ,
so that the office can decide on a correction.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annualreport import sources
from gongkai.annualreport.models import Report
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Period, merge
from gongkai.tables.sheet import CellPath, tables_from_json


@dataclass(frozen=True, slots=True)
class Drift:
    """One cell of one unit that today's records would fill otherwise; sums are left out."""

    organ_id: int
    unit: str
    path: CellPath
    label: str
    frozen: str
    today: str


def drift(report: Report) -> tuple[Drift, ...]:
    """Return the differences between a frozen report's cells and today's records."""
    return tuple(_drift(report))


def _drift(report: Report) -> Iterator[Drift]:
    year = report.report_year
    form = EDITIONS[year.edition]
    organ_ids = sorted({organ_id for unit in report.units for organ_id in unit["covered"]})
    facts = sources.facts_by_organ(Period.of_year(year.year), organ_ids)
    for unit in report.units:
        frozen = tables_from_json(year.edition, unit["tables"])
        today = form.lay_out(merge(facts[organ_id] for organ_id in unit["covered"]))
        for path in form.paths():
            if not form.parts(path) and frozen[path] != today[path]:
                yield Drift(
                    unit["organ_id"],
                    unit["name"],
                    path,
                    form.label(path),
                    form.text(path, frozen[path]),
                    form.text(path, today[path]),
                )
