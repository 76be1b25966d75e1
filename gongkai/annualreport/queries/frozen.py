"""Frozen content read back: sheets, figures, hashes, last year's tables (V5 to V7)."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from gongkai.annualreport.lifecycle import Tampered, YearNotOpen
from gongkai.annualreport.lifecycle.reports import ReportState
from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import Content, Report, ReportYear, Return
from gongkai.annualreport.rules.content import content_hash
from gongkai.annualreport.rules.figures import Figure, rate
from gongkai.orgs.models import Succession
from gongkai.tables.consolidate import consolidate
from gongkai.tables.discrepancy import Discrepancy
from gongkai.tables.sheet import Sheet, tables_from_json

_FIXED = (ReturnState.SUBMITTED.value, ReturnState.ACCEPTED.value)
_KEPT = (ReportState.FROZEN.value, ReportState.PUBLISHED.value)


def sheet_of(content: Return | Report) -> Sheet:
    """Return the tables of a frozen return or report as they were frozen."""
    return tables_from_json(content.report_year.edition, content.tables)


def figures_in(content: Content) -> dict[str, Figure]:
    """Return the figures of a frozen return or report by name."""
    return {name: Figure.from_json(value) for name, value in content.figures.items()}


def stated_figures(content: Content) -> dict[str, Figure]:
    """Return the figures that the office states itself."""
    return {name: _stated(value) for name, value in content.stated.items()}


def _stated(value: dict[str, str]) -> Figure:
    if value.get("denominator"):
        return rate(Decimal(value["numerator"]), Decimal(value["denominator"]))
    return Figure(Decimal(value["value"]), value["unit"])


def hash_of(content: Return | Report) -> str:
    """Return the hash of the content as it stands in the database now."""
    own_level = content.layers.get("OWN", {}) if isinstance(content, Report) else content.tables
    return content_hash(
        organ=content.organ_name,
        year=content.report_year.year,
        edition=content.report_year.edition,
        tables=content.tables,
        own_level=own_level or content.tables,
        figures=content.figures,
        prose=content.prose,
    )


def finding_key(found: Discrepancy) -> str:
    """Return the key under which a warning is explained, such as "V5:requests/2/p"."""
    return f"{found.rule}:{found.path or ''}"


def latest_report(year: ReportYear, organ_id: int) -> Report:
    """Return the newest version of an organ's report, in whatever state.

    Raises:
        YearNotOpen: the organ has none in this year.
    """
    report = (
        Report.objects.filter(report_year=year, organ=organ_id)
        .select_related("report_year__county", "organ")
        .order_by("-version")
        .first()
    )
    if report is None:
        raise YearNotOpen(f"{year}没有这一机关的年度报告，请核对机关名称。")
    return report


def verify(content: Return | Report) -> None:
    """Check that frozen content still has its hash.

    Raises:
        Tampered: it does not.
    """
    if hash_of(content) != content.sha256:
        raise Tampered(
            f"{content}的内容与定稿时的摘要不符，可能被绕过系统改动；请停止使用并查核操作日志。"
        )


def last_year_sheets(year: ReportYear, returns: Sequence[Return]) -> dict[int, Sheet]:
    """Return last year's frozen tables by return; a unit without any is left out.

    What an abolished organ left goes to its successor (its tables are added) unless it
    still makes a return of its own this year.
    """
    frozen = {
        unit.organ_id: sheet_of(unit)
        for unit in Return.objects.filter(
            report_year__county=year.county_id,
            report_year__year=year.year - 1,
            state__in=_FIXED,
        ).select_related("report_year")
    }
    reporting = set(year.returns.values_list("organ_id", flat=True))
    heirs = _predecessors(reporting, set(frozen) - reporting)
    sheets = {}
    for unit in returns:
        parts = [
            frozen[organ_id]
            for organ_id in (unit.organ_id, *heirs.get(unit.organ_id, ()))
            if organ_id in frozen
        ]
        if parts:
            sheets[unit.pk] = consolidate(parts)
    return sheets


def _predecessors(successors: Collection[int], gone: Collection[int]) -> dict[int, list[int]]:
    inherited: dict[int, list[int]] = {}
    links = Succession.objects.filter(predecessor__in=gone, successor__in=successors)
    taken: set[int] = set()
    for old, new in links.order_by("pk").values_list("predecessor_id", "successor_id"):
        if old not in taken:  # split among several: the first on record answers for it
            inherited.setdefault(new, []).append(old)
            taken.add(old)
    return inherited


def last_county_sheet(year: ReportYear) -> Sheet | None:
    """Return the county's tables of the year before as last frozen, None when there are none."""
    report = (
        Report.objects.filter(
            report_year__county=year.county_id,
            report_year__year=year.year - 1,
            organ_id=year.county_id,
            state__in=_KEPT,
        )
        .select_related("report_year")
        .order_by("-version")
        .first()
    )
    return sheet_of(report) if report else None
