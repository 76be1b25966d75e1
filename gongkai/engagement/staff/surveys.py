"""Screens of surveys: the list, one survey with its results, drafting and the other acts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from wagtail.admin.widgets.button import HeaderButton

from gongkai.engagement import actions, queries
from gongkai.engagement.lifecycle import Standing, SurveyEvent, SurveyState
from gongkai.engagement.lifecycle.surveys import open_events
from gongkai.engagement.models import Survey
from gongkai.engagement.rules.surveys import typed_questions
from gongkai.engagement.staff.record_forms import (
    ConclusionForm,
    ExtendForm,
    SurveyForm,
    WhyForm,
)
from gongkai.engagement.staff.record_screens import (
    Act,
    ActScreen,
    AddScreen,
    Fact,
    Line,
    ListScreen,
    RecordScreen,
)
from gongkai.orgs.models import Organ

_HOME = {"url": reverse_lazy("engagement:surveys"), "label": "网上调查"}
_ACTS = {
    SurveyEvent.OPEN: "open_survey",
    SurveyEvent.PUBLISH_RESULTS: "publish_results",
    SurveyEvent.CHANGE: "change_survey",
    SurveyEvent.EXTEND: "extend_survey",
    SurveyEvent.CANCEL: "cancel_survey",
}


class SurveysView(ListScreen):
    """The surveys of every organ the person sees, latest term first."""

    page_title = "网上调查"
    header_icon = "form"
    home = _HOME
    url_name = "surveys"
    heads = ("题目", "调查机关", "期限", "答卷", "状态")
    empty = "还没有网上调查。"

    def rows(self, standing: str) -> QuerySet[Survey]:
        """Return the surveys."""
        return queries.surveys_of(self.organ_ids)

    def line(self, row: Survey) -> Line:
        """Return a survey as the list shows it."""
        term = f"{row.opens_on}至{row.closes_on}"
        return Line(
            reverse("engagement:survey", args=[row.pk]),
            row.title,
            (
                row.organ.short_name,
                term,
                f"{row.last_number}份",
                queries.standing_said(row.standing_on(self.person.today)),
            ),
        )

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer a new survey to those who may."""
        if not self.person.acts_for.exists():
            return []
        return [HeaderButton("起草问卷", url=reverse("engagement:draft_survey"), icon_name="plus")]


class SurveyScreen(RecordScreen):
    """A screen of one survey."""

    header_icon = "form"
    home = _HOME
    url_name = "survey"
    missing = "没有这次调查，或者您无权查看。"

    def find(self, pk: int) -> Survey | None:
        """Return the survey among those the person sees."""
        return queries.find_survey(pk, self.organ_ids)


class SurveyView(SurveyScreen):
    """One survey: how it stands, its questions, its results."""

    template_name = "engagement/survey_record.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        row = self.seen(pk)
        self.page_title = row.title
        today = self.person.today
        facts = [
            Fact("状态", queries.standing_said(row.standing_on(today))),
            Fact("调查机关", row.organ.name),
            Fact("期限", f"{row.opens_on}至{row.closes_on}"),
            Fact("调查说明", row.intro),
            Fact("起草人", row.drafted_by),
            Fact("收到答卷", f"{row.last_number}份"),
        ]
        if row.opened_at is not None:
            facts.insert(5, Fact("发布人", row.opened_by))
            facts.append(Fact("公开网页", row.address, url=row.address))
        if row.conclusion:
            facts.append(Fact("结论和采用情况", row.conclusion))
        if row.cancelled_why:
            facts.append(Fact("终止理由", row.cancelled_why))
        context = self.get_context_data(
            facts=facts,
            acts=self._acts(row) if self.person.may_act_for(row.organ_id) else [],
            results=queries.results_of(row.pk),
            remarks=queries.remarks_of(row),
            questions=queries.questions_of(row),
        )
        return self.render_to_response(context)

    def _acts(self, row: Survey) -> list[Act]:
        events = open_events(SurveyState(row.state))
        closed = row.standing_on(self.person.today) is Standing.CLOSED
        return [
            Act(
                event.label,
                reverse(f"engagement:{name}", args=[row.pk]),
                event in (SurveyEvent.OPEN, SurveyEvent.PUBLISH_RESULTS),
            )
            for event, name in _ACTS.items()
            if event in events and (event is not SurveyEvent.PUBLISH_RESULTS or closed)
        ]

    def trail(self) -> list[dict[str, Any]]:
        """Return nothing: this is the survey's own page."""
        return []


