"""Who may see and add the files of a request: the handlers; the window while it takes in.

Reviewers and heads see what the answer rests on, not who asks.
"""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.staff.access import Person

# What tells who asks.
PERSONAL = frozenset(
    {
        Purpose.IDENTITY_PROOF.value,
        Purpose.REQUEST_ATTACHMENT.value,
        Purpose.SUPPLEMENT.value,
        Purpose.MAIL.value,
        Purpose.PAYMENT.value,
    }
)
_AT_THE_WINDOW = (
    Purpose.IDENTITY_PROOF.value,
    Purpose.REQUEST_ATTACHMENT.value,
    Purpose.SUPPLEMENT.value,
    Purpose.OTHER.value,
)


@opens("inforequests")
def files_of_request(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the files of a request; None when they do not see it."""
    person = Person(user, now)
    if not person.sees:
        return None
    info_request = _seen(person, about.partition(":")[2])
    if info_request is None:
        return None
    handles, shown = person.may_handle(info_request.organ_id), person.may_show(info_request)
    return CaseAccess(
        organ_id=info_request.organ_id,
        label=f"申请 {info_request.number}",
        address=reverse("inforequests:record", args=[info_request.pk]),
        may_add=handles or shown,
        may_release=handles,
        purposes=() if handles else _AT_THE_WINDOW,
        withheld=frozenset() if shown else PERSONAL,
        post=person.actor.post,
    )


def _seen(person: Person, key: str) -> InfoRequest | None:
    try:
        pk = UUID(key)
    except ValueError:
        return None
    return InfoRequest.objects.filter(organ_id__in=person.sees, pk=pk).first()
