"""The page of a cell, or of a figure that prose names: the records that add up to it, their sum."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.views import View

from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import Return
from gongkai.annualreport.queries import permissions
from gongkai.annualreport.queries.frozen import figures_in, sheet_of
from gongkai.annualreport.rules.figures import plain
from gongkai.annualreport.rules.named_figures import NAMED
from gongkai.annualreport.sources.cells import (
    CellRecords,
    records_behind_cell,
    records_behind_figure,
)
from gongkai.annualreport.staff.base import or_404
from gongkai.annualreport.staff.board import YearMixin
from gongkai.annualreport.staff.tables import path_from
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level
from gongkai.tables.editions import EDITIONS
from gongkai.tables.facts import Record
from gongkai.tables.sheet import CellPath

_PER_PAGE = 100
# Where a record's page has a name of its own.
_PAGES = {
    "disclosure": "disclosure:entry",
    "servicehall": "servicehall:item",
    "servicehall.case": "servicehall:case",
    "servicehall.hall": "servicehall:hall",
    "oversight.task": "oversight:task",
    "oversight.event": "oversight:event",
    "oversight.unit": "oversight:unit",
    "oversight.evaluation": "oversight:evaluation",
    "oversight.case": "oversight:case",
}


class BehindView(YearMixin):
    """The records behind one number of a return, a layer or the county."""

    template_name = "annualreport/cell.html"

    @cached_property
    def whose(self) -> Return | Level | None:
        """The return, the layer or the whole county (None) of the address."""
        name = self.kwargs["whose"]
        kind, _, key = name.partition("-")
        if kind == "return" and _is_key(key):
            seen = permissions.returns_seen_by(self.user, self.year, self.today)
            return or_404(seen.filter(pk=int(key)).first())
        if not self.sees_county:
            raise PermissionDenied
        if name == "COUNTY":
            return None
        if name not in Level.__members__:
            raise Http404("没有这一层级。")
        return Level[name]

    @property
    def whose_name(self) -> str:
        """Whose figure this is, in Chinese."""
        whose = self.whose
        if whose is None:
            return "全县"
        return whose.label if isinstance(whose, Level) else whose.organ_name

    def trail(self) -> list[tuple[str, str]]:
        """Return the board and the return or the consolidation between."""
        trail = [(self.board_url(), str(self.year))]
        if isinstance(self.whose, Return):
            url = reverse("annualreport:return", args=[self.whose.pk])
            return [*trail, (url, self.whose.organ_name)]
        return [*trail, (reverse("annualreport:consolidation", args=[self.year.pk]), "汇总")]

    @cached_property
    def behind(self) -> CellRecords:
        """The records behind the number today."""
        raise NotImplementedError

    def _frozen(self) -> str:
        """Return what the return has frozen of it; "" while it is open."""
        raise NotImplementedError

    def get_page_title(self) -> str:
        """Return what the number is called."""
        return self.behind.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of records with links, the sum, the frozen figure beside it."""
        page = Paginator(self.behind.records, _PER_PAGE).get_page(self.request.GET.get("p"))
        organs = Organ.objects.in_bulk({record.organ_id for record in page.object_list})
        total = plain(self.behind.total)
        frozen = self._frozen()
        printed = frozen.removesuffix(self.behind.unit)
        return super().get_context_data(
            year=self.year,
            whose=self.whose_name,
            behind=self.behind,
            page=page,
            records=[
                (record, organs[record.organ_id].short_name, plain(record.adds), _url(record))
                for record in page.object_list
            ],
            total=total,
            frozen=frozen,
            differs=bool(frozen) and printed != total,
            **kwargs,
        )


class CellView(BehindView):
    """The records behind a cell of the tables."""

    @cached_property
    def path(self) -> CellPath:
        """The cell of the address."""
        path = path_from(self.kwargs["path"])
        if path is None or path not in EDITIONS[self.year.edition]:
            raise Http404("本年度的报告格式没有这一格。")
        return path

    @cached_property
    def behind(self) -> CellRecords:
        """The records behind the cell today."""
        return records_behind_cell(self.year, self.whose, self.path)

    def _frozen(self) -> str:
        if not isinstance(self.whose, Return) or self.whose.state == ReturnState.DRAFT:
            return ""
        form = EDITIONS[self.year.edition]
        return form.text(self.path, sheet_of(self.whose)[self.path])


class FigureView(BehindView):
    """The records behind a figure that only prose names; of a rate those of its numerator."""

    @cached_property
    def behind(self) -> CellRecords:
        """The records behind the figure today."""
        name = self.kwargs["name"]
        if name not in NAMED:
            raise Http404("没有这一项数据。")
        return records_behind_figure(self.year, self.whose, name)

    def _frozen(self) -> str:
        if not isinstance(self.whose, Return) or self.whose.state == ReturnState.DRAFT:
            return ""
        figure = figures_in(self.whose).get(self.kwargs["name"])
        if figure is None:
            return ""
        return plain(figure.value if figure.numerator is None else figure.numerator)


def _is_key(text: str) -> bool:
    """Return whether the text can be a row's key; Python reads no number of thousands of digits."""
    return text.isdecimal() and len(text) <= 18


def _url(record: Record) -> str:
    """Return the address of a record in its own chapter; "" where it has no page."""
    kind, _, own_id = record.id.partition(":")
    try:
        return reverse(_PAGES.get(kind, f"{kind}:record"), args=[own_id])
    except NoReverseMatch:
        return ""


class RecordView(View):
    """From a typed id of this chapter ("return-3", "report-2", "year-1") to its page."""

    def get(self, request: HttpRequest, record: str) -> HttpResponse:
        """Go to the page; the page itself asks who may see it."""
        kind, _, key = record.partition("-")
        pages = {"return": "return", "report": "report", "year": "board"}
        if kind not in pages or not _is_key(key):
            raise Http404("没有这一记录。")
        return redirect(f"annualreport:{pages[kind]}", int(key))
