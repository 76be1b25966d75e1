"""Verbs on error reports: take in, pass on, answer, show how to reach the reader."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongkai.adapters.cipher import keyring
from gongkai.audit import Actor
from gongkai.calendars.queries import workday_calendar
from gongkai.disclosure.queries import page_at
from gongkai.engagement import deadlines, queries
from gongkai.engagement.actions import steps
from gongkai.engagement.lifecycle import (
    ErrorKind,
    Refused,
    ReportEvent,
    ReportState,
    Result,
    ToldWrongly,
)
from gongkai.engagement.lifecycle.reports import next_state
from gongkai.engagement.models import ErrorReport, ReportStep
from gongkai.engagement.rules import chosen, used
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between
from gongkai.text import query_codes

_CODE_OF_FORM = "engagement.query_code_of_form"


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a reader tells: the page from its path on, its title as shown, the fault, a contact."""

    page: str
    kind: ErrorKind
    text: str
    title: str = ""
    contact: str = ""


def report_error(
    county: Organ, *, told: NewReport, submission_key: str = "", by: Actor, at: datetime
) -> ErrorReport:
    """Take in what a reader found wrong on a page of a county's site.

    The organ of the page answers for it, the county's office for any other page. The returned
    report carries `query_code`, told this once. The same form sent twice is one report, told with
    the same code; a form with other words under the same key is another one.

    Raises:
        ToldWrongly: a text is missing or wrong.
        Refused: the calendar knows nothing of the year.
    """
    told = _tidy(told)
    if found := _sent_before(county, submission_key, told):
        return found
    if submission_key and ErrorReport.objects.filter(submission_key=submission_key).exists():
        submission_key = ""  # filled in anew by somebody else on the same machine
    try:
        return _take_in(county, told, submission_key, by, at)
    except IntegrityError:
        if found := _sent_before(county, submission_key, told):
            return found  # the same form, sent twice at once
        raise


@transaction.atomic
def pass_on(report: ErrorReport, *, to: Organ, why: str, by: Actor, at: datetime) -> ErrorReport:
    """Pass a report on to the organ of the same county that answers for the page; the term runs on.

    Raises:
        Refused: it was answered.
        ToldWrongly: no reason, or an organ that cannot take it.
    """
    why = used(why, "why")
    held = steps.hold_report(report)
    state = next_state(ReportState(held.state), ReportEvent.PASS_ON)
    if not queries.organs_to_pass_to(held, steps.local_day(at)).filter(pk=to.pk).exists():
        raise ToldWrongly("请选择本县的其他机关", "to")
    before = {"state": held.state, "organ": held.organ.short_name}
    chain = held.organ.code  # the act is the passing organ's: it stands on that chain
    held.organ, held.state = to, state
    held.save(update_fields=["organ", "state"])
    _step(held, ReportEvent.PASS_ON, by, at, words=why, to=to)
    after = {"state": str(state), "organ": to.short_name}
    steps.log_report("pass_on", held, by, at, chain=chain, before=before, after=after, reason=why)
    return held


@transaction.atomic
def answer_error(
    report: ErrorReport, *, result: Result, answer: str, by: Actor, at: datetime
) -> ErrorReport:
    """Answer a report: what came of it, in words that the reader sees; a late answer stays late.

    Raises:
        Refused: it was answered.
        ToldWrongly: no answer, or no result.
    """
    answer = used(answer, "answer")
    result = chosen(result, Result, "处理结果", "result")
    held = steps.hold_report(report)
    state = next_state(ReportState(held.state), ReportEvent.ANSWER)
    day = steps.local_day(at)
    if day < held.received_on:
        raise Refused("服务器时间早于收到这条纠错的时间，请核对服务器时钟后再试。")
    before = {"state": held.state}
    held.state, held.result, held.answer, held.answered_on = state, result, answer, day
    held.save(update_fields=["state", "result", "answer", "answered_on"])
    _step(held, ReportEvent.ANSWER, by, at, words=answer)
    after = {"state": str(state), "result": str(result), "answered_on": day.isoformat()}
    steps.log_report("answer_error", held, by, at, before=before, after=after)
    return held


