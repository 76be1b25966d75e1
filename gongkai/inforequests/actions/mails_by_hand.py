"""What a person does with a mail that was put aside: open, register, attach, leave it (Art. 29)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongkai.adapters import eml
from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.files.actions import open_file, remove
from gongkai.files.models import StoredFile
from gongkai.files.queries import content
from gongkai.inforequests.actions.intake import NewRequest, submit
from gongkai.inforequests.actions.mail_files import (
    keep_attachments,
    keep_original,
    note_ignored,
)
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.states import State
from gongkai.inforequests.models import IncomingMail, InfoRequest, IntakeChannel, MailState
from gongkai.inforequests.rules.requesters import RequesterDetails


def open_mail(row: IncomingMail, *, by: Actor, at: datetime) -> eml.IncomingMail | None:
    """Return what a mail says, and log who read it; None when its original is only in the box.

    Raises:
        FileRefused: the file is gone or altered.
    """
    file = StoredFile.objects.filter(pk=row.file, removed_at__isnull=True).first()
    if file is None:
        return None
    return eml.parse(open_file(file, by=by, at=at, how="查看来信"))


def register_mail(
    row: IncomingMail, *, told: NewRequest, requester: RequesterDetails, by: Actor, at: datetime
) -> InfoRequest:
    """Register a mail that was put aside, as submitted on the day it came.

    Raises:
        Refused: somebody has dealt with it meanwhile. BadAct: a field is missing or wrong.
        AlreadyAsked: the same requester asked the same within 30 days.
    """
    with transaction.atomic():
        locked = _locked(row)
        case = submit(
            locked.organ,
            told=replace(told, channel=IntakeChannel.EMAIL),
            requester=requester,
            submitted_at=min(locked.received_at, at),
            by=by,
            at=at,
        )
        _move(locked, case, MailState.REGISTERED, by=by, at=at)
    return case


def attach_mail(row: IncomingMail, *, to: InfoRequest, by: Actor, at: datetime) -> IncomingMail:
    """Put a mail into a case of the same organ that it belongs to.

    Raises:
        Refused: somebody has dealt with it meanwhile.
        BadAct: the case is another organ's or nothing is owed on it any more.
    """
    with transaction.atomic():
        locked = _locked(row)
        if to.organ_id != locked.organ_id:
            raise BadAct("只能附入同一机关的申请，请重新填写", "number")
        if not to.pending:
            raise BadAct("这件申请已经办结，来信请另行登记", "number")
        _move(locked, to, MailState.ATTACHED, by=by, at=at)
        record(
            "inforequests.attach_mail",
            to.typed_id,
            chain=locked.organ.code,
            by=by,
            at=at,
            label=to.number,
        )
    return locked


def ignore_mail(row: IncomingMail, *, why: str, by: Actor, at: datetime) -> IncomingMail:
    """Leave a mail that is no request and belongs to none (advertising, a test); it is kept.

    Raises:
        Refused: somebody has dealt with it meanwhile. BadAct: no reason.
    """
    why = why.strip()
    if not why:
        raise BadAct("请填写无需处理的理由", "why")
    with transaction.atomic():
        locked = _locked(row)
        note_ignored(locked, f"{by.name}：{why}", by=by, at=at)
        locked.save(update_fields=["state", "note"])
    return locked


def _locked(row: IncomingMail) -> IncomingMail:
    found = IncomingMail.objects.select_for_update(of=("self",)).select_related("organ")
    locked = found.get(pk=row.pk)
    if locked.state != MailState.ASIDE:
        raise Refused(f"这封来信{locked.get_state_display()}，不能再次处理。")
    return locked


def _move(
    row: IncomingMail, case: InfoRequest, state: MailState, *, by: Actor, at: datetime
) -> None:
    """Give a mail and its attachments to a case; the copy put aside is destroyed."""
    row.state, row.info_request = state, case
    aside = StoredFile.objects.filter(pk=row.file, removed_at__isnull=True).first()
    if aside is not None:
        data = content(aside)
        mail = eml.parse(data)
        supplement = case.state == State.AWAITING_SUPPLEMENT
        _, problems = keep_attachments(case, mail, supplement=supplement, by=by, at=at)
        keep_original(row, data, mail, problems, by=by, at=at)
        remove(aside, reason="来信已移入案件", by=by, at=at)
    row.save(update_fields=["state", "info_request", "file", "note"])
