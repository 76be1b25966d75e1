"""Both editions of the form: every cell has measures or parts, facts come out in place."""

from decimal import Decimal

import pytest

from gongkai.statute.requesters import RequesterKind
from gongkai.tables.editions import EDITIONS, NoEdition, edition_for
from gongkai.tables.facts import Measure, requests_measure
from gongkai.tables.grid import official_grid
from gongkai.tables.sheet import CellPath, Number, Sheet, Table, Unreadable, count

EDITION_IDS = sorted(EDITIONS)


@pytest.mark.parametrize("edition", EDITION_IDS)
def test_each_cell_shows_measures_or_sums_cells(edition):
    form = EDITIONS[edition]
    for path in form.paths():
        assert bool(form.measures(path)) != bool(form.parts(path)), path
        assert form.label(path).startswith(("表二 ", "表三 ", "表四 "))
        assert all(part in form for part in form.parts(path))
    labels = [form.label(path) for path in form.paths()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("edition", EDITION_IDS)
def test_no_measure_is_shown_twice(edition):
    form = EDITIONS[edition]
    shown = [measure for path in form.paths() for measure in form.measures(path)]
    assert len(shown) == len(set(shown))


def test_how_many_result_rows_stand_under_item_three():
    for edition, rows in (("2019", 20), ("2021", 22)):
        (block,) = EDITIONS[edition].tables[Table.REQUESTS]
        assert sum(row.data and row.code.startswith("3.") for row in block.rows) == rows


@pytest.mark.parametrize(
    ("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2030, "2021")]
)
def test_the_edition_follows_the_year(year, edition):
    assert edition_for(year).id == edition


def test_there_was_no_form_before_2019():
    with pytest.raises(NoEdition, match="2018"):
        edition_for(2018)


def test_facts_are_laid_out_with_their_sums_and_in_the_forms_unit():
    person, lawyer = RequesterKind.NATURAL_PERSON, RequesterKind.LEGAL_SERVICE_ORG
    facts = {
        requests_measure("received", person): Decimal(28),
        requests_measure("received", lawyer): Decimal(1),
        requests_measure("outcome.GRANTED", person): Decimal(28),
        requests_measure("outcome.OTHER", lawyer): Decimal(1),
        Measure("register.PROCUREMENT", "amount"): Decimal(200634964),
        Measure("register.FEE", "amount"): Decimal(35000),
        Measure("remedies.DIRECT", "UPHELD"): Decimal(2),
    }
    old, new = (EDITIONS[edition].lay_out(facts) for edition in EDITION_IDS)
    assert old[CellPath(Table.REQUESTS, "1", "t")] == count(29)
    assert old[CellPath(Table.REQUESTS, "3.6", "o4")] == count(1)
    assert new[CellPath(Table.REQUESTS, "3.6.3", "o4")] == count(1)
    assert new[CellPath(Table.REQUESTS, "3.7", "t")] == count(29)
    assert new[CellPath(Table.REMEDIES, "", "d5")] == count(2)
    amount = CellPath(Table.PROACTIVE, "T2.9.1", "c2")
    assert old[amount] == Number(Decimal("20063.4964"), "万元")
    assert EDITIONS["2019"].text(amount, old[amount]) == "20063.4964万元"
    fee = CellPath(Table.PROACTIVE, "T2.8.1", "c1")
    assert EDITIONS["2021"].text(fee, new[fee]) == "3.5"


def test_labels_name_the_cell():
    form = EDITIONS["2021"]
    assert form.label(CellPath(Table.REQUESTS, "1", "p")) == (
        "表三 一、本年新收政府信息公开申请数量 自然人"
    )
    assert form.label(CellPath(Table.REQUESTS, "3.3.1", "o1")) == (
        "表三 （三）不予公开 1.属于国家秘密 商业企业"
    )
    assert form.label(CellPath(Table.REMEDIES, "", "a5")) == "表四 行政诉讼 复议后起诉 总计"


@pytest.mark.parametrize("edition", EDITION_IDS)
def test_the_official_layout_is_a_full_rectangle(edition):
    form = EDITIONS[edition]
    sheet = Sheet(edition, {path: Unreadable(str(path)) for path in form.paths()})
    for table, width in ((Table.PROACTIVE, 4), (Table.REQUESTS, 10), (Table.REMEDIES, 15)):
        grid = official_grid(form, table, sheet)
        area = sum(cell.rowspan * cell.colspan for row in grid.rows for cell in row)
        assert area == width * len(grid.rows)
        texts = [cell for row in grid.matrix for cell in row]
        for path in form.paths():
            assert texts.count(str(path)) == (path.table is table)
