"""Messages, surveys, interviews and matters of opinion, made through the real verbs."""

from datetime import timedelta
from typing import Any

from gongkai.audit import Actor
from gongkai.engagement import actions
from gongkai.engagement.actions import (
    Answered,
    InterviewKind,
    MessageKind,
    NewMessage,
    NewOpinion,
    Plan,
    ResponseKind,
    Severity,
    SurveyTold,
)
from gongkai.engagement.models import Interview, Message, OpinionMatter, Survey
from gongkai.engagement.tests.factories import ME, MONDAY, READER, moment
from gongkai.orgs.models import Organ

OTHER = Actor("checker", "李四", "审核人")
WHO = ("张小明", "13800001234")
QUESTIONS = """1. 您多久坐一次公交？（单选）
每天
每周

2. 希望开通哪些线路？（多选，选答）
到车站
到医院
到学校

3. 还有什么建议？（填写，选答）"""


def told(**changes: Any) -> NewMessage:
    """Return what somebody writes."""
    values: dict[str, Any] = {
        "kind": MessageKind.ENQUIRY,
        "title": "公交改线",
        "text": f"我是{WHO[0]}，电话{WHO[1]}，请问3路公交什么时候恢复？",
        "asker": WHO[0],
        "contact": WHO[1],
        "consent": True,
    }
    return NewMessage(**(values | changes))


def sent(home: Organ, *, key: str = "", day: Any = MONDAY, **changes: Any) -> Message:
    """Return a message received on a day."""
    return actions.send_message(
        home, told=told(**changes), submission_key=key, by=READER, at=moment(day)
    )


def answered(home: Organ, **changes: Any) -> Message:
    """Return a message that was answered the next day."""
    row = sent(home, **changes)
    at = moment(row.received_on + timedelta(days=1), 10)
    return actions.answer_message(row, answer="10月8日恢复。", by=ME, at=at)


def public(home: Organ, **changes: Any) -> Message:
    """Return a message that is public."""
    row = answered(home, **changes)
    return actions.publish_message(
        row,
        title="公交改线",
        text="请问3路公交什么时候恢复？",
        answer="10月8日恢复。",
        by=OTHER,
        at=moment(row.answered_on, 15),
    )


def survey_told(**changes: Any) -> SurveyTold:
    """Return what an official tells of a survey."""
    values: dict[str, Any] = {
        "title": "公交出行调查",
        "intro": "用于优化线路。",
        "opens_on": MONDAY,
        "closes_on": MONDAY + timedelta(days=9),
        "questions": QUESTIONS,
    }
    return SurveyTold(**(values | changes))


def survey(organ: Organ, **changes: Any) -> Survey:
    """Return a public survey that runs from Monday on."""
    row = actions.draft_survey(organ, told=survey_told(**changes), by=ME, at=moment(MONDAY, 8))
    return actions.open_survey(row, by=OTHER, at=moment(MONDAY, 9))


def plan(**changes: Any) -> Plan:
    """Return a plan of an interview on Wednesday afternoon."""
    held = moment(MONDAY + timedelta(days=2), 15)
    values: dict[str, Any] = {
        "kind": InterviewKind.INTERVIEW,
        "theme": "公交线路优化",
        "guests": "交通运输局负责人",
        "held_at": held,
        "questions_until": held - timedelta(hours=1),
    }
    return Plan(**(values | changes))


def interview(organ: Organ, **changes: Any) -> Interview:
    """Return an interview whose notice is in hand."""
    return actions.plan_interview(organ, plan=plan(**changes), by=ME, at=moment(MONDAY))


def opinion(organ: Organ, severity: Severity = Severity.GRAVE, hour: int = 9) -> OpinionMatter:
    """Return a matter found on Monday."""
    new = NewOpinion("暴雨后道路中断", "网民询问何时恢复", "微博", moment(MONDAY, hour), severity)
    return actions.collect_opinion(organ, told=new, by=ME, at=moment(MONDAY, hour, 30))


def response(
    hour: int, kind: ResponseKind = ResponseKind.INFORMATION, day: Any = MONDAY
) -> Answered:
    """Return a response at an hour."""
    return Answered(kind, "县政府网站", moment(day, hour), "通报抢修进展", spokesman="发言人")
