"""Table three from records: what each figure counts, and that it always foots."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.inforequests import actions
from gongkai.inforequests.models import InfoRequest, IntakeChannel, State
from gongkai.inforequests.statistics import (
    ASPECTS,
    MEASURES,
    _median,
    channel_counts,
    facts_by_organ,
    median_by_group,
    median_workdays,
    on_time_counts,
    outcomes_by_acts,
    received_by_month,
    records_behind,
)
from gongkai.inforequests.tests.factories import (
    DECISION,
    an_organ,
    do,
    many_requests,
    moment,
    replied,
    served,
    withdrawn,
)
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind
from gongkai.tables.facts import Measure, Period, requests_measure

YEAR = Period.of_year(2020)
PERSON = RequesterKind.NATURAL_PERSON


def a_request(organ, received=None, concluded=None, ground="", **fields):
    values = {
        "number": f"{organ.code}-{InfoRequest.objects.count()}",
        "channel": IntakeChannel.ONLINE,
        "requester_kind": PERSON,
        "submitted_at": moment(received or date(2020, 1, 1)),
        "description": "规划图",
        "state": State.REPLIED if concluded else State.PROCESSING,
        "received_on": received,
        "concluded_on": concluded,
        "ground": ground,
    }
    return InfoRequest.objects.create(organ=organ, **(values | fields))


def figure(organ, aspect, kind=PERSON, period=YEAR):
    return facts_by_organ(period, [organ.pk])[organ.pk][requests_measure(aspect, kind)]


@pytest.mark.django_db
def test_a_request_answered_next_year_is_carried_over():
    organ = an_organ()
    a_request(organ, date(2020, 12, 28), date(2021, 1, 5), Ground.GRANTED)
    assert figure(organ, "received") == 1
    assert figure(organ, "carried_out") == 1
    assert figure(organ, "outcome.GRANTED") == 0
    next_year = Period.of_year(2021)
    assert figure(organ, "carried_in", period=next_year) == 1
    assert figure(organ, "outcome.GRANTED", period=next_year) == 1
    assert figure(organ, "carried_out", period=next_year) == 0


@pytest.mark.django_db
def test_the_first_and_last_day_belong_to_the_year():
    organ = an_organ()
    a_request(organ, date(2020, 1, 1), date(2020, 12, 31), Ground.NOT_HELD)
    a_request(organ, date(2020, 12, 31))
    assert figure(organ, "received") == 2
    assert figure(organ, "carried_in") == 0
    assert figure(organ, "outcome.NOT_HELD") == 1
    assert figure(organ, "carried_out") == 1


@pytest.mark.django_db
def test_what_was_not_received_or_was_split_is_in_no_row():
    organ = an_organ()
    a_request(organ)
    a_request(organ, None, date(2020, 2, 1), Ground.OTHER, state=State.WITHDRAWN)
    a_request(organ, date(2020, 2, 1), date(2020, 2, 1), counted=False, state=State.SPLIT)
    facts = facts_by_organ(YEAR, [organ.pk])[organ.pk]
    assert set(facts) == set(MEASURES)
    assert sum(facts.values()) == 0


@pytest.mark.django_db
def test_organs_and_kinds_are_told_apart():
    one, other, idle = an_organ("a"), an_organ("b"), an_organ("c")
    a_request(one, date(2020, 5, 6), date(2020, 5, 20), Ground.PARTIAL)
    a_request(other, date(2020, 5, 6), requester_kind=RequesterKind.LEGAL_SERVICE_ORG)
    assert figure(one, "outcome.PARTIAL") == 1
    assert figure(other, "received", RequesterKind.LEGAL_SERVICE_ORG) == 1
    assert figure(other, "received") == 0
    assert set(facts_by_organ(YEAR, [one.pk, other.pk, idle.pk])) == {one.pk, other.pk, idle.pk}


@pytest.mark.django_db
def test_channels_are_counted_by_receipt():
    organ = an_organ()
    a_request(organ, date(2020, 5, 6), channel=IntakeChannel.POST_SIGNED)
    a_request(organ, date(2019, 5, 6), channel=IntakeChannel.POST_SIGNED)
    counts = channel_counts(YEAR, [organ.pk])[organ.pk]
    assert counts[IntakeChannel.POST_SIGNED] == 1
    assert counts[IntakeChannel.FAX] == 0


@pytest.mark.django_db
def test_on_time_is_the_answer_by_its_deadline():
    organ = an_organ()
    due = date(2020, 5, 29)
    a_request(organ, date(2020, 4, 29), due, Ground.GRANTED, answer_due_on=due)
    a_request(organ, date(2020, 4, 29), due + timedelta(days=1), Ground.GRANTED, answer_due_on=due)
    a_request(organ, date(2020, 4, 29), due, Ground.NOT_SUPPLEMENTED)
    assert on_time_counts(YEAR, [organ.pk]) == {organ.pk: (1, 2)}


@pytest.mark.django_db
def test_a_late_answer_stays_late_though_it_was_given_again_in_time():
    """What a reopening brings is not counted: neither its answer nor its deadline."""
    organ = an_organ()
    late = replied(organ, date(2020, 3, 2), answered_on=date(2020, 4, 1))
    again = do(actions.reopen, late, date(2020, 6, 1), **DECISION)
    served(again, date(2020, 6, 2))
    again.refresh_from_db()
    assert (again.due_on, again.answer_due_on) == (date(2020, 6, 30), date(2020, 3, 30))
    assert on_time_counts(YEAR, [organ.pk]) == {organ.pk: (0, 1)}


@pytest.mark.django_db
def test_months_and_medians(django_assert_num_queries):
    one, other, idle = an_organ("a"), an_organ("b"), an_organ("c")
    due = date(2020, 12, 31)
    for place, days in enumerate((0, 4, 5, 11)):  # a Monday; 4 working days to the Friday
        received = date(2020, 5, 11)
        concluded = received + timedelta(days=days)
        organ = one if place < 3 else other
        a_request(organ, received, concluded, Ground.GRANTED, answer_due_on=due)
    a_request(one, date(2020, 6, 1), date(2020, 12, 1), Ground.NOT_SUPPLEMENTED)
    ids = [one.pk, other.pk, idle.pk]
    with django_assert_num_queries(1):
        assert received_by_month(YEAR, ids) == {5: 4, 6: 1}
    with django_assert_num_queries(2):
        assert median_by_group(YEAR, {one.pk: 7, other.pk: 8, idle.pk: 9}) == {7: 4, 8: 9}
    assert median_workdays(YEAR, ids) == Decimal("4")
    assert median_workdays(YEAR, [idle.pk]) is None


@given(st.lists(st.integers(0, 60), min_size=1, max_size=60))
def test_the_median_is_that_of_the_list(days):
    assert _median(Counter(days)) == Decimal(str(median(days)))


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    organs = [an_organ(f"o{place}") for place in range(12)]
    many_requests(300, organs)
    with django_assert_num_queries(4):
        facts_by_organ(YEAR, [organ.pk for organ in organs])


@pytest.mark.django_db
def test_a_measure_of_another_chapter_is_refused():
    with pytest.raises(KeyError):
        records_behind(Measure("documents.NORMATIVE", "made"), YEAR, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("received", "concluded", "ground"),
    [
        (date(2020, 5, 6), date(2020, 5, 5), Ground.GRANTED),
        (date(2020, 5, 6), date(2020, 5, 7), ""),
        (date(2020, 5, 6), None, Ground.GRANTED),
        (date(2020, 5, 6), date(2020, 5, 7), "ELSEWHERE"),
    ],
)
def test_the_database_refuses_a_result_that_would_not_foot(received, concluded, ground):
    organ = an_organ()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_request(organ, received, concluded, ground)


days = st.dates(date(2018, 6, 1), date(2022, 6, 1))
results = st.none() | st.tuples(st.integers(0, 400), st.sampled_from(Ground))
histories = st.lists(st.tuples(days, st.sampled_from(RequesterKind), results), max_size=25)


class AnyHistory(TestCase):
    """Random histories, straight at the rows."""

    @settings(deadline=None)
    @given(histories, st.sampled_from([2018, 2019, 2020, 2021, 2022]))
    def test_table_three_foots_and_every_figure_opens_its_records(self, history, year):
        organ = an_organ("any")
        for received, kind, result in history:
            concluded = received + timedelta(days=result[0]) if result else None
            ground = result[1] if result else ""
            a_request(organ, received, concluded, ground, requester_kind=kind)
        period = Period.of_year(year)
        facts = facts_by_organ(period, [organ.pk])[organ.pk]
        for kind in RequesterKind:
            of = {aspect: facts[requests_measure(aspect, kind)] for aspect in ASPECTS}
            results_given = sum(of[f"outcome.{ground.name}"] for ground in Ground)
            assert of["received"] + of["carried_in"] == results_given + of["carried_out"]
        for measure, value in facts.items():
            if value:
                records = records_behind(measure, period, [organ.pk])
                assert sum((record.adds for record in records), Decimal(0)) == value
                assert len({record.id for record in records}) == len(records)
        before = facts_by_organ(Period.of_year(year - 1), [organ.pk])[organ.pk]
        for kind in RequesterKind:
            carried = before[requests_measure("carried_out", kind)]
            assert facts[requests_measure("carried_in", kind)] == carried


@pytest.mark.django_db
def test_results_counted_from_acts_see_what_the_projections_hide(django_assert_num_queries):
    """V11's count stands apart: what was written past the verbs does not move it."""
    organ = an_organ()
    given = replied(organ, date(2020, 3, 2), Ground.NOT_HELD)
    withdrawn(organ, date(2020, 3, 2))
    a_request(organ, date(2020, 5, 6), date(2020, 6, 1), Ground.GRANTED)  # no act behind it
    InfoRequest.objects.filter(pk=given.pk).update(ground=Ground.GRANTED)
    with django_assert_num_queries(1):
        told = outcomes_by_acts(YEAR, [organ.pk])
    assert told == {
        organ.pk: {
            requests_measure("outcome.NOT_HELD", PERSON): 1,
            requests_measure("outcome.OTHER", PERSON): 1,
        }
    }
    assert figure(organ, "outcome.GRANTED") == 2
    InfoRequest.objects.filter(pk=given.pk).update(concluded_on=date(2021, 1, 4))
    assert outcomes_by_acts(YEAR, [organ.pk]) == told
