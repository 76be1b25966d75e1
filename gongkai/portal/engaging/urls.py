"""Addresses of error reports, comments, messages, surveys, questions, emergency notices."""

from django.urls import URLPattern, path, re_path

from gongkai.portal.engaging import (
    cards as cards,  # answers for the pages of solicitations
)
from gongkai.portal.engaging import (
    comments,
    errors,
    interviews,
    messages,
    own_data,
    surveys,
    urgent,
)

_PK = "(?P<pk>[0-9]{1,18})"
_ONE = rf"hdjl/yjzj/{_PK}/yijian/"

urlpatterns: list[URLPattern] = [
    path("jiucuo/", errors.report, name="portal_errors"),
    path("jiucuo/huizhi/", errors.receipt, name="portal_error_receipt"),
    path("jiucuo/chaxun/", errors.follow, name="portal_follow_error"),
    re_path(rf"^{_ONE}$", comments.give, name="portal_comment"),
    re_path(rf"^{_ONE}huizhi/$", comments.receipt, name="portal_comment_receipt"),
    path("hdjl/liuyan/", messages.index, name="portal_messages"),
    path("hdjl/liuyan/xie/", messages.write, name="portal_write_message"),
    path("hdjl/liuyan/huizhi/", messages.receipt, name="portal_message_receipt"),
    path("hdjl/liuyan/chaxun/", messages.follow, name="portal_follow_message"),
    path("hdjl/liuyan/<slug:number>.html", messages.one, name="portal_message"),
    path("hdjl/wodexinxi/", own_data.own, name="portal_own_data"),
    path("hdjl/xinxiang/", messages.mailboxes, name="portal_mailboxes"),
    path("hdjl/wsdc/", surveys.index, name="portal_surveys"),
    re_path(rf"^hdjl/wsdc/{_PK}/$", surveys.one, name="portal_survey"),
    re_path(rf"^hdjl/wsdc/{_PK}/da/$", surveys.answer, name="portal_ballot"),
    re_path(rf"^hdjl/wsdc/{_PK}/xiexie/$", surveys.thanks, name="portal_survey_thanks"),
    re_path(rf"^hdjl/zxft/{_PK}/tiwen/$", interviews.ask, name="portal_question"),
    re_path(rf"^hdjl/zxft/{_PK}/yitijiao/$", interviews.sent, name="portal_question_sent"),
    path("jinji/", urgent.page, name="portal_urgent"),
    path("jinji/list.json", urgent.listed, name="portal_urgent_list"),
]
