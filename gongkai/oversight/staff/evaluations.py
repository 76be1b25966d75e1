"""Screens of public evaluation: surveys that are one, marking one, its results by organ."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.engagement.models import Survey
from gongkai.oversight import actions, queries
from gongkai.oversight.actions import PointTold
from gongkai.oversight.queries import PointLine
from gongkai.oversight.staff.access import OfficeForm, OversightView, or_404
from gongkai.oversight.staff.fields import count_field, row_field, text_field
from gongkai.oversight.staff.plans import url
from gongkai.oversight.staff.shown import (
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

_NUMBERS = (("满意率", NUMBER), ("满意", NUMBER), ("评价", NUMBER), ("平均分", NUMBER))


class ChooseForm(forms.Form):
    """Which survey is the evaluation of which year."""

    year = count_field("年度", min_value=2008, max_value=2100)

    def __init__(self, *args: Any, surveys: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["survey"] = row_field("网上调查", surveys, help_text="先在互动交流中起草调查")
        self.order_fields(["survey", "year"])


class MarkForm(forms.Form):
    """What each question of a survey speaks of; those without words are left out."""

    def __init__(self, *args: Any, survey: Survey, organs: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.questions = queries.questions_to_mark(survey)
        for each in self.questions:
            self.fields[f"aspect-{each.pk}"] = text_field(
                "aspect",
                label=f"第{each.place}题“{each.text}”的评议内容",
                required=False,
                help_text="如：政策公开；不作为评议指标的不填",
            )
            self.fields[f"organ-{each.pk}"] = row_field(
                f"第{each.place}题的评议对象",
                organs,
                required=False,
                empty_label="全县政务公开工作",
            )

    def told(self) -> list[PointTold]:
        """Return the questions that are indicators."""
        values = self.cleaned_data
        return [
            PointTold(each, values[f"organ-{each.pk}"], values[f"aspect-{each.pk}"])
            for each in self.questions
            if values[f"aspect-{each.pk}"].strip()
        ]


class EvaluationsView(OversightView):
    """The public evaluations of the county."""

    page_title = "社会评议"
    tab = "evaluations"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        rows = []
        for each in queries.evaluations_of(self.person.home_ids)[:30]:
            told = queries.result_of(each)
            rows.append(
                (
                    Cell(str(each), url("evaluation", each.pk)),
                    Cell(each.year),
                    Cell(each.survey.get_state_display()),
                    Cell(each.survey.last_number),
                    Cell(told.whole.rate),
                    Cell(points(told.whole.score)),
                )
            )
        head = heads(("名称", MOST), ("年度", NUMBER), ("状态", SHORT), ("答卷", NUMBER),
                     ("满意率", NUMBER), ("平均分", NUMBER))  # fmt: skip
        empty = "还没有社会评议。先在互动交流中发布网上调查，再在这里设置评议指标。"
        links = (
            [Link("设置社会评议", url("choose_survey"), main=True)] if self.person.counties else []
        )
        return self.show(tables=[Table("", head, rows, empty)], links=links)


class EvaluationView(OversightView):
    """One evaluation: satisfaction by organ and by what was asked, with the answers behind."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        found = or_404(queries.evaluations_of(self.person.home_ids).filter(pk=pk).first())
        told = queries.result_of(found)
        self.page_title = str(found)
        whole = told.whole
        answers = (
            f"答卷{found.survey.last_number}份；满意率{whole.rate}"
            f"（{whole.satisfied}/{whole.answered}），平均{points(whole.score)}分。"
        )
        by_organ = [(Cell(each.organ), *_cells(each)) for each in told.organs]
        by_point = [(Cell(each.aspect), Cell(each.organ), *_cells(each)) for each in told.points]
        note = "评价为“不了解”的不计入；“基本满意”以上计为满意。"
        return self.show(
            state=found.survey.get_state_display(),
            said=answers,
            lines=[f"结果{day(found.survey.results_on)}公布。"] if found.survey.results_on else [],
            links=[Link("查看调查和答卷", reverse("engagement:survey", args=[found.survey_id]))],
            tables=[
                Table("各单位结果", heads(("评议对象", MOST), *_NUMBERS), by_organ, note=note),
                Table(
                    "各项指标",
                    heads(("评议内容", MOST), ("评议对象", SHORT), *_NUMBERS),
                    by_point,
                ),
            ],
        )

    def trail(self) -> list[tuple[str, str]]:
        """Return the list."""
        return [(url("evaluations"), "社会评议")]


class ChooseView(OfficeForm):
    """Choose the survey that is to be an evaluation."""

    page_title = button = "设置社会评议"
    hint = "选择调查后，逐题设置评议内容和评议对象。题目的选项应当是满意程度。"

    def form(self, *args: Any) -> ChooseForm:
        """Return the form."""
        surveys = queries.surveys_to_mark(self.county)
        return ChooseForm(*args, surveys=surveys, initial={"year": self.person.today.year})

    def take(self, form: ChooseForm) -> str:
        """Go on to its questions."""
        told = form.cleaned_data
        return f"{url('mark_survey', told['survey'].pk)}?year={told['year']}"

    done = "请逐题设置。"

    def back(self) -> str:
        """Return the list."""
        return url("evaluations")


class MarkView(OfficeForm):
    """Say what each question of a survey speaks of."""

    page_title, button = "设置评议指标", "保存评议指标"
    hint = "保存以后不再修改。"

    def open(self) -> None:
        """Find the survey."""
        rows = queries.surveys_to_mark(self.county)
        self.survey = or_404(rows.filter(pk=self.kwargs["pk"]).first())
        asked = self.request.GET.get("year", "")
        known = asked.isdecimal() and len(asked) == 4
        self.year = int(asked) if known else self.person.today.year

    def form(self, *args: Any) -> MarkForm:
        """Return the form."""
        organs = self.person.joined_in(self.county)
        return MarkForm(*args, survey=self.survey, organs=organs)

    def take(self, form: MarkForm) -> str:
        """Mark it."""
        made = actions.mark_evaluation(
            self.county, self.survey, year=self.year, points=form.told(), **self.who
        )
        return url("evaluation", made.pk)

    def back(self) -> str:
        """Return the list."""
        return url("evaluations")

    def extra(self) -> dict[str, Any]:
        """Return the survey."""
        return {"about": f"{self.survey.title}（{self.year}年度）"}


def _cells(line: PointLine) -> tuple[Cell, ...]:
    told = line.standing
    return (Cell(told.rate), Cell(told.satisfied), Cell(told.answered), Cell(points(told.score)))
