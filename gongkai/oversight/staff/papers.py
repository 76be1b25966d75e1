"""Whose files a person may see: of tasks, events and scores in sight, of cases by their keepers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from gongkai.accounts.models import User
from gongkai.files import CaseAccess, opens
from gongkai.files.models import Purpose
from gongkai.oversight.lifecycle import AppraisalState, TaskState
from gongkai.oversight.queries import OversightPerson, find_rating


@opens("oversight.task")
def files_of_task(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the proof of a task."""
    person, key = OversightPerson(user, now), _key(int, about)
    rows = person.tasks.select_related("plan", "lead")
    found = rows.filter(pk=key).first() if key is not None else None
    if found is None:
        return None
    has_it = {found.lead_id, *found.joint.values_list("pk", flat=True)} & person.organ_ids
    if not (has_it or person.keeps(found.plan.county_id)):
        return None
    may = found.state == TaskState.OPEN and bool(has_it & person.reports_for)
    return _access(person, found.lead_id, f"任务 {found}", "task", found.pk, may)


@opens("oversight.event")
def files_of_event(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the materials of an event."""
    person, key = OversightPerson(user, now), _key(int, about)
    found = person.events.filter(pk=key).first() if key is not None else None
    if found is None:
        return None
    may = found.struck_at is None and found.organ_id in person.reports_for
    return _access(person, found.organ_id, found.title, "event", found.pk, may)


@opens("oversight.rating")
def files_of_rating(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the proof of a score."""
    person, key = OversightPerson(user, now), _key(int, about)
    found = find_rating(key) if key is not None else None
    if found is None or not person.opens(found.unit):
        return None
    rating = found.unit.appraisal.state == AppraisalState.RATING
    may = rating and person.rates(found.unit)
    return _access(person, found.unit.organ_id, f"考核 {found}", "rating", found.pk, may)


@opens("oversight.case")
def files_of_case(user: User, about: str, now: datetime) -> CaseAccess | None:
    """Return what a person may do with the papers of a case of accountability."""
    person, key = OversightPerson(user, now), _key(UUID, about)
    found = person.cases.filter(pk=key).first() if key is not None else None
    if found is None:
        return None
    may = found.struck_at is None and person.keeps(found.county_id)
    return _access(person, found.county_id, "责任追究", "case", found.pk, may)


def _key(kind: Callable[[str], Any], about: str) -> Any:
    text = about.partition(":")[2]
    if kind is int and not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    try:
        return kind(text)
    except ValueError:
        return None


def _access(
    person: OversightPerson, organ_id: int, label: str, name: str, pk: Any, may: bool
) -> CaseAccess:
    return CaseAccess(
        organ_id=organ_id,
        label=label,
        address=reverse(f"oversight:{name}", args=[pk]),
        may_add=may,
        purposes=(Purpose.OTHER.value,),
        post=person.official.actor.post,
    )
