"""What other chapters' records tell an inspector: what is late, empty, or was never answered.

Serves 政府信息公开条例 26 and 33, 国办发〔2019〕54号. Of a request only number and date are
told, never who asks what.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from gongkai.calendars.queries import workday_calendar
from gongkai.disclosure import statistics as disclosure
from gongkai.disclosure.models import Entry
from gongkai.disclosure.queries import late_list
from gongkai.disclosure.queries.catalogue import catalogues_of
from gongkai.disclosure.queries.catalogue_coverage import CoverageState, catalogue_coverage
from gongkai.engagement.queries import waiting_messages, waiting_reports, without_feedback
from gongkai.inforequests.models import State
from gongkai.inforequests.queries import SOONER, open_requests
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.inside import INSIDE, OF_ACCOUNTS, OF_GUIDES
from gongkai.newmedia.findings import account_findings
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.policy.queries.dossiers import without_interpretation
from gongkai.proposals import queries as proposals
from gongkai.servicehall.findings import guide_findings
from gongkai.statute.days import written
from gongkai.tables.facts import Measure, Period

LATE_FOR = timedelta(days=31)  # late releases are told once, within a month
# What has once been late stays so: that it is told no more does not mean that it is gone.
CURABLE = (frozenset(INSIDE) | OF_ACCOUNTS | OF_GUIDES) - {"published-late"}


@dataclass(frozen=True, slots=True)
class Inside:
    """A fault in our own records and the organ that answers for it."""

    fault: Fault
    organ_id: int


def inside_faults(county: Organ, at: datetime) -> Iterator[Inside]:
    """Yield every fault that the county's own records show at a moment."""
    organs = organs_of(county)
    ids = list(organs.values_list("pk", flat=True))
    today = timezone.localdate(at)
    yield from _items(county, today, at)
    yield from _late_releases(ids, today, at)
    yield from _unpublished(ids, today, at)
    yield from _before_formed(ids, at)
    for document in without_interpretation(ids).select_related("entry"):
        told = f"“{document.title}”没有公开的解读材料，请补充解读并与文件相互关联"
        place = document.entry.address or f"policy:{document.pk}"
        evidence = f"{document.published_on}公布"
        yield _inside("not-interpreted", place, told, evidence, document.organ_id, at)
    for row in without_feedback(ids, today):
        told = f"“{row.name}”征集已于{written(row.closes_on)}截止，还没有公布意见采纳情况"
        evidence = f"收到意见{row.received}条"
        yield _inside("no-feedback", row.typed_id, told, evidence, row.organ_id, at)
    yield from _requests(ids, today, at)
    for report in waiting_reports(organs, today)["late"]:
        told = f"网站纠错{report.number}应于{written(report.due_on)}前答复，至今没有答复"
        evidence = f"{report.get_kind_display()}：{report.page}"
        yield _inside("error-late", report.typed_id, told, evidence, report.organ_id, at)
    yield from _messages(organs, today, at)
    yield from _accounts(county, today, at)
    for found in guide_findings(county, today):
        place, why = found.record, found.why
        yield _inside(found.rule, place, why, found.evidence, found.organ_id, at)
    yield from _proposals(county, today, at)


def _messages(organs: QuerySet[Organ], today: date, at: datetime) -> Iterator[Inside]:
    """Yield messages left unanswered; of what they say nothing is told."""
    waiting = waiting_messages(organs, today)
    stale = set(waiting["stale"].values_list("pk", flat=True))
    for row in waiting["late"]:
        rule = "message-stale" if row.pk in stale else "message-late"
        told = f"留言{row.number}应于{written(row.due_on)}前答复，至今没有答复"
        evidence = f"{row.get_kind_display()}，{written(row.received_on)}收到"
        yield _inside(rule, row.typed_id, told, evidence, row.organ_id, at)


