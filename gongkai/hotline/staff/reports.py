"""Monthly reports: the list, one report beside what is counted now, issue, correction, files.

The office of the county issues and corrects; every organ of the county reads what was issued. The
orders behind a figure are shown to who sees the whole county, as they are now.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.adapters import paper_docx, paper_pdf
from gongkai.hotline import actions, queries
from gongkai.hotline.lifecycle import HotlineError
from gongkai.hotline.models import MonthReport
from gongkai.hotline.rules.kpis import TOLD, Kpi, Part
from gongkai.hotline.rules.month_report import (
    RECEIVED,
    Difference,
    differences,
    frozen_rate,
    month_named,
    report_content,
)
from gongkai.hotline.staff.access import HotlineView
from gongkai.hotline.staff.figures import DOCX, Row
from gongkai.hotline.staff.forms import text_field
from gongkai.hotline.staff.views import blame
from gongkai.hotline.statistics import Line, current_figures
from gongkai.tables.charts import bars


class IssueForm(forms.Form):
    """Which month is issued, under what number."""

    month = forms.CharField(
        label="月份",
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-03"}),
        error_messages={"required": "请填写“月份”"},
    )
    report_number = text_field("report_number", help_text="如2026年第3期")

    def clean_month(self) -> date:
        """Return the first day of the month."""
        try:
            return date.fromisoformat(f"{self.cleaned_data['month'].strip()}-01")
        except ValueError:
            raise forms.ValidationError("“月份”应当写成2026-03的样子，请修改") from None


class CorrectForm(forms.Form):
    """Why a report is issued anew."""

    report_number = text_field("report_number")
    why = text_field("why", rows=2, help_text="印在更正后的月报上")


class ReportsView(HotlineView):
    """The issued reports; the office issues the next one here."""

    template_name = "hotline/reports.html"
    page_title = "热线月报"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list, the month before this one suggested."""
        month = self.person.today.replace(day=1) - timedelta(days=1)
        number = f"{month.year}年第{month.month}期"
        return self.show(IssueForm(initial={"month": f"{month:%Y-%m}", "report_number": number}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Issue a month's report, or show the form again with what is wrong."""
        if self.set_county is None:
            raise PermissionDenied
        form = IssueForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = actions.issue_report(
                self.set_county,
                month=form.cleaned_data["month"],
                number=form.cleaned_data["report_number"],
                by=self.person.actor,
                at=self.person.now,
            )
        except HotlineError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已印发，数字和正文不再变动。")
        return redirect("hotline:report", made.pk)

    def show(self, form: IssueForm) -> HttpResponse:
        """Show the list and, to the office, the form; 422 when it was refused."""
        rows = queries.reports_seen_in(self.organ_ids)
        context = self.get_context_data(
            form=form,
            rows=[(row, row.content["figures"]["received"], _on_time(row)) for row in rows[:120]],
            office=self.set_county is not None,
        )
        return self.render_to_response(context, status=422 if form.errors else 200)


class OneReport(HotlineView):
    """A screen of one report."""

    def report(self, pk: int) -> MonthReport:
        """Return the report if it is of a county that this person looks into; else 404."""
        return get_object_or_404(queries.reports_seen_in(self.organ_ids), pk=pk)

    def keeps(self, report: MonthReport) -> bool:
        """Say whether this person issues the reports of that county."""
        return self.set_county is not None and self.set_county.pk == report.county_id


class ReportView(OneReport):
    """One report as it was issued; beside it, to who sees the county, what is counted now."""

    template_name = "hotline/report.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        report = self.report(pk)
        return self.show(report, CorrectForm(initial={"report_number": report.number}))

    def show(self, report: MonthReport, form: CorrectForm) -> HttpResponse:
        """Show the report, with the form to correct it where it stands and differs."""
        self.page_title = str(report)
        self.linked = self.whole_county and report.county_id in self.organ_ids
        figures = report.content["figures"]
        changed = self.changed(report) if self.linked else []
        stands = not hasattr(report, "corrected_by")
        context = self.get_context_data(
            report=report,
            form=form,
            stands=stands,
            versions=queries.versions_of(report),
            linked=self.linked,
            unlinked=not self.linked,
            changed=changed,
            changed_whole=[(each, self.behind(report, each)) for each in changed if not each.by],
            changed_parts=[(each, self.behind(report, each)) for each in changed if each.by],
            correctable=bool(changed) and stands and self.keeps(report),
            sections=report.content["sections"],
            rates=self.rates(report),
            connected=frozen_rate(figures["connected"]),
            received=figures["received"],
            received_url=self.address(report, RECEIVED, Part.BELOW),
            kinds=bars([tuple(pair) for pair in figures["kinds"]]),
            sources=bars([tuple(pair) for pair in figures["sources"]]),
            organs=[_line(each) for each in figures["organs"]],
            organ_bars=bars([(each["name"], each["received"]) for each in figures["organs"][:15]]),
            categories=[_line(each) for each in figures["categories"]],
            behind=reverse("hotline:behind"),
            query=urlencode(_span(report)),
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def changed(self, report: MonthReport) -> list[Difference]:
        """Return the figures that are others now."""
        now = report_content(current_figures(report.county, report.month, self.person.now))
        return differences(report.content["figures"], now["figures"])

    def rates(self, report: MonthReport) -> list[Row]:
        """Return every rate with the addresses of its orders."""
        rates = report.content["figures"]["rates"]
        return [
            Row(
                *(told.label, told.above, told.below, frozen_rate(rates[kpi.value])),
                *(self.address(report, kpi, part) for part in (Part.ABOVE, Part.BELOW)),
            )
            for kpi, told in TOLD.items()
        ]

    def address(self, report: MonthReport, kpi: str, part: Part) -> str:
        """Return the address of the orders behind a figure; "" to who does not see them all."""
        if not self.linked:
            return ""
        asked = urlencode({**_span(report), "kpi": str(kpi), "part": part.value})
        return f"{reverse('hotline:behind')}?{asked}"

    def behind(self, report: MonthReport, told: Difference) -> str:
        """Return the address of the orders that make a figure now."""
        if not told.kpi:
            return ""
        found = self.address(report, told.kpi, Part.BELOW)
        return f"{found}&{urlencode({told.by: told.key})}" if told.by else found


class CorrectView(ReportView):
    """Issue a report anew with the figures of now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Issue it, or show what stands against it."""
        report, form = self.report(pk), CorrectForm(request.POST)
        if not self.keeps(report):
            raise PermissionDenied
        if not form.is_valid():
            return self.show(report, form)
        told = form.cleaned_data
        try:
            made = actions.correct_report(
                report,
                number=told["report_number"],
                why=told["why"],
                by=self.person.actor,
                at=self.person.now,
            )
        except HotlineError as refused:
            return self.show(report, blame(form, refused))
        messages.success(request, f"已印发第{made.version}版，原来的一版保留备查。")
        return redirect("hotline:report", made.pk)


class ReportFileView(OneReport):
    """A report as a Word file or a PDF."""

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Send the file."""
        report = self.report(pk)
        paper = queries.paper_of_report(report)
        if kind == "docx":
            body, media = paper_docx.render(paper), DOCX
        elif kind == "pdf":
            day = timezone.localdate(report.issued_at)
            fonts = Path(settings.GONGKAI_FONT_DIR)
            body, media = paper_pdf.render(paper, day=day, font_dir=fonts), "application/pdf"
        else:
            raise Http404("没有这种格式。")
        answer = HttpResponse(body, content_type=media)
        name = f"热线月报（{month_named(report.month)}，第{report.version}版）.{kind}"
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer


def _span(report: MonthReport) -> dict[str, str]:
    return {"span": "month", "from": report.month.isoformat()}


def _line(told: dict[str, Any]) -> Line:
    rates = {Kpi(name): frozen_rate(pair) for name, pair in told["rates"].items()}
    return Line(told["key"], told["name"], told["received"], rates)


def _on_time(report: MonthReport) -> str:
    return frozen_rate(report.content["figures"]["rates"][Kpi.ON_TIME.value]).written
