"""Screens of one score: how it came to be, its records and proof, objections and answers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from gongkai.files.queries import panel
from gongkai.oversight import actions, queries
from gongkai.oversight.lifecycle import AppraisalState
from gongkai.oversight.models import Rating, ScoreObjection
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.sources.asking import Part, records_behind
from gongkai.oversight.staff.access import FormView, OversightView, or_404, refuse_unless
from gongkai.oversight.staff.appraisal_forms import AnswerForm, ObjectForm
from gongkai.oversight.staff.behind import record_table
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import (
    LONG,
    MOST,
    SHORT,
    Cell,
    Facts,
    Link,
    Table,
    heads,
    points,
)
from gongkai.tables.facts import Period

_S = AppraisalState


class RatingScreen(OversightView):
    """A screen of one score."""

    def rating(self) -> Rating:
        """Return the score if this person sees it; else 404."""
        found = queries.find_rating(self.kwargs["pk"])
        seen = found is not None and self.person.opens(found.unit)
        visible = seen and self.person.appraisals.filter(pk=found.unit.appraisal_id).exists()
        return or_404(found if visible else None)

    def trail(self) -> list[tuple[str, str]]:
        """Return the appraisal and the organ."""
        unit = self.rating().unit
        return [
            (url("appraisal", unit.appraisal_id), unit.appraisal.title),
            (url("unit", unit.pk), unit.organ.short_name),
        ]


class RatingView(RatingScreen):
    """One score: how it came to be, the records behind its figure, objections, proof."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        rating = self.rating()
        unit, indicator = rating.unit, rating.indicator
        appraisal = unit.appraisal
        self.page_title = indicator.item
        ranked = appraisal.state in (_S.SHOWN, _S.CONFIRMED)
        shows = ranked or self.person.keeps(appraisal.county_id)
        objections = list(rating.objections.all())
        links = []
        if appraisal.takes_objections(self.person.today) and self.person.rates(unit):
            links.append(Link("提出异议", url("object_to", rating.pk), main=True))
        tables = [self.objections(objections, appraisal.county_id)] if objections else []
        told: dict[str, Any] = {}
        if indicator.figure in FIGURES:
            table, told = self.records(rating)
            tables.append(table)
        return self.show(
            state=f"{points(rating.given)}分" if shows else appraisal.get_state_display(),
            said=f"{unit.organ.name}，本项{points(indicator.points)}分",
            links=links,
            facts=[_facts(rating, shows)],
            tables=tables,
            papers=panel(rating.typed_id, request.user, self.person.now),
            **told,
        )

    def records(self, rating: Rating) -> tuple[Table, dict[str, Any]]:
        """Return the records behind the figure as they are now, a page of them."""
        appraisal, figure = rating.unit.appraisal, rating.indicator.figure
        part = Part.BELOW if self.request.GET.get("part") == "below" else Part.ABOVE
        found = records_behind(
            figure,
            Period(appraisal.starts_on, appraisal.ends_on),
            rating.unit.covered,
            appraisal.counted_at or self.person.now,
            part,
        )
        pages = Paginator(found, 50).get_page(self.request.GET.get("p"))
        title = f"数据“{FIGURES[figure].label}”的记录（{len(found)}条）"
        here = url("rating", rating.pk)
        links = ()
        if FIGURES[figure].is_rate:
            links = (Link("分子", f"{here}?part=above", part is Part.ABOVE),
                     Link("分母", f"{here}?part=below", part is Part.BELOW))  # fmt: skip
        told = {"pages": pages, "query": f"part={part.value}"}
        return record_table(title, pages.object_list, links), told

    def objections(self, rows: list[ScoreObjection], county_id: int) -> Table:
        """Return the objections with how each was ruled."""
        keeps = self.person.keeps(county_id)
        shown = [
            (
                Cell(each.reason, more=each.made_by),
                Cell({None: "待答复", True: "采纳", False: "不采纳"}[each.upheld]),
                Cell(each.answer or "—", more=each.answered_by)
                if each.upheld is not None or not keeps
                else Cell("答复异议", url("answer_objection", each.pk)),
            )
            for each in rows
        ]
        return Table("异议", heads(("异议理由", MOST), ("处理", SHORT), ("答复理由", LONG)), shown)


class ObjectView(FormView, RatingScreen):
    """Object to a score."""

    page_title = button = "提出异议"
    done = "已提出，请等待答复。"

    def open(self) -> None:
        """Find the score, for who rates for the organ."""
        self.held = self.rating()
        refuse_unless(self.person.rates(self.held.unit))

    def form(self, *args: Any) -> ObjectForm:
        """Return the form."""
        return ObjectForm(*args)

    def take(self, form: ObjectForm) -> str:
        """Object."""
        actions.object_to(self.held, **form.cleaned_data, **self.who)
        return self.back()

    def back(self) -> str:
        """Return the score."""
        return url("rating", self.held.pk)


class AnswerView(FormView, OversightView):
    """Rule on an objection."""

    page_title = button = "答复异议"
    done = "已答复。"

    def open(self) -> None:
        """Find the objection, for the office."""
        rows = ScoreObjection.objects.select_related("rating__unit__appraisal__county")
        self.held = or_404(rows.filter(pk=self.kwargs["pk"]).first())
        county_id = self.held.rating.unit.appraisal.county_id
        or_404(True if county_id in self.person.home_ids else None)
        refuse_unless(self.person.keeps(county_id))

    def form(self, *args: Any) -> AnswerForm:
        """Return the form."""
        return AnswerForm(*args)

    def take(self, form: AnswerForm) -> str:
        """Rule."""
        told = form.cleaned_data | {"upheld": form.cleaned_data["upheld"] == "yes"}
        actions.answer_objection(self.held, **told, **self.who)
        return self.back()

    def back(self) -> str:
        """Return the score."""
        return url("rating", self.held.rating_id)

    def extra(self) -> dict[str, Any]:
        """Return what the organ says."""
        return {"about": self.held.reason}


def _facts(rating: Rating, shows: bool) -> Facts:
    counted = rating.counted
    given = (
        ("数据", f"{counted.said} {counted.percent}" if counted else ""),
        ("按数据得分", points(rating.counted_points) if rating.counted_points is not None else ""),
        ("得分", points(rating.given)),
        ("评分说明", rating.given_words),
        ("评分人", rating.given_by),
        ("复核人", rating.checked_by),
    )
    return Facts(
        "",
        (
            ("一级指标", rating.indicator.group),
            ("评分标准", rating.indicator.standard),
            ("自评分", points(rating.self_points)),
            ("自评说明", rating.self_words),
            ("佐证链接", rating.self_link),
            ("自评人", rating.self_by),
            *(given if shows else ()),
        ),
    )
