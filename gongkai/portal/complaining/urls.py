"""Addresses of complaints and reports on the public site."""

from django.urls import URLPattern, path

from gongkai.portal.complaining import pages

urlpatterns: list[URLPattern] = [
    path("zwgk/tsjb/", pages.complain, name="portal_complain"),
    path("zwgk/tsjb/huizhi/", pages.receipt, name="portal_complaint_receipt"),
    path("zwgk/tsjb/chaxun/", pages.follow, name="portal_follow_complaint"),
]
