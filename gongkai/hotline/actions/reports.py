"""Verbs on monthly reports: issue one as its figures are, correct it by a new version.

An issued report never changes when orders do; whoever reads it can hold it against the hash in
the log. Only the newest version of a month stands, the ones before it are kept.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.hotline.lifecycle import BadOrder, Refused
from gongkai.hotline.models import MonthReport
from gongkai.hotline.rules import used
from gongkai.hotline.rules.month_report import (
    content_digest,
    month_after,
    month_named,
    report_content,
)
from gongkai.hotline.statistics import current_figures
from gongkai.orgs.models import Organ


@transaction.atomic
def issue_report(
    county: Organ, *, month: date, number: str, by: Actor, at: datetime
) -> MonthReport:
    """Issue the report of a county's month, with its figures as they are; any day of it will do.

    Raises:
        BadOrder: the month is not over, has its report, or the number is missing or taken.
    """
    month = month.replace(day=1)
    number = used(number, "report_number")
    if timezone.localdate(at) < month_after(month):
        raise BadOrder(f"{month_named(month)}还没有结束，期满后再印发", "month")
    _lock(county)
    if MonthReport.objects.filter(county=county, month=month).exists():
        raise BadOrder(
            f"{month_named(month)}的月报已经印发，数字有变化的，请在该期月报中更正", "month"
        )
    made = _taken(MonthReport(county=county, month=month, version=1), number, by, at)
    _log("issue_report", made, by, at)
    return made


@transaction.atomic
def correct_report(
    report: MonthReport, *, number: str, why: str, by: Actor, at: datetime
) -> MonthReport:
    """Issue a report anew, as its figures are now; it supersedes `report`, which is kept.

    Raises:
        Refused: a later version stands, or nothing in it would be another.
        BadOrder: number or reason is missing, or the number is taken.
    """
    number, why = used(number, "report_number"), used(why, "why")
    _lock(report.county)
    if MonthReport.objects.filter(supersedes=report).exists():
        raise Refused("这一版已经更正过，请在最新的一版中更正。")
    made = MonthReport(
        county=report.county,
        month=report.month,
        version=report.version + 1,
        supersedes=report,
        why=why,
    )
    made = _taken(made, number, by, at)
    if made.content["figures"] == report.content["figures"]:
        raise Refused("现在计算的数字与印发的一致，不需要更正。")
    _log("correct_report", made, by, at)
    return made


def _taken(made: MonthReport, number: str, by: Actor, at: datetime) -> MonthReport:
    """Return a report filled with the figures of now and saved."""
    others = MonthReport.objects.filter(county=made.county, number=number)
    if others.exclude(month=made.month).exists():
        raise BadOrder("这个期号已经用于其他月份的月报，请核对", "report_number")
    made.content = report_content(current_figures(made.county, made.month, at))
    made.digest = content_digest(made.content)
    made.number, made.issued_at, made.issued_by = number, at, by.name
    made.save(force_insert=True)
    return made


def _lock(county: Organ) -> None:
    """Let issues of one county queue, so that two never make the same version."""
    Organ.objects.select_for_update().get(pk=county.pk)


def _log(verb: str, made: MonthReport, by: Actor, at: datetime) -> None:
    after = {"number": made.number, "version": made.version, "digest": made.digest}
    record(
        f"hotline.{verb}",
        made.typed_id,
        chain=made.county.code,
        by=by,
        at=at,
        label=str(made),
        after=after | ({"why": made.why} if made.why else {}),
    )
