"""The county's report: frozen with its hash, published, corrected as a new version (Art. 49)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.annualreport.actions.checks import finished_prose, require_clean, require_text
from gongkai.annualreport.actions.returns import unit_in_report
from gongkai.annualreport.actions.writing import county_figures, locked, note
from gongkai.annualreport.lifecycle import NotClean, NotReady, ReasonMissing, Refused
from gongkai.annualreport.lifecycle.reports import ReportEvent, ReportState, follow
from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import Report
from gongkai.annualreport.queries.frozen import (
    hash_of,
    last_county_sheet,
    latest_report,
    verify,
)
from gongkai.annualreport.sources.county import County, county, does_not_add_up
from gongkai.annualreport.sources.live import against_register, outcome_counts
from gongkai.audit import Actor
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.discrepancy import Discrepancy
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Period
from gongkai.tables.sheet import tables_to_json


@transaction.atomic
def freeze(report: Report, *, by: Actor, at: datetime) -> Report:
    """Freeze the county's report from its accepted returns; no number is queried after this.

    Raises:
        Refused: it is frozen already.
        NotReady: not every return is accepted; the message names those.
        Tampered: a return is no longer what was handed in.
        NotClean: V1 to V8, V10 or V11 object.
        ProseRefused: the prose cannot be printed yet.
        NotReady: also for a correction that corrects nothing.
    """
    row: Report = locked(report)
    state = follow(ReportState(row.state), ReportEvent.FREEZE)
    view = county(row.report_year)
    _require_accepted(view)
    figures = county_figures(row, view)
    require_clean(row, county_findings(row, view))
    _require_register(row, view)
    row.prose = finished_prose(row, figures)
    row.tables = tables_to_json(view.total)
    row.layers = {level.value: tables_to_json(sheet) for level, sheet in view.layers.items()}
    row.units = [unit_in_report(unit.row) for unit in view.units]
    row.figures = {name: figure.to_json() for name, figure in sorted(figures.items())}
    row.sha256 = hash_of(row)
    _require_change(row)
    row.state = state
    row.frozen_at, row.frozen_by = at, by.name
    row.save()
    _supersede(row, (ReportState.FROZEN,))
    note(row, "freeze", by=by, at=at, after={"version": row.version, "sha256": row.sha256})
    return row


def _require_change(row: Report) -> None:
    """Refuse a new version that says what the one before it says: nothing was corrected."""
    earlier = Report.objects.filter(
        report_year=row.report_year, organ=row.organ, version__lt=row.version
    )
    same = earlier.filter(sha256=row.sha256).order_by("-version").first()
    if same is not None:
        raise NotReady(
            f"这一版与第 {same.version} 版内容完全相同，没有更正任何内容。"
            "请先把数据有误的单位“退回更正”、重新报送并接收，或者修改文字，再定稿。"
        )


def county_findings(report: Report, view: County) -> tuple[Discrepancy, ...]:
    """Return what V1 to V8 and V10 find in the county's tables."""
    return (
        *crossfoot(view.total, last_county_sheet(report.report_year)),
        *does_not_add_up(view),
    )


def _require_accepted(view: County) -> None:
    waiting = [unit.row for unit in view.units if unit.row.state != ReturnState.ACCEPTED]
    if waiting or not view.units:
        names = "、".join(unit.organ_name for unit in waiting[:10])
        more = f"等 {len(waiting)} 个单位" if len(waiting) > 10 else ""
        raise NotReady(f"还有报送表未接收，不能定稿：{names}{more}。请先催报、接收。")
    for unit in view.units:
        verify(unit.row)


def _require_register(row: Report, view: County) -> None:
    """Check V11 again: what was handed in is what the register says today, unit by unit."""
    year = row.report_year
    organ_ids = sorted({organ_id for unit in view.units for organ_id in unit.row.covered})
    counts = outcome_counts(EDITIONS[year.edition], Period.of_year(year.year), organ_ids)
    for unit in view.units:
        found = against_register(unit.sheet, counts, unit.row.covered)
        if found:
            raise NotClean(
                f"{unit.row.organ_name}报送后登记册有变动，须退回重报。{found[0].message}", found
            )


@transaction.atomic
def publish(report: Report, *, by: Actor, at: datetime) -> Report:
    """Publish a frozen report of the county or of a unit; the version before gives way.

    Raises:
        Refused: it is not frozen, or published already.
        Tampered: it is no longer what was frozen.
    """
    row: Report = locked(report)
    state = follow(ReportState(row.state), ReportEvent.PUBLISH)
    verify(row)
    row.state = state
    row.published_at, row.published_by = at, by.name
    row.save(update_fields=["state", "published_at", "published_by"])
    _supersede(row, (ReportState.FROZEN, ReportState.PUBLISHED))
    note(row, "publish", by=by, at=at, after={"version": row.version, "sha256": row.sha256})
    return row


def _supersede(row: Report, states: Sequence[ReportState]) -> None:
    earlier = Report.objects.filter(
        report_year=row.report_year, organ=row.organ, version__lt=row.version, state__in=states
    )
    for report in earlier.select_for_update():
        report.state = follow(ReportState(report.state), ReportEvent.SUPERSEDE)
        report.save(update_fields=["state"])


@transaction.atomic
def correct(report: Report, *, reason: str, by: Actor, at: datetime) -> Report:
    """Open the next version of the county's frozen report; the version before is kept.

    Raises:
        Refused: it is still open or superseded, or it is a unit's report.
        ReasonMissing: no reason is given.
    """
    row: Report = locked(report)
    if not row.of_county:
        raise Refused("单位年度报告随报送表更正：请把该单位的报送表“退回更正”，重新报送、接收。")
    follow(ReportState(row.state), ReportEvent.CORRECT)
    newest = latest_report(row.report_year, row.organ_id)
    if newest.pk != row.pk:
        raise Refused(f"第 {newest.version} 版正在更正，请在该版上继续，不要重复发起。")
    if not reason.strip():
        raise ReasonMissing("更正须写明理由，理由会随新版一并公布。")
    require_text(更正理由=reason)
    draft = Report.objects.create(
        report_year=row.report_year,
        organ=row.organ,
        organ_name=row.organ_name,
        version=row.version + 1,
        templates=row.templates,
        stated=row.stated,
        explanations=row.explanations,
        correction_reason=reason.strip(),
    )
    note(
        draft,
        "correct",
        by=by,
        at=at,
        before={"version": row.version, "sha256": row.sha256},
        after={"version": draft.version},
        reason=reason.strip(),
    )
    return draft
