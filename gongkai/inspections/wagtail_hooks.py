"""Hangs inspections into Wagtail's admin: addresses and the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.inspections.queries import ANSWERERS, VIEWERS
from gongkai.inspections.staff import (
    acting,
    availability,
    bulletins,
    importing,
    indicators,
    ledger,
    papers,  # noqa: F401 -- who opens the files of findings
    site_years,
    sites,
    trends,
)
from gongkai.orgs.queries import Official

_PATTERNS = [
    path("", ledger.LedgerView.as_view(), name="ledger"),
    path("export/", ledger.ExportView.as_view(), name="export"),
    path("import/", importing.ImportView.as_view(), name="import"),
    path("back/", importing.BackView.as_view(), name="back"),
    path("<int:pk>/", ledger.FindingView.as_view(), name="finding"),
    path("act/<slug:act>/", acting.ActView.as_view(), name="act"),
    path("trends/", trends.TrendsView.as_view(), name="trends"),
    path("indicators/", indicators.IndicatorsView.as_view(), name="indicators"),
    path("indicators/<slug:code>/", indicators.IndicatorView.as_view(), name="indicator"),
    path("sites/", sites.SitesView.as_view(), name="sites"),
    path("sites/<int:pk>/", sites.SiteView.as_view(), name="site"),
    path("sites/<int:pk>/visits/", availability.AvailabilityView.as_view(), name="availability"),
    path("years/", site_years.YearsView.as_view(), name="site_years"),
    path("years/<int:pk>/", site_years.YearView.as_view(), name="site_year"),
    path("years/<int:pk>/fill/", site_years.FillView.as_view(), name="site_year_fill"),
    path("years/<int:pk>/docx/", site_years.YearFileView.as_view(), name="site_year_file"),
    path("years/<int:pk>/act/<slug:act>/", site_years.YearActView.as_view(), name="site_year_act"),
    path(
        "years/<int:pk>/behind/<slug:code>/",
        site_years.BehindView.as_view(),
        name="site_year_behind",
    ),
    path("bulletins/", bulletins.BulletinsView.as_view(), name="bulletins"),
    path("bulletins/<int:pk>/", bulletins.BulletinView.as_view(), name="bulletin"),
    path("bulletins/<int:pk>/retake/", bulletins.RetakeView.as_view(), name="retake"),
    path("bulletins/<int:pk>/issue/", bulletins.IssueView.as_view(), name="issue"),
    path("bulletins/<int:pk>/publish/", bulletins.PublishView.as_view(), name="publish"),
    path("bulletins/<int:pk>/sign/", bulletins.SignView.as_view(), name="sign"),
    path("bulletins/<int:pk>/<str:kind>/", bulletins.FileView.as_view(), name="bulletin_file"),
]


class InspectionsItem(MenuItem):
    """Shown to those whose posts let them see the findings of some organ."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the signed-in person sees any organ."""
        return Official(request.user, timezone.now(), ANSWERERS, VIEWERS).sees_any


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the screens under their own namespace."""
    return [path("inspections/", include((_PATTERNS, "inspections"), namespace="inspections"))]


@hooks.register("register_admin_menu_item")
def register_ledger() -> MenuItem:
    """Add the ledger to the main menu."""
    url = reverse("inspections:ledger")
    return InspectionsItem("监督检查", url, name="inspections", icon_name="view", order=229)


@hooks.register("register_reports_menu_item")
def register_site_years() -> MenuItem:
    """Add the websites' yearly reports to the menu of reports."""
    url = reverse("inspections:site_years")
    return InspectionsItem("网站年度报表", url, name="site-years", icon_name="site", order=231)
