"""Giving index numbers (索引号): from a series under a row lock, never twice."""

from datetime import date

from gongkai.disclosure import queries
from gongkai.disclosure.models import Entry, IndexSeries
from gongkai.disclosure.rules.index_numbers import Numbering, numbering
from gongkai.orgs.models import Organ


def series_of(organ: Organ, day: date, pattern: str | None = None) -> Numbering:
    """Return the series in which an organ's entries of a day are numbered."""
    county_id = queries.county_of(organ)
    return numbering(
        pattern or queries.index_pattern(county_id, day),
        credit_code=organ.credit_code,
        region=organ.region_code,
        organ=organ.code,
        day=day,
    )


def take(series: Numbering, count: int = 1) -> list[str]:
    """Return the next numbers of a series, inside the caller's transaction.

    A number that an imported entry bears already is passed over.
    """
    held, _ = IndexSeries.objects.select_for_update().get_or_create(key=series.key)
    numbers: list[str] = []
    while len(numbers) < count:
        wanted = count - len(numbers)
        offered = [series.write(held.last + n) for n in range(1, wanted + 1)]
        held.last += wanted
        taken = Entry.objects.filter(index_number__in=offered)
        used = set(taken.values_list("index_number", flat=True))
        numbers += [number for number in offered if number not in used]
    held.save(update_fields=["last"])
    return numbers


def pass_over(series: Numbering, serial: int) -> None:
    """Let a series go on after a serial that came in from elsewhere."""
    held, _ = IndexSeries.objects.select_for_update().get_or_create(key=series.key)
    if held.last < serial:
        held.last = serial
        held.save(update_fields=["last"])
