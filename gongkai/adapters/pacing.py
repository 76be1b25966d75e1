"""How often one visitor may ask within a minute, counted in the cache: nothing is written.

For pages that only read, such as a search: a row for every question would cost more than the
answer. A visitor is a network (`text.client_addresses`), kept as a keyed digest for the minute.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai.text.client_addresses import client_address, network_of

SECONDS = 60


def asks_too_often(request: HttpRequest, door: str, most: int) -> bool:
    """Note one question at `door` and say whether its sender asked more than `most` this minute."""
    key = f"gongkai-pace-{door}-{_visitor(request)}"
    if cache.add(key, 1, SECONDS):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended between the two
        return False


def _visitor(request: HttpRequest) -> str:
    address = client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.GONGKAI_TRUSTED_PROXIES,
    )
    network = network_of(address) if address else "unknown"
    return salted_hmac("gongkai.adapters.pacing", network, algorithm="sha256").hexdigest()[:32]
