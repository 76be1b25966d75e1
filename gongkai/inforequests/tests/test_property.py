"""Random legal cases: no history breaks the footing, the replay or the one-row rule."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.inforequests import actions
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.opinions import Opinion
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.lifecycle.transitions import open_events
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import differences
from gongkai.inforequests.statistics import facts_by_organ, outcomes_by_acts, records_behind
from gongkai.inforequests.tests.factories import ME, an_organ, do, moment, submitted
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.crossfoot import crossfoot
from gongkai.tables.editions import edition_for
from gongkai.tables.facts import Period, requests_measure

steps = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 9), st.sampled_from(Ground)), max_size=9
)
cases = st.lists(
    st.tuples(
        st.dates(date(2021, 9, 1), date(2022, 12, 31)), st.sampled_from(RequesterKind), steps
    ),
    min_size=1,
    max_size=4,
)


TELLS = {
    Event.SPLIT: {"descriptions": ["甲", "乙"]},
    Event.ASSIGN: {"unit": "政务公开股"},
    Event.RECEIVE_SUPPLEMENT: {"what": "东至河边"},
    Event.CONSULT_THIRD_PARTY: {"whom": "甲公司"},
    Event.CONSULT_ORGAN: {"whom": "县住建局", "joint": False},
    Event.EXTEND: {"workdays": 7, "reason": "量大", "approved_by": "主任"},
    Event.ASK_REASONS: {"what": "用途"},
    Event.CHARGE_FEE: {"amount": Decimal(10), "basis": "31页"},
    Event.WITHDRAW: {"reason": "不要了"},
}


def tell(info_request: InfoRequest, event: Event, on: date, ground: Ground) -> dict[str, Any]:
    """Return data of `event` that is well formed; the law may still refuse it."""
    sent = info_request.acts.filter(kind__startswith="CONSULT").values_list("sequence", flat=True)
    number = {"consultation": max(sent, default=1)}
    by_case: dict[Event, dict[str, Any]] = {
        Event.ASK_SUPPLEMENT: {"what": "位置", "due_on": on + timedelta(days=15)},
        Event.SERVE_CONSULTATION: number,
        Event.RECORD_OPINION: number | {"opinion": list(Opinion)[on.day % len(Opinion)]},
        Event.SET_DELAY: {"until_on": on + timedelta(days=90), "reason": "量大"},
        Event.REPLY: {"grounds": {1: ground}},
    }
    return by_case.get(event) or TELLS.get(event, {})


def step(info_request: InfoRequest, event: Event, on: date, ground: Ground) -> InfoRequest:
    """Try one event; raises RequestError when it is refused."""
    if event is Event.REGISTER:
        return actions.register(info_request, confirmed_on=on, by=ME, at=moment(on, 17))
    event = Event.RECORD_OPINION if event is Event.RECORD_LAST_OPINION else event
    told = tell(info_request, event, on, ground)
    done = do(getattr(actions, event.value.lower()), info_request, on, **told)
    return done[0] if event is Event.SPLIT else done


class AnyCases(TestCase):
    """Histories made by the verbs alone."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(cases)
    def test_any_legal_history_foots_and_replays(self, drawn):
        organ = an_organ()
        for on, kind, chosen in drawn:
            info_request = submitted(organ, on, kind=kind)
            for days, choice, ground in chosen:
                events = open_events(State(info_request.state))
                if not events:
                    break
                on += timedelta(days=days)
                with suppress(RequestError):
                    info_request = step(info_request, events[choice % len(events)], on, ground)
        assert list(differences()) == []
        for year in (2021, 2022, 2023):
            self._foots(organ, year)
        self._one_row_each(organ)

    def _foots(self, organ, year):
        facts = facts_by_organ(Period.of_year(year), [organ.pk])[organ.pk]
        found = crossfoot(edition_for(year).lay_out(facts))
        assert [each for each in found if each.rule in {"V1", "V2", "V3"}] == []
        before = facts_by_organ(Period.of_year(year - 1), [organ.pk])[organ.pk]
        for kind in RequesterKind:  # V5
            carried_out = before[requests_measure("carried_out", kind)]
            assert facts[requests_measure("carried_in", kind)] == carried_out
        # V11: the results counted from the acts themselves.
        told = outcomes_by_acts(Period.of_year(year), [organ.pk])[organ.pk]
        counted = {
            measure: number for measure, number in facts.items() if "outcome." in measure.aspect
        }
        assert {measure: told[measure] for measure in counted} == counted
        assert set(told) <= set(counted)

    def _one_row_each(self, organ):
        """Every received request with a result is in exactly one result row (V11)."""
        ever = Period(date(2000, 1, 1), date(2100, 1, 1))
        rows: dict[str, int] = {}
        for ground in Ground:
            for kind in RequesterKind:
                measure = requests_measure(f"outcome.{ground.name}", kind)
                for record in records_behind(measure, ever, [organ.pk]):
                    rows[record.id] = rows.get(record.id, 0) + 1
        concluded = InfoRequest.objects.filter(
            concluded_on__isnull=False, received_on__isnull=False
        ).exclude(state=State.SPLIT)
        assert rows == {info_request.typed_id: 1 for info_request in concluded}
