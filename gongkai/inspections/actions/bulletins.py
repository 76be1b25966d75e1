"""Verbs on bulletins: take the figures, take them anew, issue, tell each organ its own rows.

Issuing freezes the figures by hash and puts one job an organ into the outbox: each job orders that
organ's findings put right on the organ's own chain of the log.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.audit import SYSTEM, Actor
from gongkai.audit.actions import record
from gongkai.calendars.queries import workday_calendar
from gongkai.inspections.actions.rectifying import order
from gongkai.inspections.actions.steps import local_day
from gongkai.inspections.deadlines import USUAL_WORKDAYS, rectify_due
from gongkai.inspections.lifecycle import (
    BulletinEvent,
    BulletinPeriod,
    BulletinState,
    FindingState,
    Refused,
    Source,
    ToldWrongly,
)
from gongkai.inspections.lifecycle.bulletins import next_bulletin_state
from gongkai.inspections.lifecycle.findings import NO_FAULT
from gongkai.inspections.models import Bulletin, BulletinShare, Finding, Run
from gongkai.inspections.rules import bulletin as telling
from gongkai.inspections.rules.inside import NOTICES
from gongkai.inspections.rules.texts import used
from gongkai.inspections.sources.media import media_lines
from gongkai.inspections.sources.work import Share, coverage_by_organ, work_figures
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import reporting_units
from gongkai.outbox.actions import put
from gongkai.statute.days import written

TELL_SHARE = "inspections.tell_share"
_DONE = (FindingState.RECHECKED, FindingState.CLOSED)
_TO_ORDER = (FindingState.FOUND, FindingState.SENT, FindingState.DISMISSED)


@transaction.atomic
def take_figures(
    county: Organ,
    *,
    period: BulletinPeriod,
    starts_on: date,
    workdays: int = USUAL_WORKDAYS,
    by: Actor,
    at: datetime,
) -> Bulletin:
    """Draft the bulletin of a month or quarter with all its figures and lists.

    Raises:
        ToldWrongly: no period begins on that day, it has not begun, or it has its bulletin.
    """
    starts_on, ends_on = telling.span(period, starts_on)
    day = local_day(at)
    if starts_on > day:
        raise ToldWrongly("这一期还没有开始，请核对起始日期", "starts_on")
    if Bulletin.objects.filter(county=county, period=period, starts_on=starts_on).exists():
        name = telling.named(period, starts_on)
        raise ToldWrongly(f"{name}的通报已经有了，印发以前可以重新取数", "starts_on")
    rectify_due(day, workdays, workday_calendar())
    made = Bulletin(
        county=county,
        period=period,
        starts_on=starts_on,
        ends_on=ends_on,
        state=BulletinState.DRAFT,
        workdays=workdays,
    )
    _fill(made, by, at)
    made.save(force_insert=True)
    _log("take_figures", made, by, at, after={"digest": made.digest})
    return made


@transaction.atomic
def retake_figures(bulletin: Bulletin, *, by: Actor, at: datetime) -> Bulletin:
    """Take figures and lists of a draft anew.

    Raises:
        Refused: it is issued.
    """
    held = _hold(bulletin)
    held.state = next_bulletin_state(BulletinState(held.state), BulletinEvent.RETAKE)
    before = {"digest": held.digest}
    _fill(held, by, at)
    held.save()
    _log("take_figures", held, by, at, before=before, after={"digest": held.digest})
    return held


@transaction.atomic
def issue(bulletin: Bulletin, *, number: str = "", by: Actor, at: datetime) -> Bulletin:
    """Issue a bulletin as its figures stand, and have each organ told of its own rows.

    Raises:
        Refused: it is issued, or its period runs on.
    """
    number = used(number, "number", required=False)
    held, day = _hold(bulletin), local_day(at)
    held.state = next_bulletin_state(BulletinState(held.state), BulletinEvent.ISSUE)
    if day <= held.ends_on:
        raise Refused(f"本期至{written(held.ends_on)}，期满后重新取数再印发。")
    if local_day(held.taken_at) <= held.ends_on:
        raise Refused("数字是在期满以前取的，请重新取数后再印发。")
    if telling.digest(held.content) != held.digest:
        raise Refused("通报的数字与取数时不一致，请重新取数。")
    due = rectify_due(day, held.workdays, workday_calendar())
    held.number, held.issued_on, held.issued_by = number, day, by.name
    held.due_on = due.due_on
    held.save()
    shares = [
        BulletinShare(bulletin=held, organ_id=int(organ), numbers=numbers, told_at=at)
        for organ, numbers in held.content["shares"].items()
    ]
    BulletinShare.objects.bulk_create(shares)
    for share in shares:
        payload = {
            "bulletin": held.pk,
            "organ": share.organ_id,
            "by": {"account": by.account, "name": by.name, "post": by.post},
        }
        put(TELL_SHARE, payload, at=at, dedupe_key=f"{held.pk}:{share.organ_id}")
    after = {"digest": held.digest, "shares": len(shares), "due_on": held.due_on.isoformat()}
    _log("issue", held, by, at, after=after)
    return held


@transaction.atomic
def order_share(share: BulletinShare, *, by: Actor = SYSTEM, at: datetime) -> int:
    """Order the findings of one organ's share that nobody has ordered yet; return how many.

    Safe to repeat: what is ordered, objected to or done meanwhile is left.
    """
    told = share.bulletin
    rows = Finding.objects.filter(
        county_id=told.county_id,
        organ_id=share.organ_id,
        number__in=share.numbers,
        state__in=[state.value for state in _TO_ORDER],
    )
    found = list(rows.order_by("pk"))
    if found:
        order(found, requirement=str(told)[:500], workdays=told.workdays, by=by, at=at)
    return len(found)


@transaction.atomic
def sign_for(share: BulletinShare, *, by: Actor, at: datetime) -> BulletinShare:
    """Sign for what an organ was told of a bulletin.

    Raises:
        Refused: somebody has signed.
    """
    rows = BulletinShare.objects.select_for_update(of=("self",)).select_related("organ", "bulletin")
    held = rows.get(pk=share.pk)
    if held.signed_at is not None:
        raise Refused(f"{held.organ.short_name}已由{held.signed_by}签收。")
    held.signed_at, held.signed_by = at, by.name
    held.save(update_fields=["signed_at", "signed_by"])
    record(
        "inspections.sign_for",
        held.bulletin.typed_id,
        chain=held.organ.code,
        by=by,
        at=at,
        label=str(held.bulletin),
    )
    return held


def _fill(bulletin: Bulletin, by: Actor, at: datetime) -> None:
    bulletin.content = telling.content_of(_figures(bulletin, local_day(at)))
    bulletin.digest = telling.digest(bulletin.content)
    bulletin.taken_at, bulletin.taken_by = at, by.name


def _figures(bulletin: Bulletin, today: date) -> telling.Figures:
    county, period = bulletin.county, BulletinPeriod(bulletin.period)
    start, end = bulletin.starts_on, bulletin.ends_on
    work = work_figures(county, start, end)
    coverage = coverage_by_organ(county, min(today, end))
    units, unit_of = [], {}
    for unit in reporting_units(county, start, end):
        unit_of.update(dict.fromkeys(unit.covered, unit))
        held = sum((coverage.get(organ, Share(0, 0)) for organ in unit.covered), Share(0, 0))
        published = sum(work.published.get(organ, 0) for organ in unit.covered)
        units.append(
            telling.UnitLine(unit.organ_id, unit.short_name, published, held.part, held.whole)
        )
    return telling.Figures(
        county=county.name,
        period=period,
        starts_on=start,
        ends_on=end,
        units=units,
        problems=_problems(county, start, end, today),
        earlier=_problems(county, *telling.before(period, start), today),
        received=work.received,
        answered=(work.answered.part, work.answered.whole),
        errors=(work.errors.part, work.errors.whole),
        solicitations=work.solicitations,
        sites=_sites(county, start, end),
        media=media_lines(county, start, end, today),
    )


def _problems(county: Organ, start: date, end: date, today: date) -> list[telling.Problem]:
    rows = (
        Finding.objects.filter(county=county, found_at__range=_moments(start, end))
        .exclude(state__in=[state.value for state in NO_FAULT])
        .exclude(rule__in=NOTICES)
        .select_related("organ")
        .order_by("organ__order", "organ__code", "indicator", "pk")
    )
    return [
        telling.Problem(
            number=each.number,
            organ_id=each.organ_id,
            organ=each.organ.short_name,
            indicator=each.indicator,
            item=each.item,
            why=each.why,
            address=each.address,
            found_on=timezone.localdate(each.found_at),
            state=each.get_state_display(),
            repeated=each.repeated,
            done=each.state in _DONE,
            overdue=each.is_overdue(today),
        )
        for each in rows
    ]


def _sites(county: Organ, start: date, end: date) -> Sequence[tuple[str, int]]:
    """Return each site that was scanned in the period with the faults its last scan saw."""
    runs = Run.objects.filter(
        county=county, source=Source.SCAN, partial=False, started_at__range=_moments(start, end)
    )
    last = {run.site: run.new + run.again for run in runs.select_related("site").order_by("pk")}
    return sorted((site.name, faults) for site, faults in last.items())


def _moments(start: date, end: date) -> tuple[datetime, datetime]:
    first = timezone.make_aware(datetime.combine(start, time.min))
    last = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    return first, last - timedelta(microseconds=1)


def _hold(bulletin: Bulletin) -> Bulletin:
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("county")
    return rows.get(pk=bulletin.pk)


def _log(verb: str, bulletin: Bulletin, by: Actor, at: datetime, **values: object) -> None:
    record(
        f"inspections.{verb}",
        bulletin.typed_id,
        chain=bulletin.county.code,
        by=by,
        at=at,
        label=str(bulletin),
        **values,
    )
