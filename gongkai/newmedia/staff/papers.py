"""Whose archived content a person may see: of accounts in sight; who records adds to it."""

from datetime import datetime

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.newmedia.lifecycle import AccountState
from gongkai.newmedia.queries import MediaPerson, find_account


@opens("newmedia")
def files_of_account(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the files of an account; None when out of sight."""
    person, key = MediaPerson(user, now), about.partition(":")[2]
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return None
    found = find_account(int(key), person.accounts)
    if found is None:
        return None
    return CaseAccess(
        organ_id=found.organ_id,
        label=f"账号 {found.name}",
        address=reverse("newmedia:account", args=[found.pk]),
        may_add=found.state != AccountState.CLOSED and person.records_for(found),
        purposes=(Purpose.OTHER.value,),
        post=person.official.actor.post,
    )
