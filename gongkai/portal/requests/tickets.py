"""What a visitor carries for a while instead of an account: a signed cookie of these pages only.

A receipt is shown once and then taken back; a result may be looked at for a quarter of an hour.
Nothing of it is kept on the server, and a query code renewed in between makes a ticket void.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from gongkai.portal.requests.places import BASE


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of ticket: the name of its cookie, how long it holds, the pages it is for."""

    cookie: str
    lasts: timedelta
    path: str = BASE

    def __post_init__(self) -> None:
        KINDS.append(self)


# Every sort there is: a terminal that is cleared takes all of them back.
KINDS: list[Kind] = []
RECEIPT = Kind("gk_receipt", timedelta(minutes=10))
RESULT = Kind("gk_result", timedelta(minutes=15))


def give(
    response: HttpResponseBase, request: HttpRequest, kind: Kind, told: dict[str, Any]
) -> None:
    """Give the visitor a ticket with an answer."""
    response.set_cookie(
        kind.cookie,
        signing.dumps(told, salt=_salt(kind)),
        max_age=kind.lasts,
        path=kind.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def read(request: HttpRequest, kind: Kind) -> dict[str, Any] | None:
    """Return what a visitor's ticket says; None without one, or when it is forged or too old."""
    try:
        told = signing.loads(
            request.COOKIES.get(kind.cookie, ""), salt=_salt(kind), max_age=kind.lasts
        )
    except signing.BadSignature:
        return None
    return told if isinstance(told, dict) else None


def take_back(response: HttpResponseBase, kind: Kind) -> None:
    """Take the ticket back with an answer."""
    response.delete_cookie(kind.cookie, path=kind.path, samesite="Strict")


def _salt(kind: Kind) -> str:
    return f"gongkai.portal.requests.{kind.cookie}"