@transaction.atomic
def show_contact(report: ErrorReport, *, by: Actor, at: datetime) -> str:
    """Return how to reach the reader, and log that it was shown, and to whom."""
    steps.log_report("show_contact", report, by, at)
    return report.contact


def _tidy(told: NewReport) -> NewReport:
    kind = chosen(told.kind, ErrorKind, "问题类型", "kind")
    page = used(told.page, "page")
    if not page.startswith("/"):
        raise ToldWrongly("“网页地址”应当是本网站的地址，以“/”开头", "page")
    return NewReport(
        page=page,
        kind=kind,
        text=used(told.text, "text"),
        title=" ".join(told.title.split())[:300],
        contact=used(told.contact, "contact", required=False),
    )


def _sent_before(county: Organ, submission_key: str, told: NewReport) -> ErrorReport | None:
    """Return the report that was made of the very same form, with its code."""
    if not submission_key:
        return None
    rows = ErrorReport.objects.select_related("organ", "county")
    found = rows.filter(submission_key=submission_key, county=county).first()
    same = found is not None and (found.page, found.kind) == (told.page, told.kind)
    if not same or not steps.sent_as(found, text=told.text, contact=told.contact):
        return None
    found.query_code = code_for(submission_key)
    return found


@transaction.atomic
def _take_in(
    county: Organ, told: NewReport, submission_key: str, by: Actor, at: datetime
) -> ErrorReport:
    day = steps.local_day(at)
    due = deadlines.answer_due(day, workday_calendar())
    code = code_for(submission_key)
    organ, title = _responsible(county, told, day)
    report = ErrorReport(
        county=county,
        organ=organ,
        page=told.page,
        title=title[:300],
        kind=told.kind,
        has_contact=bool(told.contact),
        code_digest=queries.code_digest(code),
        submission_key=submission_key or None,
        received_at=at,
        received_on=day,
        due_on=due.due_on,
        provisional=due.provisional,
        state=ReportState.RECEIVED,
    )
    report.seal(text=told.text, contact=told.contact)
    report.number = steps.next_number(county, "JC", day.year)
    report.save(force_insert=True)
    after = {
        "page": told.page,
        "kind": str(told.kind),
        "due_on": due.due_on.isoformat(),
        "text": told.text,
    }
    after |= {"contact": told.contact} if told.contact else {}
    steps.log_report("report_error", report, by, at, after=after)
    report.query_code = code
    return report


def _responsible(county: Organ, told: NewReport, day: date) -> tuple[Organ, str]:
    """Return the organ that answers for a page, and the page's title."""
    page = page_at(county.pk, told.page.partition("?")[0])
    if page is not None:
        organ = Organ.objects.get(pk=page.organ_id)
        if organ.existed_between(day, day):
            return organ, page.title or told.title
    return office_of(county, day), (page.title if page is not None else "") or told.title


def office_of(county: Organ, day: date) -> Organ:
    """Return the office that answers for a county; the county itself without one."""
    found = Organ.objects.filter(existing_between(day, day), county=county, kind=OrganKind.OFFICE)
    return found.first() or county


def code_for(submission_key: str) -> str:
    """Return a code by chance, or always the same for one form, so that it can be told again."""
    if not submission_key:
        return query_codes.new_code()
    return query_codes.code_from(keyring().blind_index(submission_key, _CODE_OF_FORM))


def _step(
    report: ErrorReport,
    event: ReportEvent,
    by: Actor,
    at: datetime,
    *,
    words: str,
    to: Organ | None = None,
) -> None:
    ReportStep.objects.create(
        report=report,
        sequence=report.steps.count() + 1,
        event=event,
        on=steps.local_day(at),
        to=to,
        words=words,
        account=by.account,
        actor_name=by.name,
        actor_post=by.post[:200],
        recorded_at=at,
    )
