"""Table four from cases: results of the year, pending at its end, each opens its cases."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.inforequests.tests.factories import an_organ
from gongkai.remedies.lifecycle import Result, Route
from gongkai.remedies.statistics import MEASURES, facts_by_organ, records_behind
from gongkai.remedies.tests.factories import a_reconsideration, a_suit
from gongkai.tables.facts import Measure, Period


def figure(organ, subject, aspect, year):
    facts = facts_by_organ(Period.of_year(year), [organ.pk])[organ.pk]
    return facts[Measure(f"remedies.{subject}", aspect)]


@pytest.mark.django_db
def test_a_case_is_pending_at_each_years_end_until_it_is_decided():
    organ = an_organ()
    a_reconsideration(organ, date(2019, 11, 4), date(2021, 1, 8), Result.CORRECTED)
    assert [figure(organ, "RECONSIDERATION", "PENDING", year) for year in range(2018, 2022)] == [
        0,
        1,
        1,
        0,
    ]
    assert figure(organ, "RECONSIDERATION", "CORRECTED", 2021) == 1
    assert figure(organ, "RECONSIDERATION", "CORRECTED", 2020) == 0


@pytest.mark.django_db
def test_suits_are_told_apart_by_their_route():
    organ = an_organ()
    a_suit(organ, date(2020, 3, 2), date(2020, 6, 1), Result.UPHELD)
    a_suit(organ, date(2020, 3, 2), route=Route.AFTER_RECONSIDERATION)
    assert figure(organ, "DIRECT", "UPHELD", 2020) == 1
    assert figure(organ, "DIRECT", "PENDING", 2020) == 0
    assert figure(organ, "AFTER_RECONSIDERATION", "PENDING", 2020) == 1


@pytest.mark.django_db
def test_every_measure_is_told_for_every_organ_in_four_queries(django_assert_num_queries):
    busy, idle = an_organ("a"), an_organ("b")
    a_suit(busy, date(2020, 3, 2))
    with django_assert_num_queries(4):
        facts = facts_by_organ(Period.of_year(2020), [busy.pk, idle.pk])
    assert set(facts[busy.pk]) == set(facts[idle.pk]) == set(MEASURES)
    assert sum(facts[idle.pk].values()) == 0


@pytest.mark.django_db
def test_a_measure_of_another_chapter_is_refused():
    with pytest.raises(KeyError):
        records_behind(Measure("requests", "received"), Period.of_year(2020), [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decided_on", "result"),
    [(date(2020, 3, 1), Result.UPHELD), (date(2020, 3, 3), ""), (None, Result.OTHER)],
)
def test_the_database_refuses_a_result_that_would_be_lost(decided_on, result):
    organ = an_organ()
    for make in (a_reconsideration, a_suit):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(organ, date(2020, 3, 2), decided_on, result)


cases = st.lists(
    st.tuples(
        st.sampled_from(["RECONSIDERATION", *Route]),
        st.dates(date(2019, 1, 1), date(2021, 12, 31)),
        st.none() | st.tuples(st.integers(0, 500), st.sampled_from(Result)),
    ),
    max_size=20,
)


class AnyCases(TestCase):
    """Random cases."""

    @settings(deadline=None)
    @given(cases, st.integers(2019, 2022))
    def test_every_figure_is_its_cases(self, drawn, year):
        organ = an_organ()
        for subject, filed, end in drawn:
            decided, result = (filed + timedelta(days=end[0]), end[1]) if end else (None, "")
            if subject == "RECONSIDERATION":
                a_reconsideration(organ, filed, decided, result)
            else:
                a_suit(organ, filed, decided, result, route=subject)
        period = Period.of_year(year)
        for measure, value in facts_by_organ(period, [organ.pk])[organ.pk].items():
            records = records_behind(measure, period, [organ.pk])
            assert sum((record.adds for record in records), Decimal(0)) == value
