"""Emergency notices on every page (ADR 0023): the page of them, and the list that pages read.

Pages are files and there are many: they hold an empty place and a link, and the script of every
page fills the place from this list, a file of some bytes. The home holds the notices as text.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.engagement.queries import standing_banners
from gongkai.portal.documents import county_of

ADDRESS = "/jinji/"
LIST = f"{ADDRESS}list.json"


@dataclass(frozen=True, slots=True)
class Urgent:
    """One notice: its words, where it leads ("": nowhere), since and until when it stands."""

    text: str
    link: str
    since: datetime
    until: datetime


def standing(county_id: int, now: datetime) -> list[Urgent]:
    """Return the notices that stand on a county's pages, newest first. One query."""
    rows = standing_banners(county_id, now)
    local = timezone.localtime
    return [Urgent(row.text, row.link, local(row.raised_at), local(row.until)) for row in rows]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the notices that stand, or that there is none."""
    notices = standing(county_of(request).pk, timezone.now())
    return render(request, "portal/engaging/urgent.html", {"notices": notices})


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Send the notices as every page's script reads them; browsers ask each time."""
    notices = standing(county_of(request).pk, timezone.now())
    told = [
        {"text": each.text, "link": each.link, "until": each.until.isoformat()} for each in notices
    ]
    response = JsonResponse({"notices": told}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-cache"
    return response
