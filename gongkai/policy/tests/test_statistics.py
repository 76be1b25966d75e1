"""Row one of table two: counts of documents, their records, and validity in the database."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongkai.policy import queries, statistics
from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models import PolicyDocument, Relation
from gongkai.policy.rules import DocumentKind, RelationKind, validity_on
from gongkai.policy.tests import factories
from gongkai.tables.facts import Measure, Period

YEAR = Period.of_year(2020)


def counts(organ, period=YEAR, subject="NORMATIVE"):
    facts = statistics.facts_by_organ(period, [organ.pk])[organ.pk]
    return {aspect: facts[Measure(f"documents.{subject}", aspect)] for aspect in statistics.ASPECTS}


@pytest.mark.django_db
def test_every_measure_is_told_for_every_organ_in_one_query(django_assert_num_queries):
    organs = [factories.organ(f"o{number}").pk for number in range(3)]
    with django_assert_num_queries(1):
        facts = statistics.facts_by_organ(YEAR, organs)
    assert set(facts) == set(organs)
    assert all(set(told) == set(statistics.MEASURES) for told in facts.values())


@pytest.mark.django_db
def test_the_reference_county_counts_documents_as_it_published():
    organ = factories.organ()
    for _ in range(13):
        factories.published(organ, date(2019, 5, 6), formed_on=date(2019, 4, 30))
    for _ in range(11):
        factories.published(organ)
    for _ in range(5):
        factories.made(organ)
    factories.withdrawn(organ)
    factories.published(organ, kind=DocumentKind.OTHER)
    told = counts(organ)
    assert (told["made"], told["published"], told["public_total"]) == (16, 11, 24)
    assert (told["repealed"], told["in_force"]) == (0, 24)
    assert not any(counts(organ, subject="RULES").values())


@pytest.mark.django_db
def test_a_repealed_document_stays_public_and_is_no_longer_in_force():
    organ = factories.organ()
    factories.repealed(organ)
    factories.repealed(organ, effective_on=date(2021, 1, 1))
    factories.amended(organ)
    assert counts(organ) == {
        "made": 3,
        "published": 3,
        "public_total": 3,
        "repealed": 1,
        "in_force": 2,
    }
    assert counts(organ, Period.of_year(2021))["repealed"] == 1
    assert counts(organ, Period.of_year(2021))["in_force"] == 1


@pytest.mark.django_db
def test_a_document_whose_term_ran_out_is_not_counted_as_repealed():
    organ = factories.organ()
    factories.published(organ, ends_on=date(2020, 12, 30))
    factories.published(organ, ends_on=date(2020, 12, 31))
    told = counts(organ)
    assert (told["repealed"], told["in_force"], told["public_total"]) == (0, 1, 2)


@pytest.mark.django_db
def test_no_document_is_counted_under_a_foreign_measure():
    with pytest.raises(KeyError):
        statistics.records_behind(Measure("documents.OTHER", "made"), YEAR, [])


# A database on a busy machine keeps no deadline.
UNHURRIED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
GAPS = st.one_of(st.none(), st.integers(0, 500))
DOCUMENTS = st.lists(
    st.tuples(st.sampled_from(DocumentKind), DAYS, GAPS, GAPS, GAPS, GAPS, GAPS, st.integers(0, 3)),
    max_size=12,
)


class FactsAreTheirRecords(TestCase):
    """Properties over documents with any days at all."""

    def store(self, drawn) -> list[int]:
        organs = [factories.organ(code).pk for code in ("a", "b")]
        for kind, formed_on, publish, begin, end, amend, repeal, owner in drawn:

            def later(gap, formed_on=formed_on):
                return None if gap is None else formed_on + timedelta(days=gap)

            withdrawn = owner == 3 and publish is None
            document = PolicyDocument.objects.create(
                county_id=organs[owner % 2],
                organ_id=organs[owner % 2],
                kind=kind,
                title="通知",
                formed_on=formed_on,
                published_on=later(publish),
                effective_on=later(begin),
                ends_on=later(end),
                state=DocumentState.WITHDRAWN if withdrawn else DocumentState.MADE,
                registered_at=factories.NOON,
            )
            for relation, gap in ((RelationKind.AMENDS, amend), (RelationKind.REPEALS, repeal)):
                cancelled = factories.NOON if owner == 2 else None
                if gap is not None:
                    Relation.objects.create(
                        kind=relation,
                        target=document,
                        basis="决定",
                        effective_on=later(gap),
                        recorded_at=factories.NOON,
                        cancelled_at=cancelled,
                    )
        return organs

    @UNHURRIED
    @given(DOCUMENTS, DAYS, DAYS)
    def test_figures_are_the_sums_of_their_records(self, drawn, one, other):
        organs = self.store(drawn)
        period = Period(min(one, other), max(one, other))
        facts = statistics.facts_by_organ(period, organs)
        for measure in statistics.MEASURES:
            records = statistics.records_behind(measure, period, organs)
            sums = Counter()
            for record in records:
                sums[record.organ_id] += record.adds
            assert len({record.id for record in records}) == len(records)
            for organ in organs:
                assert facts[organ][measure] == Decimal(sums[organ]), measure

    @UNHURRIED
    @given(DOCUMENTS, DAYS)
    def test_the_database_and_the_rule_agree_on_what_is_in_force(self, drawn, day):
        organs = self.store(drawn)
        found = set(PolicyDocument.objects.of(organs).in_force_on(day).values_list("pk", flat=True))
        by_rule = {
            row.id for row in queries.rows(queries.documents(organs), day) if row.validity.in_force
        }
        assert found == by_rule
        for document in PolicyDocument.objects.all():
            life = queries.life_of(document)
            assert validity_on(life, day).in_force == (document.pk in found)
