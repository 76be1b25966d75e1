"""A report's page: its text, versions, freezing, publishing, correcting, downloads."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from gongkai.adapters.report_html import article
from gongkai.annualreport import actions
from gongkai.annualreport.actions.reports import county_findings
from gongkai.annualreport.actions.writing import county_figures
from gongkai.annualreport.lifecycle import CannotRender
from gongkai.annualreport.lifecycle.reports import ReportState
from gongkai.annualreport.lifecycle.returns import ReturnState
from gongkai.annualreport.models import Report
from gongkai.annualreport.queries import permissions
from gongkai.annualreport.queries.contents import content_of
from gongkai.annualreport.queries.files import FILE_KINDS, file_name
from gongkai.annualreport.rules.prose_template import faults
from gongkai.annualreport.sources.county import County, county
from gongkai.annualreport.staff.base import StaffView, Verb, or_404
from gongkai.annualreport.staff.returns import shown_findings
from gongkai.annualreport.staff.tables import shown_tables
from gongkai.orgs.queries import Level

FORMAT_NAMES = {
    "docx": "Word（docx）",
    "pdf": "PDF",
    "xlsx": "Excel（xlsx）",
    "html": "网页（html）",
    "json": "数据（json）",
    "text": "纯文本",
}


class ReportMixin(StaffView):
    """A page of one report that the user may see."""

    @cached_property
    def report(self) -> Report:
        """The report of the address."""
        organs = permissions.organs_read_by(self.user, self.today)
        reports = Report.objects.select_related("report_year__county", "organ")
        return or_404(reports.filter(pk=self.kwargs["pk"], organ__in=organs).first())

    @cached_property
    def of_office(self) -> bool:
        """Whether the user acts for the county's OGI office."""
        return permissions.is_county_office(self.user, self.report.report_year.county, self.today)

    def trail(self) -> list[tuple[str, str]]:
        """Return the board between."""
        year = self.report.report_year
        return [(reverse("annualreport:board", args=[year.pk]), str(year))]


class ReportView(ReportMixin):
    """One version of a report, and what may be done with it."""

    template_name = "annualreport/report.html"

    def get_page_title(self) -> str:
        """Return the title of the report."""
        return str(self.report)

    def verbs(self) -> Mapping[str, Verb]:
        """Return the verbs of the county office; a unit publishes its own report (Art. 49)."""
        if not self.of_office:
            return {"publish": self.publish} if self._is_own_unit() else {}
        return {
            "freeze": self.freeze,
            "publish": self.publish,
            "correct": self.correct,
            "explain": self.explain,
        }

    def _is_own_unit(self) -> bool:
        year, today = self.report.report_year, timezone.localdate()
        unit = year.returns.filter(organ=self.report.organ_id).exclude(level=Level.OWN).first()
        return unit is not None and permissions.may_fill_in(self.request.user, unit, today)

    def _acting(self) -> dict[str, Any]:
        return {"by": self.actor(self.report.report_year.county), "at": timezone.now()}

    def freeze(self) -> str:
        """Freeze the county's report."""
        frozen = actions.freeze(self.report, **self._acting())
        return f"已定稿，内容摘要 {frozen.sha256[:16]}…。此后数据不再变动。"

    def publish(self) -> str:
        """Publish the report."""
        actions.publish(self.report, **self._acting())
        return "年度报告已公布。"

    def correct(self) -> str:
        """Open the next version."""
        reason = self.request.POST.get("reason", "")
        self.corrected = actions.correct(self.report, reason=reason, **self._acting())
        return f"已生成第 {self.corrected.version} 版，请退回有关单位更正后重新定稿。"

    def explain(self) -> str:
        """Write down why a warning stands."""
        post = self.request.POST
        finding, text = post.get("finding", ""), post.get("explanation", "")
        actions.explain(self.report, finding=finding, text=text, **self._acting())
        return "情况说明已保存。"

    def after(self, verb: str) -> str:
        """Return the page of the new version after a correction."""
        report = self.corrected if verb == "correct" else self.report
        return reverse("annualreport:report", args=[report.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text or, while it is open, the tables as they stand and what is missing."""
        report = self.report
        year = report.report_year
        is_draft = report.state == ReportState.DRAFT
        more = self._draft(county(year)) if is_draft else {"article": article(content_of(report))}
        versions = year.reports.filter(organ=report.organ_id).order_by("-version")
        return super().get_context_data(
            report=report,
            year=year,
            state=ReportState(report.state).label,
            is_draft=is_draft,
            versions=[
                (version, ReportState(version.state).label)
                for version in versions.defer("tables", "layers", "units", "figures", "prose")
            ],
            of_office=self.of_office,
            verbs=dict.fromkeys(self.verbs(), True),  # names only: templates call callables
            formats=FORMAT_NAMES.items(),
            **more,
            **kwargs,
        )

    def _draft(self, view: County) -> dict[str, Any]:
        report = self.report
        findings = county_findings(report, view)
        figures = county_figures(report, view)
        return {
            "tables": shown_tables(report.report_year, "COUNTY", view.total, findings),
            "findings": shown_findings(report, findings),
            "unfinished": faults(report.templates, figures, finished=True),
            "waiting": [unit.row for unit in view.units if unit.row.state != ReturnState.ACCEPTED],
        }


class DownloadView(ReportMixin):
    """A frozen report as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        kind = FILE_KINDS.get(kwargs["kind"])
        if kind is None or self.report.state == ReportState.DRAFT:
            raise Http404("没有这种格式，或报告还没有定稿。")
        try:
            made = kind.make(self.report)
        except CannotRender as error:
            return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
        response = HttpResponse(made, content_type=kind.media_type)
        name = quote(file_name(self.report, kwargs["kind"]))
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        response["X-Content-Type-Options"] = "nosniff"
        return response
