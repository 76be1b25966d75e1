"""Between the words of GeoReport v2 and those of the hotline."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.hotline.actions import (
    CATEGORIES,
    OUTDOORS,
    Caller,
    NewOrder,
    OrderKind,
    SourceChannel,
    path_of,
)
from gongkai.hotline.queries import PublicOrder

_KIND, _PUBLISH = "KIND", "PUBLISH"
_REPORTED = (OrderKind.HELP, OrderKind.COMPLAINT, OrderKind.SUGGESTION, OrderKind.ENQUIRY)


def service(code: str) -> dict[str, Any]:
    """Return a service as it is listed."""
    told = OUTDOORS[code]
    return {
        "service_code": code,
        "service_name": told.name,
        "description": f"反映{path_of(code)}方面的问题",
        "metadata": True,
        "type": "batch",
        "keywords": path_of(code).replace(" / ", ","),
        "group": CATEGORIES[code[:2]].name,
    }


def definition(code: str) -> dict[str, Any]:
    """Return what a report of a service may tell beside the usual."""
    kinds = [{"key": each.value, "name": each.label} for each in _REPORTED]
    agrees = [{"key": "yes", "name": "同意"}, {"key": "no", "name": "不同意"}]
    return {
        "service_code": code,
        "attributes": [
            _attribute(_KIND, 1, "诉求类型", kinds),
            _attribute(_PUBLISH, 2, "是否同意隐去姓名后公开", agrees),
        ],
    }


def _attribute(code: str, order: int, told: str, values: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": told,
        "values": values,
    }


def reported(told: Any) -> tuple[NewOrder, Caller]:
    """Return what a report tells, as the hotline takes it.

    Raises:
        ValueError: it does not say where, or an attribute is none of those defined.
    """
    code = told["service_code"]
    kind = told.get(f"attribute[{_KIND}]") or OrderKind.HELP.value
    if kind not in _REPORTED:
        raise ValueError(f"attribute[{_KIND}] is invalid / attribute[{_KIND}] 的值不在可选项中")
    name = told.get("last_name", "").strip() + told.get("first_name", "").strip()
    described = told.get("description", "").strip()
    contact = told.get("phone", "").strip() or told.get("email", "").strip()
    extra = told.get("media_url", "").strip()
    content = described or f"反映{path_of(code)}问题"
    if extra:
        content = f"{content}\n图片：{extra}"
    return (
        NewOrder(
            source=SourceChannel.APP,
            kind=OrderKind(kind),
            subject=f"反映{OUTDOORS[code].name}问题",
            content=content,
            category=code,
            place=_place(told),
            may_publish=told.get(f"attribute[{_PUBLISH}]") == "yes",
        ),
        Caller(name, contact[:40]),
    )


def _place(told: Any) -> str:
    """Return where it is: an address, or degrees of latitude and longitude."""
    address = told.get("address_string", "").strip() or told.get("address_id", "").strip()
    lat, long = told.get("lat", "").strip(), told.get("long", "").strip()
    if lat or long:
        try:
            north, east = float(lat), float(long)
        except ValueError:
            raise ValueError("lat or long is invalid / lat、long 应当是度数") from None
        if not (-90 <= north <= 90 and -180 <= east <= 180):
            raise ValueError("lat or long is out of range / lat、long 超出范围")
        address = f"{address}（北纬{north:.6f}，东经{east:.6f}）"
    if not address:
        raise ValueError(
            "lat and long, address_string or address_id is required"
            " / 请填写 lat 和 long、address_string 或者 address_id"
        )
    return address


def public(order: PublicOrder) -> dict[str, Any]:
    """Return a public order as a service request; a place on the map would tell whose it is."""
    return {
        "service_request_id": order.number,
        "status": "open" if order.is_open else "closed",
        "status_notes": order.answer or None,
        "service_name": CATEGORIES[order.category].name if order.category else None,
        "service_code": order.category or None,
        "description": order.text,
        "agency_responsible": order.organ,
        "service_notice": None,
        "requested_datetime": _moment(order.received_at),
        "updated_datetime": _moment(order.updated_at),
        "expected_datetime": _moment(order.due_at) if order.is_open else None,
        "address": order.place or None,
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None
