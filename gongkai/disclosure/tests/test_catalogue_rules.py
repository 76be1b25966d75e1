"""Rules of catalogues: the 26 fields, time limits in words, organs in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure.rules.catalogues import keyed, organ_named, organs_meant
from gongkai.disclosure.rules.fields26 import BY_CODE, FIELDS, names_known
from gongkai.disclosure.rules.time_limits import LimitKind, limit_of, parse_limit
from gongkai.disclosure.tests.catalogues import row
from gongkai.statute.disclosure import ITEMS
from gongkai.statute.limits import Unit

WD, CD = Unit.WORKDAYS, Unit.CALENDAR_DAYS


def test_there_are_26_fields_with_their_own_addresses() -> None:
    assert len(FIELDS) == 26
    assert len({each.slug for each in FIELDS}) == len({each.code for each in FIELDS}) == 26
    assert all(each.legal_item in ITEMS for each in FIELDS if each.legal_item)
    assert 8 <= sum(each.usual_in_towns for each in FIELDS) <= 18
    known = names_known()
    assert len(known) == sum(len(each.names) for each in FIELDS)
    assert known["扶贫"] == known["乡村振兴"] == "13"


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("13", "2021-02-24", "扶贫"),
        ("13", "2021-02-25", "乡村振兴"),
        ("10", "2018-03-21", "环境保护"),
        ("10", "2020-01-01", "生态环境"),
        ("26", "2020-01-01", "国土空间规划"),
        ("03", "2026-01-01", "财政预决算"),
    ],
)
def test_a_field_is_called_as_on_the_day(code, day, name) -> None:
    assert BY_CODE[code].name_on(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("words", "value", "unit", "event"),
    [
        ("信息形成或变更之日起20个工作日内", 20, WD, "信息形成或变更"),
        (
            "自信息形成或者变更之日起二十个工作日内公开；另有规定的从其规定",
            20,
            WD,
            "信息形成或者变更",
        ),
        ("7个工作日", 7, WD, ""),
        ("批准后20日内", 20, CD, "批准"),
        ("作出行政决定之日起 7 个\n工作日内", 7, WD, "作出行政决定"),
        ("信息形成（变更）10个工作日内", 10, WD, "信息形成（变更）"),
        ("24小时内", 1, CD, ""),
        ("2周内", 14, CD, ""),
        ("3个月内", 3, Unit.MONTHS, ""),
        ("１０个工作日内公开", 10, WD, ""),
    ],
)
def test_a_term_is_read_with_its_event(words, value, unit, event) -> None:
    limit = parse_limit(words)
    assert limit.kind is LimitKind.TERM
    assert (limit.value, limit.unit, limit.event) == (value, unit, event)
    assert limit.words == words
    assert limit.own_limit is not None
    assert not limit.falls_back


@pytest.mark.parametrize(
    ("words", "kind", "update_days"),
    [
        ("实时公开", LimitKind.AT_ONCE, None),
        ("及时公开", LimitKind.PROMPTLY, None),
        ("按进展情况及时公开", LimitKind.PROMPTLY, None),
        ("每季度更新", LimitKind.PERIODIC, 92),
        ("每月10日前", LimitKind.PERIODIC, 31),
        ("每年1次", LimitKind.PERIODIC, 366),
        ("公示期不少于7个工作日", LimitKind.WORDS, None),
        ("集中展示不得少于5年", LimitKind.WORDS, None),
        ("公示7个工作日", LimitKind.WORDS, None),
        ("收到申请后第15日", LimitKind.WORDS, None),
        ("形成之日起7个工作日内，处罚20个工作日内", LimitKind.WORDS, None),
        ("长期公开", LimitKind.WORDS, None),
        ("99999个工作日内", LimitKind.WORDS, None),
        ("零个工作日内", LimitKind.WORDS, None),
        ("百百个工作日内", LimitKind.WORDS, None),
        ("", LimitKind.WORDS, None),
    ],
)
def test_what_is_no_term_falls_back_on_article_26(words, kind, update_days) -> None:
    limit = parse_limit(words)
    assert limit.kind is kind
    assert limit.update_days == update_days
    assert limit.falls_back


@pytest.mark.parametrize(
    ("words", "day"),
    [("每年3月31日前", (3, 31)), ("每年6月底前公开", (6, 30)), ("每年二月底前", (2, 28))],
)
def test_a_day_of_every_year_is_read(words, day) -> None:
    limit = parse_limit(words)
    assert (limit.kind, limit.month_day, limit.update_days) == (LimitKind.YEARLY_DAY, day, 366)


@pytest.mark.parametrize("words", ["每年13月31日前", "每年2月31日前"])
def test_a_day_that_does_not_exist_is_not_read(words) -> None:
    assert parse_limit(words).month_day is None


@given(st.text(max_size=60))
def test_any_words_are_kept_and_never_break_the_reading(words) -> None:
    limit = parse_limit(words)
    assert limit.words == words
    assert (limit.value is None) == limit.falls_back


def test_a_stored_limit_is_the_items_own() -> None:
    assert limit_of(7, "WORKDAYS").label == "7个工作日"
    assert limit_of(None, "") is None
    assert limit_of(7, "") is None


ORGANS = (
    organ_named(1, "COUNTY_GOVERNMENT", "靖安县人民政府", "县政府", "靖安县"),
    organ_named(2, "DEPARTMENT", "靖安县财政局", "县财政局", "靖安县"),
    organ_named(3, "DEPARTMENT", "靖安县民政局", "县民政局", "靖安县"),
    organ_named(4, "TOWNSHIP", "靖安县香田乡人民政府", "香田乡", "靖安县"),
    organ_named(5, "TOWNSHIP", "靖安县双溪镇人民政府", "双溪镇", "靖安县"),
)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("财政局", {2}),
        ("县财政局、民政局", {2, 3}),
        ("靖安县财政局（预算股）", {2}),
        ("香田乡人民政府\n双溪镇政府", {4, 5}),
        ("各乡镇人民政府", {4, 5}),
        ("民政局，各乡（镇）人民政府", {3, 4, 5}),
        ("县直各部门", {2, 3}),
        ("县级人民政府", {1}),
    ],
)
def test_words_name_the_countys_organs(words, meant) -> None:
    assert organs_meant(words, ORGANS) == (frozenset(meant), ())


def test_an_organ_that_is_not_there_is_told_and_not_guessed() -> None:
    assert organs_meant("财政局、税务局", ORGANS) == (frozenset({2}), ("税务局",))


def test_items_of_one_name_are_told_apart_by_their_order() -> None:
    keys = [key for key, _ in keyed([row(), row(content="另一份"), row(second_level="基金")])]
    assert [key[2] for key in keys] == [0, 1, 0]
    assert len(set(keys)) == 3
