"""The checker of published reports against the frozen specimens and the reference report."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.adapters.readers import read_document, read_file
from gongkai.adapters.tests.makers import (
    MAKERS,
    bars_file,
    html_file,
    one_cell_a_line_file,
    spaced_file,
    text_file,
)
from gongkai.annualreport.rules.check import NoTables, check
from gongkai.annualreport.tests.specimens import (
    LAYOUTS,
    clean_sheet,
    faults,
    report,
    requests_at,
    twin,
    with_cells,
    year_faults,
)
from gongkai.tables.discrepancy import Severity
from gongkai.tables.editions import EDITIONS
from gongkai.tables.sheet import BLANK, Number, Table, Unreadable, count

REFERENCE = Path(__file__).parents[2] / "demo" / "reference" / "jingan-2020-annual-report.txt"
EDITION_IDS = sorted(EDITIONS)
QUICK = [".txt", ".html", ".xlsx", ".docx"]


def told(checked):
    """Return (rule, row, column) of each finding."""
    return sorted(
        (f.rule, f.path.row if f.path else "", f.path.column if f.path else "")
        for f in checked.findings
    )


def check_specimen(specimen, suffix):
    data = MAKERS[suffix](specimen.report.document)
    return check(read_document(data, suffix), specimen.last_year)


def assert_same_cells(sheet, checked):
    different = {
        str(path): (sheet.cells.get(path), checked.sheet.cells.get(path))
        for path in set(sheet.cells) | set(checked.sheet.cells)
        if sheet.cells.get(path) != checked.sheet.cells.get(path)
    }
    assert different == {}


# ---- the frozen specimens ------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITION_IDS)
@pytest.mark.parametrize("suffix", QUICK)
def test_no_fault_is_missed_and_none_invented(edition, suffix):
    seeds = range(4) if suffix in (".txt", ".html") else range(1)
    for seed in seeds:
        form = EDITIONS[edition]
        for specimen in (twin(form, seed), *faults(form, seed), *year_faults(form, seed)):
            found = told(check_specimen(specimen, suffix))
            assert found == sorted(specimen.expected), (specimen.name, seed)


@pytest.mark.parametrize("edition", EDITION_IDS)
def test_pdf_faults(edition):
    form = EDITIONS[edition]
    for specimen in faults(form, 0):
        if specimen.name in ("V2", "B1 total column", "B3 two", "B2 one row", "P1", "N1 note"):
            found = told(check_specimen(specimen, ".pdf"))
            assert found == sorted(specimen.expected), specimen.name


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("edition", EDITION_IDS)
@pytest.mark.parametrize("suffix", [*QUICK, ".pdf"])
def test_layouts_that_deviate_give_the_same_cells(layout, edition, suffix):
    if suffix == ".pdf" and layout not in ("official", "over_pages", "repeated_heads"):
        pytest.skip("a PDF of this layout prints the same")
    made = LAYOUTS[layout](twin(EDITIONS[edition], 1).report)
    checked = check(read_document(MAKERS[suffix](made.document), suffix))
    assert_same_cells(made.sheet, checked)
    assert told(checked) == []


@pytest.mark.parametrize("edition", EDITION_IDS)
@pytest.mark.parametrize("make", [one_cell_a_line_file, spaced_file, bars_file])
def test_plain_text_layouts_give_the_same_cells(edition, make):
    made = twin(EDITIONS[edition], 2).report
    checked = check(read_document(make(made.document)))
    assert_same_cells(made.sheet, checked)
    assert told(checked) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("make", [text_file, html_file])
def test_encodings(encoding, make):
    made = twin(EDITIONS["2021"], 3).report
    checked = check(read_document(make(made.document, encoding)))
    assert_same_cells(made.sheet, checked)


@pytest.mark.parametrize("suffix", QUICK)
@pytest.mark.parametrize("edition", EDITION_IDS)
def test_blanks_for_zeros_stay_blanks(edition, suffix):
    clean = clean_sheet(EDITIONS[edition], Random(5))
    zeros = {
        path: BLANK
        for path, cell in clean.cells.items()
        if path.table is Table.REQUESTS
        and path.column != "t"
        and isinstance(cell, Number)
        and cell.value == 0
    }
    spoiled = with_cells(clean, zeros)
    made = report(spoiled, 0, prose_of=clean)
    checked = check(read_document(MAKERS[suffix](made.document), suffix))
    assert_same_cells(spoiled, checked)
    assert told(checked) == sorted(("B1", path.row, path.column) for path in zeros)


# ---- random sheets --------------------------------------------------------------------


@st.composite
def sheets(draw):
    """Sheets with any figures, some cells blank or unreadable, in either edition."""
    form = EDITIONS[draw(st.sampled_from(EDITION_IDS))]
    sheet = clean_sheet(form, Random(draw(st.integers(0, 10**6))))
    spots = draw(st.lists(st.sampled_from(form.paths()), max_size=6, unique=True))
    change = st.one_of(
        st.integers(0, 99999).map(count), st.just(BLANK), st.just(Unreadable("两件"))
    )
    return with_cells(sheet, {path: draw(change) for path in spots if not form.place(path)[2].unit})


@pytest.mark.parametrize("suffix", [".txt", ".html", ".xlsx"])
def test_what_is_written_is_read_back(suffix):
    @settings(max_examples=25, deadline=None)
    @given(sheets())
    def comes_back(sheet):
        made = report(sheet, prose_of=clean_sheet(EDITIONS[sheet.edition], Random(1)))
        assert_same_cells(sheet, check(read_document(MAKERS[suffix](made.document), suffix)))

    comes_back()


@settings(max_examples=6, deadline=None)
@given(sheets())
def test_what_is_written_to_word_is_read_back(sheet):
    made = report(sheet, prose_of=clean_sheet(EDITIONS[sheet.edition], Random(1)))
    assert_same_cells(sheet, check(read_document(MAKERS[".docx"](made.document), ".docx")))


# ---- the reference report -----------------------------------------------------------------


@pytest.fixture(scope="module")
def reference():
    return check(read_file(REFERENCE))


def test_reference_has_five_blanks_two_impossible_rates_and_one_wrong_word(reference):
    assert (reference.organ, reference.year, reference.reading.edition.id) == (
        "靖安县",
        2020,
        "2019",
    )
    assert told(reference) == [
        *(("B1", "", f"r{place}") for place in range(1, 6)),
        ("N1", "", ""),
        ("P2", "", ""),
        ("P2", "", ""),
    ]
    assert not any(f.severity is Severity.ERROR for f in reference.findings)


def test_reference_tables_are_read_as_printed(reference):
    sheet = reference.sheet
    form = EDITIONS["2019"]
    printed = {form.label(path): form.text(path, sheet[path]) for path in form.paths()}
    assert [
        printed[f"表二 第二十条第（五）项 其他对外管理服务事项 {c}"]
        for c in ("上一年项目数量", "本年增/减", "处理决定数量")
    ] == ["244", "-23", "150092"]
    assert printed["表二 第二十条第（九）项 政府集中采购 采购总金额"] == "20063.4964万元"
    nonzero = {
        (path.row, path.column): int(cell.value)
        for path, cell in sheet.cells.items()
        if path.table is Table.REQUESTS and isinstance(cell, Number) and cell.value
    }
    assert nonzero == {
        ("1", "p"): 28, ("1", "o4"): 1, ("1", "t"): 29,
        ("3.1", "p"): 28, ("3.1", "t"): 28,
        ("3.6", "o4"): 1, ("3.6", "t"): 1,
        ("3.7", "p"): 28, ("3.7", "o4"): 1, ("3.7", "t"): 29,
    }  # fmt: skip
    assert set(sheet.cells) == set(form.paths())


def test_reference_prose_agrees_or_has_no_counterpart(reference):
    assert all(figure.agrees is not False for figure in reference.figures)
    own = [
        f for f in reference.figures if f.text == "县本级受理依申请公开15件" and f.measure != "sum"
    ]
    assert [(f.reading, f.agrees) for f in own] == [("县本级", None)]
    sums = {f.reading for f in reference.figures if f.measure == "sum"}
    assert {"1920＋3676＋964＝6560", "1＋10＋4＝15", "14＋1＝15", "28＋1＝29"} <= sums


CHANGES = [
    ("受理依申请公开 29 件", "受理依申请公开 30 件", {("P1", "1", "t"), ("P3", "", "")}),
    ("自然人 28 件", "自然人 27 件", {("P1", "1", "p"), ("P3", "", "")}),
    ("依申请公开 15 件", "依申请公开 16 件", {("P3", "", "")}),
    ("信函 4 件", "信函 5 件", {("P3", "", "")}),
    ("约 6560 条", "约 6570 条", {("P3", "", "")}),
    ("-23\t150092", "-2.5\t150092", {("V8", "T2.5.2", "c2")}),
    ("20063.4964 万", "20063.4964", {("N1", "T2.9.1", "c2")}),
    ("规章\t0\t0\t0", "规章\t/\t0\t0", {("N1", "T2.1.1", "c1")}),
    ("\t0\t1\t0\t29", "\t0\t1\t0\t", {("B1", "1", "t")}),
    ("政府集中采购\t363\t20063.4964 万", "", {("B2", "T2.9.1", "")}),
    ("靖安县 2020 年政府", "靖安县 2022 年政府", {("B2", "", "")}),
    ("未发生因政府信息公开引起的行政复议或行政诉讼案件", "发生行政诉讼 2 件", {("P1", "", "d5")}),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
def test_a_change_in_the_reference_is_found(reference, old, new, expected):
    text = REFERENCE.read_text(encoding="utf-8")
    assert old in text
    changed = told(check(read_document(text.replace(old, new, 1).encode())))
    for known in told(reference):
        changed.remove(known)
    if "2022" not in new:
        assert set(changed) == expected
        assert len(changed) == len(expected)
    else:
        assert expected <= set(changed)


def test_a_rate_that_a_whole_numerator_gives_is_possible(reference):
    text = REFERENCE.read_text(encoding="utf-8").replace("99.78%", "99.79%")
    rules = [f.rule for f in check(read_document(text.encode())).findings]
    assert rules.count("P2") == 1


# ---- readings before wolf is cried ------------------------------------------------------


def prose_findings(sentence, **cells):
    """Check a clean report with one sentence of prose and these cells of table three."""
    sheet = clean_sheet(EDITIONS["2021"], Random(9))
    changes = {requests_at(row, "t"): count(value) for row, value in cells.get("t", {}).items()}
    sheet = with_cells(sheet, changes)
    made = report(sheet, prose_of=clean_sheet(EDITIONS["2021"], Random(9)))
    checked = check(replace(made, paragraphs=(sentence,)).document)
    return [f.rule for f in checked.findings if f.rule[0] == "P"], checked.figures


TOTALS = {"1": 120, "2": 7, "3.7": 122, "4": 5}


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("全年共收到政府信息公开申请120件。", []),
        ("全年共受理政府信息公开申请127件（含上年结转7件）。", []),
        ("全年共受理政府信息公开申请128件。", ["P1"]),
        ("县本级收到政府信息公开申请33件。", []),
        ("2022年收到政府信息公开申请90件，2023年收到政府信息公开申请120件。", []),
        ("收到政府信息公开申请120件，比上年增加30件。", []),
        ("收到政府信息公开申请一百二十件。", []),
        ("收到政府信息公开申请一百二十一件。", ["P1"]),
        ("办结政府信息公开申请122件，结转下年度继续办理5件。", []),
        ("办结政府信息公开申请122件，结转下年度继续办理6件。", ["P1"]),
        ("办结信访件40件，受理热线工单3000件，办理人大建议55件。", []),
        ("未收到政府信息公开申请。", ["P1"]),
        ("全县受理行政复议案件256件。", []),
        ("举办培训3期，参训人员120人次。", []),
        ("受理工单300件，满意率99.5%。", ["P2"]),
        ("受理工单300件，满意率99.67%。", []),
        ("受理工单300件，同比增长12.34%。", []),
        ("甲镇公开信息12条、乙镇公开信息13条，合计25条。", []),
        ("甲镇公开信息12条、乙镇公开信息13条，合计26条。", ["P3"]),
        ("发布信息500条，其中动态类100条、通知类50条。", []),
    ],
)
def test_the_reading_that_fits_is_taken(sentence, rules):
    assert prose_findings(sentence, t=TOTALS)[0] == rules


def test_a_figure_names_its_reading():
    _, figures = prose_findings("全年共受理政府信息公开申请127件。", t=TOTALS)
    assert [(f.measure, f.reading, f.table_value, f.agrees) for f in figures] == [
        ("requests.received", "本年新收加上年结转", Decimal(127), True)
    ]


def test_what_is_no_report_is_refused():
    with pytest.raises(NoTables, match="年度报告"):
        check(read_document("关于召开会议的通知\n请各单位参加。".encode()))
