"""Queued work: deadlines after a holiday notice (law.md 10.4), cases passed on, erasing."""

from datetime import datetime

from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.models import Event
from gongkai.inforequests.actions import (
    erase_correction,
    erase_requester,
    recompute_deadlines,
    take_over,
)
from gongkai.inforequests.actions.passing import TAKE_OVER
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
