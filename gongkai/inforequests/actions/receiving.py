"""Testing one's own ways in: a form nobody could send is a request unseen (practice.md 2.7).

A mailbox is tested by the system itself: it writes to the published address and waits for its
own mail to come in by the usual way. Other ways are tried by a person, who records the result.
"""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from gongkai.adapters.mail import Letter, Mailer, MailError
from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.inforequests.actions.recording import local_day
from gongkai.inforequests.lifecycle.errors import BadAct, Refused
from gongkai.inforequests.lifecycle.receiving import ReceivingChannel
from gongkai.inforequests.models import AcceptingOffice
from gongkai.inforequests.models.receiving import ChannelTest
from gongkai.inforequests.queries.receiving import channels_to_test, published
from gongkai.inforequests.rules.receiving import MAIL_WAITS, subject_of_test, token_in
from gongkai.orgs.models import Organ
from gongkai.outbox.actions import put
from gongkai.statute.days import written

SEND_TEST = "inforequests.send_test_mail"
_WORDS = "这是政务公开平台对本机关受理邮箱的自测邮件，系统收到后自动登记，不需要处理，请勿回复。"


def record_test(
    organ: Organ,
    *,
    channel: ReceivingChannel,
    passed: bool,
    note: str = "",
    on: date,
    by: Actor,
    at: datetime,
) -> ChannelTest:
    """Record that a person tried a way in, and what came of it.

    Raises:
        BadAct: the office does not publish it, the day is wrong, or a failure is not explained.
    """
    note = note.strip()
    if on > local_day(at):
        raise BadAct(f"“自测日期”（{written(on)}）晚于今天，请核对", "on")
    if not passed and not note:
        raise BadAct("自测不通的，请填写“情况”，写明现象和处理办法", "note")
    with transaction.atomic():
        row = _held(organ, channel)
        if row.tested_on and on < row.tested_on:
            raise BadAct(f"“自测日期”早于上一次自测（{written(row.tested_on)}），请核对", "on")
        return _note(row, passed, note, on, by=by, at=at)


def send_test_mail(organ: Organ, *, by: Actor, at: datetime) -> ChannelTest:
    """Let the system write to the published mailbox; the mail's coming in records the result.

    Raises:
        BadAct: the office publishes no mailbox. Refused: mail is not set up, or one is on its way.
    """
    if "none" in (settings.GONGKAI_MAILER["kind"], settings.GONGKAI_MAILBOX["kind"]):
        raise Refused(
            "不能发送自测邮件：系统没有设置发信或者收信邮箱。请用外部邮箱发送，再登记自测结果。"
        )
    with transaction.atomic():
        row = _held(organ, ReceivingChannel.EMAIL)
        if row.token and row.sent_at and at - row.sent_at < MAIL_WAITS:
            raise Refused("自测邮件已经发出，正在等待收到；一天内没有收到的，登记为不通。")
        row.token, row.sent_at = secrets.token_hex(16), at
        row.save(update_fields=["token", "sent_at"])
        put(SEND_TEST, {"organ": organ.pk, "token": row.token}, at=at)
        record(
            "inforequests.send_test_mail",
            _target(row),
            chain=organ.code,
            by=by,
            at=at,
            label=str(row),
        )
    return row


def send_test(organ_id: int, token: str, *, at: datetime, by_mail: Mailer) -> None:
    """Send a test mail, outside a transaction; what cannot be sent is a test that failed."""
    office = AcceptingOffice.objects.filter(pk=organ_id).first()
    if office is None or not office.email:
        return
    letter = Letter(
        office.email, subject_of_test(token), _WORDS, message_id=f"<channel-test.{token}@gongkai>"
    )
    try:
        by_mail.send(letter)
    except MailError as why:
        _end(organ_id, token, False, f"自测邮件没有发出：{why}", at=at)


def came_back(organ: Organ, subject: str, *, at: datetime) -> bool:
    """Say whether a mail that came in is our own test, and record that the mailbox works."""
    token = token_in(subject)
    return bool(token) and _end(organ.pk, token, True, "系统自测邮件已收到", at=at)


def keep_tests(*, at: datetime) -> int:
    """Follow what offices publish, end test mails that never came; return how many ways are late.

    Run each day; safe to repeat.
    """
    for office in AcceptingOffice.objects.select_related("organ"):
        ways = {channel.value for channel in published(office)}
        rows = ChannelTest.objects.filter(organ_id=office.pk)
        known = set(rows.values_list("channel", flat=True))
        ChannelTest.objects.bulk_create(
            [ChannelTest(organ_id=office.pk, channel=each) for each in sorted(ways - known)],
            ignore_conflicts=True,
        )
        rows.exclude(channel__in=ways).delete()
    for row in ChannelTest.objects.filter(sent_at__lte=at - MAIL_WAITS).exclude(token=""):
        _end(row.organ_id, row.token, False, "自测邮件发出一天没有收到，请检查邮箱", at=at)
    organs = AcceptingOffice.objects.values_list("pk", flat=True)
    return channels_to_test(list(organs), local_day(at)).count()


def _end(organ_id: int, token: str, passed: bool, note: str, *, at: datetime) -> bool:
    """End a test mail that is on its way; False when there is none with this token."""
    with transaction.atomic():
        rows = ChannelTest.objects.select_for_update(of=("self",)).select_related("organ")
        row = rows.filter(organ_id=organ_id, token=token).first()
        if row is None:
            return False
        _note(row, passed, note, local_day(at), by=SYSTEM, at=at)
    return True


def _held(organ: Organ, channel: ReceivingChannel) -> ChannelTest:
    """Return the row of a way in, locked."""
    office = AcceptingOffice.objects.filter(pk=organ.pk).first()
    if office is None or channel not in published(office):
        raise BadAct(f"{organ.short_name}没有公布“{channel.label}”，请先设置受理机构", "channel")
    ChannelTest.objects.get_or_create(organ=organ, channel=channel.value)
    rows = ChannelTest.objects.select_for_update(of=("self",)).select_related("organ")
    return rows.get(organ=organ, channel=channel.value)


def _note(
    row: ChannelTest, passed: bool, note: str, on: date, *, by: Actor, at: datetime
) -> ChannelTest:
    row.tested_on, row.passed, row.note, row.tested_by = on, passed, note[:300], by.name
    row.token, row.sent_at = "", None
    row.save()
    record(
        "inforequests.test_channel",
        _target(row),
        chain=row.organ.code,
        by=by,
        at=at,
        label=str(row),
        after={"on": on, "passed": passed},
        reason=row.note,
    )
    return row


def _target(row: ChannelTest) -> str:
    return f"inforequests.channel:{row.organ.code}/{row.channel}"
