"""Telling organs of what they owe: before the date, on it, and after it until it is answered.

The manner is that of requests: in working hours, one letter an organ and person, tried again
later; from the third working day late on the county's office hears of it, too (practice.md 5.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from gongkai.adapters.mail import Letter, Mailer, MailError, Refused
from gongkai.inforequests.queries.contacts import EMAIL, Contact
from gongkai.inforequests.queries.reminders import Moment
from gongkai.inspections import queries
from gongkai.inspections.models import BulletinShare, Finding
from gongkai.inspections.rules.reminding import MOST_TRIES, is_told_on, wait_after
from gongkai.orgs.models import Organ, OrganKind
from gongkai.outbox import Notice
from gongkai.outbox.actions import put

REMIND = "inspections.remind"
SEND = "inspections.send_reminder"
TELL = "inspections.tell_office"
SHARED, SEND_SHARE = "inspections.write_of_share", "inspections.send_share"
_MOST_LINES = 50
FOOT = "本邮件由政务公开平台自动发送，请勿回复。"


@dataclass(frozen=True, slots=True)
class _Owed:
    """What an organ is told today."""

    finding: Finding
    left: int  # working days to the date, negative when it is past


def put_reminders(*, at: datetime) -> int:
    """Let every organ that is to hear today be told when work begins; return how many."""
    moment = Moment.at(at)
    if not moment.calendar.is_workday(moment.today):
        return 0
    begins = moment.hours.begins_on(moment.today, moment.now)
    soon = moment.calendar.add(moment.today, 3)
    rows = queries.owed(Finding.objects.filter(due_on__lte=soon)).order_by()
    organs = sorted(set(rows.values_list("organ_id", flat=True)))
    for organ_id in organs:
        key = f"{organ_id}:{moment.today}"
        put(REMIND, {"organ": organ_id}, at=max(begins, moment.now), dedupe_key=key)
    return len(organs)


def remind(organ_id: int, *, at: datetime) -> list[Notice]:
    """Put one letter to each person who answers for an organ into the outbox, if one is due."""
    moment = Moment.at(at)
    told = _told_today(organ_id, moment)
    if not told:
        return []
    organ = Organ.objects.get(pk=organ_id)
    ways = moment.ways & {EMAIL}
    people = moment.contacts.of_organ(organ_id, queries.ANSWERERS)
    if any(each.left <= -3 for each in told):
        people = [*people, *office_of(organ, moment)]
    addresses = addresses_of(people, ways)
    for address in addresses:
        put(SEND, {"organ": organ_id, "address": address, "tries": 0}, at=at)
    if addresses:
        return []
    return [Notice(f"{organ.short_name}有{len(told)}个问题到期，但没有可以提醒的邮箱")]


def tell_of_share(share_id: int, *, at: datetime) -> list[Notice]:
    """Put a letter about a bulletin into the outbox for each person who answers for an organ."""
    share = BulletinShare.objects.select_related("organ").get(pk=share_id)
    moment = Moment.at(at)
    people = moment.contacts.of_organ(share.organ_id, queries.ANSWERERS)
    addresses = addresses_of(people, moment.ways & {EMAIL})
    for address in addresses:
        put(SEND_SHARE, {"share": share_id, "address": address, "tries": 0}, at=at)
    if addresses:
        return []
    return [Notice(f"通报已交办{share.organ.short_name}，但没有可以通知的邮箱，请电话告知")]


def send_share(share_id: int, address: str, tries: int, *, at: datetime, by: Mailer) -> None:
    """Send one letter about a bulletin; outside a transaction, tried again later."""
    share = BulletinShare.objects.select_related("organ", "bulletin").get(pk=share_id)
    told = share.bulletin
    text = (
        f"{told}已印发，其中{share.organ.short_name}有{len(share.numbers)}个问题，"
        f"请于{told.due_on}前反馈整改结果。请登录平台签收并查看本单位的问题清单：\n"
        f"{host()}{reverse('inspections:bulletin', args=[told.pk])}\n\n{FOOT}"
    )
    letter = Letter(address, f"【政务公开】{told}", text, at=at)
    again = {"share": share_id, "address": address, "tries": tries + 1}
    send_or_again(letter, share.organ, SEND_SHARE, again, at=at, by=by)


def send_reminder(organ_id: int, address: str, tries: int, *, at: datetime, by: Mailer) -> None:
    """Send one letter unless nothing is owed any more; outside a transaction, tried again later."""
    told = _told_today(organ_id, Moment.at(at))
    organ = Organ.objects.filter(pk=organ_id).first()
    if not told or organ is None:
        return
    again = {"organ": organ_id, "address": address, "tries": tries + 1}
    send_or_again(_letter(address, organ, told, at), organ, SEND, again, at=at, by=by)


def send_or_again(
    letter: Letter, organ: Organ, kind: str, again: dict[str, Any], *, at: datetime, by: Mailer
) -> None:
    """Send a letter; put it again later when it failed, tell the office when it never will go."""
    try:
        by.send(letter)
    except MailError as error:
        if isinstance(error, Refused) or again["tries"] >= MOST_TRIES:
            put(TELL, {"text": f"{organ.short_name}的通知没有发出：{error}"}, at=at)
        else:
            put(kind, again, at=at + wait_after(again["tries"]))


def _told_today(organ_id: int, moment: Moment) -> list[_Owed]:
    rows = queries.owed(Finding.objects.filter(organ_id=organ_id, due_on__isnull=False))
    left = ((each, moment.left(each.due_on)) for each in rows)
    return [_Owed(each, days) for each, days in left if days is not None and is_told_on(days)]


def office_of(organ: Organ, moment: Moment) -> Sequence[Contact]:
    """Return who keeps the ledger of an organ's county."""
    centre = (OrganKind.COUNTY_GOVERNMENT, OrganKind.OFFICE)
    organs = queries.organs_to_lay_to(organ.county or organ, moment.today)
    offices = organs.filter(kind__in=centre).values_list("pk", flat=True)
    return [contact for pk in offices for contact in moment.contacts.of_organ(pk, queries.OFFICE)]


def addresses_of(people: Sequence[Contact], ways: frozenset[str]) -> list[str]:
    """Return where people are written to, each address once."""
    found = (address for each in people for way, address in each.addresses(ways) if way == EMAIL)
    return list(dict.fromkeys(found))


def _letter(to: str, organ: Organ, told: Sequence[_Owed], at: datetime) -> Letter:
    late = sum(each.left < 0 for each in told)
    subject = f"【政务公开】{organ.short_name}{len(told)}个问题需要整改"
    subject += f"（{late}个已超期）" if late else ""
    base = host()
    lines = [f"{organ.short_name}有以下问题需要按期整改并反馈结果：", ""]
    for each in told[:_MOST_LINES]:
        finding = each.finding
        lines.append(f"{finding.number}（{_when(each.left, finding.due_on)}）：{finding.why}")
        lines.append(f"　{base}{reverse('inspections:finding', args=[finding.pk])}")
    if len(told) > _MOST_LINES:
        lines.append(f"另有{len(told) - _MOST_LINES}个，见平台的整改台账。")
    lines += ["", FOOT]
    return Letter(to, subject, "\n".join(lines), at=at)


def _when(left: int, due_on: date) -> str:
    if left < 0:
        return f"期限{due_on}，已超期{-left}个工作日"
    return f"期限{due_on}，今天到期" if left == 0 else f"期限{due_on}，还剩{left}个工作日"


def host() -> str:
    """Return the address under which officials reach the platform."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")
