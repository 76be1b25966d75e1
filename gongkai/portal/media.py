"""The county's accounts on other platforms: the matrix, the leading ones first (law.md 5.1).

Each link leaves the site, so the notice stands between; accounts that are closed are not shown.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import matrix_of
from gongkai.portal.columns import MEDIA
from gongkai.portal.documents import county_of
from gongkai.portal.outward import is_outward, notice_of


@dataclass(frozen=True, slots=True)
class Door:
    """One account as a link: where it leads, its name, its platform, what it is for."""

    address: str
    name: str
    platform: str
    number: str
    functions: str
    organ: str


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Show the accounts by organ."""
    host = request.get_host()
    groups = [
        (organ, [_door(each, host) for each in accounts])
        for organ, accounts in matrix_of(county_of(request))
    ]
    if not groups:
        raise Http404("还没有登记政务新媒体账号")
    return render(request, "portal/media.html", {"column": MEDIA, "groups": groups})


def _door(account: Account, host: str) -> Door:
    return Door(
        address=notice_of(account.link) if is_outward(account.link, host) else account.link,
        name=account.name,
        platform=account.get_platform_display(),
        number=account.platform_id,
        functions=account.functions,
        organ=account.organ.name,
    )
