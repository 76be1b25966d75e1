"""Consolidation: the county's tables are the sum of the organs' tables, cell by cell (V10)."""

from collections.abc import Sequence
from decimal import Decimal

from gongkai.tables.editions import EDITIONS
from gongkai.tables.forms import YUAN_PER_WAN, FormEdition
from gongkai.tables.sheet import BLANK, Cell, CellPath, NotApplicable, Number, Sheet, Unreadable

_IN_YUAN = {"": Decimal(1), "元": Decimal(1), "万元": YUAN_PER_WAN, "亿元": YUAN_PER_WAN**2}


class CannotConsolidate(ValueError):
    """The sheets cannot be added up."""


def consolidate(sheets: Sequence[Sheet], edition: str | None = None) -> Sheet:
    """Return the sum of sheets of one edition; amounts come out in the form's unit.

    A cell that one organ left blank is not zero: the sum is blank too, and
    cross-footing says so. "/" takes no part in a sum; where all say "/", the sum is
    "/". Unreadable text makes the sum unreadable.

    Raises:
        CannotConsolidate: no sheets and no `edition`, or sheets of two editions.
    """
    editions = {sheet.edition for sheet in sheets} | ({edition} if edition else set())
    if len(editions) != 1:
        raise CannotConsolidate(
            "没有可汇总的报表。" if not editions else "各报表的格式版本不同，不能汇总，请先统一。"
        )
    form = EDITIONS[editions.pop()]
    cells = {path: _total(form, path, [sheet[path] for sheet in sheets]) for path in form.paths()}
    return Sheet(form.id, cells)


def _total(form: FormEdition, path: CellPath, cells: Sequence[Cell]) -> Cell:
    unreadable = [cell.raw for cell in cells if isinstance(cell, Unreadable)]
    if unreadable:
        return Unreadable("；".join(unreadable))
    numbers = [cell for cell in cells if isinstance(cell, Number)]
    signs = [cell for cell in cells if isinstance(cell, NotApplicable)]
    if len(numbers) + len(signs) < len(cells):
        return BLANK
    if signs and not numbers:
        return signs[0]
    unit = form.unit(path)
    if not unit:
        return Number(sum((number.value for number in numbers), Decimal(0)))
    yuan = sum((in_yuan(number, unit) for number in numbers), Decimal(0))
    return Number(yuan / _IN_YUAN[unit], unit)


def in_yuan(amount: Number, unit: str) -> Decimal:
    """Return an amount in 元; one printed without a unit is in the form's `unit`."""
    return amount.value * _IN_YUAN[amount.unit or unit]
