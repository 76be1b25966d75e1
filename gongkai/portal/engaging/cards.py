"""What stands beside the page of a notice, a feedback, an interview, an answer; one query."""

from datetime import date

from django.utils import timezone

from gongkai.disclosure.queries import DocumentPage
from gongkai.engagement.actions import InterviewState, Standing
from gongkai.engagement.queries import (
    Beside,
    BesideInterview,
    beside,
    beside_interview,
    checked_on,
)
from gongkai.portal.records import Card, Related, answers_for
from gongkai.statute.days import written


@answers_for("engagement")
def notice_card(page: DocumentPage, today: date) -> Card:
    """Return term and standing of a solicitation, the door to its form, and what came of it."""
    told = beside(page.record, today)
    if told is None:
        return Card()
    form = Related("我要提意见", "我要提意见", f"/hdjl/yjzj/{told.id}/yijian/")
    kin = (("采纳情况反馈", told.feedback), ("正式文件", told.document))
    return Card(
        stamp=told.standing.label,
        stamp_label="状态",
        facts=_facts(told),
        related=tuple(Related(name, *each) for name, each in kin if each),
        note=_note(told),
        action=form if told.takes_comments else None,
    )


@answers_for("engagement.feedback")
def feedback_card(page: DocumentPage, today: date) -> Card:
    """Return the way back to the notice and on to the document that followed."""
    told = beside(page.record, today)
    if told is None:
        return Card()
    kin = (("征集公告", told.notice), ("正式文件", told.document))
    return Card(related=tuple(Related(name, *each) for name, each in kin if each))


@answers_for("engagement.interview")
def interview_card(page: DocumentPage, today: date) -> Card:
    """Return when it is held, the door to the form for questions, and the record."""
    told = beside_interview(page.record, timezone.now())
    if told is None:
        return Card()
    form = Related("我要提问", "我要提问", f"/hdjl/zxft/{told.id}/tiwen/")
    return Card(
        stamp=told.state.label,
        stamp_label="状态",
        facts=_held(told),
        related=(Related("实录", *told.transcript),) if told.transcript else (),
        note=_of_questions(told),
        action=form if told.takes_questions else None,
    )


@answers_for("engagement.transcript")
def transcript_card(page: DocumentPage, today: date) -> Card:
    """Return when it was held, and the way back to the notice."""
    told = beside_interview(page.record, timezone.now())
    if told is None:
        return Card()
    kin = (Related("预告", *told.notice),) if told.notice else ()
    return Card(facts=_held(told), related=kin)


@answers_for("engagement.faq")
def faq_card(page: DocumentPage, today: date) -> Card:
    """Return when the answer was last confirmed."""
    confirmed = checked_on(page.record)
    facts = (("最近核对日期", confirmed.isoformat()),) if confirmed else ()
    write = Related("没有解决，我要写信问", "没有解决，我要写信问", "/hdjl/liuyan/xie/")
    return Card(facts=facts, action=write)


def _held(told: BesideInterview) -> tuple[tuple[str, str], ...]:
    held = timezone.localtime(told.held_at)
    return (("举行时间", f"{held:%Y-%m-%d %H:%M}"), ("嘉宾", told.guests))


def _of_questions(told: BesideInterview) -> str:
    if told.state is InterviewState.CANCELLED:
        return "这次活动已经取消。"
    if told.questions_until is None or told.state is not InterviewState.ANNOUNCED:
        return ""
    until = f"{written(told.questions_until.date())}{told.questions_until:%H:%M}"
    if told.takes_questions:
        return f"{until}以前可以在网上提问。"
    return f"网上提问已于{until}截止，实录将在本栏目公布。"


def _facts(told: Beside) -> tuple[tuple[str, str], ...]:
    terms = told.terms
    return (("征集期限", f"{terms.opens_on.isoformat()}至{terms.closes_on.isoformat()}"),)


def _note(told: Beside) -> str:
    match told.standing:
        case Standing.AHEAD:
            return f"征集尚未开始，{written(told.terms.opens_on)}起可以提出意见。"
        case Standing.CLOSED:
            return "征集已截止，意见采纳情况将在本栏目公布。"
        case Standing.FED_BACK if told.feedback:
            return "征集已截止，采纳情况已经公布，见“相关信息”。"
        case Standing.CANCELLED:
            return "这次征集已经终止，不再接收意见。"
    return ""
