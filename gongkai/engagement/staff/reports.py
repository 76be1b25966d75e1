"""Screens of error reports: the list, one report, passing on, answering, the contact."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from gongkai.engagement import actions, queries
from gongkai.engagement.lifecycle import EngagementError, ReportState, Result
from gongkai.engagement.lifecycle.reports import open_events
from gongkai.engagement.models import ErrorReport
from gongkai.engagement.staff.access import ReportScreen, blame
from gongkai.engagement.staff.forms import AnswerForm, PassOnForm

PAGE = 50


class ReportsView(ReportScreen):
    """The reports of every organ the person sees: those that wait, worst first; or answered."""

    template_name = "engagement/reports.html"
    page_title = "网站纠错"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list."""
        answered = request.GET.get("answered") == "1"
        text = request.GET.get("q", "")[:100]
        reports = queries.reports_of(self.organ_ids, answered=answered)
        page = Paginator(queries.matching_reports(reports, text), PAGE).get_page(
            request.GET.get("p")
        )
        context = self.get_context_data(
            rows=queries.report_rows(page.object_list, self.person.today),
            items=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            answered=answered,
            q=text,
        )
        return self.render_to_response(context)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here; the list is the chapter's own home."""
        return super().get_breadcrumbs_items()[:-1]


class ReportView(ReportScreen):
    """One report: the page, the fault, the term, the steps."""

    template_name = "engagement/report.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the report; the contact stays hidden until asked for."""
        return self.show(self.report(pk))

    def show(self, report: ErrorReport, contact: str = "") -> HttpResponse:
        """Show the report, with the contact when that was asked for and logged."""
        self.page_title = f"网站纠错 {report.number}"
        may_act = self.person.may_act_for(report.organ_id)
        context = self.get_context_data(
            report=report,
            contact=contact,
            may_act=may_act,
            late=queries.is_late(report, self.person.today),
            owed=report.state != ReportState.ANSWERED,
            events=open_events(ReportState(report.state)) if may_act else (),
            steps=queries.steps_of(report),
        )
        return self.render_to_response(context)


class ContactView(ReportView):
    """Show how to reach the reader; each showing is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Log the showing and show the report with the contact."""
        report = self.report_to_change(pk)
        return self.show(report, actions.show_contact(report, **self.who))


class StepScreen(ReportScreen):
    """The form of one step of one report."""

    template_name = "engagement/report_form.html"
    done = ""

    def form(self, report: ErrorReport, *args: Any) -> Any:
        """Return the form of the step."""
        raise NotImplementedError

    def take(self, report: ErrorReport, told: dict[str, Any]) -> None:
        """Do the step."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form, or say that nothing is to be done any more."""
        report = self.report_to_change(pk)
        if not open_events(ReportState(report.state)):
            messages.error(request, "这条纠错已经答复，不再变动。")
            return redirect("engagement:report", report.pk)
        return self.show(report, self.form(report))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do the step, or show the form again with what stands against it."""
        report = self.report_to_change(pk)
        form = self.form(report, request.POST)
        if not form.is_valid():
            return self.show(report, form)
        try:
            self.take(report, form.cleaned_data)
        except EngagementError as refused:
            return self.show(report, blame(form, refused))
        messages.success(request, self.done.format(report.number))
        seen = report.organ_id in self.organ_ids and queries.find_report(pk, self.organ_ids)
        return redirect("engagement:report", pk) if seen else redirect("engagement:reports")

    def show(self, report: ErrorReport, form: Any) -> HttpResponse:
        """Show the form."""
        back = reverse("engagement:report", args=[report.pk])
        return self.show_form(form, report=report, back=back)

    def trail(self) -> list[dict[str, Any]]:
        """Return the report's own page."""
        pk = self.kwargs["pk"]
        return [{"url": reverse("engagement:report", args=[pk]), "label": "纠错详情"}]


class PassOnView(StepScreen):
    """Pass a report on to the organ that answers for the page."""

    page_title = "转办"
    done = "已转办：{}"

    def form(self, report: ErrorReport, *args: Any) -> PassOnForm:
        """Return the form with the organs of the county."""
        return PassOnForm(*args, organs=queries.organs_to_pass_to(report, self.person.today))

    def take(self, report: ErrorReport, told: dict[str, Any]) -> None:
        """Pass it on."""
        actions.pass_on(report, to=told["to"], why=told["why"], **self.who)


class AnswerView(StepScreen):
    """Answer a report."""

    page_title = "答复"
    done = "已答复：{}"

    def form(self, report: ErrorReport, *args: Any) -> AnswerForm:
        """Return the form."""
        return AnswerForm(*args)

    def take(self, report: ErrorReport, told: dict[str, Any]) -> None:
        """Answer it."""
        result = Result(told["result"])
        actions.answer_error(report, result=result, answer=told["answer"], **self.who)
