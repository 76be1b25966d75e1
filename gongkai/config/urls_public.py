"""Addresses for the public; columns come from the page tree, records from `portal`."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = [
    path("", include("gongkai.portal.urls")),
    path("", include(wagtail_urls)),
]
