"""Keeping what visits saw, and telling W2 and W3 once their window is full (law.md 4.2).

Visits are the machine's own notes, many a day: they have no event of the log. What is told of
them is a run like any other.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from gongkai.audit import SYSTEM, Actor
from gongkai.inspections.actions.runs import Look, record_run
from gongkai.inspections.actions.steps import local_day
from gongkai.inspections.lifecycle import Source
from gongkai.inspections.lifecycle.findings import STANDING
from gongkai.inspections.models import Finding, Probe, Run, Site, Watched
from gongkai.inspections.queries import visits as told
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.visits import KEPT, home_unchanged, unreachable
from gongkai.inspections.sources.outside_book import Listed
from gongkai.inspections.sources.outside_visits import Visited

BY_VISITS = frozenset({"W2", "W3"})


@transaction.atomic
def record_visit(site: Site, seen: Visited, *, due_at: datetime, at: datetime) -> Probe:
    """Keep one visit of a home page and what it showed; a turn that is kept stays as it is."""
    values = {
        "at": at,
        "opened": seen.opened,
        "status": seen.status,
        "seconds": seen.seconds,
        "trouble": seen.trouble,
    }
    probe, created = Probe.objects.get_or_create(site=site, due_at=due_at, defaults=values)
    if created and seen.shown is not None:
        shown = seen.shown
        newest = told.newest_of_columns(site) if shown.is_entry else shown.newest
        home = {"is_home": True, "is_entry": shown.is_entry, "name": "首页"}
        _watch(site, seen.address, newest, shown.digest, at, **home)
    return probe


@transaction.atomic
def remember_columns(site: Site, columns: tuple[Listed, ...], *, at: datetime) -> None:
    """Keep the newest day that each column ever showed."""
    for each in columns:
        _watch(site, each.address, each.newest, str(each.newest or ""), at, name=each.name[:200])


def _watch(
    site: Site, address: str, newest: date | None, digest: str, at: datetime, **fields: object
) -> None:
    """Note a look at a page: the newest day never goes back, whatever one look shows."""
    first = {"newest_on": newest, "digest": digest, "first_seen_at": at, "changed_at": at}
    row, created = Watched.objects.select_for_update().get_or_create(
        site=site, address=address[:1000], defaults={**first, "seen_at": at, **fields}
    )
    if created:
        return
    days = [each for each in (row.newest_on, newest) if each is not None]
    changes = {"newest_on": max(days, default=None), "seen_at": at, "visits": F("visits") + 1}
    if digest != row.digest:
        changes |= {"digest": digest, "changed_at": at}
    Watched.objects.filter(pk=row.pk).update(**changes, **fields)


@transaction.atomic
def judge_visits(site: Site, *, by: Actor = SYSTEM, at: datetime) -> Run | None:
    """Tell of a site whose week of visits or two weeks of home page are full; None if nothing is.

    A run is recorded where there is a fault, or where one stands that may be gone.
    """
    why = {
        "W2": unreachable(told.week_of(site, at), told.watched_since(site) or at, at),
        "W3": _home(site, at),
    }
    judged = frozenset(rule for rule, words in why.items() if words is not None)
    faults = [_fault(site, rule, words, at) for rule, words in why.items() if words]
    states = [state.value for state in STANDING]
    standing = Finding.objects.filter(site=site, rule__in=judged, state__in=states)
    if not faults and not standing.exists():
        return None
    look = Look(
        source=Source.SCAN, started_at=at, ended_at=at, rules=judged, site=site, partial=True
    )
    return record_run(site.county, faults, look=look, by=by, at=at)


def _home(site: Site, at: datetime) -> str | None:
    home = told.home_watched(site)
    return home_unchanged(home, at, local_day(at)) if home is not None else None


def _fault(site: Site, rule: str, words: str, at: datetime) -> Fault:
    evidence = told.last_failures(site, at) if rule == "W2" else ""
    why = f"站点无法访问：{words}" if rule == "W2" else f"首页不更新：{words}"
    return Fault(
        rule=rule, address=told.home_of(site), why=why, evidence=evidence, found_at=at,
        target=f"visits-{rule}",
    )  # fmt: skip


@transaction.atomic
def prune_visits(*, at: datetime) -> int:
    """Throw away visits older than 400 days; return how many."""
    return Probe.objects.filter(at__lt=at - KEPT).delete()[0]
