"""Addresses for officials: Wagtail's admin, in which every chapter hangs its own views."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [path("", include(wagtailadmin_urls))]
