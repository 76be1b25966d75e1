"""The figures of a year in both editions of the report's table two, and the quarters told.

Every figure opens the batches behind it; beside the decisions stands how many were entered one
by one, so that a gap shows before the report is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.adapters import xlsx
from gongkai.registers import queries
from gongkai.registers.rules import DECIDED, FIGURES, RegisterKind
from gongkai.registers.staff.access import RegisterView
from gongkai.registers.staff.listing import download
from gongkai.registers.statistics import facts_by_organ
from gongkai.tables.facts import Measure, Period

FIRST_YEAR = 2008
HEADS = (
    "类别",
    "上年末项目",
    "本年增减",
    "年末项目",
    "处理决定",
    "逐件登记",
    "采购项目",
    "金额（元）",
)
_WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One register over a year; None for what it does not count. Amounts in 元."""

    kind: RegisterKind
    opening: Decimal | None
    change: Decimal | None
    closing: Decimal | None
    decisions: Decimal | None
    single: int | None
    projects: Decimal | None
    amount: Decimal | None

    @property
    def figures(self) -> tuple[Decimal | int | None, ...]:
        """The figures in the order of the heads."""
        counts = (self.opening, self.change, self.closing, self.decisions, self.single)
        return (*counts, self.projects, self.amount)

    @property
    def edition_2019(self) -> str:
        """What the form of 2019 and 2020 prints: stock, change and the rest."""
        if self.projects is not None:
            return f"采购项目{self.projects}，总金额{self.amount}元"
        told = f"上一年项目数量{self.opening}，本年增减{self.change}"
        return told if self.decisions is None else f"{told}，处理决定数量{self.decisions}"

    @property
    def edition_2021(self) -> str:
        """What the form since 2021 prints; "" where it does not ask."""
        if self.kind in DECIDED:
            return f"本年处理决定数量{self.decisions}"
        if self.kind is RegisterKind.FEE and self.amount is not None:
            return f"本年收费金额{(self.amount / _WAN).normalize():f}万元"
        return ""


class YearView(RegisterView):
    """A year of the organs a person sees, or of one of them."""

    template_name = "registers/year.html"

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the figures and the quarters."""
        organ_ids = self.prepare(request, year)
        context = self.get_context_data(
            year=year,
            heads=HEADS,
            lines=year_lines(organ_ids, year),
            quarters=queries.quarter_lines(organ_ids, year, self.person.today),
            organs=self.person.sees,
            chosen=self.chosen,
            years=sorted({year, *queries.years(organ_ids), self.person.today.year}, reverse=True),
        )
        return self.render_to_response(context)

    def prepare(self, request: HttpRequest, year: int) -> list[int]:
        """Return the organs asked for; 404 for a year that cannot be."""
        if not FIRST_YEAR <= year <= self.person.today.year:
            raise Http404
        self.page_title = f"{year}年汇总"
        seen = list(self.person.sees.values_list("pk", flat=True))
        asked = request.GET.get("organ", "")
        self.chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
        if self.chosen and self.chosen not in seen:
            raise Http404
        return [self.chosen] if self.chosen else seen

    def get_header_buttons(self) -> list[Any]:
        """Return nothing: the download stands beside the choices."""
        return []


class YearDownload(YearView):
    """The same as a workbook: one sheet of figures, one of quarters."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Send the workbook."""
        organ_ids = self.prepare(request, year)
        figures = tuple(
            (
                line.kind.label,
                *("" if each is None else each for each in line.figures),
                line.edition_2019,
                line.edition_2021,
            )
            for line in year_lines(organ_ids, year)
        )
        heads = (*HEADS, "2019、2020年度格式", "2021年度以后格式")
        quarters = tuple(
            (line.organ, line.kind.label, *(_told(each) for each in line.quarters))
            for line in queries.quarter_lines(organ_ids, year, self.person.today)
        )
        titles = ("填报机构", "类别", "第一季度", "第二季度", "第三季度", "第四季度")
        sheets = [
            xlsx.SheetOut(f"{year}年汇总", tuple(xlsx.Column(head, 18) for head in heads), figures),
            xlsx.SheetOut(
                "按季度填报情况", tuple(xlsx.Column(head, 18) for head in titles), quarters
            ),
        ]
        return download(xlsx.write_tables(sheets), f"统计台账{year}年汇总.xlsx")


def year_lines(organ_ids: Sequence[int], year: int) -> list[YearLine]:
    """Return the figures of a year, summed over organs, one line a register."""
    facts = facts_by_organ(Period.of_year(year), organ_ids)
    counted = queries.counted_by_kind(organ_ids, year)

    def total(kind: RegisterKind, aspect: str) -> Decimal:
        measure = Measure(f"register.{kind}", aspect)
        return sum((told[measure] for told in facts.values()), Decimal(0))

    lines = []
    for kind in RegisterKind:
        has = FIGURES[kind]
        stock = "item_change" in has
        opening = total(kind, "opening_items") if stock else None
        change = total(kind, "item_change") if stock else None
        single = sum(number for (_, each), number in counted.items() if each == kind)
        lines.append(
            YearLine(
                kind=kind,
                opening=opening,
                change=change,
                closing=None if opening is None or change is None else opening + change,
                decisions=total(kind, "decisions") if "decisions" in has else None,
                single=single if kind in DECIDED else None,
                projects=total(kind, "projects") if "projects" in has else None,
                amount=total(kind, "amount") if "amount" in has else None,
            )
        )
    return lines


def _told(quarter: queries.Quarter) -> str:
    if quarter.missing:
        return "未填报"
    return "已填报" if quarter.covered else ""
