"""Accounts of new media as a bulletin lists them: the last update, posts of the period, faults."""

from datetime import date

from gongkai.inspections.rules.bulletin_values import MediaLine
from gongkai.newmedia.findings import accounts_in
from gongkai.orgs.models import Organ

_VETOES = ("M2", "M3")


def media_lines(county: Organ, start: date, end: date, today: date) -> list[MediaLine]:
    """Return the county's running accounts, those that lead first."""
    return [
        MediaLine(
            name=each.name,
            platform=each.platform.label,
            organ=each.organ,
            last_on=each.last_on,
            posts=each.posts,
            faults=tuple(fault.label for fault in each.faults),
            vetoed=any(fault.rule in _VETOES for fault in each.faults),
        )
        for each in accounts_in(county, start, end, today)
    ]
