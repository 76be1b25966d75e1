"""Cross-footing: what foots is silent, what does not is named, blanks are never zero."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.requesters import RequesterKind
from gongkai.tables.consolidate import CannotConsolidate, consolidate
from gongkai.tables.crossfoot import crossfoot, unassessed
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Measure, merge, requests_measure
from gongkai.tables.sheet import (
    BLANK,
    CellPath,
    NotApplicable,
    Number,
    Sheet,
    Table,
    Unreadable,
    count,
)

EDITION_IDS = sorted(EDITIONS)
WHOLE = st.integers(0, 500).map(Decimal)


def at(row, column):
    return CellPath(Table.REQUESTS, row, column)


@st.composite
def clean_facts(draw, edition):
    """Facts that foot: what came in went out or is carried over."""
    form = EDITIONS[edition]
    facts = {m: draw(WHOLE) for path in form.paths() for m in form.measures(path)}
    for kind in RequesterKind:
        results = sum(
            value for m, value in facts.items() if m.kind is kind and m.aspect[:3] == "out"
        )
        out = facts[requests_measure("carried_out", kind)]
        came = min(facts[requests_measure("carried_in", kind)], results + out)
        facts[requests_measure("carried_in", kind)] = came
        facts[requests_measure("received", kind)] = results + out - came
    return facts


def footed(edition="2021"):
    return EDITIONS[edition].lay_out({})


def changed(sheet, cells):
    return Sheet(sheet.edition, {**sheet.cells, **cells})


def told(found):
    return [(f.rule, f.path.row, f.path.column) for f in found]


@pytest.mark.parametrize("edition", EDITION_IDS)
def test_facts_that_foot_are_silent_alone_and_added_up(edition):
    @settings(max_examples=30)
    @given(clean_facts(edition), clean_facts(edition))
    def silent(first, second):
        form = EDITIONS[edition]
        sheets = [form.lay_out(first), form.lay_out(second)]
        assert crossfoot(sheets[0]) == ()
        total = consolidate(sheets)
        assert crossfoot(total) == ()
        assert total == form.lay_out(merge([first, second]))

    silent()


@given(st.sampled_from(EDITION_IDS), st.data())
def test_a_change_of_any_count_of_tables_three_and_four_is_found(edition, data):
    form = EDITIONS[edition]
    paths = [path for path in form.paths() if path.table is not Table.PROACTIVE]
    path = data.draw(st.sampled_from(paths))
    by = data.draw(st.integers(1, 50))
    sheet = form.lay_out({})
    found = crossfoot(changed(sheet, {path: count(by)}))
    assert found
    assert {f.rule for f in found} <= {"V1", "V2", "V3", "V4"}


def test_a_discrepancy_says_what_was_expected():
    (found,) = crossfoot(changed(footed(), {CellPath(Table.REMEDIES, "", "r5"): count(3)}))
    assert (found.rule, found.expected, found.found) == ("V4", 0, 3)
    assert "表四 行政复议 总计为 3" in found.message


@pytest.mark.parametrize("cell", [BLANK, NotApplicable("/"), Unreadable("两件")])
def test_a_sum_over_what_is_no_number_is_not_assessed(cell):
    sheet = changed(footed(), {at("3.1", "o2"): cell, at("3.1", "t"): count(9)})
    rules = told(crossfoot(sheet))
    assert ("V3", "3.1", "t") not in rules
    left = {each.rule.rule: each.without_figure for each in unassessed(sheet)}
    assert left == {"V2": (at("3.1", "o2"),), "V3": (at("3.1", "o2"),)}


def test_blanks_are_named_one_by_one():
    sheet = changed(footed(), {at("3.1", "o2"): BLANK})
    assert told(crossfoot(sheet)) == [("B1", "3.1", "o2")]


def test_a_total_column_left_blank_whole_is_named_once():
    cells = {path: BLANK for path in footed() if path.column == "t"}
    assert told(crossfoot(changed(footed(), cells))) == [("B1", "", "t")]


def test_whole_numbers():
    amount, change = (CellPath(Table.PROACTIVE, "T2.9.1", "c2"), CellPath(
        Table.PROACTIVE, "T2.5.1", "c2"
    ))  # fmt: skip
    sheet = footed("2019")
    sound = {amount: Number(Decimal("2.5"), "万元"), change: count(-266)}
    assert crossfoot(changed(sheet, sound)) == ()
    half = changed(sheet, {change: Number(Decimal("0.5"))})
    assert told(crossfoot(half)) == [("V8", "T2.5.1", "c2")]
    negative = changed(sheet, {CellPath(Table.PROACTIVE, "T2.5.1", "c3"): count(-1)})
    assert told(crossfoot(negative)) == [("V8", "T2.5.1", "c3")]


def test_last_years_report():
    sheet, last = footed("2019"), footed("2019")
    stock = CellPath(Table.PROACTIVE, "T2.6.1", "c2")
    last = changed(last, {stock: count(7), at("4", "p"): count(1)})
    assert told(crossfoot(sheet, last)) == [("V5", "2", "p"), ("V6", "T2.6.1", "c1")]
    new = footed("2021")
    force = changed(new, {CellPath(Table.PROACTIVE, "T2.1.2", "c3"): count(4)})
    assert told(crossfoot(new, force)) == [("V7", "T2.1.2", "c3")]
    assert crossfoot(new, changed(sheet, {at("4", "p"): BLANK})) == ()


def test_consolidation_keeps_blanks_and_signs_apart_from_zero():
    sheet = footed()
    blank, sign, bad = at("1", "p"), at("1", "o1"), at("1", "o2")
    other = changed(
        sheet,
        {blank: BLANK, sign: NotApplicable("/"), bad: Unreadable("x"), at("1", "o3"): count(2)},
    )
    total = consolidate([sheet, other])
    assert total[blank] == BLANK
    assert total[sign] == count(0)
    assert total[bad] == Unreadable("x")
    assert total[at("1", "o3")] == count(2)
    assert consolidate([other])[sign] == NotApplicable("/")


def test_amounts_are_added_in_one_unit():
    path = CellPath(Table.PROACTIVE, "T2.9.1", "c2")
    sheets = [
        changed(footed("2019"), {path: amount})
        for amount in (Number(Decimal("1.5"), "万元"), Number(Decimal(251000), "元"))
    ]
    assert consolidate(sheets)[path] == Number(Decimal("26.6"), "万元")


def test_two_editions_do_not_add_up():
    with pytest.raises(CannotConsolidate, match="格式版本不同"):
        consolidate([footed("2019"), footed("2021")])
    with pytest.raises(CannotConsolidate, match="没有可汇总"):
        consolidate([])
    assert consolidate([], "2021")[at("1", "p")] == count(0)


def test_a_thousand_sheets_a_second():
    facts = {Measure("documents.NORMATIVE", "made"): Decimal(3)}
    sheet = EDITIONS["2021"].lay_out(facts)
    crossfoot(sheet)
    began = time.process_time()
    for _ in range(500):
        crossfoot(sheet)
    assert time.process_time() - began < 0.5
