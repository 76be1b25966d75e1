"""Public addresses of records; columns are served from the page tree."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
