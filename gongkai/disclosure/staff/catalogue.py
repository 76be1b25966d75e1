"""Screens of the catalogues: the list, one catalogue with its fields, one field with its items."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from gongkai.adapters.catalogue_xlsx import write_catalogue
from gongkai.disclosure.models import CatalogueField
from gongkai.disclosure.queries.catalogue import (
    fields_on,
    items_on,
    organs_of_items,
    standing_on,
    tables_of,
)
from gongkai.disclosure.queries.catalogue_coverage import CoverageState, catalogue_coverage
from gongkai.disclosure.rules.time_limits import limit_of
from gongkai.disclosure.staff.catalogue_access import CataloguePage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class IndexPage(CataloguePage):
    """The catalogues of the county, those in force first."""

    template_name = "disclosure/catalogue/index.html"
    page_title = "标准目录"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        today = self.person.today
        held = list(self.catalogues.order_by("county__order", "level", "-valid_from"))
        standing = set(self.catalogues.filter(standing_on(today)).values_list("pk", flat=True))
        context = self.get_context_data(
            lines=[(each, each.pk in standing) for each in held],
            keeps_any=bool(self.kept_counties),
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this screen, which is the first of its kind."""
        return [*self.breadcrumbs_items[:1], {"url": "", "label": self.page_title}]


class OneCataloguePage(CataloguePage):
    """One catalogue: its fields with how many items and how they stand."""

    template_name = "disclosure/catalogue/catalogue.html"
    page_title = "标准目录"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the fields."""
        catalogue = self.catalogue(pk)
        self.page_title = catalogue.title
        today = self.person.today
        own = self.own_organs(catalogue)
        coverage = catalogue_coverage(catalogue, today, organ_ids=own)
        counts: dict[str, int] = {}
        for code in items_on(catalogue, today, organ_ids=own).values_list("field__code", flat=True):
            counts[code] = counts.get(code, 0) + 1
        context = self.get_context_data(
            catalogue=catalogue,
            fields=[
                (field, counts.get(field.code, 0), coverage.total(code=field.code))
                for field in fields_on(catalogue, today)
            ],
            total=coverage.total(),
            unassigned=coverage.unassigned if own is None else (),
            keeps=self.keeps(catalogue),
            own_only=own is not None,
        )
        return self.render_to_response(context)


class FieldPage(CataloguePage):
    """One field with its items, what they lead to and how they stand."""

    template_name = "disclosure/catalogue/field.html"
    page_title = "领域"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the items; a department those that it owes."""
        fields = CatalogueField.objects.filter(catalogue__in=self.catalogues)
        field = get_object_or_404(fields.select_related("catalogue__county"), pk=pk)
        self.page_title = field.name
        catalogue, today = field.catalogue, self.person.today
        own = self.own_organs(catalogue)
        items = list(items_on(catalogue, today, field.code, organ_ids=own))
        organs = organs_of_items([item.pk for item in items])
        states: dict[int, list[CoverageState]] = {}
        for row in catalogue_coverage(catalogue, today, organ_ids=own).behind(code=field.code):
            states.setdefault(row.item_id, []).append(row.state)
        context = self.get_context_data(
            field=field,
            catalogue=catalogue,
            lines=[
                (
                    item,
                    organs.get(item.pk, ()),
                    _worst(states.get(item.pk, [])),
                    limit_of(item.limit_value, item.limit_unit),
                )
                for item in items
            ],
            keeps=self.keeps(catalogue),
            own_only=own is not None,
            standing=field.valid_to is None,
        )
        return self.render_to_response(context)


def _worst(states: list[CoverageState]) -> CoverageState | None:
    order = (CoverageState.EMPTY, CoverageState.LATE, CoverageState.PUBLISHED)
    return next((state for state in order if state in states), None)


class ExportDownload(CataloguePage):
    """A catalogue, or one field of it, as a workbook; a department gets the rows it owes."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the workbook."""
        catalogue = self.catalogue(pk)
        code = request.GET.get("field", "")
        today = self.person.today
        own = self.own_organs(catalogue)
        tables = [
            table
            for table in tables_of(catalogue, today, code, organ_ids=own)
            if table.rows or code
        ]
        name = f"{tables[0].name if code and tables else catalogue.title}.xlsx"
        response = HttpResponse(write_catalogue(tables), content_type=XLSX)
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response
