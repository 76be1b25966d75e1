"""Screens of an appraisal as a whole: list, indicators, organs by place, steps, the workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.orgs.queries import Level
from gongkai.oversight import actions, queries
from gongkai.oversight.lifecycle import AppraisalState, OversightError
from gongkai.oversight.models import Appraisal, Indicator
from gongkai.oversight.queries import UnitLine
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.scoring import Method
from gongkai.oversight.staff.access import (
    XLSX,
    FormView,
    OfficeForm,
    OversightView,
    or_404,
    refuse_unless,
    sent,
)
from gongkai.oversight.staff.appraisal_forms import AppraisalForm, IndicatorForm, ShowForm
from gongkai.oversight.staff.plan_forms import SureForm
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import (
    LONG,
    MOST,
    NUMBER,
    SHORT,
    Cell,
    Link,
    Table,
    day,
    heads,
    points,
)

_S = AppraisalState
_DRAFTED_HEADS = heads(
    ("二级指标", MOST),
    ("一级指标", SHORT),
    ("分值", NUMBER),
    ("计分方式", LONG),
    ("评分标准", LONG),
    ("办理", SHORT),
)


class AppraisalsView(OversightView):
    """The appraisals this person sees."""

    page_title = "考核"
    tab = "appraisals"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        rows = [
            (
                Cell(each.title, url("appraisal", each.pk)),
                Cell(each.year),
                Cell(each.get_state_display()),
                Cell(day(each.self_due_on)),
                Cell(day(each.confirmed_on)),
            )
            for each in self.person.appraisals[:50]
        ]
        head = heads(("名称", MOST), ("年度", NUMBER), ("状态", SHORT), ("自评期限", SHORT),
                     ("确认日期", SHORT))  # fmt: skip
        links = (
            [Link("制定考核", url("draft_appraisal"), main=True)] if self.person.counties else []
        )
        table = Table("", head, rows, "还没有考核。政务公开办制定指标、下发后，各单位在这里自评。")
        return self.show(tables=[table], links=links)


class AppraisalScreen(OversightView):
    """A screen of one appraisal."""

    def appraisal(self) -> Appraisal:
        """Return the appraisal if this person sees it; else 404."""
        rows = self.person.appraisals.select_related("county")
        return or_404(rows.filter(pk=self.kwargs["pk"]).first())

    def trail(self) -> list[tuple[str, str]]:
        """Return the list."""
        return [(url("appraisals"), "考核")]


class AppraisalView(AppraisalScreen):
    """One appraisal: its indicators while drafted, then its organs, ranked once shown."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        appraisal = self.appraisal()
        self.page_title = appraisal.title
        keeps = self.person.keeps(appraisal.county_id)
        drafted = appraisal.state == _S.DRAFT
        lines = [] if drafted else queries.unit_lines(appraisal, self.person.units_of(appraisal))
        tables = [] if drafted else [
            self.ranking(level, [each for each in lines if each.unit.level == level], appraisal)
            for level in (Level.DEPARTMENTS, Level.TOWNSHIPS)
        ]  # fmt: skip
        if keeps and appraisal.state == _S.SHOWN:
            tables.insert(0, _objections(appraisal))
        tables.append(_indicators(appraisal, keeps and drafted))
        total = queries.sum_of_points(appraisal)
        until = (
            f"，{day(appraisal.object_until)}前可以提出异议" if appraisal.state == _S.SHOWN else ""
        )
        return self.show(
            state=appraisal.get_state_display(),
            said=f"统计{day(appraisal.starts_on)}至{day(appraisal.ends_on)}的记录；"
            f"自评期限{day(appraisal.self_due_on)}{until}。",
            lines=[f"指标分值合计{points(total)}分，满分{points(appraisal.full)}分。"]
            if total != appraisal.full
            else [],
            bad=drafted and total != appraisal.full,
            links=self.links(appraisal, keeps),
            tables=[each for each in tables if each.rows or each.empty],
        )

    def ranking(self, level: Level, lines: list[UnitLine], appraisal: Appraisal) -> Table:
        """Return the organs of a layer: by place once shown, with what is left to do before."""
        ranked = appraisal.state in (_S.SHOWN, _S.CONFIRMED)
        rows = []
        for line in lines:
            opens = self.person.opens(line.unit)
            link = url("unit", line.unit.pk) if opens else ""
            name = Cell(line.unit.organ.short_name, link)
            if ranked:
                rows.append((name, Cell(line.rank), Cell(points(line.total)), Cell(line.grade)))
            else:
                done = (line.rated, line.scored, line.checked)
                rows.append((name, *(Cell(f"{each}/{line.indicators}") for each in done),
                             Cell(points(line.total))))  # fmt: skip
        names = (
            (("单位", MOST), ("名次", NUMBER), ("总分", NUMBER), ("等次", SHORT))
            if ranked
            else (("单位", MOST), ("已自评", NUMBER), ("已打分", NUMBER), ("已复核", NUMBER),
                  ("得分合计", NUMBER))
        )  # fmt: skip
        return Table(level.label, heads(*names), rows)

    def links(self, appraisal: Appraisal, keeps: bool) -> list[Link]:
        """Return what may be done now."""
        pk, state = appraisal.pk, appraisal.state
        steps = {
            _S.DRAFT: [
                Link("添加指标", url("add_indicator", pk), main=True),
                Link("下发指标、开始自评", url("open_rating", pk)),
            ],
            _S.RATING: [Link("结束自评、开始评审", url("begin_review", pk), main=True)],
            _S.REVIEW: [Link("公示结果", url("show_results", pk), main=True)],
        }
        found = list(steps.get(AppraisalState(state), ())) if keeps else []
        if state == _S.SHOWN and appraisal.county_id in self.person.headed_ids:
            found.append(Link("确认结果", url("confirm_results", pk), main=True))
        if state != _S.DRAFT and (keeps or appraisal.county_id in self.person.headed_ids):
            found.append(Link("下载得分表", url("appraisal_xlsx", pk)))
        return found


