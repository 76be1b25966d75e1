"""Report contents for the renderers' tests: the reference county's figures, and random returns."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.tables.editions import EDITIONS
from gongkai.tables.report import ReportContent, Section, report_title, six_sections
from gongkai.tables.sheet import BLANK, CellPath, Number, Sheet, Table, count

YEARS = {"2019": 2020, "2021": 2023}
NASTY = '#show: panic() <b>&amp;"=1+1" \x00\x0b〔2020〕64号“璪”'


def clean_sheet(edition: str, values: list[int] | None = None) -> Sheet:
    """Return a sheet whose sums hold; `values` fill the cells that are no sums, in turn."""
    form = EDITIONS[edition]
    source = iter(values or [])
    facts = {
        measure: Decimal(next(source, 0))
        for path in form.paths()
        for measure in form.measures(path)
    }
    return form.lay_out(facts)


def reference_sheet() -> Sheet:
    """Return some of the figures that 靖安县 published for 2020, five blanks among them."""
    cells = dict(clean_sheet("2019").cells)
    for row, figures in {
        "T2.1.2": (16, 11, 24),
        "T2.5.1": (511, -266, 154),
        "T2.5.2": (244, -23, 150092),
        "T2.9.1": (363,),
    }.items():
        for place, figure in enumerate(figures, 1):
            cells[CellPath(Table.PROACTIVE, row, f"c{place}")] = count(figure)
    cells[CellPath(Table.PROACTIVE, "T2.9.1", "c2")] = Number(Decimal("20063.4964"), "万元")
    for row, persons, lawyers in (("1", 28, 1), ("3.1", 28, 0), ("3.6", 0, 1), ("3.7", 28, 1)):
        for column, figure in {"p": persons, "o4": lawyers, "t": persons + lawyers}.items():
            cells[CellPath(Table.REQUESTS, row, column)] = count(figure)
    for column in ("r1", "r2", "r3", "r4", "r5"):
        cells[CellPath(Table.REMEDIES, "", column)] = BLANK
    return Sheet("2019", cells)


def content(sheet: Sheet, **changes) -> ReportContent:
    """Return a report around `sheet` with a little prose in every part that has any."""
    organ, year = "靖安县人民政府", YEARS[sheet.edition]
    plain = {
        "organ": organ,
        "year": year,
        "edition": sheet.edition,
        "title": report_title(organ, year),
        "preamble": ("本报告依据《中华人民共和国政府信息公开条例》编制。",),
        "sections": six_sections(
            overview=("本年度工作平稳推进。",),
            overview_parts=(
                Section("（一）主动公开", ("按规定公开。",)),
                Section("（二）依申请公开", ("按规定答复。",)),
            ),
            problems=("标准化规范化有待加强。",),
            others=("本年度无其他需要报告的事项。",),
        ),
        "sheet": sheet,
        "published_on": date(year + 1, 1, 29),
    }
    return ReportContent(**(plain | changes))


def clean_contents() -> st.SearchStrategy[ReportContent]:
    """Draw reports of both editions with random figures whose sums hold."""
    counts = st.lists(st.integers(0, 99_999), min_size=240, max_size=240)
    return st.builds(
        lambda edition, values: content(clean_sheet(edition, values)),
        st.sampled_from(sorted(EDITIONS)),
        counts,
    )
