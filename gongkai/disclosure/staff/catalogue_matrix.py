"""The coverage of a catalogue on one page, the list behind each place, items of Art. 20 and 21."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.disclosure.models import StandardCatalogue
from gongkai.disclosure.queries.catalogue_coverage import (
    Coverage,
    CoverageState,
    LegalCell,
    OrganLine,
    Tally,
    catalogue_coverage,
    legal_coverage,
)
from gongkai.disclosure.staff.catalogue_access import CataloguePage
from gongkai.orgs.models import Organ, OrganKind
from gongkai.statute.disclosure import ARTICLE_20, ARTICLE_21_COUNTY, ARTICLE_21_TOWNSHIP


@dataclass(frozen=True, slots=True)
class Shown:
    """A place of the matrix as it is drawn: how it stands in a class and in words."""

    tally: Tally | None
    look: str
    words: str
    url: str = ""


def shown(tally: Tally | None, url: str) -> Shown:
    """Return how a tally is drawn: nothing owed, whole, late, some empty, all empty."""
    if tally is None or not tally.total:
        return Shown(None, "none", "无")
    if not tally.empty and not tally.late:
        return Shown(tally, "whole", "齐全", url)
    if tally.empty == tally.total:
        return Shown(tally, "blank", "空白", url)
    return Shown(tally, "gaps" if tally.empty else "late", "有缺" if tally.empty else "超期", url)


class MatrixPage(CataloguePage):
    """Organs down, fields across: how many items are published, late, empty."""

    template_name = "disclosure/catalogue/matrix.html"
    page_title = "目录覆盖情况"
    header_icon = "table"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the matrix; a department sees its own line."""
        held = self.catalogue(pk)
        seen = catalogue_coverage(held, self.person.today, organ_ids=self.own_organs(held))
        codes = {code for _, code in seen.cells}
        fields = [field for field in seen.fields if field.code in codes]
        idle = [field.name for field in seen.fields if field.code not in codes]
        context = self.get_context_data(
            catalogue=held,
            today=self.person.today,
            fields=fields,
            idle=idle,
            lines=[_line(held, seen, organ, fields) for organ in seen.organs],
            totals=[
                shown(seen.total(code=field.code), _url(held, code=field.code)) for field in fields
            ],
            total=seen.total(),
            unassigned=seen.unassigned if self.own_organs(held) is None else (),
        )
        return self.render_to_response(context)

    def get_page_subtitle(self) -> str:
        """Return the catalogue's title."""
        return self.catalogue(self.kwargs["pk"]).title


def _url(held: StandardCatalogue, organ: int | None = None, code: str = "") -> str:
    parts = {"organ": organ, "field": code}
    query = "&".join(f"{name}={value}" for name, value in parts.items() if value)
    return f"{reverse('disclosure:catalogue_behind', args=[held.pk])}?{query}"


def _line(
    held: StandardCatalogue, seen: Coverage, organ: OrganLine, fields: list[Any]
) -> tuple[OrganLine, Shown, list[Shown]]:
    cells = [
        shown(seen.cells.get((organ.id, field.code)), _url(held, organ.id, field.code))
        for field in fields
    ]
    return organ, shown(seen.total(organ.id), _url(held, organ.id)), cells


class BehindPage(CataloguePage):
    """The items behind a place of the matrix: which are empty, late, published."""

    template_name = "disclosure/catalogue/behind.html"
    page_title = "事项清单"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the list of an organ, a field, a state, or any of them together."""
        held = self.catalogue(pk)
        organ_id = self._organ(request)
        code = request.GET.get("field", "")
        state = request.GET.get("state", "")
        seen = catalogue_coverage(held, self.person.today, organ_ids=self.own_organs(held))
        names = {organ.id: organ.name for organ in seen.organs}
        if organ_id is not None and organ_id not in names:
            raise Http404
        fields = {field.code: field.name for field in seen.fields}
        rows = [row for row in seen.behind(organ_id, code) if state in ("", row.state)]
        order = list(CoverageState)[::-1]
        rows.sort(key=lambda row: order.index(row.state))
        about = [names.get(organ_id, ""), fields.get(code, "")]
        self.page_title = " · ".join([part for part in about if part]) or "事项清单"
        context = self.get_context_data(
            catalogue=held,
            rows=[(row, names[row.organ_id], fields.get(row.field_code, "")) for row in rows],
            states=[(each.value, each.label) for each in CoverageState],
            state=state,
            organ_id=organ_id,
            code=code,
        )
        return self.render_to_response(context)

    def _organ(self, request: HttpRequest) -> int | None:
        told = request.GET.get("organ", "")
        if not told:
            return None
        if not (told.isascii() and told.isdecimal() and len(told) < 10):
            raise Http404
        return int(told)


class LegalPage(CataloguePage):
    """法定主动公开内容: organs down, items of Art. 20 and 21 across."""

    template_name = "disclosure/catalogue/legal.html"
    page_title = "法定主动公开内容覆盖情况"
    header_icon = "table"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the matrix of a county that the person sees some organ of."""
        seen = self.person.sees
        counties = {pk for pair in seen.values_list("pk", "county_id") for pk in pair if pk}
        county = get_object_or_404(
            Organ.objects.filter(pk__in=counties, kind=OrganKind.COUNTY_GOVERNMENT), pk=pk
        )
        own = frozenset(seen.values_list("pk", flat=True))
        held = legal_coverage(county, self.person.today)
        blocks = []
        for title, town, items in (
            ("县政府和部门", False, (*ARTICLE_20, *ARTICLE_21_COUNTY)),
            ("乡镇政府", True, (*ARTICLE_20, *ARTICLE_21_TOWNSHIP)),
        ):
            with_section = [item for item in items if item.code not in held.without_section]
            lines = [
                (organ, [_legal(held.cells.get((organ.id, item.code))) for item in with_section])
                for organ in held.organs
                if organ.id in own and (organ.kind == OrganKind.TOWNSHIP) is town
            ]
            if lines:
                blocks.append((title, with_section, lines))
        context = self.get_context_data(
            county=county,
            blocks=blocks,
            today=self.person.today,
            missing=[item for item in _every() if item.code in held.without_section],
        )
        return self.render_to_response(context)


def _every() -> list[Any]:
    return [*ARTICLE_20, *ARTICLE_21_COUNTY, *ARTICLE_21_TOWNSHIP]


def _legal(cell: LegalCell | None) -> tuple[str, str, int]:
    if cell is None:
        return "none", "无", 0
    looks = {
        CoverageState.PUBLISHED: "whole",
        CoverageState.LATE: "late",
        CoverageState.EMPTY: "blank",
    }
    return looks[cell.state], cell.state.label, cell.published.count
