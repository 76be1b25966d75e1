"""Taking requests in: submit, contact, register with the day of receipt (Art. 29, 31)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inforequests import deadlines
from gongkai.inforequests.actions import requesters
from gongkai.inforequests.actions.forms_sent import (
    code_for,
    is_same_form,
    sent_before,
    with_code,
)
from gongkai.inforequests.actions.numbering import next_number
from gongkai.inforequests.actions.recording import (
    add_acts,
    local_day,
    lock_rows,
    perform,
    snapshot,
)
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.lifecycle.errors import AlreadyAsked, BadAct
from gongkai.inforequests.lifecycle.states import Event, State
from gongkai.inforequests.models import (
    Carrier,
    Delivery,
    InfoRequest,
    IntakeChannel,
    RequestItem,
)
from gongkai.inforequests.queries import same_requester
from gongkai.inforequests.queries.public import code_digest
from gongkai.inforequests.rules.alike import plain
from gongkai.inforequests.rules.requesters import DETAILS, RequesterDetails
from gongkai.orgs.models import Organ
from gongkai.statute.requesters import RequesterKind
from gongkai.text import query_codes as codes

_LONGEST_DESCRIPTION = 10_000
_ASKED_JUST_NOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is asked (Art. 29(2)2, 3); `items` when one form asks several things.

    `again` says that the requester wants it although the same was asked just before.
    """

    channel: IntakeChannel
    requester_kind: RequesterKind
    description: str
    carrier: Carrier = Carrier.PAPER
    delivery: Delivery = Delivery.POST
    items: tuple[str, ...] = ()
    other_way_accepted: bool = True
    fee_relief: str = ""
    again: bool = False


def submit(
    organ: Organ,
    *,
    told: NewRequest,
    requester: RequesterDetails,
    submitted_at: datetime,
    submission_key: str = "",
    by: Actor,
    at: datetime,
) -> InfoRequest:
    """Take a request in and give it a number; its day of receipt is fixed by `register`.

    `submitted_at` is the moment the request reached the organ (handed over, signed for,
    arrived in the mailbox), `at` the moment of recording. The returned request carries
    `query_code`, which is told this once. What comes again under the same `submission_key`
    (a form sent twice) is the same request, with no second event; a form that was changed
    meanwhile, as on a machine that many use, is another one.

    Raises:
        AlreadyAsked: the same requester has asked the same within 30 days.
        BadAct: a field is missing or wrong; nothing has been written.
    """
    if found := sent_before(submission_key):
        if is_same_form(found, organ, told.description, requester):
            return with_code(found)
        submission_key = ""  # filled in anew by somebody else, or with other words: a new one
    _check_new(organ, told, requester, submitted_at, at)
    try:
        with transaction.atomic():
            _refuse_twice(organ, told, requester, submitted_at)
            info_request = _create(organ, told, requester, submitted_at, submission_key)
            act = CaseAct(1, Event.SUBMIT, local_day(submitted_at))
            add_acts(info_request, [act], by=by, at=at)
            log_new(info_request, "submit", told.description, requester, by=by, at=at)
    except IntegrityError:
        found = sent_before(submission_key)
        if found and is_same_form(found, organ, told.description, requester):
            return with_code(found)  # the same form, sent twice at once
        raise
    return info_request


def try_contact(
    info_request: InfoRequest, *, how: str, result: str, on: date, by: Actor, at: datetime
) -> InfoRequest:
    """Record an attempt to reach the requester, to confirm receipt (Art. 31)."""
    data = {"how": how, "result": result}
    return perform(
        info_request, Event.TRY_CONTACT, verb="try_contact", on=on, data=data, by=by, at=at
    )


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


def renew_query_code(info_request: InfoRequest, *, by: Actor, at: datetime) -> str:
    """Give the requester a new query code, told this once; the old one ends."""
    code = codes.new_code()
    with transaction.atomic():
        (locked,) = lock_rows(info_request)
        locked.query_code_digest = code_digest(code)
        locked.save(update_fields=["query_code_digest"])
        record(
            "inforequests.renew_query_code",
            locked.typed_id,
            chain=locked.organ.code,
            by=by,
            at=at,
            label=locked.number,
        )
    return code


def _refuse_twice(
    organ: Organ, told: NewRequest, requester: RequesterDetails, submitted_at: datetime
) -> None:
    same = None if told.again else same_requester(requester)
    if same is None:
        return
    about_now = (submitted_at - _ASKED_JUST_NOW, submitted_at + _ASKED_JUST_NOW)
    recent = InfoRequest.objects.filter(
        same, organ=organ, pending=True, submitted_at__range=about_now
    )
    asked = plain(told.description)
    for number, text in recent.order_by("number").values_list("number", "description"):
        if plain(text) == asked:
            raise AlreadyAsked(number)


def _create(
    organ: Organ,
    told: NewRequest,
    requester: RequesterDetails,
    submitted_at: datetime,
    submission_key: str,
) -> InfoRequest:
    code = code_for(submission_key)
    info_request = InfoRequest.objects.create(
        organ=organ,
        number=next_number(organ, local_day(submitted_at).year),
        channel=told.channel,
        requester_kind=told.requester_kind,
        submitted_at=submitted_at,
        description=told.description.strip(),
        carrier=told.carrier,
        delivery=told.delivery,
        other_way_accepted=told.other_way_accepted,
        fee_relief=told.fee_relief.strip(),
        submission_key=submission_key or None,
        query_code_digest=code_digest(code),
        state=State.SUBMITTED,
    )
    requesters.write(info_request, requester)
    add_items(info_request, told.items or (told.description,))
    info_request.query_code = code
    return info_request


def add_items(info_request: InfoRequest, texts: Sequence[str]) -> None:
    """Keep what is asked, item by item, numbered from 1."""
    RequestItem.objects.bulk_create(
        RequestItem(info_request=info_request, place=place, text=text.strip())
        for place, text in enumerate(texts, 1)
    )


def log_new(
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
    description(told.description, "description")
    for text in told.items:
        description(text, "items")
    longest = InfoRequest._meta.get_field("fee_relief").max_length or 0
    if len(told.fee_relief.strip()) > longest:
        raise BadAct(f"“申请减免费用的情形”不能超过{longest}字，请删减", "fee_relief")
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


def description(text: str, field: str) -> str:
    """Return a description without its outer blanks; raises BadAct when it cannot be used."""
    text = text.strip()
    if not text:
        raise BadAct("请填写所需政府信息的名称、文号或者其他特征描述（第二十九条）", field)
    if len(text) > _LONGEST_DESCRIPTION:
        raise BadAct(f"申请内容不能超过{_LONGEST_DESCRIPTION}字，请删减或者作为附件提交", field)
    if "\x00" in text:
        raise BadAct("申请内容含有无法保存的字符，请重新输入", field)
    return text
