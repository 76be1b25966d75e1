"""Screens of figures: what reports tell of the hall, each with the records that make it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.orgs.models import Organ
from gongkai.servicehall import statistics
from gongkai.servicehall.rules.amounts import in_wan
from gongkai.servicehall.staff.access import HallView
from gongkai.servicehall.staff.shown import NUMBER, Cell, Table, day, heads, number_of
from gongkai.tables.facts import Period, Record

SHOWN = 2_000
_REGISTERS = {
    "LICENCE": "行政许可",
    "OUTWARD_SERVICE": "其他对外管理服务事项",
    "PENALTY": "行政处罚",
    "COERCION": "行政强制",
    "PUBLIC_SERVICE": "公共服务（不列入报告表格）",
}
_PAGES = {
    "servicehall": "item",
    "servicehall.hall": "hall",
    "servicehall.case": "case",
    "servicehall.assistance": "assistance",
    "servicehall.zone": "zone",
}


class FiguresView(HallView):
    """The figures of a county for a year."""

    template_name = "servicehall/figures.html"
    page_title = "统计数字"
    part = "figures"
    at_part = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; ?year=2020 chooses the year, the last day of which they are told for."""
        county, year = self.county(), self.year(request)
        period = self.period(year)
        rows = [self.row(figure, year) for figure in statistics.figures(county, period)]
        stock = [
            [
                Cell(organ.short_name),
                Cell(_REGISTERS[name]),
                Cell(before),
                Cell(added),
                Cell(cancelled),
                Cell(added - cancelled),
                Cell(before + added - cancelled),
            ]
            for organ, name, before, added, cancelled in statistics.stock_by_organ(county, period)
        ]
        counts = ("上年末", "增加", "取消", "增/减", "期末")
        names = heads(("机构", "desk-most"), "类别", *((each, NUMBER) for each in counts))
        context = self.get_context_data(
            county=county,
            year=year,
            until=period.end,
            tables=[
                Table("报告用的数字", _FIGURES, rows),
                Table("事项增减（报告第二部分第五、六项）", names, stock, "没有在用的事项。"),
            ],
        )
        return self.render_to_response(context)

    def row(self, figure: statistics.Figure, year: int) -> list[Cell]:
        """Return a figure as a row, leading to its records."""
        link = f"{reverse('servicehall:behind', args=[figure.key])}?year={year}"
        value = f"{figure.value.normalize():,f}"
        if figure.denominator is not None:
            value = f"{figure.value:,f}"
            made = f"{figure.numerator:,f}项，共{figure.denominator:,f}项"
        elif figure.unit == "元":
            value, made = f"{figure.value:,.2f}", f"{in_wan(figure.value):,}万元"
        else:
            made = ""
        return [
            Cell(figure.label),
            Cell(value),
            Cell(figure.unit),
            Cell(made or "—"),
            self.to(link),
        ]

    def to(self, link: str) -> Cell:
        """Return the way to the records of a figure."""
        return Cell("查看清单", link)

    def county(self) -> Organ:
        """Return the county all of whose records this person sees; refuse whoever sees none."""
        found = Organ.objects.filter(pk__in=self.person.watched_counties).order_by("pk").first()
        if found is None:
            raise PermissionDenied
        return found

    def year(self, request: HttpRequest) -> int:
        """Return the year that is asked for, this year unless told."""
        asked = number_of(request.GET.get("year", ""))
        return asked if asked is not None and 2000 <= asked <= self.today.year else self.today.year

    def period(self, year: int) -> Period:
        """Return the days of a year, up to today."""
        return Period(date(year, 1, 1), min(date(year, 12, 31), self.today))


_FIGURES = heads(("名称", "desk-most"), ("数字", NUMBER), "单位", "说明", "清单")


class BehindView(FiguresView):
    """The records that add up to a figure."""

    template_name = "servicehall/list.html"
    at_part = False

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show them."""
        county, year = self.county(), self.year(request)
        try:
            records = statistics.behind(key, county, self.period(year))
        except KeyError:
            raise Http404("没有这个数字。") from None
        kind = statistics.FIGURES[statistics.RATES[key][1] if key in statistics.RATES else key]
        self.page_title = f"{kind.label}（{year}年）"
        organs = dict(
            Organ.objects.filter(pk__in={each.organ_id for each in records}).values_list(
                "pk", "short_name"
            )
        )
        rows = [
            [
                Cell(each.label, _page_of(each)),
                Cell(organs.get(each.organ_id, "")),
                Cell(day(each.on)),
                Cell(f"{each.adds:,f}"),
            ]
            for each in records[:SHOWN]
        ]
        names = heads(("记录", "desk-most"), "机构", "日期", (f"计入（{kind.unit}）", NUMBER))
        said = f"共{len(records)}条"
        said += f"，只显示前{SHOWN}条" if len(records) > SHOWN else ""
        table = Table(said, names, rows, "没有记录。")
        return self.render_to_response(self.get_context_data(tables=[table]))


def _page_of(record: Record) -> str:
    kind, _, key = record.id.partition(":")
    return reverse(f"servicehall:{_PAGES[kind]}", args=[key]) if kind in _PAGES else ""
