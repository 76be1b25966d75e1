"""Sites that are inspected: the list with the last runs, a new one, columns, stopping."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from gongkai.inspections import actions, queries
from gongkai.inspections.lifecycle import InspectionError
from gongkai.inspections.models import Site, SiteColumn
from gongkai.inspections.staff.access import OfficeView, blame
from gongkai.inspections.staff.forms import ColumnForm, SiteForm, WhyForm

RUNS = 30


class SitesView(OfficeView):
    """The sites, who answers for what, and the newest runs."""

    template_name = "inspections/sites.html"
    page_title = "巡查网站"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the sites and the form of a new one."""
        return self.show(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Register a site, or show the form again with what is wrong."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            site = actions.register_site(self.county, **form.cleaned_data, **self.who)
        except InspectionError as refused:
            return self.show(blame(form, refused))
        messages.success(request, f"已登记{site}。")
        return redirect("inspections:site", site.pk)

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer the sites' yearly reports."""
        url = reverse("inspections:site_years")
        return [HeaderButton("网站年度报表", url=url, icon_name="doc-full")]

    def form(self, *args: Any) -> SiteForm:
        """Return the form with the county's organs."""
        organs = queries.organs_to_lay_to(self.county, self.person.official.today)
        return SiteForm(*args, organs=organs)

    def show(self, form: SiteForm) -> HttpResponse:
        """Show the screen."""
        counties = self.person.counties
        runs = queries.runs_of(counties)[:RUNS]
        return self.show_form(form, sites=queries.sites_of(counties), runs=runs)


class SiteView(OfficeView):
    """One site: its columns, a form for another, stopping and resuming."""

    template_name = "inspections/site.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the site among those of this person's counties."""
        self.site: Site | None = (
            queries.sites_of(self.person.counties).filter(pk=kwargs["pk"]).first()
        )
        if self.site is not None:
            self.page_title = self.site.name
        elif self.person.counties:
            raise Http404("没有这个网站，或者您无权查看。")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show(self.form(), WhyForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Name a column, drop one, stop or resume, as the button says."""
        do = request.POST.get("do", "column")
        form = self.form(request.POST) if do == "column" else self.form()
        why = WhyForm(request.POST) if do == "stop" else WhyForm()
        if (do == "column" and not form.is_valid()) or (do == "stop" and not why.is_valid()):
            return self.show(form, why)
        try:
            done = self.take(do, form, why)
        except InspectionError as refused:
            return self.show(
                *((form, blame(why, refused)) if do == "stop" else (blame(form, refused), why))
            )
        messages.success(request, done)
        return redirect("inspections:site", self.site.pk)

    def take(self, do: str, form: ColumnForm, why: WhyForm) -> str:
        """Do what a button says; return what was done."""
        if do == "column":
            column = actions.name_column(self.site, **form.cleaned_data, **self.who)
            return f"已登记栏目“{column}”。"
        if do == "stop":
            actions.stop_site(self.site, why=why.cleaned_data["why"], **self.who)
            return "已停止巡查，已有的问题照常整改。"
        if do == "resume":
            actions.resume_site(self.site, **self.who)
            return "已恢复巡查。"
        key = self.request.POST.get("column", "")
        column = SiteColumn.objects.filter(site=self.site, pk=key if key.isdigit() else 0).first()
        if column is None:
            raise Http404("没有这个栏目。")
        actions.drop_column(column, **self.who)
        return f"已删除栏目“{column.name}”，以后的问题归{self.site.organ.short_name}。"

    def form(self, *args: Any) -> ColumnForm:
        """Return the form of a column."""
        organs = queries.organs_to_lay_to(self.site.county, self.person.official.today)
        return ColumnForm(*args, organs=organs)

    def show(self, form: Any, why: Any) -> HttpResponse:
        """Show the screen; 422 when something was refused."""
        context = self.get_context_data(form=form, why=why, site=self.site)
        wrong = form.errors or why.errors
        return self.render_to_response(context, status=422 if wrong else 200)

    def trail(self) -> list[dict[str, Any]]:
        """Return the list of sites."""
        return [{"url": reverse("inspections:sites"), "label": "巡查网站"}]
