"""The editions of the annual report form; a new form is a new file and a line here."""

from collections.abc import Mapping
from dataclasses import replace

from gongkai.tables.editions.form2019 import FORM_2019
from gongkai.tables.editions.form2021 import FORM_2021
from gongkai.tables.editions.requests_table import (
    OTHERWISE_2019,
    OTHERWISE_2021,
    requests_table,
)
from gongkai.tables.forms import FormEdition
from gongkai.tables.sheet import CellPath, Sheet, Table

EDITIONS: Mapping[str, FormEdition] = {form.id: form for form in (FORM_2019, FORM_2021)}

# Reports are found that keep the other edition's rows of （六）其他处理.
MIXED: Mapping[str, FormEdition] = {
    form.id: replace(
        form,
        blocks=tuple(
            requests_table(otherwise) if block.table is Table.REQUESTS else block
            for block in form.blocks
        ),
    )
    for form, otherwise in ((FORM_2019, OTHERWISE_2021), (FORM_2021, OTHERWISE_2019))
}
_TELLTALE = {
    "2019": CellPath(Table.REQUESTS, "3.6.3", "p"),
    "2021": CellPath(Table.REQUESTS, "3.6", "p"),
}


class NoEdition(LookupError):
    """No form was in force for that year."""


def edition_for(year: int) -> FormEdition:
    """Return the edition that a report for `year` is made out on.

    Raises:
        NoEdition: the year is before 2019, when reports had no fixed form.
    """
    for form in EDITIONS.values():
        if form.covers(year):
            return form
    raise NoEdition(f"{year} 年没有统一的年度报告格式：格式自 2019 年度报告起适用，请核对年份。")


def as_printed(sheet: Sheet) -> FormEdition:
    """Return the sheet's edition, with the other edition's rows of （六） if it printed those."""
    if _TELLTALE[sheet.edition] in sheet.cells:
        return MIXED[sheet.edition]
    return EDITIONS[sheet.edition]
