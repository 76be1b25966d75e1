"""Whose files a person may see: of cases, of help and of zones in sight; who handles adds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.servicehall.lifecycle import OPEN, AssistState
from gongkai.servicehall.queries import HallPerson

_PURPOSES = (Purpose.OTHER.value,)


@opens("servicehall.case")
def files_of_case(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the papers of a case: those who handle it alone see them."""
    person, key = HallPerson(user, now), _key(UUID, about)
    found = person.cases.filter(pk=key).first() if key is not None else None
    if found is None or not (person.handles(found) or person.approves(found)):
        return None
    may = person.handles(found) and found.state in [each.value for each in OPEN]
    return _access(person, found, "case", f"兑现案件 {found.number}", may)


@opens("servicehall.assistance")
def files_of_assistance(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the papers of a matter of help."""
    person, key = HallPerson(user, now), _key(UUID, about)
    found = person.assistances.filter(pk=key).first() if key is not None else None
    if found is None or not person.handles(found):
        return None
    may = found.state == AssistState.UNDER_WAY
    return _access(person, found, "assistance", f"帮代办 {found.number}", may)


@opens("servicehall.zone")
def files_of_zone(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the pictures of a zone."""
    person, key = HallPerson(user, now), _key(int, about)
    found = person.zones.filter(pk=key).first() if key is not None else None
    if found is None:
        return None
    may = found.left_on is None and person.records_for(found)
    return _access(person, found, "zone", found.name, may)


def _key(kind: Callable[[str], Any], about: str) -> Any:
    """Return the key that a typed id names; None when it names none."""
    try:
        key = kind(about.partition(":")[2])
    except ValueError:
        return None
    return None if isinstance(key, int) and not 0 < key < 10**18 else key


def _access(person: HallPerson, row: Any, page: str, label: str, may: bool) -> CaseAccess:
    return CaseAccess(
        organ_id=row.organ_id,
        label=label,
        address=reverse(f"servicehall:{page}", args=[row.pk]),
        may_add=may,
        purposes=_PURPOSES,
        post=person.official.actor.post,
    )
