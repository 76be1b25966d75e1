"""The address for terminals of a 政务公开体验区: large targets, nothing of a person left behind.

The terminal opens `/tiyanqu/`; a mark in its browser then makes every page large. After sixty
seconds without a touch the page goes to `/tiyanqu/qingli/`, which empties the browser of what
this site put there and starts anew; a button does the same at once.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.portal.columns import entries_under
from gongkai.portal.display import COOKIES, KIOSK_COOKIE
from gongkai.portal.documents import county_of
from gongkai.portal.requests import tickets
from gongkai.portal.site import site_of

ADDRESS = "/tiyanqu/"


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the doors of the terminal and mark its browser."""
    county_of(request)
    response = render(request, "portal/kiosk.html", {"doors": _doors(request)})
    response.set_cookie(
        KIOSK_COOKIE, "1", samesite="Strict", secure=request.is_secure(), httponly=True
    )
    response.set_cookie(
        COOKIES["size"], "large", samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response


@never_cache
@require_safe
def clear(request: HttpRequest) -> HttpResponse:
    """Empty the browser of everything of this site and start anew."""
    response = HttpResponseRedirect(ADDRESS)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    # Browsers honour the header on https alone, and send no ticket of other pages here.
    for name in request.COOKIES:
        response.delete_cookie(name)
    for kind in tickets.KINDS:
        tickets.take_back(response, kind)
    return response


def _doors(request: HttpRequest) -> list[tuple[str, str, str]]:
    columns = {column.url: column for column in entries_under("zwgk", request)}
    wanted = (
        ("/zwgk/fdzdgknr/", "查公开信息", "法定主动公开的各类信息"),
        ("/zwgk/zcwjk/", "查政策文件", "现行有效的文件和解读"),
        ("/zwgk/jg/", "查部门乡镇", "职能、地址、电话、办公时间"),
        ("/zwgk/jczwgk/", "查标准目录", "各领域应当公开的事项"),
        ("/zwgk/zfxxgkzn/", "看公开指南", "怎样获取政府信息"),
        ("/zwgk/ysqgk/", "申请公开", "填写申请，查询办理结果"),
    )
    shown = [each for each in wanted if each[0] in columns]
    notices = site_of(request).nodes.get("zwdt/tzgg")
    if notices is not None and site_of(request).live.get(notices.id):
        shown.append((notices.address, "看通知公告", "最近发布的通知公告"))
    return shown
