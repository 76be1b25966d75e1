"""What stands beside the page of a notice or of a feedback; one query."""

from datetime import date

from gongkai.disclosure.queries import DocumentPage
from gongkai.engagement.actions import Standing
from gongkai.engagement.queries import Beside, beside
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
