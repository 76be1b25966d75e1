"""Public pages of service items: by organ, theme and whom they serve; the guide of one.

国办发〔2017〕47号 and law.md 8.2. Every list has an address of its own and works without scripts;
a guide is laid out for a telephone first.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.portal.columns import SERVICES
from gongkai.portal.documents import county_of
from gongkai.portal.outward import is_outward, notice_of
from gongkai.servicehall.actions import Audience, Guide
from gongkai.servicehall.models import ServiceItem
from gongkai.servicehall.queries import (
    guide_on,
    has_any_item,
    matching,
    of_audience,
    of_organ,
    of_theme,
    offer_of,
    public_halls,
    public_item,
    public_items,
    theme_name,
)

_MOST_WORDS = 60
_MOST_FOUND = 200
AUDIENCES = {"geren": Audience.PERSON, "faren": Audience.LEGAL}


@dataclass(frozen=True, slots=True)
class Door:
    """A way to handle something online: where it leads and what it is."""

    address: str
    label: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what is offered; with ?gjc= the items that a word finds."""
    county, today = county_of(request), timezone.localdate()
    if not has_any_item(county.pk, today):
        raise Http404("还没有公布政务服务事项")
    words = request.GET.get("gjc", "").strip()[:_MOST_WORDS]
    found = matching(public_items(county.pk, today), words) if words else None
    context = {
        "column": SERVICES,
        "offer": offer_of(county.pk, today),
        "halls": public_halls(county.pk, today),
        "words": words,
        "found": list(found[: _MOST_FOUND + 1]) if found is not None else [],
        "most": _MOST_FOUND,
    }
    return render(request, "portal/hall/index.html", context)


@require_safe
def by_organ(request: HttpRequest, code: str) -> HttpResponse:
    """Show the items of an organ."""
    rows = list(of_organ(county_of(request).pk, code, timezone.localdate()))
    if not rows:
        raise Http404("没有这个部门的事项")
    return _listed(request, rows[0].organ.name, rows)


@require_safe
def by_theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Show the items of a theme."""
    name = theme_name(theme)
    found = of_theme(county_of(request).pk, theme, timezone.localdate())
    if not name or not found.exists():
        raise Http404("没有这个主题的事项")
    whom = "个人办事" if theme.startswith("g") else "企业和其他组织办事"
    return _listed(request, f"{whom}：{name}", found)


@require_safe
def by_audience(request: HttpRequest, whom: str) -> HttpResponse:
    """Show the items that serve persons, or bodies."""
    audience = AUDIENCES[whom]
    found = of_audience(county_of(request).pk, audience, timezone.localdate())
    if not found.exists():
        raise Http404("没有这类事项")
    return _listed(request, "个人办事" if whom == "geren" else "企业和其他组织办事", found)


def _listed(
    request: HttpRequest, title: str, found: QuerySet[ServiceItem] | list[ServiceItem]
) -> HttpResponse:
    context = {"column": SERVICES, "title": title, "rows": list(found)}
    return render(request, "portal/hall/list.html", context)


@require_safe
def item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the guide of an item; 410 when the item is cancelled."""
    today = timezone.localdate()
    item = public_item(county_of(request).pk, pk, today)
    version = guide_on(item, today) if item is not None else None
    if item is None or version is None:
        raise Http404("没有这个事项")
    gone = item.cancelled_on is not None and item.cancelled_on <= today
    inside = item.hall if item.hall_left_on is None else None
    guide = version.guide
    context = {
        "column": SERVICES,
        "item": item,
        "guide": guide,
        "version": version,
        "gone": gone,
        "hall": inside,
        "doors": _doors(guide, request.get_host()),
        "steps": [line.strip() for line in guide.procedure.splitlines() if line.strip()],
        "others": _others(item, guide),
    }
    status = 410 if gone else 200
    return render(request, "portal/hall/item.html", context, status=status)


def _doors(guide: Guide, host: str) -> list[Door]:
    named = ((guide.online_address, "网上办理"), (guide.mobile_address, "手机办理"))
    return [
        Door(notice_of(address) if is_outward(address, host) else address, label)
        for address, label in named
        if address
    ]


def _others(item: ServiceItem, guide: Guide) -> list[tuple[str, str]]:
    ticked = (
        ("预约办理", guide.bookable),
        ("网上支付", guide.paid_online),
        ("物流快递", guide.by_post),
        ("自助终端办理", guide.by_terminal),
    )
    told = (
        ("事项类型", item.get_kind_display()),
        ("实施编码", item.code),
        ("基本编码", item.base_code),
        ("权力来源", guide.power_source),
        ("行使层级", guide.exercised_at),
        ("实施主体性质", guide.body_nature),
        ("委托部门", guide.entrusted_body),
        ("办理形式", guide.handled_by),
        ("网上办理深度", guide.depth.label if guide.depth else ""),
        ("支持的方式", "、".join(label for label, held in ticked if held)),
        ("必须现场办理的原因", guide.why_in_person),
        ("特别程序", guide.special_procedure),
        ("数量限制", guide.quantity_limit),
        ("通办范围", guide.scope),
        ("联办机构", guide.joint_bodies),
        ("中介服务", guide.intermediary),
        ("乡镇（街道）", guide.towns),
        ("村（社区）", guide.villages),
    )
    return [(label, value) for label, value in told if value]
