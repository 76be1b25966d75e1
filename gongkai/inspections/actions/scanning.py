"""Recording what an inspection from outside found: which rules it looked for to the end."""

from collections.abc import Collection
from datetime import datetime

from gongkai.audit import SYSTEM, Actor
from gongkai.inspections.actions.runs import Look, record_run
from gongkai.inspections.lifecycle import Source
from gongkai.inspections.models import Run, Site
from gongkai.inspections.sources.outside_book import Inspected

DOWN = "W2"


def record_scan(
    site: Site,
    told: Inspected,
    *,
    rules: Collection[str],
    whole: bool,
    by: Actor = SYSTEM,
    at: datetime,
) -> Run:
    """Record a site's inspection, begun at `told.at` and ended at `at`.

    Only a `whole` one says of what it did not find that it is gone; of a site that was down it is
    known that it was down, and nothing else.
    """
    seen = frozenset(rules) if whole else frozenset()
    if any(fault.rule == DOWN for fault in told.faults):
        seen &= {DOWN}
    look = Look(source=Source.SCAN, started_at=told.at, ended_at=at, rules=seen, site=site)
    return record_run(site.county, told.faults, look=look, by=by, at=at)
