"""Taking people's lists in: faults that third parties, superiors or units found; answers by form.

Lists come as tables of a workbook or a Word report, answers in the office's form of the ledger
(practice.md 4.4, 4.5). A row that cannot be used refuses
the whole list, each named by its place, so that nothing is imported by half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from gongkai.audit import Actor
from gongkai.inspections import queries
from gongkai.inspections.actions.rectifying import Answer, answer
from gongkai.inspections.actions.runs import Laid, Look, record_run
from gongkai.inspections.actions.steps import local_day
from gongkai.inspections.lifecycle import (
    FindingEvent,
    FindingState,
    InspectionError,
    RowsWrong,
    Source,
    ToldWrongly,
)
from gongkai.inspections.lifecycle.findings import BY_PEOPLE, open_events
from gongkai.inspections.models import Finding, Run
from gongkai.inspections.queries import ListedRow
from gongkai.inspections.rules.ledger_form import FormRow
from gongkai.inspections.rules.naming import Named
from gongkai.inspections.rules.texts import chosen
from gongkai.orgs.models import Organ


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a form that was sent back: findings answered, rows left as they were."""

    answered: int
    left: int


def import_findings(
    county: Organ,
    rows: Sequence[FormRow],
    *,
    source: Source,
    organ: Organ | None = None,
    found_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Run:
    """Take a list of faults that people found into the ledger; `organ` answers where none is named.

    The same fault of the same organ that stands in the ledger is counted as seen again; one that
    was closed before is a new finding marked as repeated.

    Raises:
        RowsWrong: rows name no organ of the county or a day to come.
        ToldWrongly: no row, or no source that people are.
    """
    source = chosen(source, Source, "发现来源", "source")
    if source not in BY_PEOPLE:
        raise ToldWrongly("请选择“发现来源”", "source")
    looked = queries.look_at(county, rows, organ=organ, found_on=found_on, day=local_day(at))
    if looked.faults:
        raise RowsWrong(looked.faults)
    laid = [_laid(each) for each in looked.rows]
    if not laid:
        raise ToldWrongly("表中没有问题：请在“问题明细”一列填写", "file")
    look = Look(source=source, started_at=at, ended_at=at, rules=frozenset())
    return record_run(county, laid, look=look, by=by, at=at)


def answer_by_form(
    findings: QuerySet[Finding], rows: Sequence[FormRow], *, by: Actor, at: datetime
) -> Answered:
    """Answer findings by the rows of a form that came back; rows without a result are left.

    `findings` are those the person may answer. All rows are looked at before any is answered; the
    answers of one organ are one transaction, each an event of its own.

    Raises:
        RowsWrong: rows name a finding that is not there, or one that takes no answer.
    """
    told = [row for row in rows if row.code and row.result]
    found = {
        each.number: each
        for each in findings.filter(number__in=[row.code for row in told]).select_related("organ")
    }
    faults, to_answer = [], []
    for row in told:
        finding = found.get(row.code)
        if finding is None:
            faults.append(f"{row.stands}问题编号“{row.code}”不存在，或者不由您反馈")
        elif FindingEvent.ANSWER in open_events(FindingState(finding.state)):
            to_answer.append((finding, row))
        elif not _told_before(finding, row):
            faults.append(f"{row.stands}{row.code}“{finding.get_state_display()}”，不能反馈")
    if faults:
        raise RowsWrong(faults)
    if not told:
        raise ToldWrongly("表中没有整改结果：请填写“问题编号”和“整改结果”两列", "file")
    for organ_id in sorted({finding.organ_id for finding, _ in to_answer}):
        of_organ = [pair for pair in to_answer if pair[0].organ_id == organ_id]
        _answer_all(of_organ, by, at)
    return Answered(len(to_answer), len(rows) - len(to_answer))


@transaction.atomic
def _answer_all(pairs: Sequence[tuple[Finding, FormRow]], by: Actor, at: datetime) -> None:
    for finding, row in pairs:
        try:
            answer(finding, told=Answer(row.result, row.measures, row.person), by=by, at=at)
        except InspectionError as refused:
            raise RowsWrong([f"{row.stands}{refused}"]) from None


def _told_before(finding: Finding, row: FormRow) -> bool:
    """Say whether a row repeats what has been answered: the same form sent twice is harmless."""
    return finding.rounds.filter(result=row.result).exists()


def _laid(listed: ListedRow) -> Laid:
    row = listed.row
    named = Named(row.indicator or "其他", row.item, row.standard)
    return Laid(listed.fault, listed.organ.pk, named, row.person)
