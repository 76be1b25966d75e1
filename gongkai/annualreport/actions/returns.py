"""A return's way: handed in by the unit, sent back or accepted by the county office (Art. 49)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.annualreport.actions.checks import finished_prose, require_clean, require_text
from gongkai.annualreport.actions.writing import locked, note
from gongkai.annualreport.lifecycle import ReasonMissing, Refused, TooEarly, reports
from gongkai.annualreport.lifecycle.reports import ReportEvent, ReportState
from gongkai.annualreport.lifecycle.returns import ReturnEvent, ReturnState, follow
from gongkai.annualreport.models import Report, Return
from gongkai.annualreport.queries.frozen import hash_of, last_year_sheets, latest_report, verify
from gongkai.annualreport.sources.live import against_register, live_units, outcome_counts
from gongkai.audit import Actor
from gongkai.orgs.queries import Level
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Period
from gongkai.tables.sheet import tables_to_json


@transaction.atomic
def submit(unit: Return, *, by: Actor, at: datetime) -> Return:
    """Hand a return in: its tables, figures and prose are frozen as they are now.

    Raises:
        Refused: it is not open.
        TooEarly: the year has not ended.
        NotClean: cross-footing, last year's figures or the register (V1-V8, V11) object.
        ProseRefused: the prose cannot be printed yet.
    """
    row: Return = locked(unit)
    state = follow(ReturnState(row.state), ReturnEvent.SUBMIT)
    year = row.report_year
    period = Period.of_year(year.year)
    if timezone.localdate(at) <= period.end:
        raise TooEarly(f"统计期限截至 {period.end:%Y-%m-%d}，年度结束后才能报送。")
    live = live_units(year, [row])[row.pk]
    counts = outcome_counts(EDITIONS[year.edition], period, row.covered)
    findings = (
        *crossfoot(live.sheet, last_year_sheets(year, [row]).get(row.pk)),
        *against_register(live.sheet, counts, row.covered),
    )
    require_clean(row, findings)
    row.prose = finished_prose(row, live.figures)
    row.tables = tables_to_json(live.sheet)
    row.figures = {name: figure.to_json() for name, figure in live.figures.items()}
    row.sha256 = hash_of(row)
    row.state = state
    row.submitted_at, row.submitted_by, row.sent_back_reason = at, by.name, ""
    row.save()
    note(row, "submit", by=by, at=at, after={"state": row.state, "sha256": row.sha256})
    return row


@transaction.atomic
def send_back(unit: Return, *, reason: str, by: Actor, at: datetime) -> Return:
    """Send a return back to its unit, with the reason; it is open again.

    Raises:
        Refused: it has not been handed in, or is accepted already.
        ReasonMissing: no reason is given.
    """
    return _back_to_draft(unit, ReturnEvent.SEND_BACK, "send_back", reason, by, at)


@transaction.atomic
def reopen(unit: Return, *, reason: str, by: Actor, at: datetime) -> Return:
    """Send an accepted return back for correction, while the county's report is open.

    Raises:
        Refused: it is not accepted, or the county's report is frozen.
        ReasonMissing: no reason is given.
    """
    year = unit.report_year
    # Held, so that no freezing counts this return while it goes back.
    report = locked(latest_report(year, year.county_id))
    if report.state != ReportState.DRAFT:
        raise Refused("县年度报告已经定稿；要更正单位数据，请先在县年度报告上发起“更正”。")
    return _back_to_draft(unit, ReturnEvent.REOPEN, "reopen", reason, by, at)


def _back_to_draft(
    unit: Return, event: ReturnEvent, verb: str, reason: str, by: Actor, at: datetime
) -> Return:
    row: Return = locked(unit)
    state = follow(ReturnState(row.state), event)
    if not reason.strip():
        raise ReasonMissing("退回须写明理由，以便填报单位修改。")
    require_text(退回理由=reason)
    before = {"state": row.state, "sha256": row.sha256}
    row.state = state
    row.tables, row.figures, row.prose, row.sha256 = {}, {}, {}, ""
    row.submitted_at, row.submitted_by = None, ""
    row.accepted_at, row.accepted_by = None, ""
    row.sent_back_reason = reason.strip()
    if event is ReturnEvent.REOPEN:
        row.correction_reason = reason.strip()
    row.save()
    note(row, verb, by=by, at=at, before=before, after={"state": row.state}, reason=reason.strip())
    return row


@transaction.atomic
def accept(unit: Return, *, by: Actor, at: datetime) -> Return:
    """Accept a return; a department's or township's becomes the frozen report it publishes.

    Raises:
        Refused: it has not been handed in.
        Tampered: it is no longer what was handed in.
    """
    row: Return = locked(unit)
    state = follow(ReturnState(row.state), ReturnEvent.ACCEPT)
    verify(row)
    row.state = state
    row.accepted_at, row.accepted_by = at, by.name
    row.save()
    if row.level != Level.OWN:
        _freeze_unit_report(row, by=by, at=at)
    note(row, "accept", by=by, at=at, after={"state": row.state, "sha256": row.sha256})
    return row


def _freeze_unit_report(row: Return, *, by: Actor, at: datetime) -> None:
    """Make the unit's report from its return; earlier versions not published give way."""
    earlier = Report.objects.filter(report_year=row.report_year_id, organ=row.organ_id)
    last = earlier.aggregate(last=Max("version"))["last"] or 0
    for report in earlier.filter(state=ReportState.FROZEN).select_for_update():
        report.state = reports.follow(ReportState(report.state), ReportEvent.SUPERSEDE)
        report.save(update_fields=["state"])
    Report.objects.create(
        report_year=row.report_year,
        organ=row.organ,
        organ_name=row.organ_name,
        version=last + 1,
        state=ReportState.FROZEN,
        templates=row.templates,
        stated=row.stated,
        explanations=row.explanations,
        tables=row.tables,
        figures=row.figures,
        prose=row.prose,
        sha256=row.sha256,
        units=[unit_in_report(row)],
        correction_reason=row.correction_reason if last else "",
        frozen_at=at,
        frozen_by=by.name,
    )


def unit_in_report(row: Return) -> dict[str, object]:
    """Return what a frozen report keeps of one unit."""
    return {
        "organ_id": row.organ_id,
        "code": row.organ.code,
        "name": row.organ_name,
        "level": row.level,
        "covered": row.covered,
        "sha256": row.sha256,
        "tables": row.tables,
    }
