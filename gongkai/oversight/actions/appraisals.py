"""Verbs on an appraisal as a whole: drafted with indicators, opened, reviewed, shown, confirmed.

Article 46. Every organ that makes a return of its own is appraised, with the bodies it answers for
(law.md 3.5); the county government, which appraises, is not.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from gongkai.audit import Actor
from gongkai.orgs.models import Organ
from gongkai.orgs.queries import Level, reporting_units
from gongkai.oversight.actions.steps import local_day, log
from gongkai.oversight.lifecycle import (
    AppraisalEvent,
    AppraisalState,
    Refused,
    ToldWrongly,
    next_appraisal_state,
)
from gongkai.oversight.models import Appraisal, AppraisalUnit, Indicator, Rating
from gongkai.oversight.queries import open_objections, sum_of_points, unit_lines
from gongkai.oversight.rules.figures import FIGURES
from gongkai.oversight.rules.scoring import Method, points_for
from gongkai.oversight.rules.texts import chosen, used
from gongkai.oversight.sources.asking import count_all
from gongkai.tables.facts import Period

MOST_POINTS = Decimal(1000)
BY_FIGURES = "按数据计分"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalTold:
    """What an appraisal is: its year and days, full marks, until when organs rate themselves."""

    year: int
    title: str
    starts_on: date | None
    ends_on: date | None
    self_due_on: date | None
    full: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTold:
    """What an indicator is: its words, points, how it is scored, from which figure."""

    group: str
    item: str
    points: Decimal | None
    method: str = Method.BY_HAND
    standard: str = ""
    figure: str = ""
    each: Decimal | None = None
    target: Decimal | None = None


@transaction.atomic
def draft_appraisal(
    county: Organ,
    *,
    told: AppraisalTold,
    like: Appraisal | None = None,
    by: Actor,
    at: datetime,
) -> Appraisal:
    """Begin an appraisal, with the indicators of an earlier one where told; raises ToldWrongly."""
    title = used(told.title, "title")
    if told.starts_on is None or told.ends_on is None or told.ends_on < told.starts_on:
        raise ToldWrongly("请填写起止日期，截止日期不能早于起始日期", "ends_on")
    if told.self_due_on is None or told.self_due_on < local_day(at):
        raise ToldWrongly("“自评期限”不能早于今天", "self_due_on")
    if not 0 < told.full <= MOST_POINTS:
        raise ToldWrongly("“满分”应当大于0，不超过1000", "full")
    try:
        with transaction.atomic():
            made = Appraisal.objects.create(
                county=county,
                year=told.year,
                title=title,
                starts_on=told.starts_on,
                ends_on=told.ends_on,
                full=told.full,
                self_due_on=told.self_due_on,
                state=AppraisalState.DRAFT,
                made_by=by.name,
                made_at=at,
            )
    except IntegrityError:
        raise ToldWrongly("这个年度已有同名的考核，请核对“名称”", "title") from None
    if like is not None:
        _copy(like, made)
    after = {"year": told.year, "starts_on": told.starts_on, "ends_on": told.ends_on}
    log("draft_appraisal", made, county, by, at, after={**after, "like": str(like or "")})
    return made


@transaction.atomic
def add_indicator(
    appraisal: Appraisal, *, told: IndicatorTold, by: Actor, at: datetime
) -> Indicator:
    """Add an indicator to an appraisal that is drafted; raises Refused or ToldWrongly."""
    held = hold_appraisal(appraisal, AppraisalEvent.CHANGE)
    place = (held.indicators.aggregate(last=Max("place"))["last"] or 0) + 1
    made = Indicator(appraisal=held, place=place)
    _write(made, told)
    made.save()
    after = {"item": made.item, "points": made.points, "method": made.method}
    log("add_indicator", held, held.county, by, at, after={**after, "figure": made.figure})
    return made


@transaction.atomic
def change_indicator(
    indicator: Indicator, *, told: IndicatorTold, by: Actor, at: datetime
) -> Indicator:
    """Change an indicator of an appraisal that is drafted; raises Refused or ToldWrongly."""
    held = hold_appraisal(indicator.appraisal, AppraisalEvent.CHANGE)
    row = Indicator.objects.get(pk=indicator.pk)
    before = {"item": row.item, "points": row.points, "method": row.method}
    _write(row, told)
    row.save()
    after = {"item": row.item, "points": row.points, "method": row.method}
    log("change_indicator", held, held.county, by, at, before=before, after=after)
    return row


@transaction.atomic
def remove_indicator(indicator: Indicator, *, by: Actor, at: datetime) -> None:
    """Take an indicator out of an appraisal that is drafted; raises Refused."""
    held = hold_appraisal(indicator.appraisal, AppraisalEvent.CHANGE)
    Indicator.objects.filter(pk=indicator.pk).delete()
    log("remove_indicator", held, held.county, by, at, before={"item": indicator.item})


@transaction.atomic
def open_rating(appraisal: Appraisal, *, by: Actor, at: datetime) -> Appraisal:
    """Hand the indicators down: organs rate themselves from now on.

    Raises:
        Refused: no indicator, points that do not come to full marks, or no organ to appraise.
    """
    held = hold_appraisal(appraisal, AppraisalEvent.OPEN)
    total = sum_of_points(held)
    if total != held.full:
        raise Refused(f"各项指标分值合计{total}分，不等于满分{held.full}分，请修改指标。")
    units = [
        AppraisalUnit(
            appraisal=held, organ_id=unit.organ_id, level=unit.level, covered=list(unit.covered)
        )
        for unit in reporting_units(held.county, held.starts_on, held.ends_on)
        if unit.level is not Level.OWN
    ]
    if not units:
        raise Refused("考核期内没有需要考核的单位，请核对机构管理和起止日期。")
    made = AppraisalUnit.objects.bulk_create(units)
    indicators = list(held.indicators.all())
    Rating.objects.bulk_create(
        Rating(unit=unit, indicator=indicator) for unit in made for indicator in indicators
    )
    held.state = AppraisalState.RATING
    held.save(update_fields=["state"])
    after = {"units": len(made), "indicators": len(indicators)}
    log("open_rating", held, held.county, by, at, after=after)
    return held


@transaction.atomic
def begin_review(appraisal: Appraisal, *, by: Actor, at: datetime) -> Appraisal:
    """End self-rating and score what figures score; the figures stay as counted now."""
    held = hold_appraisal(appraisal, AppraisalEvent.REVIEW)
    held.state, held.counted_at = AppraisalState.REVIEW, at
    held.save(update_fields=["state", "counted_at"])
    scored = _score_by_figures(held, at)
    log("begin_review", held, held.county, by, at, after={"scored": scored})
    return held


@transaction.atomic
def show_results(
    appraisal: Appraisal, *, object_until: date | None, by: Actor, at: datetime
) -> Appraisal:
    """Show organs their scores and the ranking; they may object until a day.

    Raises:
        Refused: a score is missing or nobody has looked at it twice.
        ToldWrongly: no day, or one that is over.
    """
    held = hold_appraisal(appraisal, AppraisalEvent.SHOW)
    left = Rating.objects.filter(unit__appraisal=held, checked_at__isnull=True).count()
    if left:
        raise Refused(f"还有{left}项得分没有打分或者没有复核，不能公示。")
    if object_until is None or object_until < local_day(at):
        raise ToldWrongly("“异议期限”不能早于今天", "object_until")
    held.state, held.object_until = AppraisalState.SHOWN, object_until
    held.save(update_fields=["state", "object_until"])
    log("show_results", held, held.county, by, at, after={"object_until": object_until})
    return held


@transaction.atomic
def confirm_results(appraisal: Appraisal, *, by: Actor, at: datetime) -> Appraisal:
    """Fix totals, places and grades for good; heads and leaders do.

    Raises:
        Refused: organs may still object, or an objection is unanswered.
    """
    held = hold_appraisal(appraisal, AppraisalEvent.CONFIRM)
    if held.takes_objections(local_day(at)):
        raise Refused(f"异议期到{held.object_until}为止，请在期满以后确认。")
    left = open_objections(held).count()
    if left:
        raise Refused(f"还有{left}件异议没有答复，请先答复。")
    lines = unit_lines(held, held.units.select_related("organ"))
    for line in lines:
        line.unit.total, line.unit.rank, line.unit.grade = line.total, line.rank, line.grade
    AppraisalUnit.objects.bulk_update([each.unit for each in lines], ["total", "rank", "grade"])
    held.state, held.confirmed_on = AppraisalState.CONFIRMED, local_day(at)
    held.confirmed_by = by.name
    held.save(update_fields=["state", "confirmed_on", "confirmed_by"])
    ranking = {line.unit.organ.code: str(line.total) for line in lines}
    log("confirm_results", held, held.county, by, at, after={"ranking": ranking})
    return held


def hold_appraisal(appraisal: Appraisal, event: AppraisalEvent) -> Appraisal:
    """Return an appraisal locked, in a state that lets `event` happen; raises Refused."""
    rows = Appraisal.objects.select_for_update(of=("self",)).select_related("county")
    held = rows.get(pk=appraisal.pk)
    next_appraisal_state(AppraisalState(held.state), event)
    return held


def _score_by_figures(held: Appraisal, at: datetime) -> int:
    """Score every indicator that a figure scores; return how many scores it gave."""
    period, scored, changed = Period(held.starts_on, held.ends_on), 0, []
    units = {unit.pk: unit for unit in held.units.all()}
    covering = {key: tuple(unit.covered) for key, unit in units.items()}
    indicators = list(held.indicators.exclude(figure=""))
    figures = count_all({each.figure for each in indicators}, period, covering, at)
    for indicator in indicators:
        counted = figures[indicator.figure]
        for rating in Rating.objects.filter(unit__in=units, indicator=indicator):
            told = counted[rating.unit_id]
            rating.value, rating.below = told.value, told.below
            rating.counted_points = rating.given = points_for(
                Method(indicator.method),
                indicator.points,
                told,
                each=indicator.each,
                target=indicator.target,
            )
            if rating.given is not None:
                rating.given_by, rating.given_by_account = BY_FIGURES, "system"
                rating.given_at, scored = at, scored + 1
            changed.append(rating)
    columns = ["value", "below", "counted_points", "given", "given_by", "given_by_account"]
    Rating.objects.bulk_update(changed, [*columns, "given_at"], batch_size=200)
    return scored


def _copy(like: Appraisal, made: Appraisal) -> None:
    if like.county_id != made.county_id:
        raise ToldWrongly("只能沿用本县的指标", "like")
    rows = list(like.indicators.order_by("place"))
    for row in rows:
        row.pk, row.appraisal = None, made
    Indicator.objects.bulk_create(rows)


def _write(row: Indicator, told: IndicatorTold) -> None:
    method = chosen(told.method, Method, "计分方式", "method")
    for name, required in (("group", True), ("item", True), ("standard", False)):
        setattr(row, name, used(getattr(told, name), name, required=required))
    if told.points is None or not 0 < told.points <= MOST_POINTS:
        raise ToldWrongly("“分值”应当大于0", "points")
    figure = told.figure if method.counts else ""
    if method.counts and figure not in FIGURES:
        raise ToldWrongly("请选择“数据项”", "figure")
    if method.counts and (method is Method.BY_RATE) != FIGURES[figure].is_rate:
        raise ToldWrongly("按比率计分的选择比率，其他方式选择数量", "figure")
    if method is Method.DEDUCTED and not (told.each and told.each > 0):
        raise ToldWrongly("请填写“每件扣分”，大于0", "each")
    if method is Method.BY_TARGET and not (told.target and told.target > 0):
        raise ToldWrongly("请填写“目标值”，大于0", "target")
    row.points, row.method, row.figure = told.points, method, figure
    row.each = told.each if method is Method.DEDUCTED else None
    row.target = told.target if method is Method.BY_TARGET else None
