"""Public addresses of records; columns are served from the page tree.

Addresses never change once published; the slugs are those that most county sites
use (practice.md 1.1).
"""

from django.urls import URLPattern, path

from gongkai.portal import display, views
from gongkai.portal.requests.urls import urlpatterns as request_addresses

_FILES = {"pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "download.html": "html", "json": "json"}

urlpatterns: list[URLPattern] = [
    path("xianshi/", display.choose, name="portal_display"),
    path("zwgk/xxgknb/", views.report_list, name="portal_reports"),
    path("zwgk/xxgknb/<int:year>/", views.report_list, name="portal_reports_of_year"),
    path("zwgk/xxgknb/<int:year>/<slug:code>.html", views.report_page, name="portal_report"),
    *(
        path(f"zwgk/xxgknb/<int:year>/<slug:code>.{suffix}", views.report_file, {"kind": kind})
        for suffix, kind in _FILES.items()
    ),
    *request_addresses,
]
