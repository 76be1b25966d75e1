"""Requests for tests and benchmarks: one in each state by real verbs, many by the million."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from gongkai.inforequests.models import (
    Carrier,
    Delivery,
    InfoRequest,
    IntakeChannel,
    State,
)
from gongkai.orgs.models import Organ, OrganKind
from gongkai.statute.grounds import Ground
from gongkai.statute.requesters import RequesterKind

CHINA = ZoneInfo("Asia/Shanghai")


def an_organ(code: str = "zrzyj", **fields: object) -> Organ:
    """Return an organ of the county, a department unless told otherwise."""
    values: dict[str, object] = {
        "kind": OrganKind.DEPARTMENT,
        "name": f"靖安县{code}",
        "short_name": code,
        "region_code": "360925",
        "valid_from": date(2000, 1, 1),
    }
    return Organ.objects.create(code=code, **(values | fields))


def moment(day: date, hour: int = 10) -> datetime:
    """Return an hour of a day in China, as verbs take it."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)


def many_requests(
    number: int,
    organs: Sequence[Organ],
    *,
    years: Sequence[int] = (2020,),
    seed: int = 20200101,
) -> None:
    """Create `number` requests over `organs` and `years`, as projections alone, in bulk.

    For benchmarks and figures: nine in ten are answered within forty days, the
    rest still open. They have no acts, so `rebuild` cannot replay them.
    """
    chance = random.Random(seed)
    rows = (_one_of_many(place, chance, organs, years) for place in range(number))
    while batch := list(islice(rows, 5000)):
        InfoRequest.objects.bulk_create(batch)


def _one_of_many(
    place: int, chance: random.Random, organs: Sequence[Organ], years: Sequence[int]
) -> InfoRequest:
    received = date(chance.choice(years), 1, 1) + timedelta(days=chance.randrange(365))
    answered = chance.random() < 0.9
    concluded = received + timedelta(days=chance.randrange(40)) if answered else None
    return InfoRequest(
        organ=chance.choice(organs),
        number=f"999999{place:08d}",
        channel=chance.choice(_CHANNELS),
        requester_kind=chance.choice(_KINDS),
        submitted_at=moment(received),
        description="集体土地征收公告及补偿安置方案",
        carrier=Carrier.PAPER,
        delivery=Delivery.POST,
        state=State.REPLIED if answered else State.PROCESSING,
        received_on=received,
        due_on=received + timedelta(days=28),
        concluded_on=concluded,
        ground=chance.choice(_GROUNDS) if answered else "",
    )


_CHANNELS = tuple(channel.value for channel in IntakeChannel)
_KINDS = (RequesterKind.NATURAL_PERSON.value,) * 12 + tuple(kind.value for kind in RequesterKind)
_GROUNDS = (Ground.GRANTED.value,) * 20 + tuple(ground.value for ground in Ground)
