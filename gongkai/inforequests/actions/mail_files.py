"""The files of mails: the mail itself sealed, its attachments with the case, faults noted."""

from collections.abc import Sequence
from datetime import datetime

from gongkai.adapters import eml
from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.inforequests.actions.recording import local_day
from gongkai.inforequests.models import IncomingMail, InfoRequest, MailState
from gongkai.outbox.actions import put

TELL_ASIDE = "inforequests.tell_mails_aside"
MAIL_ABOUT = "inforequests.mail"
_ORIGINAL = "来信原件.eml"
_LONGEST_NOTE = 500


def mail_about(row: IncomingMail) -> str:
    """Return the typed id under which the file of a mail without a case stands."""
    return f"{MAIL_ABOUT}:{row.pk}"


def keep_attachments(
    case: InfoRequest,
    mail: eml.IncomingMail,
    *,
    supplement: bool = False,
    by: Actor,
    at: datetime,
) -> tuple[int, list[str]]:
    """Store the attachments with a case; return how many, and in Chinese which were refused."""
    purpose = Purpose.SUPPLEMENT if supplement else Purpose.REQUEST_ATTACHMENT
    kept, problems = 0, []
    for place, file in enumerate(mail.attachments, 1):
        try:
            store(
                organ=case.organ,
                about=case.typed_id,
                purpose=purpose,
                name=file.name,
                content=file.content,
                by=by,
                at=at,
            )
            kept += 1
        except FileRefused as refused:  # its name may tell who asks, so its place tells which
            problems.append(f"第{place}个附件没有存入（{refused}）")
    return kept, problems


def keep_original(
    row: IncomingMail,
    data: bytes,
    mail: eml.IncomingMail,
    problems: Sequence[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Store a mail itself with its case, and note what was wrong with it."""
    told = [*mail.problems, *problems]
    refused = _store_original(row, row.info_request.typed_id, data, by=by, at=at)
    if refused:
        told.insert(0, f"来信原件没有存入（{refused}），请在邮箱中查看")
    row.note = noted(told)


def note_aside(row: IncomingMail, data: bytes, why: str, *, at: datetime) -> None:
    """Put a mail aside for a person: keep it, say why, log it, and tell the organ."""
    row.state, row.info_request = MailState.ASIDE, None
    refused = _store_original(row, mail_about(row), data, by=SYSTEM, at=at)
    told = [why] + ([f"原件没有存入（{refused}），请在邮箱中查看"] if refused else [])
    row.note = noted(told)
    record(
        "inforequests.mail_aside",
        mail_about(row),
        chain=row.organ.code,
        by=SYSTEM,
        at=at,
        label=f"{local_day(row.received_at)} 来信邮件",
        reason=why,
    )
    put(TELL_ASIDE, {"organ": row.organ_id}, at=at, dedupe_key=str(row.organ_id))


def note_ignored(row: IncomingMail, why: str, *, by: Actor, at: datetime) -> None:
    """Note of a mail that it is no request, with the reason, and log it; nothing is lost unseen."""
    row.state, row.note = MailState.IGNORED, noted([why])
    record(
        "inforequests.ignore_mail",
        mail_about(row),
        chain=row.organ.code,
        by=by,
        at=at,
        label=f"{local_day(row.received_at)} 来信邮件",
        reason=why[:300],
    )


def _store_original(row: IncomingMail, about: str, data: bytes, *, by: Actor, at: datetime) -> str:
    """Store the mail under seal; return why it was refused, "" when it was not."""
    try:
        file = store(
            organ=row.organ,
            about=about,
            purpose=Purpose.MAIL,
            name=_ORIGINAL,
            content=data,
            by=by,
            at=at,
        )
    except FileRefused as refused:
        row.file = None
        return str(refused)
    row.file = file.pk
    return ""


def noted(told: Sequence[str]) -> str:
    """Return what is noted of a mail, cut to its column."""
    text = "；".join(each.rstrip("。") for each in told)
    return text if len(text) <= _LONGEST_NOTE else text[: _LONGEST_NOTE - 1] + "…"
