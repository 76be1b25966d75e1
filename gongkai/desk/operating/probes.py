"""What machines ask: /healthz (alive), /readyz (can serve), /metrics (figures as Prometheus reads).

They are answered before everything else, so that a load balancer may ask by address, over plain
HTTP and without a session. Alive is told to everybody; the rest to GONGKAI_METRICS_FROM alone,
and to nobody else that it is there.
"""

from collections.abc import Callable
from ipaddress import ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils import timezone

from gongkai.desk.operating.conditions import Probe, conditions, readiness
from gongkai.desk.operating.saying import Level
from gongkai.text.client_addresses import client_address

_PLAIN = "text/plain; version=0.0.4; charset=utf-8"


class AnswerProbes:
    """Middleware, the first of all: answers the three addresses, hands on everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe."""
        if request.path_info not in _PROBES or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if request.path_info != Probe.LIVE and not may_ask(request):
            response = HttpResponseNotFound("", content_type="text/plain")
        else:
            response = _PROBES[request.path_info](request)
        response["Cache-Control"] = "no-store"
        return response


def may_ask(request: HttpRequest) -> bool:
    """Say whether who asks is among those whom the figures are for."""
    address = client_address(
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
        settings.GONGKAI_TRUSTED_PROXIES,
    )
    if address is None:
        # Our own proxy or this machine asks for itself: there is nobody behind it.
        return not request.META.get("HTTP_X_FORWARDED_FOR")
    allowed = (ip_network(each, strict=False) for each in settings.GONGKAI_METRICS_FROM)
    return any(address in each for each in allowed if each.version == address.version)


def _ready(request: HttpRequest) -> HttpResponse:
    found = readiness(timezone.now())
    told = {"ready": found.is_ready, "checks": dict(found.checks)}
    return JsonResponse(told, status=200 if found.is_ready else 503)


def _figures(request: HttpRequest) -> HttpResponse:
    return HttpResponse(figures_text(), content_type=_PLAIN)


def figures_text() -> str:
    """Return the figures of all conditions, and how many conditions are of each level."""
    found = conditions(timezone.now())
    lines = [f"{name} {value}" for each in found for name, value in each.figures.items()]
    lines += [
        f'gongkai_conditions{{level="{level}"}} {sum(each.level is level for each in found)}'
        for level in Level
    ]
    return "\n".join(lines) + "\n"


def _alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


_PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    Probe.LIVE: _alive,
    Probe.READY: _ready,
    Probe.METRICS: _figures,
}
