"""Dated limits and the registry of articles."""

from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from gongkai.statute.articles import ART_33_2, REGISTRY
from gongkai.statute.limits import (
    ORGAN_REPORT_DATES,
    ROWS,
    Limit,
    LimitUnknown,
    Rule,
    Unit,
    find_limit,
    limit_on,
    year_date_on,
)


@pytest.mark.parametrize(
    ("rule", "day", "label"),
    [
        (Rule.REPLY, date(2019, 5, 14), "15个工作日"),
        (Rule.REPLY, date(2019, 5, 15), "20个工作日"),
        (Rule.EXTENSION, date(2019, 5, 14), "15个工作日"),
        (Rule.EXTENSION, date(2026, 1, 1), "20个工作日"),
        (Rule.RECONSIDERATION_REPLY, date(2023, 12, 31), "10日"),
        (Rule.RECONSIDERATION_REPLY, date(2024, 1, 1), "10个工作日"),
        (Rule.SUIT_DIRECT, date(2015, 4, 30), "3个月"),
        (Rule.SUIT_DIRECT, date(2015, 5, 1), "6个月"),
    ],
)
def test_a_limit_is_that_of_the_day(rule: Rule, day: date, label: str) -> None:
    assert limit_on(rule, day).label == label


def test_a_limit_before_the_law_is_unknown() -> None:
    assert find_limit(Rule.SUPPLEMENT_NOTICE, date(2019, 5, 14)) is None
    with pytest.raises(LimitUnknown, match="2007年1月1日的法律没有规定"):
        limit_on(Rule.REPLY, date(2007, 1, 1))
    with pytest.raises(LimitUnknown, match="年度报告"):
        year_date_on(ORGAN_REPORT_DATES, date(2007, 1, 1))


def test_rows_of_a_rule_follow_one_another_without_overlap() -> None:
    assert {row.rule for row in ROWS} == set(Rule)
    for _rule, rows in groupby(
        sorted(ROWS, key=lambda r: (r.rule, r.valid_from)), lambda r: r.rule
    ):
        found = list(rows)
        for earlier, later in pairwise(found):
            assert earlier.valid_to == later.valid_from - timedelta(days=1)


def test_articles_are_cited_in_two_ways() -> None:
    assert REGISTRY["ART_33_2"] is ART_33_2
    assert str(ART_33_2) == "条例第三十三条第二款"
    assert ART_33_2.citation == "《中华人民共和国政府信息公开条例》第三十三条第二款"
    assert all(article.gist for article in REGISTRY.values())


def test_an_items_own_limit_reads_in_chinese() -> None:
    assert Limit(20, Unit.CALENDAR_DAYS, ART_33_2).label == "20日"
