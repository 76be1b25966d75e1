"""Websites' yearly reports: the list, one with its figures, filling in, the records, its file."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from wagtail.admin import messages

from gongkai.inspections import actions, queries
from gongkai.inspections.lifecycle import InspectionError, SiteYearState
from gongkai.inspections.models import Site, SiteYear
from gongkai.inspections.rules.site_year_form import due_on
from gongkai.inspections.sources.site_years import figures_of
from gongkai.inspections.staff.access import DOCX, InspectionView, blame
from gongkai.inspections.staff.forms import WhyForm
from gongkai.inspections.staff.site_year_forms import FillForm, OpenForm

_PER_PAGE = 50
# Where a record of another chapter has its page, by the kind of its typed id.
_PAGES = {
    "disclosure": "disclosure:entry",
    "engagement": "engagement:solicitation",
    "engagement.report": "engagement:report",
    "engagement.message": "engagement:message",
    "engagement.survey": "engagement:survey",
    "engagement.interview": "engagement:interview",
    "engagement.opinion": "engagement:opinion",
    "newmedia": "newmedia:account",
}


class YearsView(InspectionView):
    """The reports a person sees; the office begins a new one here."""

    template_name = "inspections/site_years.html"
    page_title = "政府网站工作年度报表"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin a report, or show the form again with what is wrong."""
        if not self.person.counties:
            raise PermissionDenied
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        told = form.cleaned_data
        try:
            made = actions.open_site_year(
                told["site"],
                told["year"],
                from_records=told["from_records"] == "yes",
                **self.who,
            )
        except InspectionError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已开始填报。")
        return redirect("inspections:site_year", made.pk)

    def form(self, *args: Any) -> OpenForm:
        """Return the form of a new report: for last year unless told otherwise."""
        sites = queries.sites_of(self.person.counties)
        return OpenForm(*args, sites=sites, initial={"year": self.last_year})

    @property
    def last_year(self) -> int:
        """The year that is reported on now."""
        return self.person.official.today.year - 1

    def show(self, form: OpenForm) -> HttpResponse:
        """Show the list, and to the office the form and which sites owe their report."""
        year, owed = self.last_year, list[Site]()
        for county in self.person.counties:
            owed += queries.sites_without_report(county, year)
        return self.show_form(
            form,
            rows=queries.site_years_for(self.person)[:200],
            office=bool(self.person.counties),
            owed=owed,
            year=year,
            due_on=due_on(year),
            today=self.person.official.today,
        )


class OneYear(InspectionView):
    """A screen of one report."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Keep the key."""
        super().setup(request, *args, **kwargs)
        self.key: int = kwargs["pk"]

    def report(self) -> SiteYear:
        """Return the report if this person sees it; else 404."""
        found = queries.find_site_year(self.key, self.person)
        if found is None:
            raise Http404("没有这份报表，或者您无权查看。")
        return found

    def report_to_keep(self) -> SiteYear:
        """Return the report if this person keeps it."""
        found = self.report()
        if not self.keeps(found):
            raise PermissionDenied
        return found

    def keeps(self, report: SiteYear) -> bool:
        """Say whether this person keeps the reports of the site's county."""
        return report.site.county_id in {each.pk for each in self.person.counties}

    def trail(self) -> list[dict[str, Any]]:
        """Return the list, and below the report its own page."""
        return [{"url": reverse("inspections:site_years"), "label": "网站年度报表"}]

    def trail_below(self) -> list[dict[str, Any]]:
        """Return the list and the report's page."""
        url = reverse("inspections:site_year", args=[self.key])
        return [*OneYear.trail(self), {"url": url, "label": str(self.report())}]


class YearView(OneYear):
    """One report in the order of the form: each figure with where it comes from."""

    template_name = "inspections/site_year.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(self.report(), WhyForm())

    def show(self, report: SiteYear, form: forms.Form) -> HttpResponse:
        """Show the report, what stands against it and what may be done."""
        self.page_title = str(report)
        figures = figures_of(report)
        keeps, state = self.keeps(report), SiteYearState(report.state)
        newest = not queries.versions_of(report).filter(version__gt=report.version).exists()
        return self.show_form(
            form,
            report=report,
            blocks=queries.blocks_of(report, figures),
            grave=[each for each in figures.remarks if each.grave],
            odd=[each for each in figures.remarks if not each.grave],
            keeps=keeps,
            draft=state is SiteYearState.DRAFT,
            reviewed=state is SiteYearState.REVIEWED,
            may_review=self.person.official.actor.account not in report.fillers,
            may_correct=state is SiteYearState.PUBLISHED and newest,
            versions=queries.versions_of(report) if keeps else (),
            today=self.person.official.today,
        )


