"""The six methods of GeoReport v2, and the discovery document that leads to them."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.adapters.pacing import asks_too_often
from gongkai.api.counties import counties
from gongkai.api.open311 import reporting
from gongkai.api.open311.formats import answer, one, problem
from gongkai.hotline.actions import OUTDOORS, HotlineError, actor_of, report_by_app
from gongkai.hotline.models import IntakeClient
from gongkai.hotline.queries import PublicOrder, State
from gongkai.hotline.queries.public import Wanted, order_of_token, public_orders
from gongkai.hotline.queries.settings import client_of_key, county_above
from gongkai.orgs.models import Organ

LONGEST_SPAN = timedelta(days=90)
A_MINUTE, REPORTS_A_MINUTE = 120, 30
CHANGED = "2026-11-26T00:00:00Z"
_TOO_OFTEN = "请求过于频繁，请稍后再试"
_NOTICE = "已收到。诉求派单以后可以凭令牌查到工单编号；工单公开以前，不会出现在查询结果中。"


def _county(request: HttpRequest, told: Any) -> Organ | None:
    """Return the county of `jurisdiction_id`; it may be left out where there is only one."""
    wanted = told.get("jurisdiction_id", "")
    found = counties()
    if not wanted:
        return found[0] if len(found) == 1 else None
    return next((each for each in found if each.code == wanted), None)


def _no_county(kind: str, told: Any) -> HttpResponse:
    if told.get("jurisdiction_id"):
        return problem(kind, 404, "jurisdiction_id not found / 没有这个 jurisdiction_id")
    return problem(kind, 400, "jurisdiction_id was not provided / 请填写 jurisdiction_id（县代码）")


@require_safe
def discovery(request: HttpRequest, kind: str) -> HttpResponse:
    """Tell where the interface is and what it speaks."""
    base = request.build_absolute_uri("/open311/v2")
    told = {
        "changeset": CHANGED,
        "contact": "12345政务服务便民热线",
        "key_service": "接入密钥请向县人民政府办公室申请",
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": base,
                "changeset": CHANGED,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return one(kind, "discovery", told)


@require_safe
def services(request: HttpRequest, kind: str) -> HttpResponse:
    """List what can be reported."""
    if _county(request, request.GET) is None:
        return _no_county(kind, request.GET)
    return answer(kind, "services", "service", [reporting.service(each) for each in OUTDOORS])


@require_safe
def service(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Define what a report of one service may tell beside the usual."""
    if _county(request, request.GET) is None:
        return _no_county(kind, request.GET)
    if code not in OUTDOORS:
        return problem(kind, 404, "service_code not found / 没有这个 service_code")
    return one(kind, "service_definition", reporting.definition(code))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, kind: str) -> HttpResponse:
    """List what is public; by POST, take a report in."""
    if request.method == "POST":
        return _take(request, kind)
    county = _county(request, request.GET)
    if county is None:
        return _no_county(kind, request.GET)
    if asks_too_often(request, "open311", A_MINUTE):
        return problem(kind, 429, _TOO_OFTEN)
    try:
        wanted = _wanted(request.GET, timezone.now())
    except ValueError as wrong:
        return problem(kind, 400, str(wrong))
    return _listed(kind, public_orders(county, wanted))


@require_safe
def single(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Show one public request; one that is not public is as if it were not there."""
    county = _county(request, request.GET)
    if county is None:
        return _no_county(kind, request.GET)
    if asks_too_often(request, "open311", A_MINUTE):
        return problem(kind, 429, _TOO_OFTEN)
    found = public_orders(county, Wanted(numbers=[number.replace("\x00", "")[:40]]))
    if not found:
        return problem(kind, 404, "service_request_id not found / 没有这个 service_request_id")
    return _listed(kind, found)


@require_safe
def token(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Lead from a token to the number, once the matter has been dispatched."""
    county = _county(request, request.GET)
    if county is None:
        return _no_county(kind, request.GET)
    if asks_too_often(request, "open311", A_MINUTE):
        return problem(kind, 429, _TOO_OFTEN)
    order = order_of_token(county, token)
    if order is None:
        return problem(kind, 404, "token not found / 没有这个 token")
    number = None if order.state == State.RECEIVED else order.number
    row = {"service_request_id": number, "token": token}
    return answer(kind, "service_requests", "request", [row])


def _take(request: HttpRequest, kind: str) -> HttpResponse:
    told = request.POST
    county = _county(request, told)
    if county is None:
        return _no_county(kind, told)
    client = client_of_key(told.get("api_key", ""))
    if client is None or county_above(client.organ) != county:
        return problem(kind, 403, "Missing or invalid api_key / 没有 api_key 或者 api_key 不对")
    if asks_too_often(request, "open311-report", REPORTS_A_MINUTE):
        return problem(kind, 429, _TOO_OFTEN)
    return _report(told, client, kind)


def _report(told: Any, client: IntakeClient, kind: str) -> HttpResponse:
    code = told.get("service_code", "")
    if not code:
        return problem(kind, 400, "service_code was not provided / 请填写 service_code")
    if code not in OUTDOORS:
        return problem(kind, 404, "service_code not found / 没有这个 service_code")
    secret = secrets.token_hex(16)
    try:
        new, caller = reporting.reported(told)
        report_by_app(
            client.organ,
            told=new,
            caller=caller,
            token=secret,
            by=actor_of(client),
            at=timezone.now(),
        )
    except (HotlineError, ValueError) as wrong:
        return problem(kind, 400, str(wrong))
    row = {"token": secret, "service_notice": _NOTICE, "account_id": None}
    return answer(kind, "service_requests", "request", [row], status=201)


def _wanted(told: Any, now: datetime) -> Wanted:
    """Return what is asked for: numbers alone, or a span of at most ninety days.

    Raises:
        ValueError: a parameter cannot be read.
    """
    numbers = [each.strip() for each in told.get("service_request_id", "").split(",")]
    if any(numbers):
        return Wanted(numbers=[each.replace("\x00", "")[:40] for each in numbers if each][:1000])
    since, until = _moment(told, "start_date"), _moment(told, "end_date")
    until = until or (min(since + LONGEST_SPAN, now) if since else now)
    since = since or until - LONGEST_SPAN
    if until - since > LONGEST_SPAN:
        raise ValueError("start_date and end_date may span 90 days / 起止日期最多相隔90天")
    status = told.get("status", "")
    if status not in ("", "open", "closed"):
        raise ValueError("status is open or closed / status 应当是 open 或者 closed")
    codes = [each.strip() for each in told.get("service_code", "").split(",") if each.strip()]
    is_open = {"open": True, "closed": False}.get(status)
    return Wanted(codes=codes[:100], since=since, until=until, is_open=is_open)


def _moment(told: Any, name: str) -> datetime | None:
    text = told.get(name, "")
    if not text:
        return None
    try:
        # A plus sign that was not quoted in the address arrives as a blank.
        found = parse_datetime(text.strip().replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not 1900 < found.year < 2900:
        raise ValueError(
            f"{name} is a date and time with its zone / {name} 应当如 2026-03-02T09:30:00+08:00"
        )
    return found


def _listed(kind: str, found: list[PublicOrder]) -> HttpResponse:
    rows = [reporting.public(each) for each in found]
    return answer(kind, "service_requests", "request", rows)
