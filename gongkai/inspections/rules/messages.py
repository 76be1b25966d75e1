"""W5 互动回应差 (law.md 4.2): questions unanswered, no way to ask; solicitations without a word."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gongkai.inspections.rules.columns import months_before
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.views import View
from gongkai.text.sitepages import Link, Page

FEEDBACK_DAYS = 60
_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
_ASKED = re.compile(r"(?:留言|来信|提问|咨询|写信|提交)(?:时间|日期)\s*[:：]?\s*" + _DAY)
_STATE = re.compile(r"(?:办理|处理|回复|答复|当前)?状态\s*[:：]?\s*(\S{2,8})")
_WAITING = re.compile(
    r"待(?:答复|回复|处理|受理|办理)|未(?:答复|回复|处理|办结)|已?受理|办理中|处理中|转办"
)
_ANSWERED = re.compile(r"(?:答复|回复)(?:内容|时间|日期|单位)\s*[:：]\s*\S|已(?:答复|回复|办结)")
_NOT_ASKING = re.compile(r"信访|纪检|举报|监督投诉|调查|征集|访谈")
_ASKING = re.compile(
    r"咨询|建言|留言|信箱|问政|互动|来信|诉求|写信|意见建议|网民|百姓呼声|民声|有问必答|投诉"
)
_WAY = re.compile(
    r"我要(?:咨询|写信|留言|提问|建言|投诉)|(?:在线|网上|政策)咨询|"
    r"(?:书记|县长|市长|区长|镇长|局长|主任|领导|院长)信箱|问政平台"
)
_TERM = re.compile(r"(?:征集|征求意见)?(?:结束|截止)(?:时间|日期)?\s*[:：]\s*" + _DAY)
_CALL = re.compile(r"征集|征求意见|公开征求|意见征求")
_FEEDBACK = re.compile(r"采纳|反馈|意见(?:汇总|收集|征集)?(?:情况|结果)|征集结果|公众意见|收到意见")
MONTHS = 3


def unanswered_since(view: View) -> date | None:
    """Return the day of a question of the public that has no answer, None for anything else."""
    text = view.main
    asked, state = _ASKED.search(text), _STATE.search(text)
    if asked is None or _ANSWERED.search(text):
        return None
    if state is None or not _WAITING.search(state[1]):
        return None
    return _day(asked)


def is_overdue(asked_on: date, today: date, column: str) -> bool:
    """Say whether W5 counts it: a column for questions, over 3 months, within the last year."""
    if _NOT_ASKING.search(column):
        return False
    return months_before(today, 15) <= asked_on < months_before(today, MONTHS)


def is_way_to_ask(page: Page, name: str) -> bool:
    """Say whether a page is an effective way to ask: a form for words, under a name that counts."""
    if _NOT_ASKING.search(name) or not _ASKING.search(name):
        return False
    return any(field.kind == "textarea" for form in page.forms for field in form.fields)


def leads_to_ask(links: Sequence[Link]) -> bool:
    """Say whether a link of the home page leads to a way to ask by its words."""
    return any(_WAY.search(each.words) for each in links)


def solicitation(view: View) -> Iterator[Fault]:
    """Tell a call for comments that ended long ago without a word of what was taken."""
    title = view.page.heading or view.page.title or ""
    text = view.main
    term = _TERM.search(text)
    if term is None or not _CALL.search(title):
        return
    ended_on = _day(term)
    if ended_on is None or view.today - ended_on <= timedelta(days=FEEDBACK_DAYS):
        return
    if not _FEEDBACK.search(text):
        why = f"征集已于{ended_on}结束，没有公布意见采纳情况。"
        yield view.fault("solicitation-without-feedback", why, term[0], "feedback")


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
