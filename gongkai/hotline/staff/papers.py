"""Whose files a person may see: those of orders in sight; who steers or handles adds to them."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.hotline.lifecycle import OPEN
from gongkai.hotline.queries import RECORDERS, VIEWERS, find_order
from gongkai.orgs.queries import Official


@opens("hotline")
def files_of_order(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the files of an order; None when out of sight.

    Who asked for confidence may be named in what they sent: the organ that handles the order
    does not see it then.
    """
    try:
        pk = UUID(about.partition(":")[2])
    except ValueError:
        return None
    person = Official(user, now, RECORDERS, VIEWERS)
    found = find_order(pk, list(person.sees.values_list("pk", flat=True)))
    if found is None:
        return None
    steers = person.may_act_for(found.organ_id)
    if found.confidential and not steers:
        return None
    acts = steers or person.may_act_for(found.handler_id or found.organ_id)
    return CaseAccess(
        organ_id=found.organ_id,
        label=f"热线工单 {found.number}",
        address=reverse("hotline:record", args=[found.pk]),
        may_add=acts and found.state in OPEN,
        purposes=(Purpose.OTHER.value,),
        post=person.actor.post,
    )
