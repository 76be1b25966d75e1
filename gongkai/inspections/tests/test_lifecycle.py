"""The roads of findings and bulletins: every arrow, every refused pair, the one end."""

import pytest

from gongkai.inspections.lifecycle import BulletinEvent, BulletinState, FindingEvent, FindingState
from gongkai.inspections.lifecycle.bulletins import BULLETIN_TRANSITIONS, next_bulletin_state
from gongkai.inspections.lifecycle.errors import Refused
from gongkai.inspections.lifecycle.findings import OVER, TRANSITIONS, next_state, open_events

EVERY = [(state, event) for state in FindingState for event in FindingEvent]


@pytest.mark.parametrize(("state", "event"), EVERY)
def test_an_event_follows_its_arrow_or_is_refused_in_chinese(
    state: FindingState, event: FindingEvent
) -> None:
    if (state, event) in TRANSITIONS:
        assert next_state(state, event) is TRANSITIONS[state, event].target
    else:
        with pytest.raises(Refused, match="不能"):
            next_state(state, event)


def test_a_finding_is_closed_only_after_a_recheck() -> None:
    into = [pair for pair, arrow in TRANSITIONS.items() if arrow.target == "CLOSED"]
    assert into == [
        (FindingState.FOUND, FindingEvent.LAPSE),
        (FindingState.RECHECKED, FindingEvent.CLOSE),
    ]
    before = [source for (source, _), arrow in TRANSITIONS.items() if arrow.target == "RECHECKED"]
    assert before == [FindingState.ANSWERED]


def test_what_is_over_stays_so_except_a_false_alarm_taken_back() -> None:
    after = {state: open_events(state) for state in OVER}
    assert after == {
        FindingState.FALSE_ALARM: (FindingEvent.TAKE_BACK,),
        FindingState.UPHELD: (),
        FindingState.CLOSED: (),
    }


def test_every_state_is_reached_and_every_word_is_told() -> None:
    targets = {arrow.target for arrow in TRANSITIONS.values()}
    assert targets | {FindingState.FOUND} == set(FindingState)
    assert all(each.label for each in (*FindingState, *FindingEvent, *BulletinEvent))


@pytest.mark.parametrize("event", BulletinEvent)
def test_an_issued_bulletin_never_changes(event: BulletinEvent) -> None:
    draft = BulletinState.DRAFT
    assert next_bulletin_state(draft, event) is BULLETIN_TRANSITIONS[draft, event].target
    with pytest.raises(Refused, match="已经印发"):
        next_bulletin_state(BulletinState.ISSUED, event)
