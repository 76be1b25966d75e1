"""Queued work: deadlines after a holiday notice (law.md 10.4), cases passed on, erasing, mail.

What talks to a mail server or a mailbox does so after the job's own commit: no server's delay
holds a lock, and no mail is marked as taken before it is registered.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.adapters.mail import mailer
from gongkai.adapters.mailbox import Mailbox, mailbox_of
from gongkai.adapters.sms import texter
from gongkai.audit import Actor
from gongkai.audit.models import Event
from gongkai.inforequests.actions import (
    erase_correction,
    erase_requester,
    recompute_deadlines,
    send_waiting,
    take_in,
    take_over,
    watch,
)
from gongkai.inforequests.actions.attempts import forget_attempts
from gongkai.inforequests.actions.mail_alarms import (
    SEND_ASIDE,
    TELL,
    send_aside,
    tell_all_aside,
    tell_aside,
    tell_office,
)
from gongkai.inforequests.actions.mail_files import TELL_ASIDE
from gongkai.inforequests.actions.passing import TAKE_OVER
from gongkai.inforequests.actions.receiving import SEND_TEST, keep_tests, send_test
from gongkai.inforequests.actions.reminders import SEND, put_forgotten
from gongkai.inforequests.actions.reminding import (
    REMIND,
    WATCH,
    put_reminding,
    remind_in_turn,
)
from gongkai.inforequests.models import CorrectionRequest, InfoRequest
from gongkai.inforequests.queries import (
    corrections_to_erase,
    requesters_to_erase,
    withheld_due,
)
from gongkai.orgs.models import Organ
from gongkai.outbox import Notice, Payload, every, handles
from gongkai.outbox.actions import put

RECOMPUTE = "inforequests.recompute_deadlines"
ERASE = "inforequests.erase"
READ_MAILBOX = "inforequests.read_mailbox"
_MAILBOX_EVERY = timedelta(minutes=5)
_ATTEMPTS_KEPT = timedelta(days=30)


@handles(RECOMPUTE)
def recompute(payload: Payload, at: datetime) -> list[Notice]:
    """Recompute open deadlines under the calendar of now; safe to repeat."""
    notice = Event.objects.get(pk=payload["event"]).target_label
    changes = recompute_deadlines(notice=notice, at=at)
    if not changes:
        return []
    return [Notice(f"{notice}：{len(changes)} 件申请的答复期限有变动，见“期限变动”")]


@handles(TAKE_OVER)
def take_over_case(payload: Payload, at: datetime) -> list[Notice]:
    """Log a request passed on, on the chain of the organ it came to; safe to repeat."""
    by, moment = Actor(**payload["by"]), datetime.fromisoformat(payload["at"])
    take_over(InfoRequest.objects.get(pk=payload["case"]), by=by, at=moment)
    return []


@every("day", "inforequests.erase_due")
def erase_what_is_due(at: datetime) -> list[Notice]:
    """Put each requester whose time of keeping is over into the queue, and say how many."""
    today = timezone.localdate(at)
    due = [*requesters_to_erase(today), *corrections_to_erase(today)]
    for each in due:
        correction = isinstance(each, CorrectionRequest)
        payload = {"id": str(each.pk), "correction": correction}
        put(ERASE, payload, at=at, dedupe_key=each.typed_id)
    return [Notice(f"{len(due)} 件已归档的申请保管期限届满，正在清除申请人信息")] if due else []


@handles(ERASE)
def erase(payload: Payload, at: datetime) -> None:
    """Erase one requester whose time is over; nothing is left to do when it was done meanwhile."""
    today, why = timezone.localdate(at), "保管期限届满"
    if payload["correction"]:
        for correction in corrections_to_erase(today).filter(pk=payload["id"]):
            erase_correction(correction, why=why, at=at)
        return
    for info_request in requesters_to_erase(today).filter(pk=payload["id"]):
        erase_requester(info_request, why=why, at=at)


@every("day", "inforequests.withheld_due")
def tell_what_to_review(at: datetime) -> list[Notice]:
    """Say how many withheld items are to be looked at again (Art. 18)."""
    organs = Organ.objects.values_list("pk", flat=True)
    count = withheld_due(organs, timezone.localdate(at)).count()
    return [Notice(f"{count} 项不予公开的信息到了评估的日子，见“不予公开评估”")] if count else []


@every("day", "inforequests.forget_attempts")
def forget_old_attempts(at: datetime) -> None:
    """Destroy the traces of tries of public doors that are older than a month."""
    forget_attempts(before=at - _ATTEMPTS_KEPT)


@every("hour", "inforequests.remind")
def remind_of_what_is_due(at: datetime) -> None:
    """Have the reminders written that are due, in working hours; take up those that were left."""
    put_forgotten(at=at)
    put_reminding(at=at)


@handles(REMIND)
def write_reminders(payload: Payload, at: datetime) -> list[Notice]:
    """Write the reminders of one batch of cases and put the next batch."""
    return remind_in_turn(payload, at=at)


@handles(WATCH)
def watch_new_request(payload: Payload, at: datetime) -> list[Notice]:
    """Alarm when a request has not been taken in within its first hour of work (Art. 31)."""
    return watch(payload["case"], at=at).notices


@handles(SEND)
def send_reminders(payload: Payload, at: datetime) -> None:
    """Send what waits for one address; what fails is put again, later each time."""
    way, address = payload["way"], payload["address"]
    # Made here, so that settings which name no mailer fail the job where everybody sees it.
    by_mail, by_text = mailer(settings.GONGKAI_MAILER), texter(settings.GONGKAI_TEXTER)
    transaction.on_commit(
        lambda: send_waiting(way, address, at=at, by_mail=by_mail, by_text=by_text), robust=True
    )


@every("hour", "inforequests.read_mailbox")
def keep_reading_the_mailbox(at: datetime) -> None:
    """See to it that the mailbox is read every few minutes, if there is one."""
    if settings.GONGKAI_MAILBOX["kind"] != "none":
        put(READ_MAILBOX, {}, at=at, dedupe_key=READ_MAILBOX)


@handles(READ_MAILBOX)
def read_mailbox(payload: Payload, at: datetime) -> None:
    """Take in what lies in the mailbox, and look again in five minutes."""
    if settings.GONGKAI_MAILBOX["kind"] == "none":
        return
    put(READ_MAILBOX, {}, at=at + _MAILBOX_EVERY, dedupe_key=READ_MAILBOX)
    box = mailbox_of(settings.GONGKAI_MAILBOX)
    transaction.on_commit(lambda: _read(box, at), robust=True)


def _read(box: Mailbox, at: datetime) -> None:
    done = take_in(box, at=at)
    for notice in done.notices:
        tell_office(notice.text, at=at, grave=notice.grave)


@handles(TELL_ASIDE)
def tell_of_mails_aside(payload: Payload, at: datetime) -> list[Notice]:
    """Tell an organ of the mails that wait for a person."""
    return tell_aside(payload["organ"], at=at)


@every("day", "inforequests.mails_aside")
def tell_of_mails_still_aside(at: datetime) -> None:
    """Tell every organ whose mails still wait, on the next morning of work."""
    tell_all_aside(at=at)


@handles(SEND_ASIDE)
def send_mails_aside(payload: Payload, at: datetime) -> None:
    """Send one letter about mails put aside."""
    organ, address, tries = payload["organ"], payload["address"], payload["tries"]
    by_mail = mailer(settings.GONGKAI_MAILER)
    transaction.on_commit(
        lambda: send_aside(organ, address, tries, at=at, by_mail=by_mail), robust=True
    )


@every("day", "inforequests.channel_tests")
def tell_what_to_test(at: datetime) -> list[Notice]:
    """Say how many published ways in have failed their test or are due for one."""
    count = keep_tests(at=at)
    words = f"{count} 个受理渠道自测不通或者到期，见“受理渠道自测”"
    return [Notice(words)] if count else []


@handles(SEND_TEST)
def send_test_mail(payload: Payload, at: datetime) -> None:
    """Send one test mail to a published mailbox."""
    organ, token, by_mail = payload["organ"], payload["token"], mailer(settings.GONGKAI_MAILER)
    transaction.on_commit(lambda: send_test(organ, token, at=at, by_mail=by_mail), robust=True)


@handles(TELL)
def tell(payload: Payload, at: datetime) -> list[Notice]:
    """Say what was found out after another job's commit."""
    return [Notice(payload["text"], grave=payload["grave"])]
