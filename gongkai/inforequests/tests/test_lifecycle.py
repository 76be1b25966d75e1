"""Every state can be reached, every arrow not in the table is refused in Chinese."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.audit.models import Event as LoggedEvent
from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import Refused
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import (
    CONCLUDED,
    OPEN,
    TRANSITIONS,
    Event,
    State,
    next_state,
    open_events,
    refusal,
)
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import differences
from gongkai.inforequests.tests.factories import IN_STATE, ME, an_organ, do, moment
from gongkai.statute.grounds import Ground

TELLS = {
    Event.SPLIT: (actions.split, {"descriptions": ["甲", "乙"]}),
    Event.ASSIGN: (actions.assign, {"unit": "政务公开股"}),
    Event.ASK_SUPPLEMENT: (
        actions.ask_supplement,
        {"what": "地块位置", "due_on": date(2026, 12, 31)},
    ),
    Event.RECEIVE_SUPPLEMENT: (actions.receive_supplement, {"what": "东至河边"}),
    Event.LAPSE_SUPPLEMENT: (actions.lapse_supplement, {}),
    Event.CONSULT_THIRD_PARTY: (actions.consult_third_party, {"whom": "甲公司"}),
    Event.CONSULT_ORGAN: (actions.consult_organ, {"whom": "县住建局", "joint": True}),
    Event.SERVE_CONSULTATION: (actions.serve_consultation, {"consultation": 4}),
    Event.RECORD_OPINION: (
        actions.record_opinion,
        {"consultation": 4, "opinion": Opinion.AGREES},
    ),
    Event.EXTEND: (actions.extend, {"workdays": 10, "reason": "量大", "approved_by": "主任"}),
    Event.ASK_REASONS: (actions.ask_reasons, {"what": "为何申请"}),
    Event.SET_DELAY: (
        actions.set_delay,
        {"until_on": date(2026, 12, 31), "reason": "数量大"},
    ),
    Event.CHARGE_FEE: (actions.charge_fee, {"amount": Decimal("50"), "basis": "35页"}),
    Event.RECORD_PAYMENT: (actions.record_payment, {}),
    Event.LAPSE_FEE: (actions.lapse_fee, {}),
    Event.REPLY: (actions.reply, {"grounds": {1: Ground.GRANTED}}),
    Event.WITHDRAW: (actions.withdraw, {"reason": "不需要了"}),
    Event.CLOSE: (actions.close, {}),
}


def attempt(event: Event, info_request: InfoRequest, on: date) -> InfoRequest:
    if event is Event.REGISTER:
        return actions.register(info_request, confirmed_on=on, by=ME, at=moment(on, 17))
    verb, told = TELLS[event]
    return do(verb, info_request, on, **told)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_every_state_is_reached_by_verbs_and_replays_to_itself(state):
    info_request = IN_STATE[state](an_organ())
    assert info_request.state == state
    assert list(differences()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_every_arrow_that_is_not_in_the_table_is_refused_and_changes_nothing(state):
    info_request = IN_STATE[state](an_organ())
    acts, events = info_request.acts.count(), LoggedEvent.objects.count()
    on = info_request.acts.latest("sequence").on + timedelta(days=1)
    allowed = set(open_events(state))
    for event in TELLS | {Event.REGISTER: None}:
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


def test_the_table_has_no_dead_end_but_closed_and_split():
    ends = {state for state in State if not open_events(state)}
    assert ends == {State.CLOSED, State.SPLIT}
