"""What a county has set: who handles what, its own limits, its clients, who may dispatch where."""

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.hotline.deadlines import Limit
from gongkai.hotline.lifecycle import OrderKind
from gongkai.hotline.models import (
    CallMonth,
    DispatchRule,
    IntakeClient,
    OwnLimit,
    WorkOrder,
    secret_digest,
)
from gongkai.orgs.models import Organ, OrganKind
from gongkai.orgs.queries import existing_between, organs_of


def county_above(organ: Organ) -> Organ:
    """Return the county government of an organ: itself, or the one that it belongs to."""
    return organ.county or organ


def own_limits(organ: Organ) -> tuple[Limit, ...]:
    """Return the limits that an organ's county has entered, the latest first of each kind."""
    rows = list(OwnLimit.objects.filter(county_id=organ.county_id or organ.pk))
    return tuple(
        Limit(OrderKind(row.kind), row.workdays, row.valid_from, None, row.document)
        for row in sorted(rows, key=lambda row: row.valid_from, reverse=True)
    )


def limits_listed(county: Organ) -> list[OwnLimit]:
    """Return a county's own limits as they were entered."""
    return list(OwnLimit.objects.filter(county=county))


def rules_of(county: Organ) -> list[DispatchRule]:
    """Return who handles what in a county."""
    rules = DispatchRule.objects.filter(county=county)
    return list(rules.select_related("handler", "township"))


def suggested(order: WorkOrder) -> DispatchRule | None:
    """Return the narrowest rule for an order's category and place, None when none fits."""
    county = order.organ.county_id or order.organ_id
    prefixes = ["", *(order.category[:end] for end in range(2, len(order.category) + 1, 2))]
    here = Q(township__isnull=True)
    if order.township_id:
        here |= Q(township_id=order.township_id)
    rules = DispatchRule.objects.filter(here, county_id=county, category__in=prefixes)
    return max(
        rules.select_related("handler"),
        key=lambda rule: (len(rule.category), rule.township_id is not None),
        default=None,
    )


def handlers_in(county: Organ, today: date) -> QuerySet[Organ]:
    """Return the organs of a county to which orders may be dispatched."""
    return organs_of(county).filter(existing_between(today, today)).order_by("order", "code")


def townships_in(county: Organ, today: date) -> QuerySet[Organ]:
    """Return the townships of a county."""
    return handlers_in(county, today).filter(kind=OrganKind.TOWNSHIP)


def calls_of(county: Organ) -> list[CallMonth]:
    """Return the counts of calls, the newest month first."""
    return list(CallMonth.objects.filter(county=county)[:36])


def clients_of(county: Organ) -> list[IntakeClient]:
    """Return the clients of a county, the newest first."""
    rows = IntakeClient.objects.filter(Q(organ=county) | Q(organ__county=county))
    return list(rows.select_related("organ"))


def client_of_key(key: str) -> IntakeClient | None:
    """Return the client that may hand orders over with this key, or None."""
    digest = secret_digest(key.strip().replace("\x00", "")[:200], "client")
    if not digest:
        return None
    found = IntakeClient.objects.filter(key_digest=digest, closed_at__isnull=True)
    return found.select_related("organ", "organ__county").first()


def intake_of(county: Organ, today: date) -> Organ:
    """Return which organ takes in what comes over the public site: the county's office."""
    office = organs_of(county).filter(existing_between(today, today), kind=OrganKind.OFFICE)
    return office.order_by("order", "code").first() or county
