"""Addresses for the public; columns come from the page tree, records from `portal`."""

from django.http import Http404
from django.urls import include, path
from django.views.defaults import page_not_found
from wagtail import urls as wagtail_urls

from gongkai.api.views import about, api

urlpatterns = [
    path("api/", about, name="api_about"),
    path("api/v1/", api.urls),
    path("open311/", include("gongkai.api.open311.urls")),
    path("", include("gongkai.portal.urls")),
    # Wagtail's second door, for pages that readers sign in to: it asks for no second factor.
    path("_util/login/", page_not_found, {"exception": Http404()}, name="wagtailcore_login"),
    path("", include(wagtail_urls)),
]
