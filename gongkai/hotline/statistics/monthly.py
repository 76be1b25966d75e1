"""The figures of a county's month as they are at a moment: what a report freezes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gongkai.hotline.rules.month_report import MonthFigures, PartFigures, month_after
from gongkai.hotline.statistics.rates import (
    Line,
    Period,
    by_kind,
    by_source,
    connected,
    orders_in,
    over,
    received,
    tables,
)
from gongkai.orgs.models import Organ


def current_figures(county: Organ, month: date, now: datetime) -> MonthFigures:
    """Return the figures of a county's month, `month` its first day, as they are at `now`."""
    orders = orders_in(county)
    period = Period(month, month_after(month) - timedelta(days=1), now)
    before = month - timedelta(days=1)
    told = tables(orders, period)
    return MonthFigures(
        county=county.name,
        month=month,
        received=told.received,
        earlier=received(orders, over(before.replace(day=1), before)).count(),
        rates=told.rates,
        connected=connected(county, period),
        organs=_parts(told.organs),
        categories=_parts(told.categories),
        kinds=by_kind(orders, period),
        sources=by_source(orders, period),
    )


def _parts(lines: Sequence[Line]) -> list[PartFigures]:
    return [PartFigures(line.key, line.name, line.received, line.rates) for line in lines]
