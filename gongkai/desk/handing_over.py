"""What of each chapter is open when somebody leaves, told to `orgs.actions.handover`.

Requests have a handler by name and are assigned anew; everything else is an organ's, and goes
with the post. Imported by `desk.apps`.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.models import User
from gongkai.disclosure.models import Draft
from gongkai.engagement.queries import waiting_messages, waiting_reports
from gongkai.hotline.queries import orders_in_hand
from gongkai.inforequests import actions as inforequests
from gongkai.inforequests.models import InfoRequest
from gongkai.inspections.queries import waiting_findings
from gongkai.orgs.actions import Passing
from gongkai.orgs.actions.handover import register
from gongkai.orgs.models import Organ
from gongkai.proposals.queries import proposals_in_hand

_ANY_DAY = date.max  # what waits, not what is late


def requests_in_hand(leaving: User, organ_ids: Collection[int]) -> int:
    """Count the open requests whose handler a person is."""
    return _handled(leaving).filter(pending=True).count()


def pass_requests(passing: Passing) -> int:
    """Assign to the successor every request in hand, by its own verb; return how many.

    An inner term that is over is not given to whoever takes over; the term of the law stands.
    """
    cases = _handled(passing.leaving).filter(pending=True)
    moved = 0
    for case in cases.filter(organ_id__in=passing.organ_ids).order_by("pk"):
        inner = case.inner_due_on
        inforequests.assign(
            case,
            unit=case.unit,
            handler=passing.successor.username,
            handler_name=passing.successor.name,
            inner_due_on=inner if inner and inner >= passing.on else None,
            on=passing.on,
            by=passing.by,
            at=passing.at,
        )
        moved += 1
    return moved


def _handled(user: User) -> QuerySet[InfoRequest]:
    return InfoRequest.objects.filter(handler=user.username)


def _orders(leaving: User, organ_ids: Collection[int]) -> int:
    return orders_in_hand(organ_ids).count()


def _proposals(leaving: User, organ_ids: Collection[int]) -> int:
    return proposals_in_hand(organ_ids).count()


def _messages(leaving: User, organ_ids: Collection[int]) -> int:
    organs = Organ.objects.filter(pk__in=organ_ids)
    return waiting_messages(organs, _ANY_DAY)["waiting"].count()


def _reports(leaving: User, organ_ids: Collection[int]) -> int:
    organs = Organ.objects.filter(pk__in=organ_ids)
    return waiting_reports(organs, _ANY_DAY)["waiting"].count()


def _findings(leaving: User, organ_ids: Collection[int]) -> int:
    organs = Organ.objects.filter(pk__in=organ_ids)
    return waiting_findings(organs, None, _ANY_DAY)["owed"].count()


def _drafts(leaving: User, organ_ids: Collection[int]) -> int:
    return Draft.objects.filter(entry__organ__in=organ_ids).count()


register("inforequests", "依申请公开", requests_in_hand, pass_requests)
register("disclosure", "未公开的稿件", _drafts)
register("hotline", "热线工单", _orders)
register("proposals", "建议提案", _proposals)
register("messages", "留言", _messages)
register("errors", "网站纠错", _reports)
register("inspections", "待整改的问题", _findings)
