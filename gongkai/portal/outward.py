"""Links that leave the government's sites: a notice stands between (国办发〔2017〕47号).

The notice page leads nowhere by itself, and shows only addresses that a page of ours has signed:
nobody can use it to lend our name to another address.
"""

import re
from urllib.parse import urlencode, urlsplit

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

ADDRESS = "/likai/"
_SIGNER = Signer(salt="gongkai.portal.outward", sep="~")
_LINK = re.compile(r'href="(https?://[^"]+)"')
_OURS = (".gov.cn", ".政务")


def with_notices(html: str, host: str) -> str:
    """Return clean HTML whose links to other than government sites go through the notice."""
    if 'href="http' not in html:
        return html
    return _LINK.sub(lambda found: f'href="{_through(found[1], host)}"', html)


def is_outward(address: str, host: str) -> bool:
    """Say whether an address leaves this site and the government's."""
    name = (urlsplit(address).hostname or "").lower()
    return bool(name) and name != host.partition(":")[0] and not name.endswith(_OURS)


def notice_of(address: str) -> str:
    """Return the address of the notice before `address` (as plain text, not escaped)."""
    return f"{ADDRESS}?{urlencode({'dao': _SIGNER.sign(address)})}"


def _through(escaped: str, host: str) -> str:
    address = escaped.replace("&amp;", "&")
    return notice_of(address).replace("&", "&amp;") if is_outward(address, host) else escaped


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """Tell the reader that the link leaves the site, and where it leads."""
    try:
        address = _SIGNER.unsign(request.GET.get("dao", ""))
    except BadSignature:
        raise Http404("没有这个链接") from None
    response = render(request, "portal/leaving.html", {"address": address})
    response["X-Robots-Tag"] = "noindex"
    return response
