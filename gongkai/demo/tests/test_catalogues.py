"""The demo's catalogues are what a county could import: whole, read without a fault."""

from gongkai.adapters.catalogue_xlsx import read_catalogue
from gongkai.demo.catalogues import county_tables, town_tables, workbooks
from gongkai.tables.catalogue import wrong_with


def test_three_fields_stand_in_full() -> None:
    assert [(table.name, len(table.rows) >= 6) for table in county_tables()] == [
        ("财政预决算", True),
        ("养老服务", True),
        ("城市综合执法", True),
    ]
    for table in (*county_tables(), *town_tables()):
        assert [wrong_with(row) for row in table.rows] == [()] * len(table.rows)


def test_the_files_are_read_as_they_were_written() -> None:
    known = {table.name: table.name for table in county_tables()}
    for (name, data), tables in zip(workbooks(), (county_tables(), town_tables()), strict=True):
        read = read_catalogue(name, data, known)
        assert read.faults == read.notices == ()
        assert read.tables == tables