def _items(county: Organ, today: date, at: datetime) -> Iterator[Inside]:
    for catalogue in catalogues_of(county, today):
        for row in catalogue_coverage(catalogue, today).rows:
            if row.state is CoverageState.PUBLISHED:
                continue
            name = "“" + "—".join(filter(None, (row.first_level, row.second_level))) + "”"
            place = f"{catalogue.pk}/{row.field_code}/{row.item_id}/{row.organ_id}"
            if row.state is CoverageState.EMPTY:
                told = f"目录事项{name}没有公开任何内容，请按目录公开；确实没有的写明“没有此项内容”"
                evidence = f"事项{row.number}：已公开0条"
                yield _inside("item-empty", place, told, evidence, row.organ_id, at)
            else:
                since = written(row.late_since) if row.late_since else ""
                told = f"目录事项{name}自{since}起超期，请按公开时限更新"
                newest = row.published.newest_on
                evidence = f"事项{row.number}：已公开{row.published.count}条，最近{newest}"
                yield _inside("item-late", place, told, evidence, row.organ_id, at)


def _late_releases(ids: list[int], today: date, at: datetime) -> Iterator[Inside]:
    period = Period(today - LATE_FOR, today)
    measure = Measure(disclosure.SUBJECT, "late")
    for record in disclosure.records_behind(measure, period, ids):
        told = f"“{record.label}”于{written(record.on)}公开，超过了应公开日期" if record.on else ""
        place = f"{record.id}/{record.on}"
        yield _inside("published-late", place, told, record.label, record.organ_id, at)


def _unpublished(ids: list[int], today: date, at: datetime) -> Iterator[Inside]:
    for entry in late_list(ids, today):
        told = f"“{entry.title}”应于{written(entry.due_on)}前公开，至今没有公开"
        evidence = f"成文日期{entry.formed_on}，{entry.limit_label or '20个工作日'}"
        yield _inside("not-published", entry.record_id, told, evidence, entry.organ_id, at)


def _before_formed(ids: list[int], at: datetime) -> Iterator[Inside]:
    zone = timezone.get_current_timezone()
    rows = Entry.objects.of(ids).live().annotate(day=TruncDate("published_at", tzinfo=zone))
    for entry in rows.filter(day__lt=F("formed_on")).order_by("pk"):
        told = f"“{entry.title}”发布日期早于成文日期，请核对成文日期"
        evidence = f"发布{entry.day}，成文{entry.formed_on}"
        place = entry.address or entry.record_id
        yield _inside("published-before-formed", place, told, evidence, entry.organ_id, at)


def _requests(ids: list[int], today: date, at: datetime) -> Iterator[Inside]:
    soon = workday_calendar().add(today, SOONER)
    owed = open_requests(ids).exclude(state=State.SUBMITTED).filter(due_on__lte=soon)
    for case in owed:
        late = case.due_on < today
        rule = "request-late" if late else "request-near"
        said = "至今没有答复" if late else "请抓紧办理"
        told = f"申请{case.number}的答复期限为{written(case.due_on)}，{said}"
        place = f"inforequests:{case.pk}"
        yield _inside(rule, place, told, f"期限{case.due_on}", case.organ_id, at)


def _accounts(county: Organ, today: date, at: datetime) -> Iterator[Inside]:
    for each in account_findings(county, today):
        told = Fault(
            rule=each.fault.rule,
            address=each.account,
            why=each.fault.why,
            evidence="；".join(filter(None, (each.fault.evidence, each.address))),
            found_at=at,
            target=f"{each.account}/{each.fault.target}",
        )
        yield Inside(told, each.organ_id)


def _proposals(county: Organ, today: date, at: datetime) -> Iterator[Inside]:
    rows = proposals.of_county(county)
    for row in proposals.late_replies(rows, today):
        if row.due_on is None:
            continue
        told = f"{row}应于{written(row.due_on)}前答复，至今没有答复，请抓紧办理"
        who = row.lead_id or county.pk
        yield _inside("proposal-late", row.typed_id, told, f"期限{row.due_on}", who, at)
    for row in proposals.late_to_publish(rows, today, workday_calendar()):
        told = f"{row}答复后超过20个工作日，办理结果没有公开，请审核公开属性并公开答复"
        who, evidence = row.lead_id or county.pk, f"答复日期{row.last_replied_on}"
        yield _inside("proposal-unpublished", row.typed_id, told, evidence, who, at)


def _inside(rule: str, place: str, told: str, evidence: str, organ_id: int, at: datetime) -> Inside:
    fault = Fault(rule=rule, address=place, why=told, evidence=evidence, found_at=at, target=place)
    return Inside(fault, organ_id)
