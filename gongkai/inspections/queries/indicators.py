"""Reading the indicators of a county: the national table, and what the county said before it."""

from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from gongkai.inspections.models import IndicatorTerms
from gongkai.inspections.rules.terms import CODES, EVERY, Terms, by_default, plain
from gongkai.orgs.models import Organ


def terms_on(county: Organ, day: date) -> dict[str, Terms]:
    """Return every indicator that holds on a day with the county's terms, in the table's order."""
    running = Q(until__isnull=True) | Q(until__gte=day)
    rows = IndicatorTerms.objects.filter(running, county=county, since__lte=day)
    own = {row.code: _terms(row) for row in rows}
    return {
        code: own.get(code) or by_default(indicator)
        for code, indicator in EVERY.items()
        if indicator.since <= day and (indicator.until is None or day <= indicator.until)
    }


def own_standards(county: Organ, day: date) -> dict[str, str]:
    """Return the county's own text of the standard for each rule that has one on a day."""
    running = Q(until__isnull=True) | Q(until__gte=day)
    rows = IndicatorTerms.objects.filter(running, county=county, since__lte=day)
    texts = {row.code: f"{row.standard}（{row.basis}）" for row in rows if row.standard}
    return {rule: texts[code] for rule, code in CODES.items() if code in texts} if texts else {}


def terms_history(county: Organ, code: str) -> QuerySet[IndicatorTerms]:
    """Return what a county ever said of an indicator, the newest first."""
    return IndicatorTerms.objects.filter(county=county, code=code).order_by("-since")


def _terms(row: IndicatorTerms) -> Terms:
    return Terms(
        indicator=EVERY[row.code],
        points=_short(row.points),
        each=_short(row.each),
        weight=Decimal(plain(row.weight)),
        standard=row.standard or EVERY[row.code].limit,
        basis=row.basis,
        since=row.since,
    )


def _short(number: Decimal | None) -> Decimal | None:
    """Return a number of the database as a person writes it: 6, not 6.00."""
    return None if number is None else Decimal(plain(number))
