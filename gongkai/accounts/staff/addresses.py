"""Whose address a request of staff comes from (`text.client_addresses`)."""

from ipaddress import IPv4Address, IPv6Address

from django.conf import settings
from django.http import HttpRequest

from gongkai.text.client_addresses import client_address


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Return the address, None when it cannot be told."""
    return client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.GONGKAI_TRUSTED_PROXIES,
    )


def address_text(request: HttpRequest) -> str:
    """Return the address as the log and the lockout keep it; no address is "::"."""
    return str(address_of(request) or "::")
