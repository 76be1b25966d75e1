"""The statistics page for officials, as HTML, CSV and xlsx (issue 3 section 4)."""

import csv
import io
from collections.abc import Iterator
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.inforequests.staff.access import RequestsView
from gongkai.inforequests.staff.desk import FIRST_YEAR
from gongkai.inforequests.staff.tally import Tally, tally
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level, ReportingUnit, reporting_units
from gongkai.tables.facts import Period

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = tuple[str | int, ...]


class StatisticsView(RequestsView):
    """The figures of a year: of one organ, of the county's own level, of all that are seen."""

    template_name = "inforequests/statistics.html"
    page_title = "依申请公开统计"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the figures."""
        context = self.get_context_data(
            told=self.told,
            year=self.year,
            years=range(self.person.today.year, FIRST_YEAR - 1, -1),
            scopes=self.scopes,
            scope=self.scope,
            until=self.period.end,
            asked=request.GET.urlencode(),
        )
        return self.render_to_response(context)

    @cached_property
    def year(self) -> int:
        """The year asked for, this one unless told."""
        text, today = self.request.GET.get("year", ""), self.person.today
        known = text.isdecimal() and len(text) == 4 and FIRST_YEAR <= int(text) <= today.year
        return int(text) if known else today.year

    @cached_property
    def period(self) -> Period:
        """The days counted: the year, as far as it has gone."""
        whole = Period.of_year(self.year)
        return Period(whole.start, min(whole.end, self.person.today))

    @cached_property
    def units(self) -> list[ReportingUnit]:
        """The units that the person sees, each with the organs it answers for."""
        first = Organ.objects.filter(pk__in=self.person.sees).select_related("county").first()
        if first is None:
            return []
        found = reporting_units(first.county or first, self.period.start, self.period.end)
        return [unit for unit in found if set(unit.covered) & self.person.sees]

    @cached_property
    def scopes(self) -> list[tuple[str, str]]:
        """The choices of whose figures: all, the county's own level, each unit."""
        choices = [(str(unit.organ_id), unit.short_name) for unit in self.units]
        if len(self.units) <= 1:
            return choices
        own = any(unit.level is Level.OWN for unit in self.units)
        wide = [("", "全县" if own else "全部可见机关")]
        return wide + ([("own", Level.OWN.label)] if own else []) + choices

    @cached_property
    def scope(self) -> str:
        """The choice made."""
        asked = self.request.GET.get("scope", "")
        return asked if asked in dict(self.scopes) else (self.scopes[0][0] if self.scopes else "")

    @cached_property
    def told(self) -> Tally:
        """The figures of the choice."""
        chosen = self.units
        if self.scope == "own":
            chosen = [unit for unit in self.units if unit.level is Level.OWN]
        elif self.scope:
            chosen = [unit for unit in self.units if str(unit.organ_id) == self.scope]
        return tally(self.period, chosen, by_unit=not self.scope)

    def rows(self) -> Iterator[Row]:
        """Yield the figures as one table: what, of which kind, the number."""
        scope = dict(self.scopes).get(self.scope, "")
        yield ("项目", "分类", "数量")
        yield ("统计范围", f"{self.year}年{scope}", f"截至{self.period.end:%Y-%m-%d}")
        for name, figure in self.told.sums:
            yield ("合计", name, figure.value)
        yield ("合计", "按期答复率", self.told.rate)
        yield ("合计", "答复用时中位数（工作日）", self.told.median)
        for part in self.told.breakdowns:
            for line in part.lines:
                yield (part.title, line.bar.label, line.figure.value)
        for unit in self.told.units:
            for name, value in (
                ("新收", unit.received.value),
                ("办结", unit.concluded.value),
                ("期末未办结", unit.pending.value),
                ("按期答复", unit.on_time.value),
                ("有期限的答复", unit.answered.value),
            ):
                yield (f"{unit.name}", name, value)

    def file_name(self, ending: str) -> str:
        """Return the name of a file with these figures."""
        scope = dict(self.scopes).get(self.scope, "")
        return f"依申请公开统计-{self.year}-{scope}.{ending}"


class CsvView(StatisticsView):
    """The same figures as CSV, in UTF-8 with the mark that spreadsheets look for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        out = io.StringIO()
        csv.writer(out).writerows([_harmless(cell) for cell in row] for row in self.rows())
        response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
        name = self.file_name("csv")
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


class XlsxView(StatisticsView):
    """The same figures as a workbook."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        head, *rows = self.rows()
        columns = tuple(
            Column(str(name), width) for name, width in zip(head, (30, 36, 16), strict=True)
        )
        book = write_tables([SheetOut("统计", columns, tuple(rows))])
        response = HttpResponse(book, content_type=_XLSX)
        name = self.file_name("xlsx")
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


def _harmless(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{cell}"
    return cell
