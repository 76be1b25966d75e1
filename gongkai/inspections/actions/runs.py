"""Recording a run: new faults become findings, known ones are seen again, absent ones are gone.

A scan is the re-check of what the organ has answered: seen again, it failed; gone, it passed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import F

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.inspections.actions import steps
from gongkai.inspections.lifecycle import FindingEvent, FindingState, Source
from gongkai.inspections.lifecycle.findings import STANDING
from gongkai.inspections.models import Finding, Run, Site, Verdict
from gongkai.inspections.queries import own_standards
from gongkai.inspections.rules.alike import alike
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.inside import NOTICES
from gongkai.inspections.rules.naming import Named, named
from gongkai.inspections.sources import inside
from gongkai.orgs.models import Organ

_CHUNK = 500
_BY_SCAN = "再次巡查"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was looked at and for: `rules` are those looked for to the end, none broken off.

    With `places` only these addresses were looked at, and nothing elsewhere is gone. A `partial`
    look is no inspection of the whole site: it is not told as the site's last one.
    """

    source: Source
    started_at: datetime
    ended_at: datetime
    rules: frozenset[str]
    site: Site | None = None
    places: frozenset[str] | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """A fault laid at the door of an organ; without one the site's columns tell."""

    fault: Fault
    organ_id: int | None = None
    named: Named | None = None
    person: str = ""


@dataclass
class _Count:
    new: int = 0
    again: int = 0
    gone: int = 0
    silenced: int = 0
    seen: set[str] = field(default_factory=set)


@transaction.atomic
def record_run(
    county: Organ, faults: Iterable[Fault | Laid], *, look: Look, by: Actor, at: datetime
) -> Run:
    """Record what a run found, and what of the known it no longer found.

    A fault known to be a false alarm is counted and told no more. One that was closed before is
    a new finding marked as repeated. What is absent is gone only where its rule is in `look.rules`.
    """
    series = steps.series_of(county, steps.local_day(at).year)
    run = Run.objects.create(
        county=county,
        source=look.source,
        site=look.site,
        started_at=look.started_at,
        ended_at=look.ended_at,
        rules=sorted(look.rules),
        partial=look.partial,
        recorded_by=by.name,
    )
    count, organs = _Count(), _Organs(county, look.site)
    laid = (each if isinstance(each, Laid) else Laid(each) for each in faults)
    for chunk in _chunks(laid):
        fresh = [each for each in chunk if each.fault.fingerprint not in count.seen]
        once = {each.fault.fingerprint: each for each in fresh}
        count.seen.update(once)
        _take(run, once, organs, count, by, at, series)
    count.gone = _note_gone(run, look, by, at)
    run.new, run.again, run.gone = count.new, count.again, count.gone
    run.silenced = count.silenced
    run.save(update_fields=["new", "again", "gone", "silenced"])
    if look.site is not None and not look.partial:
        Site.objects.filter(pk=look.site.pk).update(last_run=run)
    _log(run, by, at)
    return run


def _take(
    run: Run,
    once: dict[str, Laid],
    organs: "_Organs",
    count: _Count,
    by: Actor,
    at: datetime,
    series: object,
) -> None:
    """Sort one chunk of faults into silenced, known and new ones."""
    of_county = {"county": run.county, "fingerprint__in": list(once)}
    silenced = set(
        Verdict.objects.filter(taken_back_at__isnull=True, **of_county).values_list(
            "fingerprint", flat=True
        )
    )
    rows = Finding.objects.select_for_update(of=("self",)).filter(**of_county)
    standing = {
        each.fingerprint: each for each in rows.filter(state__in=[s.value for s in STANDING])
    }
    closed = set(
        rows.filter(state=FindingState.CLOSED)
        .exclude(rule__in=NOTICES)
        .order_by()
        .values_list("fingerprint", flat=True)
    )
    _see_again(run, list(standing.values()), by, at)
    own = own_standards(run.county, steps.local_day(at))
    new = [
        _finding(run, each, organs.of(each), mark in closed, own)
        for mark, each in once.items()
        if mark not in silenced and mark not in standing
    ]
    steps.numbered(series, new)
    Finding.objects.bulk_create(new, batch_size=_CHUNK)
    count.new += len(new)
    count.again += len(standing)
    count.silenced += len(silenced - set(standing))


def _see_again(run: Run, known: Sequence[Finding], by: Actor, at: datetime) -> None:
    keys = [each.pk for each in known]
    Finding.objects.filter(pk__in=keys).update(
        last_run=run, last_seen_at=run.ended_at, times_seen=F("times_seen") + 1, gone_at=None
    )
    failed = [each for each in known if _rechecks(run, each)]
    for each in failed:
        steps.follow(each, FindingEvent.FAIL)
        settle_round(each, passed=False, by=by, at=at, words=_BY_SCAN + "仍然存在")
        steps.new_round(each, due_on=each.due_on)
        each.save(update_fields=["state"])
    steps.tell(failed, FindingEvent.FAIL, by, at, f"{_BY_SCAN}仍然存在")


