"""Requests for tests and benchmarks: one in each state by real verbs, many by the million."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
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
    Retention,
    ServiceWay,
    State,
)
from gongkai.letters import actions as letters
from gongkai.letters.models import LetterProfile
from gongkai.orgs.models import Organ, OrganKind, Post, Role
from gongkai.statute.fees import Tariff
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
REVIEWER = Actor("reviewer", "审核人", "审核人")
HEAD = Actor("head", "负责人", "公开工作机构负责人")
RECEIVED = date(2026, 3, 2)


def do(
    verb: Callable[..., Any], info_request: InfoRequest, on: date, *, by: Actor = ME, **told: Any
) -> InfoRequest:
    """Return the request after `verb` on day `on`, recorded the same day."""
    return verb(info_request, on=on, by=by, at=moment(on, 17), **told)


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
        told=actions.NewRequest(
            channel, kind, "集体土地征收公告及补偿安置方案", items=items, again=True
        ),
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
        tariff=Tariff.BY_PAGE,
        count=35,
    )


def extended(info_request: InfoRequest, on: date, workdays: int = 10) -> InfoRequest:
    """Return a request whose term was extended: proposed by the handler, granted by the head."""
    do(actions.propose_extension, info_request, on, workdays=workdays, reason="涉及面广")
    return do(actions.extend, info_request, on, by=HEAD)


DETAILS = {
    "A2": {"supplied": "见附件"},
    "A3": {"given": "征收公告", "withheld": "个人信息"},
    "A4.4": {"kind": "商业秘密", "opinion": "第三方不同意公开", "reason": "公开会损害其竞争力"},
    "A4.5": {"which": "人事管理", "reason": "仅供内部使用"},
    "A5": {},
    "A10": {"nature": "信访"},
}


def drafted(
    info_request: InfoRequest,
    on: date,
    ground: Ground = Ground.GRANTED,
    letter: str = "",
    details: dict[str, str] | None = None,
) -> InfoRequest:
    """Return a request with a draft that answers every item alike."""
    code = letter or ground.letters[0]
    told = DETAILS.get(code, {}) if details is None else details
    why = "公开会侵害他人个人隐私（第十五条）。" if ground is Ground.PARTIAL else ""
    answers = [
        actions.Answer(item.place, ground, code, why, told) for item in info_request.items.all()
    ]
    return do(actions.draft_reply, info_request, on, answers=answers)


def signed_draft(info_request: InfoRequest, on: date, *told: Any, **more: Any) -> InfoRequest:
    """Return a request whose draft was reviewed and signed by others; see `drafted`."""
    drafted(info_request, on, *told, **more)
    do(actions.pass_draft, info_request, on, by=REVIEWER)
    return do(actions.sign, info_request, on, by=HEAD)


def a_profile(organ: Organ) -> None:
    """Let an organ issue letters."""
    letters.set_profile(
        organ,
        letters.ProfileFields(
            number_prefix="靖测", reconsideration_body="靖安县人民政府", court="靖安县人民法院"
        ),
        by=HEAD,
        at=moment(RECEIVED, 8),
    )


def letter_made(info_request: InfoRequest, on: date, *told: Any, **more: Any) -> InfoRequest:
    """Return a request whose answer's letter is made; see `drafted`."""
    if not LetterProfile.objects.filter(organ=info_request.organ).exists():
        a_profile(info_request.organ)
    return do(actions.issue_reply, signed_draft(info_request, on, *told, **more), on)


def served(
    info_request: InfoRequest,
    on: date,
    *told: Any,
    how: ServiceWay = ServiceWay.IN_HAND,
    **more: Any,
) -> InfoRequest:
    """Return a request answered all the way: drafted, signed, issued, served."""
    letter_made(info_request, on, *told, **more)
    tracking = "XA12345678936" if how is ServiceWay.POST else ""
    return do(actions.serve, info_request, on, how=how, tracking=tracking)


def under_review(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request whose draft waits for its review."""
    return drafted(processing(organ, on, **told), on)


def reviewed(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request whose draft waits for its signature."""
    return do(actions.pass_draft, under_review(organ, on, **told), on, by=REVIEWER)


def signed(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request whose answer is signed."""
    return do(actions.sign, reviewed(organ, on, **told), on, by=HEAD)


def issued(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request whose letter waits to be served."""
    return letter_made(processing(organ, on, **told), on)


def replied(
    organ: Organ,
    on: date = RECEIVED,
    ground: Ground = Ground.GRANTED,
    answered_on: date | None = None,
    **told: Any,
) -> InfoRequest:
    """Return a request answered on the day it came unless told otherwise."""
    case = processing(organ, on, **told)
    return do(actions.reply, case, answered_on or on, grounds={1: ground})


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


def merged(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request that goes on in an earlier one."""
    into = registered(organ, on, **told)
    return do(actions.merge, registered(organ, on, **told), on, into=into, reason="重复提交")


def transferred(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request passed on to another organ of the county."""
    info_request = registered(organ, on, **told)
    county = organ if organ.kind == OrganKind.COUNTY_GOVERNMENT else organ.county
    to = an_organ(f"{organ.code}-to", county=county)
    do(actions.transfer, info_request, on, to=to, reason="由该机关制作")
    info_request.refresh_from_db()
    return info_request


def closed(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return an answered request on which the work has ended."""
    return do(actions.close, replied(organ, on, **told), on)


def archived(organ: Organ, on: date = RECEIVED, **told: Any) -> InfoRequest:
    """Return a request that is in the files."""
    case = closed(organ, on, **told)
    return do(actions.archive, case, on, file_number="2026-1", retention=Retention.TEN_YEARS)


def reopened(organ: Organ, on: date = RECEIVED, due_on: date | None = None) -> InfoRequest:
    """Return an answered request that a reconsideration decision sends back on `on`."""
    return do(actions.reopen, replied(organ, on), on, due_on=due_on, **DECISION)


DECISION = {
    "decision": "靖府复〔2026〕3号",
    "authority": "靖安县人民政府",
    "why": "认定事实不清，责令重新答复",
}


IN_STATE: dict[State, Callable[..., InfoRequest]] = {
    State.SUBMITTED: submitted,
    State.REGISTERED: registered,
    State.PROCESSING: processing,
    State.AWAITING_SUPPLEMENT: awaiting_supplement,
    State.CONSULTING: consulting,
    State.AWAITING_PAYMENT: awaiting_payment,
    State.UNDER_REVIEW: under_review,
    State.REVIEWED: reviewed,
    State.SIGNED: signed,
    State.ISSUED: issued,
    State.REPLIED: replied,
    State.LAPSED: lapsed,
    State.WITHDRAWN: withdrawn,
    State.SPLIT: split_up,
    State.MERGED: merged,
    State.TRANSFERRED: transferred,
    State.CLOSED: closed,
    State.ARCHIVED: archived,
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
        answer_due_on=received + timedelta(days=28) if answered else None,
        pending=not answered,
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
