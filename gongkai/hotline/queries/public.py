"""What the public may see: orders published without names, and one's own by number and code."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from gongkai.hotline.lifecycle import OPEN, OrderKind, State
from gongkai.hotline.models import WorkOrder, secret_digest
from gongkai.hotline.queries.orders import last_answer
from gongkai.hotline.rules.categories import path_of
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import organs_of
from gongkai.text import query_codes

NEWEST = 50
MOST = 1000  # of one answer of Open311
_NOBODY = "0" * 64


@dataclass(frozen=True, slots=True)
class PublicOrder:
    """An order as the public reads it: an official's words, the organ, the days."""

    id: str
    number: str
    title: str
    text: str
    answer: str
    place: str
    kind: OrderKind
    category: str
    category_path: str
    organ: str
    received_at: datetime
    updated_at: datetime
    due_at: datetime | None
    answered_on: date | None
    published_at: datetime
    is_open: bool
    state: str


def published_in(county: Organ) -> QuerySet[WorkOrder]:
    """Return the orders that a county has published, the newest publication first."""
    return (
        WorkOrder.objects.filter(organ__in=organs_of(county).order_by(), published_at__isnull=False)
        .select_related("organ", "handler")
        .defer("content_sealed", "caller_sealed", "place_sealed")
        .order_by("-published_at", "number")
    )


def as_public(order: WorkOrder) -> PublicOrder:
    """Return a published order as the public reads it."""
    assert order.published_at is not None  # noqa: S101 -- of `published_in` alone
    return PublicOrder(
        id=str(order.pk),
        number=order.number,
        title=order.public_title,
        text=order.public_text,
        answer=order.public_answer,
        place=order.public_place,
        kind=OrderKind(order.kind),
        category=order.category,
        category_path=path_of(order.category),
        organ=(order.handler or order.organ).name,
        received_at=order.received_at,
        updated_at=order.updated_at or order.published_at,
        due_at=order.due_at,
        answered_on=order.answered_on,
        published_at=order.published_at,
        is_open=order.state in OPEN,
        state=State(order.state).label,
    )


def newest_public(county: Organ, number: int = NEWEST) -> list[PublicOrder]:
    """Return the orders published last."""
    return [as_public(order) for order in published_in(county)[:number]]


def has_public(county_id: int) -> bool:
    """Say whether a county has published any order."""
    return published_in(Organ(pk=county_id)).exists()


def public_order(county: Organ, pk: object) -> PublicOrder | None:
    """Return a published order, or None: what is not published is as if it were not there."""
    found = published_in(county).filter(pk=pk).first()
    return as_public(found) if found else None


def public_ids(county: Organ) -> list[str]:
    """Return the ids of all published orders."""
    return [str(pk) for pk in published_in(county).values_list("pk", flat=True)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What Open311 asks for: numbers alone, or codes, a span of receipt, open or closed."""

    numbers: Collection[str] = ()
    codes: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    is_open: bool | None = None


def public_orders(county: Organ, wanted: Wanted) -> list[PublicOrder]:
    """Return published orders, the newest receipt first, at most `MOST`."""
    rows = published_in(county).order_by("-received_at", "number")
    if wanted.numbers:
        rows = rows.filter(number__in=wanted.numbers)
    if wanted.codes:
        rows = rows.filter(category__in=wanted.codes)
    if wanted.since is not None:
        rows = rows.filter(received_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(received_at__lte=wanted.until)
    if wanted.is_open is not None:
        rows = rows.filter(state__in=OPEN) if wanted.is_open else rows.exclude(state__in=OPEN)
    return [as_public(order) for order in rows[:MOST]]


def order_of_token(county: Organ, token: str) -> WorkOrder | None:
    """Return the order that an app's token stands for, or None."""
    digest = secret_digest(token.strip().replace("\x00", "")[:100], "token")
    if not digest:
        return None
    rows = WorkOrder.objects.filter(organ__in=organs_of(county).order_by(), token_digest=digest)
    return rows.first()


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """An order as its caller follows it by number and code."""

    number: str
    kind: str
    subject: str
    content: str
    organ: str
    received_at: datetime
    due_on: date | None
    provisional: bool
    state: State
    answer: str
    answered_on: date | None


def code_digest(code: str) -> str:
    """Return the keyed digest under which a query code is kept."""
    return secret_digest(query_codes.typed(code), "code")


def own_order(county: Organ, number: str, code: str) -> OwnOrder | None:
    """Return how an order of a county stands to whoever has its number and code, else None.

    The answer is told once it has passed.
    """
    found = order_by_code(county, number, code)
    return _own(found) if found else None


def order_by_code(county: Organ, number: str, code: str) -> WorkOrder | None:
    """Return the order of that number in a county if the code is its own, else None.

    Takes as long for a wrong number as for a wrong code.
    """
    asked = number.replace("\x00", "").strip().upper()
    rows = WorkOrder.objects.filter(organ__in=organs_of(county).order_by(), number=asked)
    order = rows.exclude(code_digest="").select_related("organ", "handler").first()
    kept = order.code_digest if order else _NOBODY
    right = hmac.compare_digest(kept.encode(), (code_digest(code) or "-").encode())
    return order if order and right else None


def receipt_of(county: Organ, pk: object) -> WorkOrder | None:
    """Return an order for the receipt of who has just sent it, or None."""
    rows = WorkOrder.objects.filter(organ__in=organs_of(county).order_by(), pk=pk)
    return rows.select_related("organ").first()


def _own(order: WorkOrder) -> OwnOrder:
    told = order.state in (State.CHECKED, State.CLOSED)
    return OwnOrder(
        number=order.number,
        kind=order.get_kind_display(),
        subject=order.subject,
        content=order.content,
        organ=(order.handler or order.organ).name,
        received_at=order.received_at,
        due_on=order.due_on,
        provisional=order.provisional,
        state=State(order.state),
        answer=last_answer(order) if told else "",
        answered_on=order.answered_on if told else None,
    )