class FillView(OneYear):
    """Fill in what no record tells."""

    template_name = "inspections/site_year_fill.html"
    page_title = "填报"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form; what is frozen is not filled in."""
        report = self.report_to_keep()
        if report.state != SiteYearState.DRAFT:
            messages.error(request, "报表已审核定稿，数字不再变动；要修改，请先退回。")
            return redirect("inspections:site_year", pk)
        return self.show(FillForm(report=report, counted=figures_of(report).counted))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep what was filled in, or show it again with what is wrong."""
        report = self.report_to_keep()
        form = FillForm(request.POST, report=report, counted=figures_of(report).counted)
        if not form.is_valid():
            return self.show(form)
        try:
            actions.fill_site_year(report, told=form.told, sources=form.sources, **self.who)
        except InspectionError as refused:
            return self.show(blame(form, refused))
        messages.success(request, "已保存。")
        return redirect("inspections:site_year", pk)

    def show(self, form: FillForm) -> HttpResponse:
        """Show the form in the order of the report."""
        return self.show_form(form, report=form.report)

    def trail(self) -> list[dict[str, Any]]:
        """Return the list and the report's page."""
        return self.trail_below()


class BehindView(OneYear):
    """The records that make up one figure."""

    template_name = "inspections/site_year_behind.html"

    def get(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        """Show them, each with its page; the office's alone, for drafts are behind some."""
        report = self.report_to_keep()
        figures = figures_of(report)
        if code not in figures.behind:
            raise Http404("这一项没有平台记录。")
        field = queries.field_of(report, code)
        self.page_title = f"{field.label}的平台记录"
        page = Paginator(figures.behind[code], _PER_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            report=report,
            field=field,
            counted=figures.counted[code],
            rows=[(each, _address(each.id)) for each in page.object_list],
            items=page,
        )
        return self.render_to_response(context)

    def trail(self) -> list[dict[str, Any]]:
        """Return the list and the report's page."""
        return self.trail_below()


class YearActView(YearView):
    """Review, give back, publish, correct: what a button of the report's page says."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Do it, or show what stands against it."""
        report, form = self.report_to_keep(), WhyForm(request.POST)
        asks_why = act in ("send-back", "correct")
        if asks_why and not form.is_valid():
            return self.show(report, form)
        try:
            shown, done = self.take(act, report, form)
        except InspectionError as refused:
            if asks_why:
                return self.show(report, blame(form, refused))
            messages.error(request, str(refused))
            return redirect("inspections:site_year", pk)
        messages.success(request, done)
        return redirect("inspections:site_year", shown.pk)

    def take(self, act: str, report: SiteYear, form: WhyForm) -> tuple[SiteYear, str]:
        """Do what a button says; return the version to show and what was done."""
        match act:
            case "review":
                return actions.review_site_year(report, **self.who), "已审核定稿，数字从此固定。"
            case "publish":
                return actions.publish_site_year(report, **self.who), "已公布。"
            case "send-back":
                why = form.cleaned_data["why"]
                return actions.send_back_site_year(report, why=why, **self.who), "已退回修改。"
            case "correct":
                why = form.cleaned_data["why"]
                made = actions.correct_site_year(report, why=why, **self.who)
                return made, f"已开始更正，这是第{made.version}版；公布以前，公众看到的仍是上一版。"
        raise Http404("没有这个事项。")


class YearFileView(OneYear):
    """A report as a Word file in the layout of the form."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it."""
        report = self.report()
        answer = HttpResponse(queries.site_year_docx(report, figures_of(report)), content_type=DOCX)
        name = queries.site_year_file_name(report)
        answer["Content-Disposition"] = content_disposition_header(True, name)
        return answer


def _address(record: str) -> str:
    """Return the page of a record in its own chapter; "" where it has none."""
    kind, _, key = record.partition(":")
    if kind not in _PAGES:
        return ""
    try:
        return reverse(_PAGES[kind], args=[key])
    except NoReverseMatch:
        return ""
