"""The figures of a period: every rate with its numerator, denominator and lists; the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.adapters import paper_docx, xlsx
from gongkai.hotline import queries, statistics
from gongkai.hotline.models import WorkOrder
from gongkai.hotline.rules.kpis import TOLD, Kpi, Part, Rate, Told
from gongkai.hotline.rules.month_report import RECEIVED
from gongkai.hotline.staff import reporting
from gongkai.hotline.staff.access import HotlineView
from gongkai.hotline.statistics import Period
from gongkai.orgs.models import Organ, OrganKind
from gongkai.tables.charts import bars

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 50
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_RECEIVED = Told("承接的工单", "", "本期受理的工单，作废的除外")
_SPANS = {"month": "月", "quarter": "季度", "year": "年"}


@dataclass(frozen=True, slots=True)
class Row:
    """A rate as a page shows it: what it is, its figures, where each list is, "" for nowhere."""

    label: str
    above: str
    below: str
    rate: Rate
    above_url: str
    below_url: str
    rest_url: str = ""

    @property
    def rest(self) -> int:
        """How many are below and not above."""
        return self.rate.missed


class FiguresView(HotlineView):
    """The rates of a month, quarter or year, by organ and by category."""

    template_name = "hotline/figures.html"
    page_title = "热线统计"

    @cached_property
    def span(self) -> str:
        """The length asked for."""
        asked = self.request.GET.get("span", "month")
        return asked if asked in _MONTHS else "month"

    @cached_property
    def period(self) -> Period:
        """The period asked for: that in which a day lies, the month before this one otherwise."""
        usual = self.person.today.replace(day=1) - timedelta(days=1)
        try:
            day = date.fromisoformat(self.request.GET.get("from", ""))
        except ValueError:
            day = usual
        if not 2000 <= day.year <= self.person.today.year:
            day = usual
        months = _MONTHS[self.span]
        first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
        return Period(first, _after(first, months) - timedelta(days=1), self.person.now)

    @cached_property
    def orders(self) -> QuerySet[WorkOrder]:
        """The orders that count: the county's, or those an organ has in hand."""
        if self.whole_county:
            return WorkOrder.objects.filter(organ_id__in=self.organ_ids)
        return statistics.of_organs(self.organ_ids)

    @property
    def county(self) -> Organ | None:
        """The county whose figures these are, where the person sees the whole of it."""
        if not self.whole_county:
            return None
        rows = Organ.objects.filter(pk__in=self.organ_ids, kind=OrganKind.COUNTY_GOVERNMENT)
        return rows.first()

    def figures(self) -> reporting.Figures:
        """Return all figures of the period."""
        orders, period = self.orders, self.period
        county = self.county
        told = statistics.tables(orders, period)
        return reporting.Figures(
            title=f"{self.whose}12345热线工单统计（{self.named}）",
            organ=self.whose,
            period=period,
            received=told.received,
            rates=told.rates,
            connected=statistics.connected(county, period) if county else None,
            organs=told.organs,
            categories=told.categories,
            kinds=statistics.by_kind(orders, period),
            sources=statistics.by_source(orders, period),
        )

    @property
    def whose(self) -> str:
        """The name of the county or of the organ."""
        if self.county is not None:
            return self.county.name
        first = Organ.objects.filter(pk__in=self.organ_ids).order_by("order", "code").first()
        return first.name if first else ""

    @property
    def named(self) -> str:
        """The period as it is written."""
        first = self.period.first
        if self.span == "year":
            return f"{first.year}年"
        if self.span == "quarter":
            return f"{first.year}年第{(first.month - 1) // 3 + 1}季度"
        return f"{first.year}年{first.month}月"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the figures."""
        told = self.figures()
        context = self.get_context_data(
            told=told,
            named=self.named,
            span=self.span,
            spans=_SPANS.items(),
            first=self.period.first,
            earlier=self.period.first - timedelta(days=1),
            later=self.period.last + timedelta(days=1),
            later_open=self.period.last < self.person.today,
            rows=self.rows(told.rates),
            organ_bars=bars([(line.name, line.received) for line in told.organs[:15]]),
            kind_bars=bars(told.kinds),
            source_bars=bars(told.sources),
            behind=reverse("hotline:behind"),
            query=urlencode({"span": self.span, "from": self.period.first.isoformat()}),
        )
        return self.render_to_response(context)

    def rows(self, rates: Mapping[Kpi, Rate]) -> list[Row]:
        """Return the rates with the addresses of their lists."""
        return [
            Row(
                *(told.label, told.above, told.below, rates[kpi]),
                *(self.behind(kpi, part) for part in (Part.ABOVE, Part.BELOW, Part.REST)),
            )
            for kpi, told in TOLD.items()
        ]

    def behind(self, kpi: Kpi, part: Part) -> str:
        """Return the address of the orders behind a number."""
        told = {"span": self.span, "from": self.period.first.isoformat()}
        asked = urlencode({**told, "kpi": kpi.value, "part": part.value})
        return f"{reverse('hotline:behind')}?{asked}"


class BehindView(FiguresView):
    """The orders that a numerator or a denominator counts."""

    template_name = "hotline/behind.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of them."""
        told, part, orders = self.counted()
        if handler := request.GET.get("handler"):
            orders = statistics.of_handler(orders, handler)
        if category := request.GET.get("category"):
            orders = statistics.of_category(orders, category)
        found = orders.select_related("organ", "handler")
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        self.page_title = f"{told.label}：{part.label}" if told.above else told.label
        context = self.get_context_data(
            rows=queries.order_rows(page.object_list, self.person.today),
            items=page,
            named=self.named,
            told=told,
            part=part.label,
            back=f"{reverse('hotline:figures')}?span={self.span}&from={self.period.first}",
            elided_page_range=page.paginator.get_elided_page_range(page.number),
        )
        return self.render_to_response(context)

    def counted(self) -> tuple[Told, Part, QuerySet[WorkOrder]]:
        """Return what the address asks for in words, and the orders that it counts; else 404."""
        asked = self.request.GET.get("kpi", "")
        if asked == RECEIVED:
            found = statistics.received(self.orders, self.period)
            return _RECEIVED, Part.BELOW, found.order_by("received_at", "number")
        try:
            kpi, part = Kpi(asked), Part(self.request.GET.get("part", ""))
        except ValueError:
            raise Http404 from None
        return TOLD[kpi], part, statistics.orders_behind(self.orders, self.period, kpi, part)


class FileView(FiguresView):
    """The figures as a Word file or a workbook."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Send the file."""
        told = self.figures()
        today = self.person.today
        if kind == "docx":
            body, media = paper_docx.render(reporting.paper(told, self.named, today)), DOCX
        else:
            body, media = xlsx.write_tables(reporting.sheets(told)), XLSX
        answer = HttpResponse(body, content_type=media)
        name = f"热线工单统计（{self.named}）.{kind}"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer


def _after(first: date, months: int) -> date:
    count = first.month - 1 + months
    return date(first.year + count // 12, count % 12 + 1, 1)
