"""Requests for tests and benchmarks: one in each state by real verbs, many by the million."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission

from gongkai.accounts.models import User
from gongkai.audit import Actor
from gongkai.inforequests import actions
from gongkai.inforequests.models import (
    Carrier,
    Delivery,
    InfoRequest,
    IntakeChannel,
    State,
)
from gongkai.orgs.models import Organ, OrganKind, Post, Role
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


ME = Actor("handler", "经办人", "依申请公开经办人")
RECEIVED = date(2026, 3, 2)


def do(verb: Callable[..., Any], info_request: InfoRequest, on: date, **told: Any) -> InfoRequest:
    """Return the request after `verb` on day `on`, recorded the same day."""
    return verb(info_request, on=on, by=ME, at=moment(on, 17), **told)


def submitted(
    organ: Organ,
    on: date = RECEIVED,
    *,
    channel: IntakeChannel = IntakeChannel.ONLINE,
    kind: RequesterKind = RequesterKind.NATURAL_PERSON,
    items: tuple[str, ...] = (),
) -> InfoRequest:
    """Return a request that has arrived and waits for its day of receipt."""
    return actions.submit(
        organ,
        told=actions.NewRequest(channel, kind, "集体土地征收公告及补偿安置方案", items=items),
        requester=actions.RequesterDetails(
            "万里", "居民身份证", "360925199001010010", phone="13800000000", email="w@example.com"
        ),
        submitted_at=moment(on, 9),
        by=ME,
        at=moment(on, 9),
    )


def registered(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request received on `on`."""
    info_request = submitted(organ, on, **told)
    confirmed = on if IntakeChannel(info_request.channel).needs_confirmation else None
    return actions.register(info_request, confirmed_on=confirmed, by=ME, at=moment(on, 11))


def processing(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request that a unit has in hand."""
    return do(actions.assign, registered(organ, on, **told), on, unit="政务公开股")


def awaiting_supplement(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request whose requester was asked to supplement within three weeks."""
    term = on + timedelta(days=21)
    return do(
        actions.ask_supplement, processing(organ, on, **told), on, what="地块位置", due_on=term
    )


def consulting(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request on which a third party has been asked, the letter served."""
    info_request = do(actions.consult_third_party, processing(organ, on, **told), on, whom="甲公司")
    number = info_request.acts.latest("sequence").sequence
    return do(actions.serve_consultation, info_request, on, consultation=number)


def awaiting_payment(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request whose requester has been sent a fee notice."""
    return do(
        actions.charge_fee,
        processing(organ, on, **told),
        on,
        amount=Decimal("50.00"),
        basis="按量，35页",
    )


def replied(
    organ: Organ, on: date = RECEIVED, ground: Ground = Ground.GRANTED, **told: Any
) -> InfoRequest:
    """Return a request answered on the day it came."""
    return do(actions.reply, processing(organ, on, **told), on, grounds={1: ground})


def lapsed(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request given up for want of a supplement."""
    info_request = awaiting_supplement(organ, on, **told)
    return do(actions.lapse_supplement, info_request, on + timedelta(days=22))


def withdrawn(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request that its requester took back."""
    return do(actions.withdraw, processing(organ, on, **told), on, reason="来信撤回")


def split_up(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return the form whose two matters became two requests."""
    info_request = registered(organ, on, **told)
    do(actions.split, info_request, on, descriptions=["征收公告", "补偿方案"])
    info_request.refresh_from_db()
    return info_request


def closed(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return an answered and archived request."""
    return do(actions.close, replied(organ, on, **told), on)


IN_STATE: dict[State, Callable[..., InfoRequest]] = {
    State.SUBMITTED: submitted,
    State.REGISTERED: registered,
    State.PROCESSING: processing,
    State.AWAITING_SUPPLEMENT: awaiting_supplement,
    State.CONSULTING: consulting,
    State.AWAITING_PAYMENT: awaiting_payment,
    State.REPLIED: replied,
    State.LAPSED: lapsed,
    State.WITHDRAWN: withdrawn,
    State.SPLIT: split_up,
    State.CLOSED: closed,
}


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


def an_official(organ: Organ, role: Role = Role.REQUEST_HANDLER, username: str = "handler") -> User:
    """Return a person with a post in an organ and the right to enter the staff site."""
    user = User.objects.create_user(username, password="for the tests only", name="经办人")
    Post.objects.create(user=user, organ=organ, role=role, valid_from=date(2000, 1, 1))
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return user
