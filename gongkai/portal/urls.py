"""Public addresses: records have their own, columns of entries follow the tree of sections.

Addresses never change once published; the slugs are those that most county sites
use (practice.md 1.1). A document stands at /{section}/{yyyymm}/{id}.html.
"""

from django.urls import URLPattern, path, register_converter

from gongkai.portal import (
    bulletins,
    crawling,
    display,
    documents,
    feeds,
    fields,
    kiosk,
    media,
    organs,
    outward,
    oversight,
    policy,
    proposals,
    sections,
    site_years,
    sitemap,
    views,
)
from gongkai.portal.complaining.urls import urlpatterns as complaint_addresses
from gongkai.portal.engaging.urls import urlpatterns as engaging_addresses
from gongkai.portal.hall.urls import urlpatterns as hall_addresses
from gongkai.portal.hotline.urls import urlpatterns as hotline_addresses
from gongkai.portal.policy_urls import urlpatterns as policy_addresses
from gongkai.portal.requests.urls import urlpatterns as request_addresses
from gongkai.portal.searching.urls import urlpatterns as search_addresses

_FILES = {"pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "download.html": "html", "json": "json"}


class Column:
    """The path of a section: slugs of the tree, none of which is all digits."""

    regex = r"[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)*"

    def to_python(self, value: str) -> str:
        """Return the path as the tree knows it."""
        return value

    def to_url(self, value: str) -> str:
        """Return the path as an address has it."""
        return value


class Month(Column):
    """The path of a section and a month: where documents stand."""

    regex = rf"{Column.regex}/[0-9]{{6}}"


class Year(Column):
    """A year of four digits."""

    regex = r"[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        """Return the year."""
        return int(value)


class Key(Column):
    """The number of a record: never more digits than a database counts."""

    regex = r"[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


class PageNumber(Key):
    """The number of a page: what it is multiplied by still fits a database's numbers."""

    regex = r"[0-9]{1,9}"


register_converter(Key, "key")
register_converter(PageNumber, "page")
register_converter(Column, "column")
register_converter(Month, "month")
register_converter(Year, "year4")

urlpatterns: list[URLPattern] = [
    # First, for it is asked for most; no other address has a month in it.
    path("<month:path>/<key:pk>.html", documents.document, name="portal_document"),
    path("xianshi/", display.choose, name="portal_display"),
    path("tiyanqu/", kiosk.start, name="portal_kiosk"),
    path("tiyanqu/qingli/", kiosk.clear, name="portal_kiosk_clear"),
    path("robots.txt", crawling.robots),
    path("sitemap.xml", crawling.sitemap),
    path("sitemap-columns.xml", crawling.sitemap_columns),
    path("sitemap-<key:block>.xml", crawling.sitemap_block),
    path("data/catalog.jsonld", crawling.dcat, name="portal_dcat"),
    path("likai/", outward.leaving, name="portal_leaving"),
    path("wzdt/", sitemap.site_map, name="portal_site_map"),
    path("zwgk/xxgknb/", views.report_list, name="portal_reports"),
    path("zwgk/xxgknb/<int:year>/", views.report_list, name="portal_reports_of_year"),
    path("zwgk/xxgknb/<int:year>/<slug:code>.html", views.report_page, name="portal_report"),
    *(
        path(f"zwgk/xxgknb/<int:year>/<slug:code>.{suffix}", views.report_file, {"kind": kind})
        for suffix, kind in _FILES.items()
    ),
    *request_addresses,
    *complaint_addresses,
    *engaging_addresses,
    *hotline_addresses,
    *policy_addresses,
    *search_addresses,
    *hall_addresses,
    path("zwgk/wzndbb/", site_years.site_year_list, name="portal_site_years"),
    path(
        "zwgk/wzndbb/<year4:year>/<key:pk>.html", site_years.site_year_page, name="portal_site_year"
    ),
    path("zwgk/wzndbb/<year4:year>/<key:pk>.docx", site_years.site_year_file),
    path("zwgk/tongbao/", bulletins.bulletin_list, name="portal_bulletins"),
    path("zwgk/tongbao/<key:pk>.html", bulletins.bulletin_page, name="portal_bulletin"),
    path("zwgk/kaohe/", oversight.ranking_list, name="portal_rankings"),
    path("zwgk/kaohe/<key:pk>.html", oversight.ranking_page, name="portal_ranking"),
    path("zwgk/shpy/", oversight.evaluation_list, name="portal_evaluations"),
    path("zwgk/shpy/<key:pk>.html", oversight.evaluation_page, name="portal_evaluation"),
    path("zwgk/zwxmt/", media.matrix, name="portal_media"),
    path("zwgk/jytabl/", proposals.proposals, name="portal_proposals"),
    path("zwgk/jytabl/<year4:year>/", proposals.proposals, name="portal_proposals_of_year"),
    path("zwgk/zfxxgkzn/", organs.guide, name="portal_guide"),
    path("zwgk/jg/", organs.directory, name="portal_organs"),
    path("zwgk/jg/<slug:slug>/", organs.organ_page, name="portal_organ"),
    path("zwgk/jg/<slug:slug>/zfxxgkzn/", organs.guide, name="portal_organ_guide"),
    path("zwgk/jg/<slug:slug>/zfxxgkml/", organs.catalogue, name="portal_organ_catalogue"),
    path("zwgk/jg/<slug:slug>/<column:path>/", organs.organ_section, name="portal_organ_section"),
    path("zwgk/jg/<slug:slug>/<column:path>/<page:page>.html", organs.organ_section),
    path("zwgk/jczwgk/", fields.index, name="portal_fields"),
    path("zwgk/jczwgk/<slug:slug>/", fields.field, name="portal_field"),
    path("<month:path>/<key:pk>/lishi/", policy.history, name="portal_history"),
    path("<month:path>/<key:pk>/erweima.svg", documents.code, name="portal_code"),
    path("<month:path>/<key:pk>/<uuid:name>.<slug:kind>", documents.attachment),
    path("<column:path>/feed.xml", feeds.atom, name="portal_feed"),
    path("<column:path>/list.json", feeds.listed),
    path("<column:path>/list.csv", feeds.sheet),
    path("<column:path>/<year4:year>/list.csv", feeds.sheet),
    path("<column:path>/", sections.section, name="portal_section"),
    path("<column:path>/<page:page>.html", sections.section, name="portal_section_page"),
    path("<column:path>/<year4:year>/", sections.section, name="portal_section_year"),
    path("<column:path>/<year4:year>/<page:page>.html", sections.section),
]
