"""Scoring, ranking, the worth of answers, days and tables as they are written; every arrow."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.oversight.deadlines import is_told_on
from gongkai.oversight.lifecycle import (
    AppraisalEvent,
    AppraisalState,
    PlanEvent,
    PlanState,
    Refused,
    TaskEvent,
    TaskState,
    ToldWrongly,
    next_appraisal_state,
    next_plan_state,
    next_task_state,
)
from gongkai.oversight.lifecycle.appraisals import APPRAISAL_TRANSITIONS
from gongkai.oversight.lifecycle.plans import PLAN_TRANSITIONS, TASK_TRANSITIONS
from gongkai.oversight.rules.evaluating import standing, worth_of
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.kinds import Span
from gongkai.oversight.rules.scoring import Counted, Method, grade, points_for, ranks
from gongkai.oversight.rules.sheets import SHEETS, named, period_of
from gongkai.oversight.rules.worksheet import (
    NEEDED_OF_TASKS,
    TASK_HEADS,
    WrittenTask,
    read_day,
    read_task,
    table_of,
)
from gongkai.oversight.sources.chapters import SOURCES
from gongkai.tables.grid import Grid, GridCell

_D = Decimal


def test_only_the_arrows_of_the_tables_are_followed() -> None:
    for states, events, table, follow in (
        (PlanState, PlanEvent, PLAN_TRANSITIONS, next_plan_state),
        (TaskState, TaskEvent, TASK_TRANSITIONS, next_task_state),
        (AppraisalState, AppraisalEvent, APPRAISAL_TRANSITIONS, next_appraisal_state),
    ):
        for state, event in product(states, events):
            if (state, event) in table:
                assert follow(state, event) is table[state, event].target
            else:
                with pytest.raises(Refused, match="不能"):
                    follow(state, event)


def test_every_figure_is_counted_somewhere_and_sheets_ask_for_known_ones() -> None:
    assert set(SOURCES) == set(FIGURES)
    asked = {name for sheet in SHEETS.values() for name in (*sheet.names, *sheet.columns)}
    assert asked <= set(FIGURES)


@pytest.mark.parametrize(
    ("method", "counted", "more", "scored"),
    [
        (Method.BY_RATE, Counted(_D(2), _D(3)), {}, _D("6.67")),
        (Method.BY_RATE, Counted(_D(0), _D(0)), {}, None),
        (Method.BY_TARGET, Counted(_D(3)), {"target": _D(4)}, _D("7.50")),
        (Method.BY_TARGET, Counted(_D(9)), {"target": _D(4)}, _D(10)),
        (Method.DEDUCTED, Counted(_D(3)), {"each": _D("0.5")}, _D("8.50")),
        (Method.DEDUCTED, Counted(_D(99)), {"each": _D("0.5")}, _D(0)),
        (Method.BY_HAND, Counted(_D(3)), {}, None),
    ],
)
def test_figures_score_by_their_method(method, counted, more, scored) -> None:
    assert points_for(method, _D(10), counted, **more) == scored


@given(
    st.sampled_from((Method.BY_TARGET, Method.DEDUCTED)),
    st.decimals(0, 10_000, places=2),
    st.decimals("0.01", 1000, places=2),
)
def test_a_score_is_never_above_its_points_nor_below_nothing(method, value, unit) -> None:
    scored = points_for(method, _D(20), Counted(value), each=unit, target=unit)
    assert scored is not None
    assert 0 <= scored <= 20


def test_equal_totals_share_a_place_and_grades_are_by_share() -> None:
    assert ranks({1: _D(90), 2: _D(95), 3: _D(90), 4: _D(60)}) == {1: 2, 2: 1, 3: 2, 4: 4}
    assert [grade(_D(n), _D(120)) for n in (108, 107, 72, 71)] == ["优秀", "良好", "合格", "不合格"]


def test_answers_are_worth_their_degree_and_who_does_not_know_counts_nowhere() -> None:
    told = standing([("非常满意", 2), ("满意", 1), ("基本满意", 1), ("不满意", 1), ("不了解", 9)])
    assert (told.answered, told.satisfied, told.score) == (5, 4, _D("74.00"))
    assert told.rate == "80.0%"
    assert worth_of("不合格") == worth_of("较差") == 30
    with pytest.raises(ToldWrongly, match="不是满意程度"):
        worth_of("每天")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-9-30", date(2026, 9, 30)),
        ("2026年9月30日前", date(2026, 9, 30)),
        ("9月底前", date(2026, 9, 30)),
        ("2月底前完成", date(2026, 2, 28)),
        ("年底前", date(2026, 12, 31)),
        ("2026年底前", date(2026, 12, 31)),
        ("长期坚持", date(2026, 12, 31)),
        ("46295", date(2026, 9, 30)),
    ],
)
def test_days_are_read_as_tables_write_them(text, day) -> None:
    assert read_day(text, 2026) == day


@pytest.mark.parametrize("text", ["", "尽快", "13月底前", "2026-02-30", "0月", "9" * 5000])
def test_what_is_no_day_is_refused_with_the_remedy(text) -> None:
    with pytest.raises(ValueError, match="请"):
        read_day(text, 2026)


def test_a_division_table_is_read_with_its_spans_and_faults() -> None:
    def row(*texts: str) -> tuple[GridCell, ...]:
        return tuple(GridCell(text) for text in texts)

    head = row("重点领域", "任务内容", "牵头单位", "配合单位", "完成时限")
    spanned = (
        GridCell("一、主动公开", rowspan=2),
        *row("公开河湖信息", "水利局", "各乡镇", "9月底前"),
    )
    table = table_of(
        (Grid((row("附件"), head, spanned, row("公开林长制信息", "林业局", "/", "尽快"))),),
        TASK_HEADS,
        NEEDED_OF_TASKS,
    )
    first, second = (read_task(line, 2026) for line in table.lines)
    assert first == WrittenTask(
        3, "一、主动公开", "公开河湖信息", "水利局", ("各乡镇",), date(2026, 9, 30)
    )
    assert isinstance(second, list)
    assert [(each.row, each.column) for each in second] == [(4, "完成时限")]
    assert table.lines[1].cells["heading"] == "一、主动公开"
    assert "表头须有" in table_of((), TASK_HEADS, NEEDED_OF_TASKS).faults[0].message


def test_periods_are_those_in_which_a_day_lies() -> None:
    told = [named(span, period_of(span, date(2026, 8, 31))) for span in Span]
    assert told == ["2026年8月", "2026年第3季度", "2026年下半年", "2026年"]
    assert period_of(Span.QUARTER, date(2026, 12, 1)).end == date(2026, 12, 31)


def test_organs_are_told_before_the_day_and_weekly_after_it() -> None:
    assert [left for left in range(6, -12, -1) if is_told_on(left)] == [5, 3, 1, 0, -1, -6, -11]
