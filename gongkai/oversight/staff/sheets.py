"""The sheets of a month, quarter, half-year or year, of any organ or the county (law.md 3.6)."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from gongkai.adapters import paper_docx, xlsx
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import ReportingUnit, reporting_units
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.kinds import Span
from gongkai.oversight.rules.scoring import Counted
from gongkai.oversight.rules.sheets import SHEETS, SheetTold, named, period_of
from gongkai.oversight.sources.asking import Figures, Part, count_all, records_behind
from gongkai.oversight.staff import sheet_files
from gongkai.oversight.staff.access import DOCX, XLSX, OversightView, sent
from gongkai.oversight.staff.behind import record_table
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import MOST, NUMBER, SHORT, Cell, Link, Table, heads
from gongkai.tables.facts import Period

_PRIVATE = "oversight.accountability"
WHOLE = 0  # the key of all units in sight together


class SheetView(OversightView):
    """One sheet: each figure with its number, which opens its records; then by organ."""

    page_title = "统计表"
    tab = "sheets"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        units = self.units
        if not units:
            raise PermissionDenied
        told = self.figures()
        title = f"{self.whose}{self.told.title}（{self.named}）"
        tables = [self.rows(told, title)]
        if not self.unit:
            tables.append(self.by_organ(told))
        return self.show(
            filters=self.filters(),
            links=[
                Link("下载 Word", f"{url('sheet_file', 'docx')}?{self.query}", main=True),
                Link("下载 Excel", f"{url('sheet_file', 'xlsx')}?{self.query}"),
                Link("上一期", f"?{self.moved(self.period.start - timedelta(days=1))}"),
                *self.later(),
            ],
            tables=tables,
        )

    @cached_property
    def sheet(self) -> str:
        """The sheet asked for."""
        asked = self.request.GET.get("sheet", "")
        return asked if asked in SHEETS else next(iter(SHEETS))

    @property
    def told(self) -> SheetTold:
        """What the sheet holds."""
        return SHEETS[self.sheet]

    @property
    def names(self) -> tuple[str, ...]:
        """The figures that this person may see."""
        hidden = set() if self.person.sees_cases else {_PRIVATE}
        return tuple(name for name in self.told.names if name not in hidden)

    @cached_property
    def span(self) -> Span:
        """The length asked for."""
        try:
            return Span(self.request.GET.get("span", ""))
        except ValueError:
            return Span.QUARTER

    @cached_property
    def period(self) -> Period:
        """The period asked for: that in which a day lies, the one before this otherwise."""
        today = self.person.today
        usual = period_of(self.span, today).start - timedelta(days=1)
        try:
            asked = date.fromisoformat(self.request.GET.get("from", ""))
        except ValueError:
            asked = usual
        return period_of(self.span, asked if 2000 <= asked.year <= today.year else usual)

    @property
    def named(self) -> str:
        """The period as it is written."""
        return named(self.span, self.period)

    @cached_property
    def units(self) -> list[ReportingUnit]:
        """The units in sight that existed in the period, each with whom it answers for."""
        found: list[ReportingUnit] = []
        for county in Organ.objects.filter(pk__in=self.person.home_ids).order_by("order", "code"):
            found += [
                unit
                for unit in reporting_units(county, self.period.start, self.period.end)
                if unit.organ_id in self.person.organ_ids
            ]
        return found

    @cached_property
    def unit(self) -> int:
        """The key of the one unit asked for; WHOLE for all."""
        asked, known = self.request.GET.get("organ", ""), {each.organ_id for each in self.units}
        if asked.isascii() and asked.isdigit() and len(asked) < 19 and int(asked) in known:
            return int(asked)
        return self.units[0].organ_id if len(self.units) == 1 else WHOLE

    @property
    def covering(self) -> Mapping[int, tuple[int, ...]]:
        """Whose records each unit in question answers for; WHOLE for all together."""
        chosen = [each for each in self.units if self.unit in (WHOLE, each.organ_id)]
        whole = tuple(sorted({pk for each in chosen for pk in each.covered}))
        return {each.organ_id: each.covered for each in chosen} | {WHOLE: whole}

    @property
    def whose(self) -> str:
        """The name of the unit, or of the county."""
        if self.unit:
            return next(each.name for each in self.units if each.organ_id == self.unit)
        return self.person.counties[0].name if self.person.counties else "全部可见单位"

    def figures(self) -> Figures:
        """Return every figure of the sheet by unit."""
        return count_all(self.names, self.period, self.covering, self.person.now)

    @property
    def query(self) -> str:
        """The choices as an address has them."""
        return self.moved(self.period.start)

    def moved(self, day: date) -> str:
        """Return the choices with the period in which a day lies."""
        told = {"sheet": self.sheet, "span": self.span.value, "from": day.isoformat()}
        return urlencode({**told, "organ": self.unit or ""})

    def later(self) -> list[Link]:
        """Return the way to the period after, once it has begun."""
        after = self.period.end + timedelta(days=1)
        return [Link("下一期", f"?{self.moved(after)}")] if after <= self.person.today else []

    def filters(self) -> list[dict[str, object]]:
        """Return what may be chosen."""
        sheets = [(key, each.title) for key, each in SHEETS.items()]
        spans = [(each.value, f"按{each.label}") for each in Span]
        organs = [(str(each.organ_id), each.short_name) for each in self.units]
        if len(organs) > 1:
            organs.insert(0, ("", "全部单位"))
        start = self.period.start.isoformat()
        return [
            {"name": "sheet", "label": "统计表", "choices": sheets, "value": self.sheet},
            {"name": "span", "label": "周期", "choices": spans, "value": self.span.value},
            {"name": "from", "label": "所在日期", "type": "date", "value": start},
            {"name": "organ", "label": "单位", "choices": organs, "value": str(self.unit or "")},
        ]

    def rows(self, told: Figures, title: str) -> Table:
        """Return the figures under their heads."""
        rows = []
        for group in self.told.groups:
            for name in (each for each in group.names if each in told):
                counted = told[name][WHOLE]
                rows.append(
                    (
                        Cell(FIGURES[name].label),
                        Cell(group.label),
                        self.number(name, counted, self.unit),
                        Cell(counted.percent if counted.below is not None else FIGURES[name].unit),
                    )
                )
        head = heads(("项目", MOST), ("类别", SHORT), ("数量", NUMBER), ("单位、比率", SHORT))
        note = "点数量看是哪些记录；比率写作分子/分母，点开先看分子，页上可以换看分母。"
        return Table(title, head, rows, note=note)

    def by_organ(self, told: Figures) -> Table:
        """Return the sheet's leading figures by unit."""
        columns = [name for name in self.told.columns if name in told]
        rows = [
            (
                Cell(unit.short_name, f"?{self.moved(self.period.start)}{unit.organ_id}"),
                *(self.number(name, told[name][unit.organ_id], unit.organ_id) for name in columns),
            )
            for unit in self.units
        ]
        names = [(FIGURES[name].label, NUMBER) for name in columns]
        return Table("各单位", heads(("单位", MOST), *names), rows)

    def number(self, name: str, counted: Counted, unit: int) -> Cell:
        """Return a number that opens its records."""
        told = {"sheet": self.sheet, "span": self.span.value}
        asked = {**told, "from": self.period.start.isoformat(), "organ": unit or "", "name": name}
        return Cell(counted.said, f"{url('sheet_behind')}?{urlencode(asked)}")


