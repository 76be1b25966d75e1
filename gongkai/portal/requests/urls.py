"""Addresses of disclosure upon request; none carries a secret (practice.md 1.1, 2.1)."""

from django.urls import URLPattern, path

from gongkai.portal.requests import figures, filing, following, pages
from gongkai.portal.requests.places import BASE, FIGURES, FILE, FLOW, FOLLOW, FORMS, GUIDE

_ROOT = BASE.lstrip("/")
_FILE, _FOLLOW, _FIGURES = f"{_ROOT}{FILE.slug}", f"{_ROOT}{FOLLOW.slug}", f"{_ROOT}{FIGURES.slug}"

urlpatterns: list[URLPattern] = [
    path(_ROOT, pages.index, name="requests_index"),
    path(f"{_ROOT}{GUIDE.slug}", pages.guide, name="requests_guide"),
    path(f"{_ROOT}{GUIDE.slug}<slug:code>/", pages.guide_of, name="requests_guide_of"),
    path(f"{_ROOT}{FLOW.slug}", pages.flow_chart, name="requests_flow"),
    path(f"{_ROOT}{FORMS.slug}", pages.forms, name="requests_forms"),
    path(f"{_ROOT}sqb.docx", pages.blank_form, {"kind": "docx"}, name="requests_form_docx"),
    path(f"{_ROOT}sqb.pdf", pages.blank_form, {"kind": "pdf"}, name="requests_form_pdf"),
    path(_FILE, filing.choose, name="requests_choose"),
    path(f"{_FILE}tizhan/", filing.challenge, name="requests_challenge"),
    path(f"{_FILE}huizhi/", filing.receipt, name="requests_receipt"),
    path(f"{_FILE}<slug:code>/", filing.fill_in, name="requests_form"),
    path(_FOLLOW, following.ask, name="requests_follow"),
    path(f"{_FOLLOW}jieguo/", following.result, name="requests_result"),
    path(f"{_FOLLOW}jieguo/wenjian/<str:key>/", following.download, name="requests_download"),
    path(f"{_FOLLOW}jieguo/buchong/", following.offer, name="requests_offer"),
    path(f"{_FOLLOW}tuichu/", following.leave, name="requests_leave"),
    path(_FIGURES, figures.page, name="requests_figures"),
    path(f"{_FIGURES}<int:year>/", figures.page, name="requests_figures_of"),
    path(f"{_FIGURES}<int:year>/tongji.csv", figures.as_csv, name="requests_figures_csv"),
]
