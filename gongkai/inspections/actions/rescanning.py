"""The nightly look through what is public, in portions; what was withdrawn is gone from it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.audit import SYSTEM, Actor
from gongkai.disclosure.models import Entry
from gongkai.inspections.actions.runs import Laid, Look, record_run
from gongkai.inspections.actions.steps import local_day
from gongkai.inspections.lifecycle import Source
from gongkai.inspections.lifecycle.findings import STANDING
from gongkai.inspections.models import Finding, Rescanned, Run
from gongkai.inspections.rules.published import RULES, next_look
from gongkai.inspections.sources.published import Seen, due, look_through, no_longer_public
from gongkai.orgs.models import Organ

PORTION = 50
_FAILED = "复查出错，没有查完"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Portion:
    """A portion of a night: how many texts were looked through, whether any are left, the run."""

    looked: int
    more: bool
    run: Run | None


def rescan(
    county: Organ,
    *,
    goes_on: Callable[[], bool] = lambda: True,
    by: Actor = SYSTEM,
    at: datetime,
) -> Portion:
    """Look through the next public texts of a county and record what is found.

    Stops after a portion, or once `goes_on` says no. Reading is in no transaction; the run and
    what was seen are recorded in one.
    """
    waiting = due(county, local_day(at))
    seen: list[Seen] = []
    for entry in waiting[:PORTION]:
        seen.append(_seen(entry, at))
        if not goes_on():
            break
    run = _record(county, seen, by, at)
    return Portion(len(seen), bool(seen) and waiting.exists(), run)


def _seen(entry: Entry, at: datetime) -> Seen:
    try:
        return look_through(entry, at)
    except Exception:  # one text that breaks the reader must not hold up all the others
        _log.exception("inspections: looking through %s failed", entry)
        return Seen(entry, (), _FAILED)


@transaction.atomic
def _record(county: Organ, seen: list[Seen], by: Actor, at: datetime) -> Run | None:
    """Record a portion as a run of its places alone, where there is anything to tell."""
    for each in seen:
        _note(each, at)
    read = {each.entry.address for each in seen if not each.unread}
    places = frozenset(read | set(no_longer_public(county)))
    laid = [Laid(one.fault, one.organ_id) for each in seen for one in each.faults]
    states = [state.value for state in STANDING]
    known = Finding.objects.filter(
        county=county, source=Source.INSIDE, rule__in=RULES, address__in=places, state__in=states
    )
    if not laid and not known.exists():
        return None
    look = Look(
        source=Source.INSIDE, started_at=at, ended_at=at, rules=RULES, places=places, partial=True
    )
    return record_run(county, laid, look=look, by=by, at=at)


def _note(seen: Seen, at: datetime) -> None:
    today, entry = local_day(at), seen.entry
    is_first = not Rescanned.objects.filter(entry_id=entry.pk).exists()
    Rescanned.objects.update_or_create(
        entry_id=entry.pk,
        defaults={
            "version_id": entry.published_id,
            "seen_on": today,
            "next_on": next_look(entry.pk, today, is_first=is_first),
            "unread": seen.unread[:500],
        },
    )
