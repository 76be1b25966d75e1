"""A county through 2020 to 2023: real records, both forms, a correction, every format checked."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from gongkai.annualreport import actions as annualreport
from gongkai.annualreport.lifecycle import NotReady, Refused
from gongkai.annualreport.models import Report
from gongkai.annualreport.queries.frozen import hash_of
from gongkai.annualreport.sources.drift import drift
from gongkai.registers import actions as registers
from gongkai.registers.tests import factories as batches
from gongkai.tables.editions import EDITIONS
from gongkai.tables.sheet import tables_from_json
from tests.journeys.small_county import CLERK, OFFICE, YEARS, SmallCounty, moment

NAME = "靖安县人民政府"


@pytest.fixture
def county(db) -> SmallCounty:
    made = SmallCounty()
    made.live()
    return made


def told(report: Report, path: str) -> int | None:
    """Return one cell of a frozen report, named as `requests/1/t`."""
    table, row, column = path.split("/")
    cells = report.tables[table]
    return (cells[row] if row != "-" else cells)[column]


def gongkai(command: str, *arguments: str) -> str:
    """Run a command; one that finds fault leaves with SystemExit, which fails the test."""
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_four_years_end_to_end(county, tmp_path):
    reports = {year: county.report_year(year) for year in YEARS}
    assert [reports[year].report_year.edition for year in YEARS] == ["2019", "2021", "2021", "2021"]
    _carried_over(reports)
    _counted(reports)
    for report in Report.objects.select_related("report_year"):
        assert hash_of(report) == report.sha256
        assert drift(report) == ()
    for year, report in reports.items():
        _same_in_every_format(report, year, tmp_path)
    assert "未发现改动" in gongkai("auditverify")


def _carried_over(reports: dict[int, Report]) -> None:
    """V5 in every column: what a year leaves open is what the next begins with."""
    for year in YEARS[1:]:
        before, now = reports[year - 1].tables["requests"], reports[year].tables["requests"]
        assert now["2"] == before["4"], year
    left_open = {year: reports[year].tables["requests"]["4"]["t"] for year in YEARS}
    assert left_open == {2020: 1, 2021: 1, 2022: 3, 2023: 2}


def _counted(reports: dict[int, Report]) -> None:
    for year, received, handled in ((2020, 2, 1), (2021, 4, 4), (2022, 3, 1), (2023, 1, 2)):
        report = reports[year]
        rows = report.tables["requests"]
        assert (rows["1"]["t"], rows["3.7"]["t"]) == (received, handled), year
        assert report.tables["remedies"] is not None
    assert told(reports[2021], "remedies/-/r1") == 1
    # 罗湾乡's request, answered the year after the township was gone, is 官庄镇's.
    heir = next(unit for unit in reports[2023].units if unit["name"] == "靖安县官庄镇人民政府")
    assert heir["tables"]["requests"]["2"]["t"] == 1
    assert heir["tables"]["requests"]["3.3.5"]["t"] == 1


def _same_in_every_format(report: Report, year: int, place: Path) -> None:
    """What `gongkai report` writes, `gongkai checkreport` reads back, cell by cell."""
    ask = ("--year", str(year), "--organ", NAME)
    contract = json.loads(gongkai("report", *ask, "--format", "json"))
    assert contract["sha256"] == report.sha256
    wanted = tables_from_json(contract["edition"], contract["tables"])
    for kind in ("docx", "xlsx", "html", "pdf"):
        file = place / f"{year}.{kind}"
        gongkai("report", *ask, "--format", kind, "-o", str(file))
        (read,) = json.loads(gongkai("checkreport", str(file), "--format", "json"))
        assert (read["organ"], read["year"], read["edition"]) == (NAME, year, contract["edition"])
        assert [found for found in read["findings"] if found["severity"] != "notice"] == [], kind
        ours = tables_from_json(contract["edition"], read["tables"])
        for path in EDITIONS[contract["edition"]].paths():
            assert ours[path] == wanted[path], (kind, path)


def test_a_published_year_is_corrected_and_the_next_follows_it(county):
    reports = {year: county.report_year(year) for year in (2021, 2022)}
    first = reports[2022]
    sealed = first.sha256
    finance = first.report_year.returns.get(organ=county.organs.finance)
    with pytest.raises(Refused, match="更正"):
        annualreport.reopen(finance, reason="许可多报", by=OFFICE, at=moment(date(2023, 4, 3)))

    day = date(2023, 4, 3)
    registers.withdraw_batch(county.mistaken, reason="许可多报", by=CLERK, at=moment(day))
    right = batches.entry(year=2022, item_change=-1, decisions=90)
    batches.entered(county.organs.finance, right, moment(day))
    (moved,) = drift(first)
    assert (moved.unit, moved.frozen, moved.today) == ("靖安县财政局", "102", "90")
    assert Report.objects.get(pk=first.pk).tables == first.tables  # frozen stays frozen

    second = annualreport.correct(first, reason="许可多报 12 件", by=OFFICE, at=moment(day))
    again = annualreport.reopen(finance, reason="许可多报", by=OFFICE, at=moment(day))
    with pytest.raises(NotReady, match="靖安县财政局"):
        annualreport.freeze(second, by=OFFICE, at=moment(day))
    annualreport.accept(county.hand_in(again, day), by=OFFICE, at=moment(day))
    second = county.finish(first.report_year, day)

    states = dict(first.report_year.reports.filter(organ=county.organs.county).values_list(
        "version", "state"
    ))  # fmt: skip
    assert states == {1: "SUPERSEDED", 2: "PUBLISHED"}
    first.refresh_from_db()
    assert first.sha256 == sealed == hash_of(first)
    assert second.sha256 != sealed
    assert told(second, "requests/4/t") == told(first, "requests/4/t")
    third = county.report_year(2023)  # V5 and V6 now compare with the corrected version
    assert third.tables["requests"]["2"] == second.tables["requests"]["4"]
