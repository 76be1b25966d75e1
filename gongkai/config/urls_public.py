"""Addresses for the public; columns come from the page tree, records from `portal`."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

from gongkai.api.views import about, api

urlpatterns = [
    path("api/", about, name="api_about"),
    path("api/v1/", api.urls),
    path("open311/", include("gongkai.api.open311.urls")),
    path("", include("gongkai.portal.urls")),
    path("", include(wagtail_urls)),
]
