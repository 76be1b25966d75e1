"""The steps that verbs share: hold findings in one order, follow the table, tell, log.

Locks are taken in one order everywhere: the county's series of numbers, then findings by key,
then the organ's chain of the log.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inspections.lifecycle import FindingEvent, FindingState, ToldWrongly
from gongkai.inspections.lifecycle.findings import next_state
from gongkai.inspections.models import Finding, FindingSeries, Rectification, Step
from gongkai.inspections.queries import open_round
from gongkai.orgs.models import Organ

_NAMED = 3


def hold(findings: Finding | Iterable[Finding]) -> list[Finding]:
    """Return findings of one organ as they now stand, locked until the end of the transaction.

    Raises:
        ToldWrongly: there is none.
        ValueError: they are of several organs, whose chains one transaction must not lock.
    """
    keys = [findings.pk] if isinstance(findings, Finding) else [each.pk for each in findings]
    rows = Finding.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    held = list(rows.select_related("organ", "county").order_by("pk"))
    if not held:
        raise ToldWrongly("请选择问题", "findings")
    if len({each.organ_id for each in held}) > 1:
        raise ValueError("findings of several organs in one verb")
    return held


def follow(finding: Finding, event: FindingEvent) -> None:
    """Let a finding take the state an event leads to; the row is not saved; raises Refused."""
    finding.state = next_state(FindingState(finding.state), event)


def tell(
    findings: Sequence[Finding], event: FindingEvent, by: Actor, at: datetime, words: str = ""
) -> None:
    """Write what happened to some findings for their pages."""
    Step.objects.bulk_create(
        [
            Step(
                finding=each,
                event=event,
                at=at,
                words=words[:1000],
                account=by.account,
                actor_name=by.name,
                actor_post=by.post[:200],
            )
            for each in findings
        ],
        batch_size=500,
    )


def log(
    verb: str,
    findings: Sequence[Finding],
    by: Actor,
    at: datetime,
    *,
    chain: str = "",
    **values: Any,
) -> None:
    """Record a verb on findings of one organ on its chain."""
    first = findings[0]
    numbers = [each.number for each in findings]
    one = len(findings) == 1
    label = "、".join(numbers[:_NAMED]) + ("" if len(numbers) <= _NAMED else f"等{len(numbers)}个")
    if not one:
        values["after"] = {**values.get("after", {}), "numbers": numbers}
    record(
        f"inspections.{verb}",
        first.typed_id if one else f"orgs:{first.organ_id}",
        chain=chain or first.organ.code,
        by=by,
        at=at,
        label=f"巡查问题{label}",
        **values,
    )


def new_round(finding: Finding, **values: Any) -> Rectification:
    """Return a new round of a finding, saved."""
    number = finding.rounds.count() + 1
    return Rectification.objects.create(finding=finding, number=number, **values)


def round_of(finding: Finding) -> Rectification:
    """Return the round that is not re-checked yet, a new one when there is none."""
    return open_round(finding) or new_round(finding, due_on=finding.due_on)


def series_of(county: Organ, year: int) -> FindingSeries:
    """Return the county's series of numbers, locked: one writer of new findings at a time."""
    FindingSeries.objects.get_or_create(county=county, year=year)
    return FindingSeries.objects.select_for_update().get(county=county, year=year)


def numbered(series: FindingSeries, findings: Sequence[Finding]) -> None:
    """Give findings the next numbers of a series, such as WT2026-00001."""
    for each in findings:
        series.last += 1
        each.number = f"WT{series.year}-{series.last:05d}"
    series.save(update_fields=["last"])


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localtime(at).date()
