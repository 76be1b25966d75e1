"""Telling organs of their tasks before the day, on it, and each week after it, by mail.

The manner is that of findings: in working hours, one letter an organ and person, tried again later;
when a task is late the county's office hears of it, too (practice.md 5.3).
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gongkai.adapters.mail import Letter, Mailer
from gongkai.inforequests.queries.contacts import EMAIL
from gongkai.inforequests.queries.reminders import Moment
from gongkai.inspections.actions.reminding import (
    FOOT,
    addresses_of,
    host,
    office_of,
    send_or_again,
)
from gongkai.orgs.models import Organ
from gongkai.outbox import Notice
from gongkai.outbox.actions import put
from gongkai.oversight.deadlines import SOON, is_told_on
from gongkai.oversight.models import WorkTask
from gongkai.oversight.queries import REPORTERS, running_tasks

REMIND, SEND = "oversight.remind", "oversight.send_reminder"
_MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class _Owed:
    """A task that an organ is told of today."""

    task: WorkTask
    left: int  # working days to the date, negative when it is past


def put_reminders(*, at: datetime) -> int:
    """Let every organ that is to hear today be told when work begins; return how many."""
    moment = Moment.at(at)
    if not moment.calendar.is_workday(moment.today):
        return 0
    begins = moment.hours.begins_on(moment.today, moment.now)
    rows = running_tasks().filter(due_on__lte=moment.calendar.add(moment.today, SOON))
    organs = sorted(set(rows.order_by().values_list("lead_id", flat=True)))
    for organ_id in organs:
        key = f"{organ_id}:{moment.today}"
        put(REMIND, {"organ": organ_id}, at=max(begins, moment.now), dedupe_key=key)
    return len(organs)


def remind(organ_id: int, *, at: datetime) -> list[Notice]:
    """Put one letter to each person who reports for an organ into the outbox, if one is due."""
    moment = Moment.at(at)
    told = _told_today(organ_id, moment)
    if not told:
        return []
    organ = Organ.objects.get(pk=organ_id)
    people = moment.contacts.of_organ(organ_id, REPORTERS)
    if any(each.left < 0 for each in told):
        people = [*people, *office_of(organ, moment)]
    addresses = addresses_of(people, moment.ways & {EMAIL})
    for address in addresses:
        put(SEND, {"organ": organ_id, "address": address, "tries": 0}, at=at)
    if addresses:
        return []
    return [Notice(f"{organ.short_name}有{len(told)}项工作要点任务到期，但没有可以提醒的邮箱")]


def send_reminder(organ_id: int, address: str, tries: int, *, at: datetime, by: Mailer) -> None:
    """Send one letter unless nothing is owed any more; outside a transaction, tried again later."""
    told = _told_today(organ_id, Moment.at(at))
    organ = Organ.objects.filter(pk=organ_id).first()
    if not told or organ is None:
        return
    again = {"organ": organ_id, "address": address, "tries": tries + 1}
    send_or_again(_letter(address, organ, told, at), organ, SEND, again, at=at, by=by)


def _told_today(organ_id: int, moment: Moment) -> list[_Owed]:
    rows = running_tasks().filter(lead_id=organ_id).select_related("plan").order_by("due_on")
    left = ((each, moment.left(each.due_on)) for each in rows)
    return [_Owed(each, days) for each, days in left if days is not None and is_told_on(days)]


def _letter(to: str, organ: Organ, told: list[_Owed], at: datetime) -> Letter:
    late = sum(each.left < 0 for each in told)
    subject = f"【政务公开】{organ.short_name}{len(told)}项工作要点任务"
    subject += f"（{late}项已超期）" if late else "即将到期"
    lines = [f"{organ.short_name}牵头的以下任务，请按期完成并报送进展：", ""]
    for each in told[:_MOST_LINES]:
        when = f"已超期{-each.left}个工作日" if each.left < 0 else f"还剩{each.left}个工作日"
        lines.append(f"{each.task}（时限{each.task.due_on}，{when}）")
        lines.append(f"　{host()}{reverse('oversight:task', args=[each.task.pk])}")
    if len(told) > _MOST_LINES:
        lines.append(f"另有{len(told) - _MOST_LINES}项，见平台的工作要点。")
    return Letter(to, subject, "\n".join([*lines, "", FOOT]), at=at)
