"""The county's sum, layer beside layer, and what has changed in the records since."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from gongkai.annualreport.lifecycle.reports import ReportState
from gongkai.annualreport.models import Report
from gongkai.annualreport.sources.county import County, county, does_not_add_up
from gongkai.annualreport.sources.drift import drift
from gongkai.annualreport.staff.board import YearMixin
from gongkai.annualreport.staff.tables import cell_url
from gongkai.orgs.queries import Level
from gongkai.tables.editions import EDITIONS
from gongkai.tables.forms import TABLE_NAMES
from gongkai.tables.sheet import CellPath, Table

_SHOWN = (ReportState.PUBLISHED, ReportState.FROZEN)


class ConsolidationView(YearMixin):
    """Every cell with 县本级, departments, townships and the county side by side."""

    template_name = "annualreport/consolidation.html"
    page_title = "汇总"

    def trail(self) -> list[tuple[str, str]]:
        """Return the board between."""
        return [(self.board_url(), str(self.year))]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the sum to those who may see the whole county."""
        if not self.sees_county:
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    @cached_property
    def frozen(self) -> Report | None:
        """The newest frozen version of the county's report, None before the first freeze."""
        reports = self.year.reports.filter(organ=self.year.county, state__in=_SHOWN)
        return reports.select_related("report_year").order_by("-version").first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of the three tables, V10 and the drift."""
        view = county(self.year)
        form = EDITIONS[self.year.edition]
        (requests,) = form.tables[Table.REQUESTS]
        column = self.request.GET.get("column", "t")
        if column not in requests.column_of:
            column = "t"
        return super().get_context_data(
            year=self.year,
            levels=[level.label for level in Level],
            tables=[(TABLE_NAMES[table], self._rows(view, table, column)) for table in Table],
            columns=[(each.code, each.label) for each in requests.columns],
            column=column,
            findings=does_not_add_up(view),
            drift=drift(self.frozen) if self.frozen else (),
            frozen=self.frozen,
            **kwargs,
        )

    def _rows(self, view: County, table: Table, column: str) -> list[dict[str, Any]]:
        form = EDITIONS[self.year.edition]
        rows = []
        for path in form.paths():
            if path.table is not table or (table is Table.REQUESTS and path.column != column):
                continue
            sums = [(level.value, view.layers[level]) for level in Level]
            cells = [
                (form.text(path, sheet[path]), cell_url(self.year, whose, path))
                for whose, sheet in (*sums, ("COUNTY", view.total))
            ]
            rows.append({"label": self._label(path), "cells": cells})
        return rows

    def _label(self, path: CellPath) -> str:
        """Return the cell's name without the table's, which stands over the rows."""
        return EDITIONS[self.year.edition].label(path).removeprefix(TABLE_NAMES[path.table]).strip()
