"""Mails that come to the request mailbox: each registered once, none lost, none that crashes.

A mail is one of the ways to ask (Art. 29). One transaction a mail and organ: its row, whose
key stops a second one, the request or the note, and the mail itself sealed. Only after the
commit is the mail marked in the box, so that a process that dies in between reads it again and
finds the key. What cannot be taken for a request is put aside for a person, never dropped.
No receipt goes out by itself: Art. 31 wants both sides to confirm.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, OperationalError, transaction

from gongkai.adapters import eml
from gongkai.adapters.mailbox import Mailbox, MailboxError, MailGone, RawMail
from gongkai.audit import SYSTEM
from gongkai.inforequests.actions.intake import NewRequest, submit
from gongkai.inforequests.actions.mail_files import (
    keep_attachments,
    keep_original,
    note_aside,
    note_ignored,
)
from gongkai.inforequests.actions.receiving import came_back
from gongkai.inforequests.actions.reminders import note_bounce
from gongkai.inforequests.lifecycle.errors import RequestError
from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.models import (
    AcceptingOffice,
    Carrier,
    Delivery,
    IncomingMail,
    InfoRequest,
    IntakeChannel,
    MailState,
)
from gongkai.inforequests.queries import find_by_requester
from gongkai.inforequests.rules.mails import Asked, asked_in, why_automatic
from gongkai.inforequests.rules.requesters import RequesterDetails
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox import Notice
from gongkai.statute.requesters import RequesterKind

_log = logging.getLogger(__name__)


class NoOrgan(LookupError):
    """No organ takes the mails of this box: a setting is missing."""


class _NotARequest(Exception):
    """The mail cannot be registered by itself; the message says in Chinese why."""


@dataclass(slots=True)
class Intake:
    """What a run over a mailbox came to: how many mails by what became of them."""

    registered: int = 0
    attached: int = 0
    aside: int = 0
    ignored: int = 0
    seen: int = 0
    notices: list[Notice] = field(default_factory=list)

    def count(self, rows: Sequence[IncomingMail | None]) -> None:
        """Count what became of one mail at each organ; None means that it was known."""
        for row in rows:
            name = row.state.lower() if row else "seen"  # the fields are named after the states
            setattr(self, name, getattr(self, name) + 1)


def take_in(box: Mailbox, *, at: datetime) -> Intake:
    """Take every unread mail of a box in, one after the other; call it outside a transaction.

    Trouble with the box or with one mail ends in a notice; the mail stays unread.
    """
    done = Intake()
    try:
        with box:
            for raw in box.unread():
                _take_one(box, raw, done, at=at)
    except MailboxError as error:
        done.notices.append(Notice(f"邮箱读取中断：{error}", grave=True))
    except NoOrgan as error:
        done.notices.append(Notice(str(error), grave=True))
    return done


def _take_one(box: Mailbox, raw: RawMail, done: Intake, *, at: datetime) -> None:
    mail = eml.parse(raw.data)
    try:
        rows = [_receive_or_aside(organ, raw.data, mail, at=at) for organ in sorted_organs(mail)]
    except NoOrgan:
        raise
    except Exception:  # it stays unread in the box, and the others are taken all the same
        _log.exception("mail %s was not taken", raw.id)
        done.notices.append(Notice("有一封来信邮件没有登记成功，下次再试，原因见日志", grave=True))
        return
    done.count([row if fresh else None for row, fresh in rows])
    for row, fresh in rows:
        if fresh and row.state == MailState.ASIDE:
            done.notices.append(Notice(f"{row.organ.short_name}有来信邮件待人工处理：{row.note}"))
    _mark(box, raw, [row for row, _ in rows])


def _mark(box: Mailbox, raw: RawMail, rows: Sequence[IncomingMail]) -> None:
    """Mark the mail in the box as taken, or put it where people look."""
    reasons = [row.note for row in rows if _for_people(row)]
    try:
        if reasons:
            box.set_aside(raw.id, "；".join(reasons))
        else:
            box.done(raw.id)
    except MailGone:
        _log.info("mail %s was marked by another reader", raw.id)


def _for_people(row: IncomingMail) -> bool:
    """Say whether a person has to look at the original in the box."""
    return row.state == MailState.ASIDE or (row.file is None and row.state != MailState.IGNORED)


def sorted_organs(mail: eml.IncomingMail) -> list[Organ]:
    """Return the organs a mail is for, by its `to` addresses, else the county's own.

    Raises:
        NoOrgan: nobody's address is among them, and no organ is named in the settings.
    """
    wanted = {address.lower() for address in mail.to}
    offices = AcceptingOffice.objects.exclude(email="").select_related("organ")
    found = [office.organ for office in offices if office.email.lower() in wanted]
    if found:
        return sorted(found, key=lambda organ: organ.code)
    code = settings.GONGKAI_MAIL_ORGAN
    county = Organ.objects.filter(kind=OrganKind.COUNTY_GOVERNMENT, valid_to__isnull=True)
    default = list(Organ.objects.filter(code=code) if code else county[:2])
    if len(default) != 1:
        raise NoOrgan(
            "不知道来信邮件归哪个机关：请在设置 GONGKAI_MAIL_ORGAN 中写明机构代码，"
            "或者在“受理机构”中登记各机关的电子邮箱"
        )
    return default


def _receive_or_aside(
    organ: Organ, data: bytes, mail: eml.IncomingMail, *, at: datetime
) -> tuple[IncomingMail, bool]:
    """Take a mail in for one organ; whatever goes wrong in the taking puts it aside."""
    try:
        return receive(organ, data, mail, at=at)
    except OperationalError:  # the database's fault, not the mail's: taken the next time
        raise
    except Exception:  # a mail is a stranger's: what nobody foresaw must not stop the others
        _log.exception("mail %s cannot be taken by itself", mail.key)
        return receive(organ, data, mail, at=at, why="自动登记时出错，请人工登记")


def receive(
    organ: Organ, data: bytes, mail: eml.IncomingMail, *, at: datetime, why: str = ""
) -> tuple[IncomingMail, bool]:
    """Take one mail in for an organ, in one transaction; return its row and whether it is new.

    With a reason `why` it is put aside without being looked at.
    """
    known = IncomingMail.objects.filter(organ=organ, key=mail.key)
    if row := known.first():
        return row, False
    try:
        with transaction.atomic():
            # The row comes first: of two readers one waits here, and then finds the key.
            row = IncomingMail.objects.create(
                organ=organ,
                key=mail.key,
                received_at=min(mail.received_at or at, at),  # as the last server wrote
                read_at=at,
                state=MailState.ASIDE,
            )
            _sort(row, data, mail, why, at=at)
            row.save(update_fields=["state", "info_request", "file", "note"])
    except IntegrityError:
        if row := known.first():
            return row, False
        raise
    return row, True


def _sort(
    row: IncomingMail, data: bytes, mail: eml.IncomingMail, why: str, *, at: datetime
) -> None:
    """Decide what becomes of a mail and do it."""
    if not why and (ignored := _why_ignored(row.organ, mail, at=at)):
        note_ignored(row, ignored, by=SYSTEM, at=at)
        return
    try:
        if why:
            raise _NotARequest(why)
        with transaction.atomic():
            case = _case_answered(row.organ, mail)
            if case is not None:
                _attach(row, case, data, mail, at=at)
            else:
                _register(row, data, mail, at=at)
    except (_NotARequest, RequestError) as reason:
        note_aside(row, data, str(reason), at=at)


def _why_ignored(organ: Organ, mail: eml.IncomingMail, *, at: datetime) -> str:
    """Return in Chinese why a mail is no request, "" for one that may be."""
    if came_back(organ, mail.subject, at=at):
        return "受理邮箱的自测邮件，已登记为畅通"
    if mail.kind is eml.MailKind.ORDINARY:
        return ""
    if mail.kind is eml.MailKind.AUTO_REPLY:
        return why_automatic(mail.sign)
    if note_bounce(mail.original_id, at=at):
        return "本系统提醒的退信，已标明提醒没有送达"
    return "退信，不是本系统提醒的退信"


def _case_answered(organ: Organ, mail: eml.IncomingMail) -> InfoRequest | None:
    """Return the open case of this sender whose number the mail names, None when there is none."""
    told = f"{mail.subject} {mail.in_reply_to}"
    if not mail.from_address or "-" not in told:
        return None
    own = find_by_requester(mail.from_address, [organ.pk]).filter(pending=True)
    return next((case for case in own if case.number in told), None)


def _attach(
    row: IncomingMail, case: InfoRequest, data: bytes, mail: eml.IncomingMail, *, at: datetime
) -> None:
    row.state, row.info_request = MailState.ATTACHED, case
    supplement = case.state == State.AWAITING_SUPPLEMENT
    _, problems = keep_attachments(case, mail, supplement=supplement, by=SYSTEM, at=at)
    keep_original(row, data, mail, problems, by=SYSTEM, at=at)


def _register(row: IncomingMail, data: bytes, mail: eml.IncomingMail, *, at: datetime) -> None:
    asked = _asked(mail, len(data))
    case = submit(
        row.organ,
        told=new_request(asked),
        requester=requester_of(mail, asked),
        submitted_at=row.received_at,
        by=SYSTEM,
        at=at,
    )
    kept, problems = keep_attachments(case, mail, by=SYSTEM, at=at)
    if not mail.text and not kept:
        raise _NotARequest("邮件没有正文，附件也不能存入，请查看原件")
    if asked.cut:
        problems.append("正文过长，申请内容只登记了前面的部分")
    row.state, row.info_request = MailState.REGISTERED, case
    keep_original(row, data, mail, problems, by=SYSTEM, at=at)


def _asked(mail: eml.IncomingMail, size: int) -> Asked:
    """Return what is asked; raises _NotARequest when the mail does not say who, or what."""
    if size > eml.LIMITS.mail_bytes:
        most = eml.LIMITS.mail_bytes // 1024**2
        raise _NotARequest(f"邮件超过 {most} MB，没有读完，请查看原件")
    try:
        validate_email(mail.from_address)
    except ValidationError:
        raise _NotARequest("发件人地址无法识别，请查看原件") from None
    asked = asked_in(mail.subject, mail.text, len(mail.attachments))
    if asked is None:
        raise _NotARequest("邮件没有正文，也没有附件")
    return asked


def new_request(asked: Asked) -> NewRequest:
    """Return the request a mail makes; one sent anew is a request anew, for a person to judge."""
    return NewRequest(
        channel=IntakeChannel.EMAIL,
        requester_kind=RequesterKind.NATURAL_PERSON,
        description=asked.description,
        carrier=Carrier.ELECTRONIC,
        delivery=Delivery.EMAIL,
        again=True,
    )


def requester_of(mail: eml.IncomingMail, asked: Asked) -> RequesterDetails:
    """Return who asks, as far as the mail tells; the clerk checks it when confirming receipt."""
    return RequesterDetails(
        name=mail.from_name.strip() or mail.from_address,
        identity_kind="居民身份证" if asked.identity_number else "",
        identity_number=asked.identity_number,
        phone=asked.phone,
        email=mail.from_address,
    )
