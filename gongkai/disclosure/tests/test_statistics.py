"""Figures of disclosure, held against the records behind them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from gongkai.disclosure import actions, queries, statistics
from gongkai.disclosure.lifecycle import EntryState
from gongkai.disclosure.tests import factories as make
from gongkai.tables.facts import Measure, Period

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2026)


def test_counts_and_the_records_behind_them(django_assert_num_queries) -> None:
    home = make.county()
    bureau, quiet = make.department(home), make.department(home, "mzj")
    where = make.section(home)
    on_time = make.published(bureau, where)
    late = make.published(bureau, where, formed_on=date(2026, 7, 1))
    gone = make.published(bureau, where)
    actions.withdraw(gone, reason="IN_ERROR", note="误发", by=make.LEADER, at=make.NOON)
    owed = make.draft(bureau, where, formed_on=date(2026, 3, 2))
    dropped = make.draft(bureau, where, formed_on=date(2026, 3, 2))
    actions.discard(dropped, why="重复", by=make.AUTHOR, at=make.NOON)
    make.draft(bureau, where, mode="WITHHELD", mode_reason="内部事务")
    later = make.NOON + timedelta(days=90)
    text = actions.revise(on_time, by=make.AUTHOR, at=later)
    hand = queries.told_of(text)
    told = make.told(changed_on=date(2026, 10, 9))
    text = actions.edit(text, told=told, revision=hand.revision, by=make.AUTHOR, at=later)
    make.forward(text, EntryState.PUBLISHED, later)
    ids = [bureau.pk, quiet.pk]
    with django_assert_num_queries(2):
        facts = statistics.facts_by_organ(YEAR, ids)
    found = {measure.aspect: int(number) for measure, number in facts[bureau.pk].items()}
    assert found == {
        "published": 3,
        "renewed": 1,
        "late": 2,
        "withdrawn": 1,
        "public_total": 2,
        "outstanding": 1,
    }
    assert set(facts[quiet.pk].values()) == {Decimal(0)}
    for measure in statistics.MEASURES:
        behind = statistics.records_behind(measure, YEAR, ids)
        assert sum(record.adds for record in behind) == facts[bureau.pk][measure]
    (record,) = statistics.records_behind(Measure("disclosure", "outstanding"), YEAR, ids)
    assert record.id == owed.record_id
    assert late.record_id in {
        record.id for record in statistics.records_behind(Measure("disclosure", "late"), YEAR, ids)
    }
    with pytest.raises(KeyError):
        statistics.records_behind(Measure("disclosure", "nonsense"), YEAR, ids)


def test_the_day_is_the_countys_own() -> None:
    home = make.county()
    where = make.section(home)
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    entry = make.published(home, where, at=eve)
    assert entry.address.startswith("/tjxx/202612/")
    measure = Measure("disclosure", "published")
    assert statistics.facts_by_organ(YEAR, [home.pk])[home.pk][measure] == 1
    assert queries.years_of(where.pk) == [(2026, 1)]
