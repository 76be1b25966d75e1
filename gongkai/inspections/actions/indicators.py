"""The verb on indicators: say from which day an item is worth how much, by which paper."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.inspections.lifecycle import ToldWrongly
from gongkai.inspections.models import IndicatorTerms
from gongkai.inspections.rules.terms import checked
from gongkai.inspections.rules.texts import used
from gongkai.orgs.models import Organ
from gongkai.statute.days import written


@transaction.atomic
def set_indicator(
    county: Organ,
    code: str,
    *,
    points: Decimal | None,
    each: Decimal | None = None,
    weight: Decimal = Decimal(1),
    standard: str = "",
    basis: str,
    since: date,
    by: Actor,
    at: datetime,
) -> IndicatorTerms:
    """Set what an indicator is worth from a day on; what held before keeps its days.

    Raises:
        ToldWrongly: no such indicator, numbers out of range, no basis, or a day that is not after
            the first day of the terms that hold.
    """
    indicator = checked(code, points, each, weight)
    standard, basis = used(standard, "standard", required=False), used(basis, "basis")
    if since < indicator.since:
        raise ToldWrongly(f"“施行日期”不能早于指标的施行日期{written(indicator.since)}", "since")
    Organ.objects.select_for_update().get(pk=county.pk)
    rows = IndicatorTerms.objects.filter(county=county, code=code, until__isnull=True)
    last = rows.first()
    if last is not None and since <= last.since:
        raise ToldWrongly(f"“施行日期”应当晚于现行规定的{written(last.since)}", "since")
    if last is not None:
        last.until = since - timedelta(days=1)
        last.save(update_fields=["until"])
    made = IndicatorTerms.objects.create(
        county=county,
        code=code,
        points=points,
        each=each,
        weight=weight,
        standard=standard,
        basis=basis,
        since=since,
        set_at=at,
        set_by=by.name,
    )
    record(
        "inspections.set_indicator",
        made.typed_id,
        chain=county.code,
        by=by,
        at=at,
        label=f"{indicator.code} {indicator.name}",
        before=_told(last) if last else None,
        after=_told(made),
        reason=basis,
    )
    return made


def _told(terms: IndicatorTerms) -> dict[str, str]:
    numbers = {"points": terms.points, "each": terms.each, "weight": terms.weight}
    told = {name: str(value) for name, value in numbers.items() if value is not None}
    return {**told, "standard": terms.standard, "since": terms.since.isoformat()}
