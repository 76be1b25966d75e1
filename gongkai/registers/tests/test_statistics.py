"""Table two's figures are sums of batches, whatever the batches are."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.orgs.models import Organ
from gongkai.registers import statistics
from gongkai.registers.lifecycle import BatchState
from gongkai.registers.models import Batch
from gongkai.registers.rules import FIGURES, RegisterKind
from gongkai.registers.tests import factories
from gongkai.tables.facts import Measure, Period

YEAR = Period.of_year(2020)


def figure(subject: str, aspect: str, organ: Organ, period: Period = YEAR) -> Decimal:
    facts = statistics.facts_by_organ(period, [organ.pk])
    return facts[organ.pk][Measure(f"register.{subject}", aspect)]


@pytest.mark.django_db
def test_every_measure_is_told_for_every_organ_in_one_query(django_assert_num_queries):
    organs = [factories.organ(f"o{number}").pk for number in range(3)]
    with django_assert_num_queries(1):
        facts = statistics.facts_by_organ(YEAR, organs)
    assert set(facts) == set(organs)
    assert all(set(told) == set(statistics.MEASURES) for told in facts.values())
    assert not any(any(told.values()) for told in facts.values())
    assert len(statistics.MEASURES) == 17


@pytest.mark.django_db
def test_the_reference_county_counts_licences_as_it_published():
    organ = factories.organ()
    factories.opening(organ, 511)
    factories.entered(organ, factories.entry(item_change=-266, decisions=154))
    factories.withdrawn(organ, factories.entry(item_change=7, decisions=7))
    assert figure("LICENCE", "opening_items", organ) == 511
    assert figure("LICENCE", "item_change", organ) == -266
    assert figure("LICENCE", "decisions", organ) == 154
    assert figure("LICENCE", "opening_items", organ, Period.of_year(2021)) == 511 - 266


@pytest.mark.django_db
def test_money_is_exact_to_the_fen():
    organ = factories.organ()
    for number in range(100):
        source = f"第{number}号合同台账"
        many = factories.entry(
            RegisterKind.PROCUREMENT,
            projects=1,
            amount=Decimal("9999999999999.99"),
            source_name=source,
        )
        factories.entered(organ, many)
    assert figure("PROCUREMENT", "amount", organ) == Decimal("999999999999999.00")
    assert figure("PROCUREMENT", "projects", organ) == 100


@pytest.mark.django_db
def test_a_batch_counts_on_the_day_its_period_ends():
    organ = factories.organ()
    spring = factories.entry(
        RegisterKind.PENALTY,
        period_start=date(2020, 1, 1),
        period_end=date(2020, 3, 31),
        item_change=130,
        decisions=40,
    )
    factories.entered(organ, spring)
    first_quarter = Period(date(2020, 1, 1), date(2020, 3, 31))
    second_quarter = Period(date(2020, 4, 1), date(2020, 6, 30))
    assert figure("PENALTY", "decisions", organ, first_quarter) == 40
    assert figure("PENALTY", "decisions", organ, second_quarter) == 0
    assert figure("PENALTY", "opening_items", organ, second_quarter) == 130


@pytest.mark.django_db
def test_records_name_the_batch_and_its_source():
    organ = factories.organ()
    batch = factories.entered(organ, factories.entry(decisions=154))
    (record,) = statistics.records_behind(
        Measure("register.LICENCE", "decisions"), YEAR, [organ.pk]
    )
    assert record.id == f"registers:{batch.pk}"
    assert record.adds == 154
    assert record.on == date(2020, 12, 31)
    assert "2020年行政许可台账.xlsx" in record.label


@pytest.mark.django_db
def test_no_register_is_counted_under_a_foreign_measure():
    with pytest.raises(KeyError):
        statistics.records_behind(Measure("register.PROCUREMENT", "decisions"), YEAR, [])


# A database on a busy machine keeps no deadline.
UNHURRIED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
BATCHES = st.lists(
    st.tuples(
        st.sampled_from(RegisterKind),
        DAYS,
        st.integers(0, 40),
        st.integers(-300, 600),
        st.integers(0, 200_000),
        st.decimals(0, Decimal("9999999999999.99"), places=2),
        st.booleans(),
        st.integers(0, 1),
    ),
    max_size=25,
)


class FactsAreTheirRecords(TestCase):
    """Properties over any batches, negative stocks too: the sums do not depend on the checks."""

    def store(self, drawn) -> list[int]:
        organs = [factories.organ(code) for code in ("a", "b")]
        batches = []
        for kind, start, length, change, count, amount, counts, owner in drawn:
            end = min(start + timedelta(days=length), date(start.year, 12, 31))
            figures = {
                "item_change": change,
                "decisions": count,
                "projects": count,
                "amount": amount,
            }
            batches.append(
                Batch(
                    organ=organs[owner],
                    kind=kind,
                    period_start=start,
                    period_end=end,
                    source_name="台账",
                    state=BatchState.ENTERED if counts else BatchState.WITHDRAWN,
                    withdraw_reason="" if counts else "填错",
                    entered_at=factories.NOON,
                    **{name: figures[name] for name in FIGURES[kind]},
                )
            )
        Batch.objects.bulk_create(batches)
        return [organ.pk for organ in organs]

    @UNHURRIED
    @given(BATCHES, DAYS, DAYS)
    def test_figures_are_the_sums_of_their_records(self, drawn, one, other):
        organs = self.store(drawn)
        period = Period(min(one, other), max(one, other))
        facts = statistics.facts_by_organ(period, organs)
        for measure in statistics.MEASURES:
            sums = defaultdict(Decimal)
            for record in statistics.records_behind(measure, period, organs):
                sums[record.organ_id] += record.adds
            for organ in organs:
                assert facts[organ][measure] == sums[organ], measure

    @UNHURRIED
    @given(BATCHES, st.integers(2018, 2021))
    def test_last_years_stock_and_change_open_this_year(self, drawn, year):
        organs = self.store(drawn)
        last = statistics.facts_by_organ(Period.of_year(year), organs)
        this = statistics.facts_by_organ(Period.of_year(year + 1), organs)
        for organ in organs:
            for kind, aspects in statistics.ASPECTS.items():
                if "opening_items" not in aspects:
                    continue
                opening = Measure(f"register.{kind}", "opening_items")
                change = Measure(f"register.{kind}", "item_change")
                assert this[organ][opening] == last[organ][opening] + last[organ][change]
