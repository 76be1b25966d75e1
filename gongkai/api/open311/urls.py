"""Addresses of GeoReport v2: `/open311/v2/services.json` and the like."""

from django.urls import URLPattern, re_path

from gongkai.api.open311 import views

_KIND = r"\.(?P<kind>json|xml)$"
_TAKEN = r"(?P<%s>[^/]{1,80}?)"

urlpatterns: list[URLPattern] = [
    re_path(rf"^discovery{_KIND}", views.discovery, name="open311_discovery"),
    re_path(rf"^v2/services{_KIND}", views.services, name="open311_services"),
    re_path(rf"^v2/services/(?P<code>[0-9A-Za-z_-]{{1,40}}){_KIND}", views.service),
    re_path(rf"^v2/requests{_KIND}", views.requests, name="open311_requests"),
    re_path(rf"^v2/requests/{_TAKEN % 'number'}{_KIND}", views.single),
    re_path(rf"^v2/tokens/{_TAKEN % 'token'}{_KIND}", views.token),
]
