"""Addresses of the search."""

from django.urls import path

from gongkai.portal.searching import pages

urlpatterns = [
    path("sousuo/", pages.search, name="portal_search"),
    path("sousuo/tishi", pages.suggest, name="portal_suggest"),
    path("sousuo/opensearch.xml", pages.description, name="portal_opensearch"),
]
