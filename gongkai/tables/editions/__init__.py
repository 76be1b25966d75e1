"""The editions of the annual report form; a new form is a new file and a line here."""

from collections.abc import Mapping

from gongkai.tables.editions.form2019 import FORM_2019
from gongkai.tables.editions.form2021 import FORM_2021
from gongkai.tables.forms import FormEdition

EDITIONS: Mapping[str, FormEdition] = {form.id: form for form in (FORM_2019, FORM_2021)}


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
