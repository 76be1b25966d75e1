"""The table of an order's states and the rules beside it: clocks, rates, tables, public words."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.hotline.deadlines import (
    LIMITS,
    Clocks,
    Limit,
    Step,
    answer_due,
    limit_for,
    step_due,
)
from gongkai.hotline.lifecycle import OPEN, BadOrder, Event, OrderKind, State, Urgency
from gongkai.hotline.lifecycle.orders import TRANSITIONS
from gongkai.hotline.rules import Caller, PublicText, is_typed_id, masked_name, masked_phone
from gongkai.hotline.rules.categories import CATEGORIES, OUTDOORS, category_named, path_of
from gongkai.hotline.rules.kpis import TOLD, Kpi, Rate
from gongkai.hotline.rules.publishing import fit_for_public
from gongkai.hotline.rules.worksheet import WrittenOrder, read_order, rows_of_csv, table_of
from gongkai.hotline.tests.factories import RECEIVED_ON, moment
from gongkai.statute.workdays import national
from gongkai.statute.workhours import WorkingHours

CLOCKS = Clocks(national(), WorkingHours.of(("08:30-12:00", "14:00-17:30")))


def test_every_state_is_reached_and_every_arrow_rests_on_a_rule():
    assert {arrow.target for arrow in TRANSITIONS.values()} == set(State)
    assert all(arrow.article for arrow in TRANSITIONS.values())
    ends = set(State) - {state for state, _ in TRANSITIONS}
    assert ends == set(State) - set(OPEN) - {State.CLOSED}
    assert {event for _, event in TRANSITIONS} == set(Event) - {Event.RECEIVE}


def test_every_kind_has_one_limit_on_a_day_and_a_countys_own_goes_before():
    for kind in OrderKind:
        limit = limit_for(kind, RECEIVED_ON)
        assert limit in LIMITS
        assert 1 <= limit.workdays <= 10
    assert limit_for(OrderKind.HELP, RECEIVED_ON.replace(year=1999)) is None
    own = [Limit(OrderKind.HELP, 7, RECEIVED_ON, source="宜府办字〔2026〕3号")]
    assert limit_for(OrderKind.HELP, RECEIVED_ON, own).workdays == 7
    assert limit_for(OrderKind.HELP, RECEIVED_ON - timedelta(days=1), own).workdays == 5


@pytest.mark.parametrize(
    ("step", "urgency", "start", "due"),
    [
        (Step.DISPATCH, Urgency.NORMAL, (2, 9, 0), (2, 11, 0)),
        (Step.SIGN, Urgency.NORMAL, (2, 16, 30), (3, 11, 30)),
        (Step.SIGN, Urgency.NORMAL, (6, 17, 0), (9, 12, 0)),  # over a weekend
        (Step.SIGN, Urgency.URGENT, (7, 23, 50), (8, 0, 20)),  # by the clock
        (Step.RETURN, Urgency.NORMAL, (2, 9, 0), (3, 9, 0)),
    ],
)
def test_hours_of_a_step(step, urgency, start, due):
    day, hour, minute = start
    begun = moment(date(2026, 3, day), hour).replace(minute=minute)
    day, hour, minute = due
    ends = moment(date(2026, 3, day), hour).replace(minute=minute)
    assert step_due(step, urgency, begun, CLOCKS) == ends


def test_an_urgent_matter_has_twenty_four_hours_by_the_clock():
    friday = moment(date(2026, 3, 6), 20)
    due = answer_due(OrderKind.COMPLAINT, Urgency.URGENT, friday, national())
    assert (due.due_on, due.due_at) == (date(2026, 3, 7), friday + timedelta(hours=24))
    due = answer_due(OrderKind.COMPLAINT, Urgency.NORMAL, friday, national())
    assert (due.due_on, due.due_at) == (date(2026, 3, 20), moment(date(2026, 3, 21), 0))


def test_the_reports_rates_cannot_come_of_1432_and_can_of_other_denominators():
    for lacking, percent, rated in ((3, "99.78", 1391), (21, "98.44", 1345)):
        wanted = Decimal(percent)
        assert all(Rate(above, 1432).percent != wanted for above in range(1433))
        assert Rate(rated - lacking, rated).percent == wanted
    assert Rate(0, 0).percent is None
    assert Rate(0, 0).written == "—"
    assert set(TOLD) == set(Kpi)


def test_categories_are_found_by_code_name_and_path():
    for code, each in CATEGORIES.items():
        assert each.level == 1 or each.parent in CATEGORIES
        assert path_of(code)
    assert category_named("路灯照明") == category_named("城乡建设 / 路灯照明") == "0102"
    assert category_named("0102") == "0102"
    assert category_named("") == ""
    assert category_named("外星事务") is None
    assert {each.level for each in CATEGORIES.values()} == {1, 2, 3}
    assert "0102" in OUTDOORS


def read(text):
    return table_of([(rows_of_csv(text), 1)])


def test_a_table_of_the_city_centre_is_read():
    table = read(
        "热线工单导出\n工单编号,来电时间,诉求类型,诉求内容,诉求人,联系电话,是否保密,归口分类\n"
        'YC1,2026/3/2 9:30,求助类,"路灯坏了\n很久",万里,13800001234,是,路灯照明\n,,,,,,,\n'
    )
    (line,) = table.lines
    order = read_order(line)
    assert isinstance(order, WrittenOrder)
    assert order.received_at == datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 -- as a cell tells it
    assert (order.told.kind, order.told.category) == (OrderKind.HELP, "0102")
    assert order.told.content == "路灯坏了\n很久"
    assert (order.told.confidential, order.told.may_publish) == (True, False)
    assert order.caller == Caller("万里", "13800001234")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",2026-3-2,求助,坏了", "工单编号"),
        ("YC1,昨天,求助,坏了", "受理时间"),
        ("YC1,2026-2-30,求助,坏了", "受理时间"),
        ("YC1,2026-3-2,谣言,坏了", "诉求类型"),
        ("YC1,2026-3-2,求助,", "诉求内容"),
        (f"{'9' * 41},2026-3-2,求助,坏了", "工单编号"),
    ],
)
def test_a_wrong_row_names_its_column(row, column):
    table = read(f"工单编号,受理时间,诉求类型,诉求内容\n{row}\n")
    faults = read_order(table.lines[0])
    assert column in {fault.column for fault in faults}


@pytest.mark.parametrize("text", ["", "随便写的\n没有表头", "工单编号,受理时间,诉求类型,诉求内容"])
def test_a_file_without_heads_or_rows_says_so(text):
    assert len(read(text).faults) == 1


CALLER = Caller("万里", "138-0000-1234")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (PublicText("", "路灯坏了", "修好了"), "title"),
        (PublicText("万里反映路灯", "路灯坏了", "修好了"), "title"),
        (PublicText("路灯", "请打13800001234", "修好了"), "public_text"),
        (PublicText("路灯", "身份证36092519900307201X", "修好了"), "public_text"),
        (PublicText("路灯", "路灯坏了", ""), "public_answer"),
        (PublicText("路灯", "路灯坏了", "已电话138 0000 1234告知"), "public_answer"),
    ],
)
def test_what_names_the_caller_is_not_fit_for_the_public(told, field):
    with pytest.raises(BadOrder) as caught:
        fit_for_public(told, CALLER, answered=True)
    assert caught.value.field == field


def test_plain_words_are_fit_for_the_public():
    told = PublicText(" 村道路灯损坏 ", "某村路灯坏了", "已经修好。", "香田乡")
    assert fit_for_public(told, CALLER, answered=True).title == "村道路灯损坏"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800001234", "138****1234"),
        ("0795-4662100", "079*****2100"),
        ("12345", "***45"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_starred_in_its_middle(phone, shown):
    assert masked_phone(phone) == shown


@given(st.text(min_size=2, max_size=20))
def test_a_mask_shows_the_family_name_alone(name):
    assert masked_name(name) == name[0] + "*" * (len(name) - 1)


def test_a_caller_without_a_name_is_anonymous():
    assert masked_name("") == "（匿名）"
    assert masked_name("李") == "李*"


def test_typed_ids_are_told_from_words():
    assert is_typed_id("inforequests:0f8fad5b-d9cb-469f-a165-70867728950e")
    assert not is_typed_id("inforequests:1")
    assert not is_typed_id("县信访局")