def _rechecks(run: Run, finding: Finding) -> bool:
    """Say whether a run that sees a finding refutes its answer: it began after the answer."""
    owed = (FindingState.ANSWERED, FindingState.RECHECKED)
    answered = finding.answered_at is not None and run.started_at > finding.answered_at
    return finding.state in owed and answered


def settle_round(finding: Finding, *, passed: bool, by: Actor, at: datetime, words: str) -> None:
    """Put the outcome of a re-check down in the finding's round."""
    last = finding.rounds.order_by("-number").first() or steps.new_round(finding)
    last.passed, last.checked_on = passed, steps.local_day(at)
    last.checked_by, last.check_words = by.name, words[:500]
    last.save(update_fields=["passed", "checked_on", "checked_by", "check_words"])


def _note_gone(run: Run, look: Look, by: Actor, at: datetime) -> int:
    """Note what the run would have found and did not; an answered one has passed its re-check."""
    rows = Finding.objects.select_for_update(of=("self",)).filter(
        county=run.county,
        site=run.site,
        source=look.source,
        rule__in=run.rules,
        state__in=[state.value for state in STANDING],
    )
    if look.places is not None:
        rows = rows.filter(address__in=look.places)
    absent = rows.exclude(last_run=run).filter(last_seen_at__lt=run.started_at)
    passed = [
        each
        for each in absent.filter(state=FindingState.ANSWERED).order_by("pk")
        if _rechecks(run, each)
    ]
    lapsed = list(absent.filter(state=FindingState.FOUND, rule__in=NOTICES).order_by("pk"))
    gone = absent.filter(gone_at__isnull=True).order_by().update(gone_at=run.ended_at)
    for each in lapsed:
        steps.follow(each, FindingEvent.LAPSE)
        each.closed_at = at
    Finding.objects.bulk_update(lapsed, ["state", "closed_at"], batch_size=_CHUNK)
    steps.tell(lapsed, FindingEvent.LAPSE, by, at)
    for each in passed:
        steps.follow(each, FindingEvent.PASS)
        settle_round(each, passed=True, by=by, at=at, words=_BY_SCAN + "未再发现")
        each.save(update_fields=["state"])
    steps.tell(passed, FindingEvent.PASS, by, at, f"{_BY_SCAN}未再发现")
    return gone


def _finding(
    run: Run, laid: Laid, organ_id: int, repeated: bool, own: Mapping[str, str]
) -> Finding:
    fault, told = laid.fault, laid.named or named(laid.fault.rule)
    standard = told.standard if laid.named else own.get(fault.rule, told.standard)
    return Finding(
        county=run.county,
        organ_id=organ_id,
        source=run.source,
        run=run,
        last_run=run,
        site=run.site,
        rule=fault.rule,
        indicator=told.indicator[:60],
        item=told.item[:120],
        standard=standard[:500],
        address=fault.address[:1000],
        column=fault.column[:200],
        why=fault.why[:1000],
        evidence=fault.evidence[:1000],
        target=fault.target[:1000],
        status=fault.status,
        seconds=fault.seconds,
        fingerprint=fault.fingerprint,
        alike=alike(fault.rule, run.site_id, fault.fingerprint),
        person=laid.person[:60],
        repeated=repeated,
        found_at=fault.found_at,
        last_seen_at=fault.found_at,
        state=FindingState.FOUND,
    )


class _Organs:
    """Who answers for an address: the longest prefix of the site's columns, else the site."""

    def __init__(self, county: Organ, site: Site | None) -> None:
        self._default = site.organ_id if site is not None else county.pk
        columns = site.columns.all() if site is not None else []
        pairs = [(column.prefix.rstrip("/"), column.organ_id) for column in columns]
        self._columns = sorted(pairs, key=lambda pair: -len(pair[0]))

    def of(self, laid: Laid) -> int:
        """Return the organ of a fault."""
        if laid.organ_id is not None:
            return laid.organ_id
        for prefix, organ_id in self._columns:
            rest = laid.fault.address.removeprefix(prefix)
            if rest != laid.fault.address and (not rest or rest[0] in "/?#"):
                return organ_id
        return self._default


def _chunks(laid: Iterable[Laid]) -> Iterator[list[Laid]]:
    waiting = iter(laid)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _log(run: Run, by: Actor, at: datetime) -> None:
    counts = {name: getattr(run, name) for name in ("new", "again", "gone", "silenced")}
    record(
        "inspections.record_run",
        run.typed_id,
        chain=run.county.code,
        by=by,
        at=at,
        label=f"{run.get_source_display()}{f'（{run.site}）' if run.site else ''}",
        after={"source": str(run.source), **counts},
    )


def look_inside(county: Organ, *, by: Actor = SYSTEM, at: datetime) -> Run:
    """Look through the county's own records and record what is found there."""
    look = Look(source=Source.INSIDE, started_at=at, ended_at=at, rules=inside.CURABLE)
    laid = (Laid(each.fault, each.organ_id) for each in inside.inside_faults(county, at))
    return record_run(county, laid, look=look, by=by, at=at)