class AppraisalXlsxView(AppraisalScreen):
    """Every score of an appraisal as a workbook, for its keepers and heads."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it."""
        appraisal = self.appraisal()
        seen = self.person.keeps(appraisal.county_id)
        refuse_unless(seen or appraisal.county_id in self.person.headed_ids)
        lines = queries.unit_lines(appraisal, self.person.units_of(appraisal))
        indicators = list(appraisal.indicators.all())
        rows = []
        for line in lines:
            given = {each.indicator_id: each.given for each in queries.ratings_of(line.unit)}
            cells = [points(given.get(each.pk)) for each in indicators]
            rows.append(
                (
                    Level(line.unit.level).label,
                    line.rank or "",
                    line.unit.organ.short_name,
                    line.total,
                    line.grade,
                    *cells,
                )
            )
        columns = [Column("组别", 12), Column("名次", 8), Column("单位", 20), Column("总分", 10),
                   Column("等次", 10)]  # fmt: skip
        columns += [Column(f"{each.item}（{points(each.points)}分）", 14) for each in indicators]
        data = write_tables([SheetOut("得分", tuple(columns), tuple(rows))])
        return sent(data, XLSX, f"{appraisal.title}得分表.xlsx")


class DraftAppraisalView(OfficeForm):
    """Begin an appraisal."""

    page_title = button = "制定考核"
    done = "已建立，请添加指标，分值合计等于满分后下发。"

    def form(self, *args: Any) -> AppraisalForm:
        """Return the form with the usual days of the year."""
        today = self.person.today
        earlier = Appraisal.objects.filter(county=self.county).order_by("-year")
        initial = {
            "year": today.year,
            "starts_on": today.replace(month=1, day=1),
            "ends_on": today.replace(month=12, day=31),
            "full": 100,
        }
        return AppraisalForm(*args, earlier=earlier, initial=initial)

    def take(self, form: AppraisalForm) -> str:
        """Begin it."""
        like = form.cleaned_data["like"]
        made = actions.draft_appraisal(self.county, told=form.told(), like=like, **self.who)
        return url("appraisal", made.pk)

    def back(self) -> str:
        """Return the list."""
        return url("appraisals")


class KeptAppraisalForm(FormView, AppraisalScreen):
    """A form of an appraisal for its keeper."""

    def open(self) -> None:
        """Find the appraisal."""
        self.held = self.appraisal()
        refuse_unless(self.person.keeps(self.held.county_id))

    def back(self) -> str:
        """Return the appraisal."""
        return url("appraisal", self.held.pk)

    def extra(self) -> dict[str, Any]:
        """Return the name of the appraisal."""
        return {"about": self.held.title}


class AddIndicatorView(KeptAppraisalForm):
    """Add an indicator."""

    page_title = button = "添加指标"

    def form(self, *args: Any) -> IndicatorForm:
        """Return the form."""
        return IndicatorForm(*args, initial={"method": Method.BY_HAND})

    def take(self, form: IndicatorForm) -> str:
        """Add it."""
        actions.add_indicator(self.held, told=form.told(), **self.who)
        return self.back()


