"""How a reader wants pages shown: type size and contrast, kept in two cookies.

The switch is a plain link, so it works without scripts; it changes nothing but
the reader's own view. Ageing-friendly and high-contrast modes: law.md 9.4.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

SIZES = {"standard": "标准字号", "large": "大字"}
CONTRASTS = {"standard": "标准对比度", "high": "高对比度"}
KIOSK_COOKIE = "gk_kiosk"
COOKIES = {"size": "gk_size", "contrast": "gk_contrast"}
KEPT_FOR = timedelta(days=365)
_VALUES = {"size": SIZES, "contrast": CONTRASTS}


@dataclass(frozen=True, slots=True)
class Display:
    """The reader's choice; values outside the known ones count as standard."""

    size: str = "standard"
    contrast: str = "standard"


def display_of(request: HttpRequest) -> Display:
    """Return what the request's cookies ask for."""
    chosen = {
        name: request.COOKIES.get(cookie, "")
        for name, cookie in COOKIES.items()
        if request.COOKIES.get(cookie, "") in _VALUES[name]
    }
    return Display(**chosen)


def is_kiosk(request: HttpRequest) -> bool:
    """Say whether the request comes from a terminal that opened the kiosk's address."""
    return request.COOKIES.get(KIOSK_COOKIE) == "1"


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the chosen size or contrast and go back to the page the reader came from."""
    back = request.GET.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, values in _VALUES.items():
        value = request.GET.get(name, "")
        if value in values:
            response.set_cookie(
                COOKIES[name],
                value,
                max_age=KEPT_FOR,
                samesite="Lax",
                secure=request.is_secure(),
                httponly=True,
            )
    return response
