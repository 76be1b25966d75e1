"""The county's accounts on other platforms: the matrix, the leading ones first (law.md 5.1).

Each link leaves the site, so the notice stands between; accounts that are closed are not shown.
The leading ones have a code to be scanned, and stand on the home page too.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.adapters import qr_code
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import leading_of, matrix_of
from gongkai.portal.columns import MEDIA
from gongkai.portal.documents import county_of
from gongkai.portal.outward import is_outward, notice_of
from gongkai.portal.site import site_of


@dataclass(frozen=True, slots=True)
class Door:
    """One account as a link: where it leads, its name, its platform, what it is for."""

    address: str
    name: str
    platform: str
    number: str
    functions: str
    organ: str
    code: SafeString


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


def leading(request: HttpRequest) -> tuple[Door, ...]:
    """Return the accounts that lead the county's matrix, for the home page."""
    profile = site_of(request).profile
    if profile is None:
        return ()
    host = request.get_host()
    return tuple(_door(each, host) for each in leading_of(profile.county))


def _door(account: Account, host: str) -> Door:
    return Door(
        address=notice_of(account.link) if is_outward(account.link, host) else account.link,
        name=account.name,
        platform=account.get_platform_display(),
        number=account.platform_id,
        functions=account.functions,
        organ=account.organ.name,
        # Made by segno of an address, which it encodes: nothing of it is markup.
        code=SafeString(qr_code.svg(account.link)) if account.main else SafeString(""),
    )
