"""Returns laid out from today's records, and the register's outcomes beside them (V11)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annualreport import sources
from gongkai.annualreport.models import ReportYear, Return
from gongkai.annualreport.queries.frozen import stated_figures
from gongkai.annualreport.rules.figures import Figure, add_up, figures_of
from gongkai.tables.discrepancy import Discrepancy, Severity
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Facts, Period, merge
from gongkai.tables.forms import FormEdition
from gongkai.tables.sheet import CellPath, Number, Sheet, Table

_RESULT_ROWS = "3."


@dataclass(frozen=True)
class LiveUnit:
    """What today's records say for one unit: facts, the form laid out, figures for prose."""

    facts: Facts
    sheet: Sheet
    figures: dict[str, Figure]


def live_units(year: ReportYear, returns: Sequence[Return]) -> dict[int, LiveUnit]:
    """Return today's figures of each return by its key; the number of queries does not grow."""
    organ_ids = sorted({organ_id for unit in returns for organ_id in unit.covered})
    period = Period.of_year(year.year)
    facts = sources.facts_by_organ(period, organ_ids)
    further = sources.further_figures(period, organ_ids)
    form = EDITIONS[year.edition]
    live = {}
    for unit in returns:
        own = merge(facts[organ_id] for organ_id in unit.covered)
        extra = add_up(further.get(organ_id, {}) for organ_id in unit.covered)
        figures = figures_of(own, extra) | stated_figures(unit)
        live[unit.pk] = LiveUnit(own, form.lay_out(own), figures)
    return live


def outcome_paths(form: FormEdition) -> tuple[CellPath, ...]:
    """Return the cells of table three that count outcomes, sums left out."""
    return tuple(
        path
        for path in form.paths()
        if path.table is Table.REQUESTS
        and path.row.startswith(_RESULT_ROWS)
        and not form.parts(path)
    )


def outcome_counts(
    form: FormEdition, period: Period, organ_ids: Collection[int]
) -> dict[int, Counter[CellPath]]:
    """Return, by organ, how many outcomes the register has for each cell of table three.

    Counted from the acts that gave the results, apart from the statistics that sheets
    are laid out from; one query, however many requests.
    """
    told = sources.outcomes_by_acts(period, organ_ids)
    paths = [(path, form.measures(path)) for path in outcome_paths(form)]
    return {
        organ_id: Counter(
            {path: sum(told[organ_id][each] for each in measures) for path, measures in paths}
        )
        for organ_id in organ_ids
    }


def against_register(
    sheet: Sheet, counts: Mapping[int, Counter[CellPath]], organ_ids: Collection[int]
) -> tuple[Discrepancy, ...]:
    """Return V11: cells of table three that the outcomes in the register do not give today."""
    form = EDITIONS[sheet.edition]
    found = []
    for path in outcome_paths(form):
        counted = sum(counts[organ_id][path] for organ_id in organ_ids)
        cell = sheet[path]
        if isinstance(cell, Number) and cell.value == counted:
            continue
        shown = form.text(path, cell) or "空白"
        found.append(
            Discrepancy(
                "V11",
                Severity.ERROR,
                path,
                f"{form.label(path)}为 {shown}，申请登记册中这一结果有 {counted} 件，"
                "两者不等，请核对登记册；报送后有变动的，请退回重报。",
                expected=Decimal(counted),
                found=cell.value if isinstance(cell, Number) else None,
            )
        )
    return tuple(found)
