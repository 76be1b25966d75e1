"""What the pages of a case and of a complaint tell: facts, terms, the steps that are open."""

from typing import Any

from gongkai.remedies import queries
from gongkai.remedies.lifecycle import (
    ComplaintEvent,
    ComplaintState,
    Event,
    Measure,
    Result,
    State,
    open_complaint_events,
    open_events,
)
from gongkai.remedies.models import Complaint, Litigation
from gongkai.remedies.queries import Remedy
from gongkai.statute.clock import Deadline


def terms_of(dates: queries.Dates, suit: bool) -> list[tuple[str, Deadline]]:
    """Return the terms of a case by what they are for; those that do not run are left out."""
    named = (
        ("审查是否受理的期限", dates.review),
        ("提交答辩状的期限" if suit else "提交书面答复的期限", dates.answer),
        ("审结的期限" if suit else "作出复议决定的期限", dates.decision),
        ("上诉的期限", dates.appeal),
        ("报送纠正情况的期限", dates.report),
    )
    return [(label, deadline) for label, deadline in named if deadline]


def offered(remedy: Remedy) -> list[Event]:
    """Return the steps to offer: those that the table and what is recorded leave open."""
    suit = isinstance(remedy, Litigation)
    told = {
        Event.EXTEND: not suit,
        Event.PERFORM: remedy.result == Result.CORRECTED and not remedy.performed_on,
    }
    if isinstance(remedy, Litigation):
        first = remedy.accepted_on is not None and remedy.appealed_on is None
        told[Event.APPEAL] = first and remedy.performed_on is None
        told[Event.OPINION] = told[Event.REPORT] = False
    else:
        told[Event.APPEAL] = False
        told[Event.OPINION] = remedy.opinion_on is None
        told[Event.REPORT] = remedy.opinion_on is not None and remedy.reported_on is None
    return [event for event in open_events(State(remedy.state)) if told.get(event, True)]


def facts_of(remedy: Remedy) -> list[tuple[str, Any]]:
    """Return what is known of a case, as (name, value); what is not known is left out."""
    common: list[tuple[str, Any]] = [
        ("被申请（被告）机关", remedy.organ.name),
        ("案由", remedy.subject),
        ("案号", remedy.case_number),
    ]
    if isinstance(remedy, Litigation):
        common += [("受理法院", remedy.court), ("起诉途径", remedy.get_route_display())]
        common += [
            ("审理程序", remedy.get_procedure_display()),
            ("一审结果", remedy.get_first_result_display()),
            ("一审结果作出之日", remedy.first_decided_on),
            ("上诉之日", remedy.appealed_on),
            ("上诉人", remedy.get_appealed_by_display()),
            ("二审法院", remedy.appeal_court),
            ("二审案号", remedy.appeal_number),
        ]
    else:
        common += [
            ("复议机关", remedy.authority),
            ("审理程序", remedy.get_procedure_display()),
            ("收到复议意见书之日", remedy.opinion_on),
            ("报送纠正情况之日", remedy.reported_on),
        ]
    days = [
        ("提出之日", remedy.filed_on),
        ("受理（立案）之日", remedy.accepted_on),
        ("收到副本之日", remedy.copy_received_on),
        ("书面答复（答辩）之日", remedy.answered_on),
        ("结果作出之日", remedy.decided_on),
        ("结果", remedy.get_result_display()),
        ("结案方式", remedy.get_ending_display()),
        ("决定书（裁判文书）文号", remedy.decision_number),
        ("收到决定书（裁判文书）之日", remedy.received_on),
        ("要求履行的期限", remedy.perform_by),
        ("履行完毕之日", remedy.performed_on),
        ("作废理由", remedy.struck_reason),
    ]
    return [(label, value) for label, value in [*common, *days] if value]


def offered_of_complaint(row: Complaint) -> list[ComplaintEvent]:
    """Return the steps that the table and what is recorded leave open."""
    told = {
        ComplaintEvent.ASK: row.asked_on is None,
        ComplaintEvent.EXPLAIN: row.asked_on is not None and row.explained_on is None,
        ComplaintEvent.EXTEND: not row.extension_days,
        ComplaintEvent.RECTIFY: row.measure not in ("", Measure.NONE) and row.rectified_on is None,
        ComplaintEvent.REFER: row.verdict in ("TRUE", "PARTLY") and row.referred_on is None,
    }
    events = open_complaint_events(ComplaintState(row.state))
    return [event for event in events if told.get(event, True)]


def facts_of_complaint(row: Complaint) -> list[tuple[str, Any]]:
    """Return what is known of a complaint, as (name, value); what is not known is left out."""
    told: list[tuple[str, Any]] = [
        ("受理机关", row.organ.name),
        ("被投诉（举报）机关", row.about.name),
        ("类别", row.get_kind_display()),
        ("事项", row.get_ground_display()),
        ("渠道", row.get_channel_display()),
        ("投诉（举报）人", "匿名" if row.anonymous else row.masked),
        ("收到之日", row.received_on),
        ("受理之日", row.accepted_on),
        ("不予受理的理由（转送去向）", row.declined_reason),
        ("要求说明之日", row.asked_on),
        ("说明期限", row.explain_by),
        ("说明之日", row.explained_on),
        ("认定", row.get_verdict_display()),
        ("处理", row.get_measure_display()),
        ("认定之日", row.found_on),
        ("整改期限", row.rectify_by),
        ("整改完成之日", row.rectified_on),
        ("移送追究责任之日", row.referred_on),
        ("移送机关", row.referred_to),
        ("办结之日", row.closed_on),
    ]
    return [(label, value) for label, value in told if value]
