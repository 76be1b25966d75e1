"""Bars: shares of the largest figure, never drawn from what cannot be summed."""

from gongkai.portal.reports import outcome_bars
from gongkai.portal.tests.factories import some_sheet
from gongkai.tables.charts import bars
from gongkai.tables.sheet import BLANK, CellPath, Sheet, Table


def test_bars_are_shares_of_the_largest():
    assert [(bar.value, bar.length) for bar in bars([("甲", 200), ("乙", 50), ("丙", 0)])] == [
        (200, 100),
        (50, 25),
        (0, 0),
    ]


def test_a_small_figure_stays_visible():
    assert bars([("甲", 100_000), ("乙", 1)])[1].length == 1


def test_nothing_to_compare_draws_nothing():
    assert bars([("甲", 0)]) == bars([]) == ()


def test_results_are_summed_by_group():
    for year in (2020, 2023):
        values = {bar.label: bar.value for bar in outcome_bars(some_sheet(year))}
        assert values == {
            "予以公开": 28,
            "部分公开": 0,
            "不予公开": 0,
            "无法提供": 0,
            "不予处理": 0,
            "其他处理": 1,
        }


def test_a_blank_result_is_not_drawn():
    cells = dict(some_sheet(2020).cells) | {CellPath(Table.REQUESTS, "3.1", "t"): BLANK}
    assert outcome_bars(Sheet("2019", cells)) == ()
