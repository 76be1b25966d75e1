"""Addresses of error reports and comments."""

from django.urls import URLPattern, path, re_path

from gongkai.portal.engaging import (
    cards as cards,  # answers for the pages of solicitations
)
from gongkai.portal.engaging import comments, errors

_ONE = r"hdjl/yjzj/(?P<pk>[0-9]{1,18})/yijian/"

urlpatterns: list[URLPattern] = [
    path("jiucuo/", errors.report, name="portal_errors"),
    path("jiucuo/huizhi/", errors.receipt, name="portal_error_receipt"),
    path("jiucuo/chaxun/", errors.follow, name="portal_follow_error"),
    re_path(rf"^{_ONE}$", comments.give, name="portal_comment"),
    re_path(rf"^{_ONE}huizhi/$", comments.receipt, name="portal_comment_receipt"),
]
