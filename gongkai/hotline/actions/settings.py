"""What a county sets for its hotline: dispatch rules, limits, counts of calls, clients' keys."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.hotline.lifecycle import BadOrder, OrderKind, Refused
from gongkai.hotline.models import (
    CallMonth,
    DispatchRule,
    IntakeClient,
    OwnLimit,
    secret_digest,
)
from gongkai.hotline.queries.settings import county_above, handlers_in, townships_in
from gongkai.hotline.rules import used
from gongkai.hotline.rules.categories import CATEGORIES
from gongkai.orgs.models import Organ

MOST_WORKDAYS = 60


@transaction.atomic
def set_rule(
    county: Organ,
    *,
    category: str,
    township: Organ | None,
    handler: Organ,
    unit: str = "",
    by: Actor,
    at: datetime,
) -> DispatchRule:
    """Set who handles a category in a township; a rule for the same place is replaced.

    Raises:
        BadOrder: a category, a township or an organ is none of the county's.
    """
    today = timezone.localdate(at)
    if category and category not in CATEGORIES:
        raise BadOrder("“归口分类”不在分类表中，请重新选择", "category")
    if township and not townships_in(county, today).filter(pk=township.pk).exists():
        raise BadOrder("请选择本县现有的乡镇", "township")
    if not handlers_in(county, today).filter(pk=handler.pk).exists():
        raise BadOrder("请选择本县现有的机关", "handler")
    unit = used(unit, "unit", required=False)
    Organ.objects.select_for_update().get(pk=county.pk)
    DispatchRule.objects.filter(county=county, category=category, township=township).delete()
    rule = DispatchRule.objects.create(
        county=county, category=category, township=township, handler=handler, unit=unit
    )
    after = {"category": category, "handler": handler.short_name, "unit": unit}
    after["township"] = township.short_name if township else ""
    _log("set_rule", county, rule.category_path, by, at, after=after)
    return rule


@transaction.atomic
def drop_rule(rule: DispatchRule, *, by: Actor, at: datetime) -> None:
    """Drop a dispatch rule."""
    before = {"category": rule.category, "handler": rule.handler.short_name}
    county, label = rule.county, rule.category_path
    rule.delete()
    _log("drop_rule", county, label, by, at, before=before)


def set_limit(
    county: Organ,
    *,
    kind: OrderKind,
    workdays: int,
    valid_from: date,
    document: str,
    by: Actor,
    at: datetime,
) -> OwnLimit:
    """Enter a county's own limit, from a day on, with the rule it rests on.

    Raises:
        BadOrder: the number of days is impossible, or there is one from that day already.
    """
    if not 1 <= workdays <= MOST_WORKDAYS:
        raise BadOrder(f"“工作日数”应当是1至{MOST_WORKDAYS}，请修改", "workdays")
    document = used(document, "document")
    told: dict[str, Any] = {"kind": str(kind), "workdays": workdays}
    try:
        with transaction.atomic():
            limit = OwnLimit.objects.create(
                county=county,
                kind=kind,
                workdays=workdays,
                valid_from=valid_from,
                document=document,
            )
            told |= {"valid_from": valid_from.isoformat(), "document": document}
            _log("set_limit", county, kind.label, by, at, after=told)
    except IntegrityError:
        raise BadOrder("这一类型自该日起的时限已经登记过，请改施行之日", "valid_from") from None
    return limit


@transaction.atomic
def count_calls(
    county: Organ, *, month: date, asked: int, answered: int, by: Actor, at: datetime
) -> CallMonth:
    """Record how many calls of a month asked for staff and how many were answered.

    Raises:
        BadOrder: the month has not begun, or more were answered than asked.
    """
    month = month.replace(day=1)
    if month > timezone.localdate(at):
        raise BadOrder("“月份”还没有到，请核对", "month")
    if asked < 0 or not 0 <= answered <= asked:
        raise BadOrder("“人工接通的来电”不能多于“请求人工服务的来电”，请核对", "answered")
    told = {"asked": asked, "answered": answered}
    row, _ = CallMonth.objects.update_or_create(county=county, month=month, defaults=told)
    _log("count_calls", county, f"{month:%Y-%m}", by, at, after=told)
    return row


@transaction.atomic
def open_client(organ: Organ, *, name: str, by: Actor, at: datetime) -> tuple[IntakeClient, str]:
    """Open a key by which a system hands orders over to an organ; return it, told this once."""
    name, key = used(name, "client"), f"gk{secrets.token_hex(20)}"
    client = IntakeClient.objects.create(
        organ=organ,
        name=name,
        key_digest=secret_digest(key, "client"),
        key_shown=key[:8],
        opened_at=at,
    )
    _log("open_client", county_above(organ), name, by, at, after={"organ": organ.short_name})
    return client, key


@transaction.atomic
def close_client(client: IntakeClient, *, by: Actor, at: datetime) -> IntakeClient:
    """Close a client's key.

    Raises:
        Refused: it is closed.
    """
    held = IntakeClient.objects.select_for_update(of=("self",)).select_related("organ")
    row = held.get(pk=client.pk)
    if row.closed_at is not None:
        raise Refused("这个接入密钥已经停用。")
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    _log("close_client", county_above(row.organ), row.name, by, at)
    return row


def _log(
    verb: str, county: Organ, label: str, by: Actor, at: datetime, **told: dict[str, Any]
) -> None:
    record(
        f"hotline.{verb}",
        f"orgs:{county.pk}",
        chain=county.code,
        by=by,
        at=at,
        label=label,
        **told,
    )
