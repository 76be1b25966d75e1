"""Error reports and solicitations in any state, made through the real verbs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.audit import Actor
from gongkai.disclosure import actions as disclosure
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.models import Entry, WithdrawalReason
from gongkai.disclosure.queries import told_of
from gongkai.disclosure.tests import factories as entries
from gongkai.engagement import actions
from gongkai.engagement.actions import Disposition, ErrorKind, NewReport, Result, Terms
from gongkai.engagement.lifecycle import ReportState, SolicitationState
from gongkai.engagement.models import Comment, ErrorReport, Solicitation
from gongkai.orgs.models import Organ, OrganKind

CHINA = ZoneInfo("Asia/Shanghai")
ME = entries.AUTHOR
READER = Actor("portal", "公众", "网上提交")
MONDAY = date(2026, 9, 21)
OPENS, CLOSES = date(2026, 9, 22), date(2026, 10, 25)
AFTER = CLOSES + timedelta(days=1)
NAME = "靖安县城市停车管理办法（征求意见稿）"
CONTACT = "13800001234"
TERMS = Terms(
    OPENS, CLOSES, address="双溪镇新大街1号", email="zqyj@example.com", affects_market=True
)


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA)


def county(**fields: Any) -> Organ:
    """Return a county with an office and the section of solicitations."""
    home = entries.county(**fields)
    entries.section(home, "hdjl/yjzj")
    office(home)
    return home


def office(home: Organ) -> Organ:
    """Return the county's office."""
    name = {"name": f"{home.name}办公室", "short_name": "县政府办"}
    return entries.department(home, f"{home.code}-office", kind=OrganKind.OFFICE, **name)


def told(**changes: Any) -> NewReport:
    """Return what a reader found."""
    values: dict[str, Any] = {
        "page": "/zwdt/",
        "kind": ErrorKind.MISSPELLING,
        "text": "第二段“按排”应为“安排”",
        "contact": CONTACT,
    }
    return NewReport(**(values | changes))


def reported(home: Organ, day: date = MONDAY, *, key: str = "", **changes: Any) -> ErrorReport:
    """Return a report received on a day."""
    return actions.report_error(
        home, told=told(**changes), submission_key=key, by=READER, at=moment(day)
    )


def passed_on(home: Organ, day: date = MONDAY) -> ErrorReport:
    """Return a report that another organ has."""
    report = reported(home, day)
    return actions.pass_on(report, to=home, why="网页由县政府发布", by=ME, at=moment(day, 10))


def answered(home: Organ, day: date = MONDAY) -> ErrorReport:
    """Return a report that was answered the same day."""
    return actions.answer_error(
        reported(home, day),
        result=Result.CORRECTED,
        answer="已改为“安排”，感谢指正。",
        by=ME,
        at=moment(day, 16),
    )


REPORT_IN: dict[ReportState, Callable[[Organ], ErrorReport]] = {
    ReportState.RECEIVED: reported,
    ReportState.PASSED_ON: passed_on,
    ReportState.ANSWERED: answered,
}


def drafted(organ: Organ, *, name: str = NAME, terms: Terms = TERMS) -> Solicitation:
    """Return a solicitation whose notice is in hand, with its explanation."""
    row = actions.draft_solicitation(organ, name=name, terms=terms, by=ME, at=moment(MONDAY))
    explain(row.entry)
    return row


def explain(entry: Entry, more: str = "<p>起草说明：为规范城市停车秩序，起草本办法。</p>") -> None:
    """Add the explanation to a notice in hand."""
    hand = told_of(entry)
    body = disclosure.Told.read(hand.told.metadata(), hand.told.body + more)
    disclosure.edit(entry, told=body, revision=hand.revision, by=ME, at=moment(MONDAY, 10))


def publish(entry: Entry, at: datetime) -> Entry:
    """Lead a text of a solicitation to the public."""
    return entries.forward(Entry.objects.get(pk=entry.pk), EntryState.PUBLISHED, at)


def opened(organ: Organ, **fields: Any) -> Solicitation:
    """Return a solicitation whose notice is public; its term begins the next day."""
    row = drafted(organ, **fields)
    publish(row.entry, moment(MONDAY, 11))
    return fresh(row)


def commented(
    row: Solicitation, text: str = "建议第五条增加免费时长", day: date = OPENS, **fields: Any
) -> Comment:
    """Return a comment made online."""
    return actions.comment(row, text=text, by=READER, at=moment(day, 15), **fields)


def disposed(row: Solicitation, *comments: Comment, **fields: Any) -> None:
    """Dispose of comments after the term."""
    values: dict[str, Any] = {"disposition": Disposition.ADOPTED, "summary": "增加免费停车时长"}
    actions.dispose(row, comments, **(values | fields), by=ME, at=moment(AFTER))


def fed_back(organ: Organ) -> Solicitation:
    """Return a solicitation whose feedback is public, with one comment."""
    row = opened(organ)
    disposed(row, commented(row))
    row = actions.draft_feedback(row, by=ME, at=moment(AFTER, 10))
    publish(row.feedback_entry, moment(AFTER, 11))
    return fresh(row)


def cancelled(organ: Organ) -> Solicitation:
    """Return a solicitation that ended while its notice was public."""
    return actions.cancel(opened(organ), why="文件不再制定", by=ME, at=moment(OPENS))


SOLICITATION_IN: dict[SolicitationState, Callable[[Organ], Solicitation]] = {
    SolicitationState.DRAFT: drafted,
    SolicitationState.OPEN: opened,
    SolicitationState.FED_BACK: fed_back,
    SolicitationState.CANCELLED: cancelled,
}


def withdraw(entry: Entry, at: datetime) -> Entry:
    """Take a public text off."""
    row = Entry.objects.get(pk=entry.pk)
    reason = WithdrawalReason.IN_ERROR
    return disclosure.withdraw(row, reason=reason, note="发错了", by=entries.PUBLISHER, at=at)


def fresh(row: Solicitation) -> Solicitation:
    """Return the row of now."""
    return Solicitation.objects.select_related("organ", "entry", "feedback_entry").get(pk=row.pk)
