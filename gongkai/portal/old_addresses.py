"""Addresses of the county's former site: they lead on to what was taken over from there.

Asked only when nothing else answers an address (404), so that no page of ours is ever hidden and
no page pays for it. 301 to the entry; 410 with the notice when it has been withdrawn.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from gongkai.disclosure.queries import page_by_id
from gongkai.portal.models import OldAddress
from gongkai.portal.site import site_of

LONGEST = 500
_SLASHES = re.compile(r"/{2,}")
_NEVER = ("/staff/", "/api/", "/static/", "/media/")


def normalised(address: str) -> str:
    """Return how an old address is kept: path and query, decoded, path in small letters.

    The query's pairs are in order; scheme, host, fragment and doubled slashes are left out. What
    is longer than LONGEST is kept by its digest. "" when it is no address.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = _SLASHES.sub("/", _decoded(parts.path)).casefold()
    if not path.startswith("/"):
        path = f"/{path}"
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None))
    whole = f"{path}?{urlencode(pairs)}" if pairs else path
    if len(whole) > LONGEST:
        whole = f"sha256:{sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return whole


def _decoded(path: str) -> str:
    raw = unquote_to_bytes(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    return path


class LeadOn:
    """Middleware: where a GET would end in 404, look whether the former site had the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what answers."""
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer, or the way on."""
        response = self._answer(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if request.path.startswith(_NEVER):
            return response
        return _way_on(request) or response


def _way_on(request: HttpRequest) -> HttpResponse | None:
    profile = site_of(request).profile
    if profile is None:
        return None
    address = normalised(request.get_full_path())
    names = ("target", "entry_id", "entry__address", "entry__live")
    found = (
        OldAddress.objects.filter(county_id=profile.county_id, address=address)
        .values_list(*names)
        .first()
    )
    if found is None:
        return None
    target, entry_id, page_address, live = found
    if live:
        return HttpResponsePermanentRedirect(target or page_address)
    page = page_by_id(profile.county_id, entry_id)
    return render(request, "portal/withdrawn.html", {"page": page}, status=410)
