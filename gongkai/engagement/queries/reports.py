"""Reading error reports: who may, the desk's list, the reader's own by number and code."""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gongkai.adapters.cipher import keyring
from gongkai.engagement.lifecycle import ErrorKind, ReportState, Result
from gongkai.engagement.lifecycle.reports import WAITING
from gongkai.engagement.models import SEALED_ROWS, ErrorReport, ReportStep, key_mark
from gongkai.orgs.models import Organ, Role
from gongkai.orgs.queries import existing_between, organs_of
from gongkai.text import query_codes

# Who answers error reports and keeps solicitations, and who also sees them.
RECORDERS = frozenset({Role.OGI_OFFICE, Role.DEPARTMENT_CLERK, Role.TOWNSHIP_CLERK})
VIEWERS = RECORDERS | {Role.REVIEWER, Role.OGI_HEAD, Role.LEADER}
_CODE = "engagement.query_code"
_NOBODY = "0" * 64


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An error report as lists show it."""

    id: str
    number: str
    organ: str
    kind: ErrorKind
    page: str
    title: str
    received_at: datetime
    due_on: date
    provisional: bool
    late: bool
    waiting: bool
    state: ReportState
    result: str


def reports_of(organ_ids: Collection[int], *, answered: bool = False) -> QuerySet[ErrorReport]:
    """Return the reports of some organs that wait, worst first; or the answered, newest first."""
    reports = ErrorReport.objects.filter(organ_id__in=organ_ids).select_related("organ")
    if answered:
        return reports.filter(state=ReportState.ANSWERED).order_by("-received_at", "number")
    return reports.filter(state__in=WAITING).order_by("due_on", "received_at", "number")


def matching_reports(reports: QuerySet[ErrorReport], text: str) -> QuerySet[ErrorReport]:
    """Keep the reports whose number, page or title holds `text`."""
    text = text.strip().replace("\x00", "")
    found = Q(number__icontains=text) | Q(page__icontains=text) | Q(title__icontains=text)
    return reports.filter(found) if text else reports


def report_rows(reports: Iterable[ErrorReport], today: date) -> list[ReportRow]:
    """Return reports as lists show them."""
    return [
        ReportRow(
            id=str(report.pk),
            number=report.number,
            organ=report.organ.short_name,
            kind=ErrorKind(report.kind),
            page=report.page,
            title=report.title,
            received_at=report.received_at,
            due_on=report.due_on,
            provisional=report.provisional,
            late=is_late(report, today),
            waiting=report.state in WAITING,
            state=ReportState(report.state),
            result=Result(report.result).label if report.result else "",
        )
        for report in reports
    ]


def is_late(report: ErrorReport, today: date) -> bool:
    """Say whether a report was answered, or still waits, after its last day."""
    return (report.answered_on or today) > report.due_on


def find_report(report_id: object, organ_ids: Collection[int]) -> ErrorReport | None:
    """Return the report with this id among those of some organs, or None."""
    found = ErrorReport.objects.filter(pk=report_id, organ_id__in=organ_ids)
    return found.select_related("organ", "county").first()


def steps_of(report: ErrorReport) -> list[ReportStep]:
    """Return the steps of a report as they were taken."""
    return list(report.steps.select_related("to").order_by("sequence"))


def organs_to_pass_to(report: ErrorReport, today: date) -> QuerySet[Organ]:
    """Return the organs of the county to which a report may be passed on."""
    organs = organs_of(report.county).filter(existing_between(today, today))
    return organs.exclude(pk=report.organ_id)


def waiting_reports(organs: QuerySet[Organ], today: date) -> dict[str, QuerySet[ErrorReport]]:
    """Return what waits in some organs, as the reports to be counted: "waiting", "late"."""
    reports = ErrorReport.objects.filter(organ__in=organs.order_by(), state__in=WAITING)
    return {"waiting": reports, "late": reports.filter(due_on__lt=today)}


def code_digest(code: str) -> str:
    """Return the keyed digest under which a query code is stored."""
    return keyring().blind_index(query_codes.typed(code), _CODE)


def find_public(county_id: int, report_id: object) -> ErrorReport | None:
    """Return a report of a county for the receipt of who has just sent it, or None."""
    found = ErrorReport.objects.filter(pk=report_id, county_id=county_id)
    return found.select_related("organ").first()


def report_by_code(county_id: int, number: str, code: str) -> ErrorReport | None:
    """Return the report of that number in a county if the code is its own, else None.

    Takes as long for a wrong number as for a wrong code.
    """
    asked = number.replace("\x00", "").strip().upper()
    found = ErrorReport.objects.select_related("organ").filter(county_id=county_id, number=asked)
    report = found.first()
    kept = report.code_digest if report else _NOBODY
    right = hmac.compare_digest(kept.encode(), (code_digest(code) or "-").encode())
    return report if right else None


def to_reseal() -> int:
    """Return how many reports and comments are sealed under another key than that of now."""
    mark = key_mark()
    return sum(model.objects.exclude(key_id=mark).count() for model in SEALED_ROWS)
