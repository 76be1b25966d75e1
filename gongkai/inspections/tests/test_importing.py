"""The office's form both ways: lists of third parties in, the ledger out, answers back."""

from datetime import date
from typing import Any

import pytest

from gongkai.adapters.xlsx import Column, SheetOut, read_tables, write_tables
from gongkai.inspections import actions, queries
from gongkai.inspections.actions import RowsWrong, Source, ToldWrongly
from gongkai.inspections.lifecycle import FindingState
from gongkai.inspections.models import Finding
from gongkai.inspections.rules.ledger_form import FormRow, read_form
from gongkai.inspections.tests import factories as made
from gongkai.inspections.tests.factories import CLERK, MONDAY, OFFICE, moment
from gongkai.tables.grid import Grid, GridCell

AT = moment(MONDAY, 16)


def grid(*lines: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(GridCell(text) for text in line) for line in lines))


def test_the_form_of_jinzhai_is_read_below_its_title_with_cells_merged_downwards() -> None:
    merged = Grid(
        (
            (GridCell("2020年第三季度第三方评估问题清单", colspan=5),),
            tuple(map(GridCell, ("一级指标", "二级指标", "评价标准", "问题明细", "整改结果"))),
            (
                GridCell("互动交流", rowspan=2),
                *map(GridCell, ("征集调查", "公开采纳情况", "未公开采纳情况", "")),
            ),
            tuple(map(GridCell, ("征集调查", "一一对应", "征集与采纳未一一对应", ""))),
        ),
        first_row=1,
    )
    rows = read_form([merged])
    assert [(each.line, each.indicator, each.problem) for each in rows] == [
        (3, "互动交流", "未公开采纳情况"),
        (4, "互动交流", "征集与采纳未一一对应"),
    ]


@pytest.mark.parametrize("text", ["2026-03-02", "2026年3月2日", "2026/3/2", "2026.03.02", "46083"])
def test_days_are_read_as_people_and_spreadsheets_write_them(text: str) -> None:
    [row] = read_form([grid(("问题", "检查日期"), ("链接打不开", text))])
    assert row.found_on == date(2026, 3, 2)


def test_a_list_without_head_or_with_wrong_rows_is_refused_by_place() -> None:
    with pytest.raises(ToldWrongly, match="表头"):
        read_form([grid(("一", "二"), ("三", "四"))])
    with pytest.raises(RowsWrong, match="不是日期") as refused:
        read_form([grid(("问题", "检查日期"), ("甲", "昨天"), ("乙" * 1001, ""))])
    assert len(refused.value.faults) == 2


pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Any:
    return made.county()


def row(**values: Any) -> FormRow:
    told = {"line": 2, "organ": "水利局", "problem": "未公开采纳情况", "indicator": "互动交流"}
    return FormRow(**(told | values))


def third_party(home: Any, *rows: FormRow, **values: Any) -> Any:
    told = {"source": Source.THIRD_PARTY, "by": OFFICE, "at": AT}
    return actions.import_findings(home, rows, **(told | values))


def test_a_third_partys_list_becomes_findings_once(home: Any) -> None:
    water = made.department(home)
    run = third_party(home, row(person="张三"), row(problem="会议未公开", organ="靖安县水利局"))
    assert (run.new, run.source) == (2, Source.THIRD_PARTY)
    first = Finding.objects.order_by("pk").first()
    assert (first.organ, first.person, first.indicator) == (water, "张三", "互动交流")
    assert third_party(home, row()).again == 1


def test_a_row_of_an_unknown_organ_refuses_the_whole_list(home: Any) -> None:
    made.department(home)
    with pytest.raises(RowsWrong, match="第5行责任单位“火星局”"):
        third_party(home, row(), row(line=5, organ="火星局"))
    with pytest.raises(RowsWrong, match="没有写责任单位"):
        third_party(home, row(organ=""))
    with pytest.raises(RowsWrong, match="晚于今天"):
        third_party(home, row(found_on=date(2026, 9, 22)))
    with pytest.raises(ToldWrongly, match="发现来源"):
        third_party(home, row(), source=Source.SCAN)
    with pytest.raises(ToldWrongly, match="没有问题"):
        third_party(home, row(problem="", code="WT2026-00001"))
    assert not Finding.objects.exists()


def test_the_form_goes_out_is_filled_in_and_comes_back(home: Any) -> None:
    made.department(home)
    third_party(home, row(problem="=1+1"), row())
    actions.order(Finding.objects.all(), requirement="按期整改", by=OFFICE, at=AT)
    every = Finding.objects.order_by("pk")
    sheet = read_tables(queries.form_of(every))[0].matrix
    assert sheet[1][:3] == ("1", "WT2026-00001", "水利局")
    place = sheet[0].index("整改结果")
    filled = [list(line) for line in sheet[1:]]
    filled[0][place] = "已公开采纳情况"
    columns = tuple(Column(head) for head in sheet[0])
    data = write_tables([SheetOut("台账", columns, tuple(tuple(line) for line in filled))])
    rows = read_form(read_tables(data))
    done = actions.answer_by_form(every, rows, by=CLERK, at=AT)
    assert (done.answered, done.left) == (1, 1)
    assert [each.state for each in every.all()] == [FindingState.ANSWERED, FindingState.RECTIFYING]
    again = actions.answer_by_form(every, rows, by=CLERK, at=AT)
    assert again.answered == 0


def test_a_form_answers_only_what_the_person_may_answer(home: Any) -> None:
    made.department(home)
    third_party(home, row(), row(problem="乙"))
    actions.order(Finding.objects.all(), by=OFFICE, at=AT)
    told = [row(code="WT2026-00001", result="已改"), row(line=3, code="WT2026-00009", result="改")]
    with pytest.raises(RowsWrong, match="第3行"):
        actions.answer_by_form(Finding.objects.all(), told, by=CLERK, at=AT)
    with pytest.raises(RowsWrong, match="不由您反馈"):
        actions.answer_by_form(Finding.objects.none(), told[:1], by=CLERK, at=AT)
    with pytest.raises(ToldWrongly, match="整改结果"):
        actions.answer_by_form(Finding.objects.all(), [row()], by=CLERK, at=AT)
    assert not Finding.objects.filter(state=FindingState.ANSWERED).exists()
