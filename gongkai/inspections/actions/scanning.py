"""Recording what inspections from outside found, and queueing the slower checks behind them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import SYSTEM, Actor
from gongkai.files import actions as files
from gongkai.files.models import Purpose, StoredFile
from gongkai.inspections.actions.runs import Look, record_run
from gongkai.inspections.actions.visiting import BY_VISITS, remember_columns
from gongkai.inspections.lifecycle import Source
from gongkai.inspections.lifecycle.findings import STANDING
from gongkai.inspections.models import Finding, Run, Site
from gongkai.inspections.rules.behind import BEHIND
from gongkai.inspections.rules.indicators import RULES
from gongkai.inspections.sources.outside_behind import Behind
from gongkai.inspections.sources.outside_book import Inspected
from gongkai.outbox.actions import put

DOWN = "W2"
# What the nightly round itself looks for: visits and the slower checks tell the rest.
OF_ROUND = frozenset(RULES) - BY_VISITS - BEHIND
CHECK, PICTURES = "inspections.check_behind", "inspections.pictures"
PICTURED = frozenset({"W1", "W3", "link-dead", "link-soft-404", "link-strange", "column-empty"})
MOST_PAGES, MOST_PICTURES = 30, 10


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
    known that it was down, and nothing else. What its columns showed is kept for the next.
    """
    seen = frozenset(rules) if whole else frozenset()
    if any(fault.rule == DOWN for fault in told.faults):
        seen &= {DOWN}
    look = Look(source=Source.SCAN, started_at=told.at, ended_at=at, rules=seen, site=site)
    with transaction.atomic():
        run = record_run(site.county, told.faults, look=look, by=by, at=at)
        remember_columns(site, told.columns, at=at)
        for rule in sorted(BEHIND) if told.sample else ():
            payload = {"site": site.pk, "rule": rule, "addresses": list(told.sample)}
            put(CHECK, payload, at=at, dedupe_key=f"{site.pk}/{rule}")
        want_pictures(run, at=at)
    return run


def want_pictures(run: Run, *, at: datetime) -> None:
    """Let pictures be made of what a run newly found, where they prove something."""
    if Finding.objects.filter(run=run, rule__in=PICTURED).exists():
        put(PICTURES, {"run": run.pk}, at=at, dedupe_key=str(run.pk))


def to_picture(run: Run) -> list[Finding]:
    """Return the findings of a run of which a picture is wanted and none is there."""
    found = Finding.objects.filter(run=run, rule__in=PICTURED, address__startswith="http")
    rows = list(found.select_related("organ").order_by("pk")[:MOST_PICTURES])
    about = [each.typed_id for each in rows]
    there = set(StoredFile.objects.filter(about__in=about).values_list("about", flat=True))
    return [each for each in rows if each.typed_id not in there]


def addresses_behind(site: Site, rule: str, sample: Sequence[str]) -> list[str]:
    """Return the pages to put through a slower check: where a fault stands, then the sample."""
    standing = Finding.objects.filter(
        site=site, rule=rule, state__in=[state.value for state in STANDING]
    )
    kept = standing.order_by("address").values_list("address", flat=True).distinct()
    return list(dict.fromkeys([*kept, *sample]))[:MOST_PAGES]


def record_behind(
    site: Site, rule: str, told: Behind, *, by: Actor = SYSTEM, at: datetime
) -> Run | None:
    """Record what a slower check found on the pages that it saw; None where it saw none."""
    if not told.looked:
        return None
    look = Look(
        source=Source.SCAN, started_at=at, ended_at=at, rules=frozenset({rule}), site=site,
        places=frozenset(told.looked), partial=True,
    )  # fmt: skip
    return record_run(site.county, told.faults, look=look, by=by, at=at)


def keep_picture(
    finding: Finding, picture: bytes, *, by: Actor = SYSTEM, at: datetime
) -> StoredFile:
    """Keep how a page looked when it was found at fault, among the finding's files."""
    name = f"发现问题时的网页截图{timezone.localtime(at):%Y%m%d%H%M}.png"
    return files.store(
        organ=finding.organ, about=finding.typed_id, purpose=Purpose.OTHER,
        name=name, content=picture, by=by, at=at,
    )  # fmt: skip