class BehindView(SheetView):
    """The records behind one number of a sheet."""

    tab = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of them."""
        name = request.GET.get("name", "")
        if not self.units or name not in self.names:
            raise Http404("没有这一项数据。")
        part = Part.BELOW if request.GET.get("part") == "below" else Part.ABOVE
        ids = self.covering[WHOLE]
        found = records_behind(name, self.period, ids, self.person.now, part)
        pages = Paginator(found, 50).get_page(request.GET.get("p"))
        self.page_title = FIGURES[name].label
        here = f"{self.query}&name={name}"
        links: tuple[Link, ...] = ()
        if FIGURES[name].is_rate:
            links = (Link("分子", f"?{here}&part=above", part is Part.ABOVE),
                     Link("分母", f"?{here}&part=below", part is Part.BELOW))  # fmt: skip
        total = Counted(sum((each.adds for each in found), Decimal(0))).said
        title = f"{self.whose}，{self.named}：{total}"
        return self.show(
            tables=[record_table(title, pages.object_list, links)],
            pages=pages,
            query=f"{here}&part={part.value}",
        )

    def trail(self) -> list[tuple[str, str]]:
        """Return the sheet."""
        return [(f"{url('sheets')}?{self.query}", "统计表")]


class FileView(SheetView):
    """A sheet as a Word file or a workbook."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Send it."""
        if not self.units:
            raise PermissionDenied
        told = self.figures()
        title = f"{self.whose}{self.told.title}（{self.named}）"
        units = [] if self.unit else self.units
        if kind == "docx":
            paper = sheet_files.paper(self.told, told, title, self.whose, units, self.person.today)
            return sent(paper_docx.render(paper), DOCX, f"{title}.docx")
        book = xlsx.write_tables(sheet_files.sheets(self.told, told, units))
        return sent(book, XLSX, f"{title}.xlsx")
