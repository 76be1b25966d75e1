"""Telling an organ of mails that wait for a person: a mail nobody reads is a request unseen."""

from datetime import datetime, timedelta

from gongkai.adapters.mail import Mailer, Refused, TryLater
from gongkai.inforequests.actions.mail_files import TELL_ASIDE
from gongkai.inforequests.actions.messages import as_aside_letter
from gongkai.inforequests.models import IncomingMail, MailState
from gongkai.inforequests.queries.contacts import EMAIL
from gongkai.inforequests.queries.reminders import Moment
from gongkai.inforequests.rules.reminders import MOST_TRIES, wait_after
from gongkai.orgs.models import Organ
from gongkai.outbox import Notice
from gongkai.outbox.actions import put

SEND_ASIDE = "inforequests.send_mails_aside"
TELL = "inforequests.tell_office"


def tell_aside(organ_id: int, *, at: datetime) -> list[Notice]:
    """Put one letter to everybody who reads an organ's mails into the outbox, in working hours."""
    moment = Moment.at(at)
    if not moment.is_open:
        put_telling(organ_id, at=_next_morning(moment))
        return []
    found = moment.contacts.readers_of_mails(organ_id, moment.ways & {EMAIL})
    for contact in found:
        payload = {"organ": organ_id, "address": contact.email, "tries": 0}
        put(SEND_ASIDE, payload, at=at)
    if found:
        return []
    organ = Organ.objects.get(pk=organ_id)
    return [Notice(f"{organ.short_name}有来信邮件待人工处理，但没有可以通知的邮箱", grave=True)]


def tell_all_aside(*, at: datetime) -> int:
    """Let every organ that still has mails put aside be told on the next morning of work."""
    morning = _next_morning(Moment.at(at))
    waiting = IncomingMail.objects.filter(state=MailState.ASIDE).order_by()
    organs = waiting.values_list("organ_id", flat=True).distinct()
    for organ_id in sorted(organs):
        put_telling(organ_id, at=morning)
    return len(organs)


def put_telling(organ_id: int, *, at: datetime) -> None:
    """Let an organ be told of its mails put aside, once while that waits."""
    put(TELL_ASIDE, {"organ": organ_id}, at=at, dedupe_key=str(organ_id))


def send_aside(organ_id: int, address: str, tries: int, *, at: datetime, by_mail: Mailer) -> None:
    """Send the letter, unless nothing waits any more; outside a transaction, tried again later."""
    organ = Organ.objects.filter(pk=organ_id).first()
    count = IncomingMail.objects.filter(organ_id=organ_id, state=MailState.ASIDE).count()
    if organ is None or not count:
        return
    letter = as_aside_letter(address, organ.short_name, count, at=at)
    try:
        by_mail.send(letter)
    except TryLater as error:
        if tries + 1 < MOST_TRIES:
            payload = {"organ": organ_id, "address": address, "tries": tries + 1}
            put(SEND_ASIDE, payload, at=at + wait_after(tries + 1))
        else:
            tell_office(f"来信邮件待处理的通知没有发出：{error}", at=at)
    except Refused as error:
        tell_office(f"来信邮件待处理的通知没有发出：{error}", at=at)


def tell_office(text: str, *, at: datetime, grave: bool = True) -> None:
    """Let `gongkai tick` say something that was found out after a commit."""
    put(TELL, {"text": text, "grave": grave}, at=at)


def _next_morning(moment: Moment) -> datetime:
    """Return the next moment at which work begins, today's if it is still to come."""
    day = moment.today
    while not moment.calendar.is_workday(day) or moment.hours.begins_on(day, moment.now) <= (
        moment.now
    ):
        day += timedelta(days=1)
    return moment.hours.begins_on(day, moment.now)
