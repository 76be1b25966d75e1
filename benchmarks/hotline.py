"""The hotline's 100,000 work orders: the list over its piles and filters, the rates of a year.

Orders are taken in by the real verb up to a few, then copied; the list and the figure page are
asked for as a browser does.
"""

import os
import statistics
import time
import uuid
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after Django is set up
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.counting import open_county  # noqa: E402
from benchmarks.emptying import empty_database  # noqa: E402
from benchmarks.measuring import Measured, hand_over, wall_seconds  # noqa: E402
from gongkai.audit import Actor  # noqa: E402
from gongkai.hotline import actions  # noqa: E402
from gongkai.hotline import statistics as figures  # noqa: E402
from gongkai.hotline.actions import Caller, NewOrder, OrderKind, SourceChannel  # noqa: E402
from gongkai.hotline.models import WorkOrder  # noqa: E402
from gongkai.inforequests.tests.factories import an_official  # noqa: E402
from gongkai.orgs.models import Organ, OrganKind, Role  # noqa: E402

DATABASE = os.environ["GONGKAI_TEST_DATABASE"]
ORDERS = int(os.environ.get("GONGKAI_BENCH_ORDERS", "100000"))
BY = Actor("bench", "性能测试", "测试")
FIRST = datetime(2025, 1, 2, 1, tzinfo=UTC)
NOW = datetime(2026, 1, 20, 1, tzinfo=UTC)
_STATES = ("RECEIVED", "ASSIGNED", "HANDLING", "ANSWERED", "CHECKED", *("CLOSED",) * 45)
_RATINGS = ("SATISFIED", "SATISFIED", "FAIR", "DISSATISFIED", "UNRATED")
_ASKED = ("", "?state=RECEIVED", "?state=HANDLING", "?state=CHECKED", "?state=LATE", "?state=ENDED",
          "?kind=COMPLAINT", "?state=ENDED&kind=HELP", "?state=ENDED&category=01",
          "?state=ENDED&handler={organ}", "?state=ENDED&q=YC2025-0777", "?state=ENDED&q=路灯",
          "?q=13800001234", "?state=ENDED&p=900")  # fmt: skip


def fill(home: Organ) -> None:
    """Take some orders in, then write many of their like: in every state, over one year."""
    organs = list(Organ.objects.exclude(pk=home.pk).order_by("pk"))
    office = Organ.objects.filter(kind=OrganKind.OFFICE).first() or home
    told = NewOrder(
        *(SourceChannel.PHONE, OrderKind.HELP, "村道路灯损坏"), "白鹭村三组路灯坏了" * 20
    )
    caller = Caller("演示诉求人", "13800001234")
    made = actions.register_order(
        office, told=told, caller=caller, received_at=FIRST, by=BY, at=FIRST
    )
    kinds = list(OrderKind)
    for start in range(0, ORDERS, 2000):
        WorkOrder.objects.bulk_create(
            _like(made, place, organs[place % len(organs)], kinds[place % len(kinds)])
            for place in range(start, min(start + 2000, ORDERS))
        )
    with connection.cursor() as cursor:
        # What a server in use does by itself: rows newly written are not yet known to be visible.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _like(made: WorkOrder, place: int, handler: Organ, kind: OrderKind) -> WorkOrder:
    at = FIRST + timedelta(seconds=place * 364 * 86400 // ORDERS)
    state = _STATES[place % len(_STATES)]
    ended = state == "CLOSED"
    order = WorkOrder()
    for field in WorkOrder._meta.concrete_fields:
        setattr(order, field.attname, getattr(made, field.attname))
    order.id, order.number = uuid.uuid4(), f"YC2025-{place:06d}"
    order.received_at, order.state, order.kind = at, state, kind.value
    order.category = f"{place % 17 + 1:02d}01"
    order.handler = None if state == "RECEIVED" else handler
    order.phone_index = made.phone_index if place % 5000 == 0 else f"{place:064d}"
    order.assigned_at = at + timedelta(hours=1)
    order.sign_due_at, order.signed_at = at + timedelta(hours=5), at + timedelta(hours=2)
    order.due_on, order.due_at = (at + timedelta(days=7)).date(), at + timedelta(days=7)
    if ended or state in ("ANSWERED", "CHECKED"):
        order.answered_at = at + timedelta(days=3 if place % 300 else 9)
        order.answered_on = order.answered_at.date()
    if ended:
        order.called_back_at = order.closed_at = at + timedelta(days=10)
        order.satisfaction, order.solved = _RATINGS[place % 5], "SOLVED"
        order.callbacks, order.contacted = 1, True
    return order


def lists(client: Client) -> list[Measured]:
    """Measure the list over piles, filters, words and pages: wall clock."""
    base = reverse("hotline:index")
    organ = WorkOrder.objects.exclude(handler=None).first().handler_id
    took: dict[str, list[float]] = {asked: [] for asked in _ASKED}
    for _ in range(8):
        for asked in _ASKED:
            start = time.perf_counter()
            answer = client.get(base + asked.format(organ=organ))
            took[asked].append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, asked
    every = [each for asked in _ASKED for each in took[asked][1:]]
    p95 = statistics.quantiles(every, n=20)[-1]
    medians = {asked: statistics.median(times[1:]) for asked, times in took.items()}
    slowest = max(medians, key=lambda asked: medians[asked])
    what = f"the list of {ORDERS:,} work orders"
    return [
        Measured(f"{what}: 95th of {len(every)}", DATABASE, p95, 300, "ms"),
        Measured(
            f"{what}: slowest filter ({slowest or 'open'})", DATABASE, medians[slowest], 300, "ms"
        ),
    ]


def rates(home: Organ, client: Client) -> list[Measured]:
    """Measure the rates of a year, and the whole figure page: wall clock."""
    year = figures.Period(FIRST.date().replace(day=1), FIRST.date().replace(month=12, day=31), NOW)
    orders = figures.orders_in(home)
    found = figures.rates(orders, year)
    assert found[figures.Kpi.ON_TIME].below > ORDERS // 2
    asked = {"span": "year", "from": "2025-01-01"}
    return [
        Measured(
            f"rates of a year, {ORDERS:,} work orders",
            DATABASE,
            wall_seconds(lambda: figures.rates(orders, year)),
            1,
            "s",
        ),
        Measured(
            "the figure page of that year, by organ and category",
            DATABASE,
            wall_seconds(lambda: client.get(reverse("hotline:figures"), asked)),
            3,
            "s",
        ),
    ]


def main() -> None:
    """Fill and measure."""
    empty_database()
    call_command("migrate", verbosity=0)
    open_county()
    home = Organ.objects.get(kind=OrganKind.COUNTY_GOVERNMENT)
    fill(home)
    client = Client()
    client.force_login(an_official(home, Role.OGI_OFFICE, "office"))
    hand_over([*lists(client), *rates(home, client)])


if __name__ == "__main__":
    main()
