"""Verbs of an account's end: apply, approve, close with the notice and the archived content.

国办发〔2018〕123号: a notice on the account names what replaces it, its content is exported and
archived, then it is closed on the platform and recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.audit import Actor
from gongkai.files.actions import FileRefused, store
from gongkai.files.models import Purpose
from gongkai.newmedia.actions import steps
from gongkai.newmedia.lifecycle import AccountEvent, ToldWrongly
from gongkai.newmedia.models import Account
from gongkai.newmedia.queries import has_archive
from gongkai.newmedia.rules.platforms import Platform
from gongkai.newmedia.rules.texts import used, web_address

MOST_FILES = 20
_E = AccountEvent


@dataclass(frozen=True, slots=True)
class Archive:
    """A file of the content that was exported: as it is called, and its bytes."""

    name: str
    content: bytes


@transaction.atomic
def ask_closing(
    account: Account, *, why: str, replacement: str, by: Actor, at: datetime
) -> Account:
    """Apply to close an account, naming what replaces it.

    Raises:
        Refused: it does not run, or something else is under way.
        ToldWrongly: no reason, or nothing that replaces it.
    """
    held = steps.hold(account)
    steps.follow(held, _E.ASK_CLOSING)
    why, held.replacement = used(why, "why"), used(replacement, "replacement")
    steps.save(held)
    steps.tell(held, _E.ASK_CLOSING, by, at, f"{why}。替代渠道：{held.replacement}")
    steps.log("ask_closing", held, by, at, after={"replacement": held.replacement}, reason=why)
    return held


@transaction.atomic
def let_close(account: Account, *, approval_number: str, by: Actor, at: datetime) -> Account:
    """Approve that an account be closed; raises Refused or ToldWrongly."""
    held = steps.hold(account)
    steps.follow(held, _E.LET_CLOSE)
    number = used(approval_number, "approval_number")
    steps.save(held)
    steps.tell(held, _E.LET_CLOSE, by, at, number=number)
    steps.log("let_close", held, by, at, after={"approval_number": number})
    return held


@transaction.atomic
def refuse_closing(account: Account, *, why: str, by: Actor, at: datetime) -> Account:
    """Refuse that an account be closed, with a reason; raises Refused or ToldWrongly."""
    return steps.with_reason(account, _E.REFUSE_CLOSING, "refuse_closing", why, by, at)


@transaction.atomic
def close(
    account: Account,
    *,
    notice_link: str,
    closed_on: date | None,
    archives: Sequence[Archive] = (),
    by: Actor,
    at: datetime,
) -> Account:
    """Record that an account is closed on its platform; its content is kept with it.

    Raises:
        Refused: the closing is not approved.
        ToldWrongly: no notice, a day to come, no archived content, or a file that is refused.
    """
    held = steps.hold(account)
    steps.follow(held, _E.CLOSE)
    group = Platform(held.platform).is_group
    held.notice_link = web_address(notice_link, "notice_link", required=not group)
    held.closed_on = steps.past_day(closed_on, "closed_on", "注销日期", steps.local_day(at))
    if len(archives) > MOST_FILES:
        raise ToldWrongly(f"一次最多上传{MOST_FILES}个文件", "archives")
    if not (archives or group or has_archive(held)):
        raise ToldWrongly("注销以前应当导出账号内容，请上传归档文件", "archives")
    for each in archives:
        _keep(held, each, by, at)
    held.main = False
    steps.save(held)
    steps.tell(held, _E.CLOSE, by, at, f"注销公告：{held.notice_link or '无'}")
    after = {"closed_on": held.closed_on.isoformat(), "notice_link": held.notice_link}
    steps.log("close", held, by, at, after={**after, "archives": len(archives)})
    return held


def _keep(account: Account, file: Archive, by: Actor, at: datetime) -> None:
    try:
        store(
            organ=account.organ,
            about=account.typed_id,
            purpose=Purpose.OTHER,
            name=file.name,
            content=file.content,
            by=by,
            at=at,
        )
    except FileRefused as refused:
        raise ToldWrongly(f"归档文件“{file.name[:60]}”：{refused}", "archives") from None
