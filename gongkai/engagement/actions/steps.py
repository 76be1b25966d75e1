"""The steps that verbs share: hold the rows in one order, follow the table, log.

Locks are taken in one order everywhere, that of `disclosure`: entries by key, then the solicitation
(or the report, or the series of numbers), then the organ's chain of the log.
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.disclosure.models import Entry
from gongkai.engagement.lifecycle import SolicitationEvent, SolicitationState
from gongkai.engagement.lifecycle.solicitations import next_state
from gongkai.engagement.models import ErrorReport, ReportSeries, SealedRow, Solicitation
from gongkai.orgs.models import Organ

# What may name a person is logged as keyed digests only.
PROTECTED = ("text", "contact", "comment", "commenter", "subject", "asker", "reply", "asked")


def hold_report(report: ErrorReport) -> ErrorReport:
    """Return the report as it now stands, locked until the end of the transaction."""
    rows = ErrorReport.objects.select_for_update(of=("self",))
    return rows.select_related("organ", "county").get(pk=report.pk)


def hold(solicitation: Solicitation, *, entries: bool = False) -> Solicitation:
    """Return the solicitation as it now stands, locked; its `entries` too when they will change."""
    if entries:
        own = Solicitation.objects.filter(pk=solicitation.pk)
        keys = [pk for pair in own.values_list("entry", "feedback_entry") for pk in pair if pk]
        list(Entry.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    rows = Solicitation.objects.select_for_update(of=("self",))
    return rows.select_related("organ__county", "entry", "feedback_entry").get(pk=solicitation.pk)


def follow(solicitation: Solicitation, event: SolicitationEvent) -> SolicitationState:
    """Return the state an event leads to; raises Refused."""
    return next_state(SolicitationState(solicitation.state), event)


def log_report(
    verb: str, report: ErrorReport, by: Actor, at: datetime, *, chain: str = "", **values: Any
) -> None:
    """Record a verb on an error report, on the chain of the organ that answers for it."""
    after = values.get("after", {})
    record(
        f"engagement.{verb}",
        report.typed_id,
        chain=chain or report.organ.code,
        by=by,
        at=at,
        label=f"网站纠错{report.number}",
        protected=[name for name in PROTECTED if name in after],
        **values,
    )


def log(verb: str, solicitation: Solicitation, by: Actor, at: datetime, **values: Any) -> None:
    """Record a verb on a solicitation on the chain of its organ."""
    after = values.get("after", {})
    record(
        f"engagement.{verb}",
        solicitation.typed_id,
        chain=solicitation.organ.code,
        by=by,
        at=at,
        label=f"《{solicitation.name}》意见征集",
        protected=[name for name in PROTECTED if name in after],
        **values,
    )


def note(
    verb: str, target: str, chain: Organ, label: str, by: Actor, at: datetime, **values: Any
) -> None:
    """Record a verb on any other record of the chapter, on the chain of an organ."""
    after = values.get("after", {})
    record(
        f"engagement.{verb}",
        target,
        chain=chain.code,
        by=by,
        at=at,
        label=label,
        protected=[name for name in PROTECTED if name in after],
        **values,
    )


def next_number(county: Organ, prefix: str, year: int) -> str:
    """Return a county's next number of a year, such as LY2026-0001; the series stays locked."""
    ReportSeries.objects.get_or_create(county=county, prefix=prefix, year=year)
    rows = ReportSeries.objects.select_for_update()
    series = rows.get(county=county, prefix=prefix, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}{year}-{series.last:04d}"


def sent_as(row: SealedRow, **told: str) -> bool:
    """Say whether a row was sealed of the same words: a form sent twice, and not one changed."""
    return all(row.unseal(column) == words for column, words in told.items())


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localtime(at).date()
