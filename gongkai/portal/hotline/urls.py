"""Addresses of the hotline on the public site."""

from django.urls import URLPattern, path

from gongkai.portal.hotline import pages

urlpatterns: list[URLPattern] = [
    path("hdjl/rexian/", pages.index, name="portal_hotline"),
    path("hdjl/rexian/tijiao/", pages.submit, name="portal_matter"),
    path("hdjl/rexian/huizhi/", pages.receipt, name="portal_matter_receipt"),
    path("hdjl/rexian/chaxun/", pages.follow, name="portal_follow_matter"),
    path("hdjl/rexian/<uuid:pk>.html", pages.order, name="portal_order"),
]
