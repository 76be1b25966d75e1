"""Both tables of states: every arrow leads somewhere, every other pair is refused in Chinese."""

from itertools import product

import pytest

from gongkai.annualreport.lifecycle import Refused, reports, returns
from gongkai.annualreport.lifecycle.reports import ReportEvent, ReportState
from gongkai.annualreport.lifecycle.returns import ReturnEvent, ReturnState

BOTH = [
    (table, state, event)
    for table, states, events in (
        (returns, ReturnState, ReturnEvent),
        (reports, ReportState, ReportEvent),
    )
    for state, event in product(states, events)
]


@pytest.mark.parametrize(("table", "state", "event"), BOTH)
def test_every_pair_is_an_arrow_or_a_refusal_in_chinese(table, state, event):
    if (state, event) in table.TRANSITIONS:
        assert (state, event) not in table.REFUSALS
        assert table.follow(state, event) is table.TRANSITIONS[state, event].target
        assert table.TRANSITIONS[state, event].article.startswith("第")
    else:
        with pytest.raises(Refused) as refused:
            table.follow(state, event)
        assert str(refused.value).endswith("。")
        assert "一" <= str(refused.value)[0] <= "鿿"


def test_nothing_leads_back_from_a_frozen_report():
    arrows = reports.TRANSITIONS.items()
    assert all(
        arrow.target is not ReportState.DRAFT
        for (state, _), arrow in arrows
        if state is not ReportState.DRAFT
    )


def test_states_and_events_have_chinese_names():
    for value in (*ReturnState, *ReturnEvent, *ReportState, *ReportEvent):
        assert not value.label.isascii()