class IndicatorScreen(OversightView):
    """An indicator of an appraisal that is drafted, for its keeper."""

    def indicator(self) -> Indicator:
        """Return it, or refuse."""
        rows = Indicator.objects.select_related("appraisal__county")
        seen = rows.filter(appraisal__in=self.person.appraisals.order_by())
        found = or_404(seen.filter(pk=self.kwargs["pk"]).first())
        refuse_unless(self.person.keeps(found.appraisal.county_id))
        return found


class ChangeIndicatorView(FormView, IndicatorScreen):
    """Change an indicator."""

    page_title = "修改指标"

    def open(self) -> None:
        """Find it."""
        self.row = self.indicator()

    def form(self, *args: Any) -> IndicatorForm:
        """Return the form with what is told."""
        names = ("group", "item", "standard", "points", "method", "figure", "each", "target")
        return IndicatorForm(*args, initial={name: getattr(self.row, name) for name in names})

    def take(self, form: IndicatorForm) -> str:
        """Change it."""
        actions.change_indicator(self.row, told=form.told(), **self.who)
        return self.back()

    def back(self) -> str:
        """Return the appraisal."""
        return url("appraisal", self.row.appraisal_id)


class RemoveIndicatorView(IndicatorScreen):
    """Take an indicator out."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it."""
        row = self.indicator()
        try:
            actions.remove_indicator(row, **self.who)
        except OversightError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已删除。")
        return redirect(url("appraisal", row.appraisal_id))


class StepView(KeptAppraisalForm):
    """A step of the whole appraisal that needs no more than a button."""

    verb: Any = None

    def form(self, *args: Any) -> SureForm:
        """Return the form."""
        return SureForm(*args)

    def take(self, form: SureForm) -> str:
        """Take the step."""
        type(self).verb(self.held, **self.who)
        return self.back()


class OpenRatingView(StepView):
    """Hand the indicators down."""

    page_title = button = "下发指标、开始自评"
    hint = "下发后，指标不再修改；本县各部门、乡镇都列入考核，可以自评。"
    done = "已下发，各单位可以自评。"
    verb = actions.open_rating


class BeginReviewView(StepView):
    """End self-rating, take the figures."""

    page_title = button = "结束自评、开始评审"
    hint = "按数据计分的指标现在取数、计分，数据从此不变；其他指标由工作人员打分，再由另一人复核。"
    done = "已取数，请逐个单位打分、复核。"
    verb = actions.begin_review


class ConfirmView(StepView):
    """Fix the result; heads and leaders do."""

    page_title = button = "确认结果"
    hint = "确认后，总分、名次、等次固定，不再变动。"
    done = "结果已确认。"
    verb = actions.confirm_results

    def open(self) -> None:
        """Find the appraisal, for a head."""
        self.held = self.appraisal()
        refuse_unless(self.held.county_id in self.person.headed_ids)


class ShowView(KeptAppraisalForm):
    """Show the result to the organs."""

    page_title = button = "公示结果"
    hint = "公示后，各单位可以看到本单位各项得分和全县排名，在期限内可以提出异议。"
    done = "已公示。"

    def form(self, *args: Any) -> ShowForm:
        """Return the form."""
        return ShowForm(*args)

    def take(self, form: ShowForm) -> str:
        """Show it."""
        actions.show_results(self.held, **form.cleaned_data, **self.who)
        return self.back()


def _objections(appraisal: Appraisal) -> Table:
    rows = [
        (
            Cell(each.rating.unit.organ.short_name, url("rating", each.rating_id)),
            Cell(each.rating.indicator.item),
            Cell(each.reason, more=each.made_by),
            Cell("答复异议", url("answer_objection", each.pk)),
        )
        for each in queries.open_objections(appraisal)
    ]
    head = heads(("单位", SHORT), ("指标", SHORT), ("异议理由", MOST), ("办理", SHORT))
    return Table("待答复的异议", head, rows)


def _indicators(appraisal: Appraisal, drafted: bool) -> Table:
    rows = []
    for each in appraisal.indicators.all():
        told = Method(each.method).label
        if each.figure:
            told += f"：{FIGURES[each.figure].label}" if each.figure in FIGURES else ""
        if each.each is not None:
            told += f"，每件扣{points(each.each)}分"
        if each.target is not None:
            told += f"，目标{points(each.target)}"
        row = [Cell(each.item), Cell(each.group), Cell(points(each.points)), Cell(told),
               Cell(each.standard or "—")]  # fmt: skip
        if drafted:
            row.append(Cell("修改", url("change_indicator", each.pk)))
        rows.append(row)
    head = _DRAFTED_HEADS if drafted else _DRAFTED_HEADS[:-1]
    return Table("指标", head, rows, "还没有指标。" if appraisal.state == _S.DRAFT else "")
