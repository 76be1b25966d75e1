"""Pure rules: terms and rows of guides, W6, money, days of a notice, tables of items."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.servicehall.deadlines import earliest_end
from gongkai.servicehall.lifecycle import (
    AssistState,
    CaseEvent,
    CaseState,
    GuideEvent,
    GuideState,
    ItemEvent,
    ItemState,
    Refused,
    ToldWrongly,
)
from gongkai.servicehall.lifecycle.fulfilment import CASE_TRANSITIONS, case_events, next_case_state
from gongkai.servicehall.lifecycle.items import (
    GUIDE_TRANSITIONS,
    ITEM_TRANSITIONS,
    next_guide_state,
    next_item_state,
)
from gongkai.servicehall.rules.amounts import MOST, checked_amount, in_wan
from gongkai.servicehall.rules.completeness import missing, useless
from gongkai.servicehall.rules.guide import Fee, Guide, Material, checked, from_json, to_json
from gongkai.servicehall.rules.kinds import Audience, Processing, TermUnit
from gongkai.servicehall.rules.persons import masked
from gongkai.servicehall.rules.said import EVERYDAY, as_text, everyday_names
from gongkai.servicehall.rules.worksheet import read_book, read_items
from gongkai.servicehall.tests.factories import guide
from gongkai.statute.workdays import national
from gongkai.tables.grid import Grid, GridCell

FRIDAY = date(2026, 9, 18)


def test_a_promise_is_never_longer_than_the_law_allows() -> None:
    assert checked(guide(promised=45)).promised == 45
    wrong = (
        ({"promised": 46}, "promised"),
        ({"promised": 1, "promised_unit": TermUnit.DAY}, "promised_unit"),
        ({"processing": Processing.AT_ONCE, "promised": 1}, "promised"),
        ({"visits": -1}, "visits"),
        ({"visits": 10}, "visits"),
        ({"statutory": -1}, "statutory"),
        ({"fees": (Fee(name="工本费", standard="5元"),)}, "charged"),
        ({"materials": (Material(name=" "),)}, "materials"),
        ({"materials": (Material(name="表"),) * 61}, "materials"),
        ({"themes": ("x99",)}, "themes"),
        ({"audience": Audience.PERSON}, "themes"),
        ({"online_address": "javascript:alert(1)"}, "online_address"),
        ({"place": "窗口\u202e"}, "place"),
        ({"hours": "时" * 301}, "hours"),
    )
    for values, field in wrong:
        with pytest.raises(ToldWrongly) as refused:
            checked(guide(**values))
        assert refused.value.field == field, values
    at_once = checked(guide(processing=Processing.AT_ONCE, promised=0, statutory=None))
    assert at_once.promised_term == "当场办结"


def test_a_guide_is_kept_as_it_was_told() -> None:
    told = checked(guide(charged=True, fees=(Fee(name="工本费", standard="5元"),), visits=1))
    assert from_json(to_json(told)) == told
    assert to_json(Guide()) == {}
    assert from_json({}) == Guide()


def test_what_is_only_promised_is_missing() -> None:
    assert missing("取水许可", guide()) == ()
    poor = replace(guide(), hours="待补充", place="——", enquiry="", materials=())
    assert missing("取水许可", poor) == ("办理材料", "办理地点", "办理时间", "联系电话")
    assert missing("取水许可", replace(poor, no_materials="无需提交材料"))[0] == "办理地点"
    assert useless([4, 4, 4, 4, 0, 0]) == ""
    assert "5个事项" in useless([4, 5, 8, 4, 4, 0])
    assert "不足5个" in useless([4, 4])
    assert useless([]) == ""


@given(st.integers(min_value=1, max_value=10**15 - 1))
def test_money_is_exact_to_the_fen(fen: int) -> None:
    yuan = Decimal(fen) / 100
    assert checked_amount(yuan, "asked", "金额") == yuan
    assert abs(in_wan(yuan) * 10_000 - yuan) <= 50


@pytest.mark.parametrize("wrong", ["0", "-1", "0.001", "NaN", "Infinity", str(MOST + 1)])
def test_what_is_no_amount_is_refused(wrong: str) -> None:
    with pytest.raises(ToldWrongly):
        checked_amount(Decimal(wrong), "asked", "金额")
    assert in_wan(Decimal("636174700.00")) == Decimal("63617.47")


def test_a_notice_counts_working_days_and_not_its_first() -> None:
    # Sunday the 20th is worked, Friday the 25th is a holiday (国办发明电〔2025〕7号).
    assert earliest_end(FRIDAY, national()) == date(2026, 9, 24)
    assert earliest_end(FRIDAY + timedelta(days=3), national()) == date(2026, 9, 29)


def test_no_arrow_is_followed_that_is_not_drawn() -> None:
    for state in CaseState:
        for event in CaseEvent:
            if (state, event) in CASE_TRANSITIONS:
                assert next_case_state(state, event) is CASE_TRANSITIONS[state, event].target
            else:
                with pytest.raises(Refused, match=state.label):
                    next_case_state(state, event)
    for item in ItemState:
        for event in ItemEvent:
            if (item, event) not in ITEM_TRANSITIONS:
                with pytest.raises(Refused):
                    next_item_state(item, event)
    for version in GuideState:
        for event in GuideEvent:
            if (version, event) not in GUIDE_TRANSITIONS:
                with pytest.raises(Refused):
                    next_guide_state(version, event)
    assert not case_events(CaseState.PAID)
    assert AssistState.DONE.label == "已办结"


def test_a_persons_name_is_masked() -> None:
    assert (masked("张三"), masked("欧阳娜娜"), masked("张")) == ("张*", "欧***", "张*")


def grid(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(GridCell(text) for text in row) for row in rows))


HEADS = ("实施主体", "事项名称", "事项类型", "实施编码", "承诺办结时限", "法定办结时限", "办理材料")


def test_a_table_is_read_with_its_materials_or_told_where_it_is_wrong() -> None:
    items = grid(
        ("2020年事项表", *[""] * 6),
        HEADS,
        ("水利局", "取水许可", "行政许可", "36a-1", "10", "20", ""),
        ("水利局", "河道查询", "公共服务", "", "", "", "1.申请表\n2、身份证"),
    )
    materials = grid(("实施编码", "材料名称", "材料类型"), ("36a-1", "申请书", "复印件"))
    told, faults = read_items(read_book((items, materials)))
    assert faults == []
    assert [each.name for each in told[0].guide.materials] == ["申请书"]
    assert [each.name for each in told[1].guide.materials] == ["申请表", "身份证"]
    assert told[0].code == "36A-1"
    wrong = grid(
        HEADS,
        ("水利局", "取水许可", "许可", "", "10", "20", ""),
        ("水利局", "取水", "行政许可", "三六", "30", "20", ""),
        ("水利局", "", "行政许可", "", "", "", ""),
        ("水利局", "节水", "行政许可", "", "30", "20", ""),
    )
    _, faults = read_items(read_book((wrong,)))
    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "事项类型"),
        (3, "实施编码"),
        (4, "事项名称"),
        (5, "承诺办结时限"),
    ]
    assert "没有找到表头" in read_book((grid(("姓名", "电话")),)).faults[0].message
    lost = grid(("实施编码", "材料名称"), ("999", "申请书"))
    assert "不在事项表中" in read_items(read_book((items, lost)))[1][0].message


def test_a_guide_as_text_tells_what_its_page_tells_and_nothing_empty() -> None:
    told = as_text(
        guide(charged=True, fees=(Fee(name="工本费", standard="5元"),), result_name="证书")
    )
    lines = told.splitlines()
    assert "办理材料：取水许可申请书" in lines
    assert "办理时限：10个工作日" in lines
    assert "收费标准：工本费，5元" in lines
    assert "办理结果：证书" in lines
    assert not [line for line in lines if line.endswith("：")]
    assert "法定时限" not in as_text(guide(processing=Processing.AT_ONCE, promised=0))


def test_items_have_the_names_that_people_use() -> None:
    assert "准生证" in everyday_names("生育登记（一孩二孩）")
    both = everyday_names("个体工商户和企业设立登记")
    assert both.count("营业执照") == 1
    assert everyday_names("取水许可审批") == ()
    for word, names in EVERYDAY.items():
        assert word not in names
