"""Screens of an appraisal as a whole: the list, one with its organs by place, the workbook."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.adapters.xlsx import Column, SheetOut, write_tables
from gongkai.orgs.queries import Level
from gongkai.oversight import queries
from gongkai.oversight.lifecycle import AppraisalState
from gongkai.oversight.models import Appraisal
from gongkai.oversight.queries import UnitLine
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.scoring import Method
from gongkai.oversight.staff.access import (
    XLSX,
    OversightView,
    or_404,
    refuse_unless,
    sent,
)
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
            lines=_notes(appraisal, total),
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
        if appraisal.published_at is None:
            steps[_S.CONFIRMED] = [Link("在网站公布排名", url("publish_ranking", pk), main=True)]
        else:
            steps[_S.CONFIRMED] = [Link("从网站撤下排名", url("unpublish_ranking", pk))]
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


def _notes(appraisal: Appraisal, total: Decimal) -> list[str]:
    found = []
    if total != appraisal.full:
        found.append(f"指标分值合计{points(total)}分，满分{points(appraisal.full)}分。")
    if appraisal.published_at is not None:
        on = timezone.localdate(appraisal.published_at)
        found.append(f"排名{day(on)}在网站公布。")
    return found


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
