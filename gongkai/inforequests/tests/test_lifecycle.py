"""Every state can be reached, every arrow not in the table is refused in Chinese."""

from datetime import date, timedelta

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import CONCLUDED, OPEN, Event, State
from gongkai.inforequests.lifecycle.transitions import (
    TRANSITIONS,
    next_state,
    open_events,
    refusal,
)
from gongkai.inforequests.models import InfoRequest, ReferralTarget, Retention, ServiceWay
from gongkai.inforequests.queries import differences
from gongkai.inforequests.tests.factories import (
    DECISION,
    HEAD,
    IN_STATE,
    RECEIVED,
    an_organ,
    do,
    moment,
    registered,
)
from gongkai.orgs.models import Organ
from gongkai.statute.fees import Tariff
from gongkai.statute.grounds import Ground

ON = date(2026, 12, 31)
TELLS = {
    Event.TRY_CONTACT: (actions.try_contact, {"how": "电话", "result": "无人接听"}),
    Event.SPLIT: (actions.split, {"descriptions": ["甲", "乙"]}),
    Event.ASSIGN: (actions.assign, {"unit": "政务公开股"}),
    Event.SEARCH: (
        actions.search,
        {
            "places": "档案室",
            "keywords": "规划",
            "officer": "张三",
            "searched_on": RECEIVED,
            "found": True,
        },
    ),
    Event.ASK_SUPPLEMENT: (actions.ask_supplement, {"what": "地块位置", "due_on": ON}),
    Event.RECEIVE_SUPPLEMENT: (actions.receive_supplement, {"what": "东至河边"}),
    Event.LAPSE_SUPPLEMENT: (actions.lapse_supplement, {}),
    Event.CONSULT_THIRD_PARTY: (actions.consult_third_party, {"whom": "甲公司"}),
    Event.CONSULT_ORGAN: (actions.consult_organ, {"whom": "县住建局", "joint": True}),
    Event.SERVE_CONSULTATION: (actions.serve_consultation, {"consultation": 4}),
    Event.RECORD_OPINION: (
        actions.record_opinion,
        {"consultation": 4, "opinion": Opinion.AGREES},
    ),
    Event.TELL_THIRD_PARTY: (
        actions.tell_third_party,
        {"consultation": 4, "what": "合同", "reason": "公共利益"},
    ),
    Event.PROPOSE_EXTENSION: (actions.propose_extension, {"workdays": 10, "reason": "量大"}),
    Event.EXTEND: (actions.extend, {}),
    Event.ASK_REASONS: (actions.ask_reasons, {"what": "为何申请"}),
    Event.RECEIVE_REASONS: (actions.receive_reasons, {"what": "写论文", "reasonable": True}),
    Event.SET_DELAY: (actions.set_delay, {"until_on": ON, "reason": "数量大"}),
    Event.CHARGE_FEE: (actions.charge_fee, {"tariff": Tariff.BY_PAGE, "count": 35}),
    Event.RECORD_PAYMENT: (actions.record_payment, {}),
    Event.LAPSE_FEE: (actions.lapse_fee, {}),
    Event.SERVE_LETTER: (
        actions.serve_letter,
        {"kind": "L02", "act": 4, "how": ServiceWay.IN_HAND},
    ),
    Event.RECORD_ARRIVAL: (actions.record_arrival, {"kind": "L02", "act": 4}),
    Event.DRAFT_REPLY: (
        actions.draft_reply,
        {"answers": [actions.Answer(1, Ground.GRANTED, details={"supplied": "见附件"})]},
    ),
    Event.PASS_DRAFT: (actions.pass_draft, {}),
    Event.RETURN_DRAFT: (actions.return_draft, {"why": "请写明文号"}),
    Event.SIGN: (actions.sign, {}),
    Event.ISSUE: (actions.issue_reply, {}),
    Event.CANCEL_ISSUE: (actions.cancel_issue, {"reason": "收件人有误"}),
    Event.REPLY: (actions.reply, {"grounds": {1: Ground.GRANTED}}),
    Event.RETURN_MAIL: (actions.return_mail, {"why": "查无此人"}),
    Event.SERVE_AGAIN: (actions.serve_again, {"how": ServiceWay.IN_HAND}),
    Event.REFER: (actions.refer, {"to": ReferralTarget.HOTLINE}),
    Event.WITHDRAW: (actions.withdraw, {"reason": "不需要了"}),
    Event.CLOSE: (actions.close, {}),
    Event.REOPEN: (actions.reopen, DECISION),
    Event.ARCHIVE: (
        actions.archive,
        {"file_number": "2026-1", "retention": Retention.TEN_YEARS},
    ),
}


def attempt(event: Event, info_request: InfoRequest, on: date) -> InfoRequest:
    if event is Event.REGISTER:
        return actions.register(info_request, confirmed_on=on, by=HEAD, at=moment(on, 17))
    if event is Event.TRANSFER:
        to = Organ.objects.get(code="other")
        return do(actions.transfer, info_request, on, to=to, reason="由该机关制作")
    if event is Event.MERGE:
        others = InfoRequest.objects.exclude(pk=info_request.pk).filter(organ__code="zrzyj")
        into = others.get(split_from=None)
        return do(actions.merge, info_request, on, into=into, reason="重复")
    verb, told = TELLS[event]
    return do(verb, info_request, on, by=HEAD, **told)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_every_state_is_reached_by_verbs_and_replays_to_itself(state):
    info_request = IN_STATE[state](an_organ())
    assert info_request.state == state
    assert list(differences()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_every_arrow_that_is_not_in_the_table_is_refused_and_changes_nothing(state):
    organ, _ = an_organ(), an_organ("other")
    info_request = IN_STATE[state](organ)
    if state is not State.MERGED:
        registered(organ)
    acts, events = info_request.acts.count(), LoggedEvent.objects.count()
    on = info_request.acts.latest("sequence").on + timedelta(days=1)
    allowed = set(open_events(state))
    for event in (*TELLS, Event.REGISTER, Event.TRANSFER, Event.MERGE):
        if event in allowed or (
            event is Event.RECORD_OPINION and Event.RECORD_LAST_OPINION in allowed
        ):
            continue
        with pytest.raises(Refused, match=f"不能“{event.label}”（.*条.*）"):
            attempt(event, info_request, on)
    assert info_request.acts.count() == acts
    assert LoggedEvent.objects.count() == events


def test_every_refusal_names_an_article_and_ends_as_a_sentence():
    for state in State:
        for event in Event:
            if (state, event) not in TRANSITIONS:
                assert "条" in refusal(state, event)
                assert refusal(state, event).endswith("。")
                with pytest.raises(Refused):
                    next_state(state, event)


def test_every_arrow_cites_an_article_and_every_state_and_event_is_used():
    assert all("条" in arrow.article for arrow in TRANSITIONS.values())
    reached = {arrow.target for arrow in TRANSITIONS.values()} | {State.SUBMITTED}
    assert reached == set(State)
    assert {event for _, event in TRANSITIONS} == set(Event) - {Event.SUBMIT}
    assert set(OPEN) | CONCLUDED == set(State)
    assert not [state for state in OPEN if not open_events(state)]


def test_the_table_has_no_dead_end_but_what_goes_on_elsewhere():
    ends = {state for state in State if not open_events(state)}
    assert ends == {State.SPLIT, State.MERGED, State.TRANSFERRED}
