"""Taking requests in: submit, register with the day of receipt, split (Art. 29, 31)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inforequests import deadlines
from gongkai.inforequests.actions import requesters
from gongkai.inforequests.actions.numbering import next_number
from gongkai.inforequests.actions.recording import (
    add_acts,
    append,
    apply,
    local_day,
    lock,
    perform,
    snapshot,
)
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import BadAct
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import (
    Carrier,
    Delivery,
    InfoRequest,
    IntakeChannel,
    RequestItem,
)
from gongkai.inforequests.queries import project
from gongkai.inforequests.rules.requesters import DETAILS, RequesterDetails
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind

_LONGEST_DESCRIPTION = 10_000


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is asked (Art. 29(2)2, 3); `items` when one form asks several things."""

    channel: IntakeChannel
    requester_kind: RequesterKind
    description: str
    carrier: Carrier = Carrier.PAPER
    delivery: Delivery = Delivery.POST
    items: tuple[str, ...] = ()


def submit(
    organ: Organ,
    *,
    told: NewRequest,
    requester: RequesterDetails,
    submitted_at: datetime,
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Take a request in and give it a number; its day of receipt is fixed by `register`.

    `submitted_at` is the moment the request reached the organ (handed over, signed for,
    arrived in the mailbox), `at` the moment of recording.

    Raises:
        BadAct: a field is missing or wrong; nothing has been written.
    """
    _check_new(organ, told, requester, submitted_at, at)
    with transaction.atomic():
        info_request = _create(organ, told, requester, submitted_at)
        act = CaseAct(1, Event.SUBMIT, local_day(submitted_at))
        add_acts(info_request, [act], by=by, at=at)
        _log_new(info_request, "submit", told.description, requester, by=by, at=at)
    return info_request


def register(
    info_request: InfoRequest, *, confirmed_on: date | None = None, by: Actor, at: datetime
) -> InfoRequest:
    """Fix the day of receipt by the rule of the channel (Art. 31); the clock starts.

    `confirmed_on` is the day office and requester confirmed receipt: needed for ordinary
    letters, online requests and faxes; the others count from the day of arrival.

    Raises:
        BadAct, Refused: see `lifecycle.errors`.
    """
    arrived_on = local_day(info_request.submitted_at)
    channel = IntakeChannel(info_request.channel)
    received_on = deadlines.day_of_receipt(channel, arrived_on, confirmed_on)
    return perform(
        info_request, Event.REGISTER, verb="register", on=received_on, data={}, by=by, at=at
    )


def split(
    info_request: InfoRequest,
    *,
    descriptions: Sequence[str],
    on: date,
    by: Actor,
    at: datetime,
) -> list[InfoRequest]:
    """Split a request that asks several things into one request each (一事一申请).

    Each part keeps channel, requester and day of receipt, has a number of its own and is
    counted; the form they came on is not counted any more (law.md 3.4).

    Raises:
        BadAct, Refused: see `lifecycle.errors`.
    """
    texts = [_description(text, "parts") for text in descriptions]
    with transaction.atomic():
        case = lock(info_request)
        whole = case.info_request
        parts = [_part_of(whole, text) for text in texts]
        data = {"parts": [part.number for part in parts]}
        append(case, Event.SPLIT, verb="split", on=on, data=data, by=by, at=at)
        received_on = whole.received_on
        if received_on is None:  # the table of states lets only received requests be split
            raise AssertionError(whole.number)
        for part, text in zip(parts, texts, strict=True):
            acts = [
                CaseAct(1, Event.SUBMIT, local_day(whole.submitted_at)),
                CaseAct(2, Event.REGISTER, received_on),
            ]
            add_acts(part, acts, by=by, at=at)
            apply(part, project(acts, case.channel, case.calendar))
            _log_new(part, "split_off", text, None, by=by, at=at)
    return parts


def _create(
    organ: Organ, told: NewRequest, requester: RequesterDetails, submitted_at: datetime
) -> InfoRequest:
    info_request = InfoRequest.objects.create(
        organ=organ,
        number=next_number(organ, local_day(submitted_at).year),
        channel=told.channel,
        requester_kind=told.requester_kind,
        submitted_at=submitted_at,
        description=told.description.strip(),
        carrier=told.carrier,
        delivery=told.delivery,
        state=State.SUBMITTED,
    )
    requesters.write(info_request, requester)
    _add_items(info_request, told.items or (told.description,))
    return info_request


def _part_of(whole: InfoRequest, text: str) -> InfoRequest:
    part = InfoRequest.objects.create(
        organ=whole.organ,
        number=next_number(whole.organ, local_day(whole.submitted_at).year),
        channel=whole.channel,
        requester_kind=whole.requester_kind,
        submitted_at=whole.submitted_at,
        description=text,
        carrier=whole.carrier,
        delivery=whole.delivery,
        split_from=whole,
        state=State.SUBMITTED,
    )
    requesters.copy(whole, part)
    _add_items(part, (text,))
    return part


def _add_items(info_request: InfoRequest, texts: Sequence[str]) -> None:
    RequestItem.objects.bulk_create(
        RequestItem(info_request=info_request, place=place, text=text.strip())
        for place, text in enumerate(texts, 1)
    )


def _log_new(
    info_request: InfoRequest,
    verb: str,
    description: str,
    requester: RequesterDetails | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Log a new request; who asks and what is asked only as keyed digests."""
    who = (
        {f"requester.{name}": value for name, value in asdict(requester).items()}
        if requester
        else {}
    )
    after: dict[str, Any] = {
        **snapshot(info_request),
        "channel": info_request.channel,
        "requester_kind": info_request.requester_kind,
        "submitted_at": info_request.submitted_at.isoformat(),
        "description": description,
        **who,
    }
    record(
        f"inforequests.{verb}",
        info_request.typed_id,
        chain=info_request.organ.code,
        by=by,
        at=at,
        label=info_request.number,
        after=after,
        protected=["description", *who],
    )


def _check_new(
    organ: Organ,
    told: NewRequest,
    requester: RequesterDetails,
    submitted_at: datetime,
    at: datetime,
) -> None:
    if submitted_at > at:
        raise BadAct("“提交时间”晚于登记时间，请核对", "submitted_at")
    day = local_day(submitted_at)
    if day < organ.valid_from or (organ.valid_to and day >= organ.valid_to):
        raise BadAct(f"{organ.name}在提交当日不是行政机关，请选择承接其职责的机关", "organ")
    _description(told.description, "description")
    for text in told.items:
        _description(text, "items")
    if not requester.name.strip():
        raise BadAct("请填写“姓名或者名称”（第二十九条）", "name")
    for name, value in asdict(requester).items():
        field = DETAILS[name]
        if len(value) > field.longest:
            raise BadAct(f"“{field.label}”不能超过{field.longest}字，请删减", name)
    if requester.email:
        try:
            validate_email(requester.email)
        except ValidationError:
            raise BadAct("“电子邮箱”格式不对，请核对", "email") from None


def _description(text: str, field: str) -> str:
    """Return a description without its outer blanks; raises BadAct when it cannot be used."""
    text = text.strip()
    if not text:
        raise BadAct("请填写所需政府信息的名称、文号或者其他特征描述（第二十九条）", field)
    if len(text) > _LONGEST_DESCRIPTION:
        raise BadAct(f"申请内容不能超过{_LONGEST_DESCRIPTION}字，请删减或者作为附件提交", field)
    if "\x00" in text:
        raise BadAct("申请内容含有无法保存的字符，请重新输入", field)
    return text