def _told(form: SurveyForm) -> tuple[Organ, actions.SurveyTold]:
    told = dict(form.cleaned_data)
    organ = told.pop("organ")
    return organ, actions.SurveyTold(**told)


class DraftSurveyView(AddScreen):
    """Draft a survey."""

    page_title = "起草问卷"
    header_icon = "form"
    home = _HOME
    url_name = "survey"
    done = "已保存。请交其他同事核对发布。"

    def form(self, *args: Any) -> SurveyForm:
        """Return the form."""
        return SurveyForm(*args, organs=self.person.acts_for)

    def make(self, form: SurveyForm) -> Survey:
        """Draft it."""
        organ, told = _told(form)
        return actions.draft_survey(organ, told=told, **self.who)


class SurveyAct(SurveyScreen, ActScreen):
    """The form of one act on one survey."""


class ChangeSurveyView(SurveyAct):
    """Change a survey that is not public."""

    page_title = "修改问卷"
    done = "已修改。请交其他同事核对发布。"

    def form(self, row: Survey, *args: Any) -> SurveyForm:
        """Return the form with what was told."""
        own = Organ.objects.filter(pk=row.organ_id)
        given = {name: getattr(row, name) for name in ("title", "intro", "opens_on", "closes_on")}
        given |= {"organ": row.organ_id, "questions": typed_questions(queries.told_in(row))}
        return SurveyForm(*args, organs=own, initial=given)

    def take(self, row: Survey, form: SurveyForm) -> None:
        """Change it."""
        actions.change_survey(row, told=_told(form)[1], **self.who)


class OpenSurveyView(SurveyAct):
    """Make a survey public."""

    page_title = "发布问卷"
    done = "已发布。"
    hint = "请核对题目、选项和期限。由起草人以外的人发布，发布以后题目不能修改。"

    def form(self, row: Survey, *args: Any) -> forms.Form:
        """Return an empty form: to confirm is all."""
        return forms.Form(*args)

    def told(self, row: Survey) -> str:
        """Return the survey as it will be public."""
        return f"{row.title}\n{row.intro}\n\n{typed_questions(queries.told_in(row))}"

    def take(self, row: Survey, form: Any) -> None:
        """Open it."""
        actions.open_survey(row, **self.who)


class ExtendSurveyView(SurveyAct):
    """Let a survey run longer."""

    page_title = "延长期限"
    done = "已延长。"

    def form(self, row: Survey, *args: Any) -> ExtendForm:
        """Return the form."""
        return ExtendForm(*args, initial={"closes_on": row.closes_on})

    def take(self, row: Survey, form: ExtendForm) -> None:
        """Extend it."""
        actions.extend_survey(row, **form.cleaned_data, **self.who)


class ResultsView(SurveyAct):
    """Make the results public."""

    page_title = "公布结果"
    done = "已公布结果。"

    def form(self, row: Survey, *args: Any) -> ConclusionForm:
        """Return the form."""
        return ConclusionForm(*args)

    def take(self, row: Survey, form: ConclusionForm) -> None:
        """Publish them."""
        actions.publish_results(row, **form.cleaned_data, **self.who)


class CancelSurveyView(SurveyAct):
    """End a survey without results."""

    page_title = "终止调查"
    done = "已终止。"

    def form(self, row: Survey, *args: Any) -> WhyForm:
        """Return the form."""
        return WhyForm(*args)

    def take(self, row: Survey, form: WhyForm) -> None:
        """Cancel it."""
        actions.cancel_survey(row, **form.cleaned_data, **self.who)
