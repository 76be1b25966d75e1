"""The states of findings, bulletins and yearly reports, and what the chapter refuses."""

from gongkai.inspections.lifecycle.bulletins import BulletinEvent, BulletinPeriod, BulletinState
from gongkai.inspections.lifecycle.errors import InspectionError, Refused, RowsWrong, ToldWrongly
from gongkai.inspections.lifecycle.findings import FindingEvent, FindingState, Source
from gongkai.inspections.lifecycle.site_years import SiteYearEvent, SiteYearState

__all__ = [
    "BulletinEvent",
    "BulletinPeriod",
    "BulletinState",
    "FindingEvent",
    "FindingState",
    "InspectionError",
    "Refused",
    "RowsWrong",
    "SiteYearEvent",
    "SiteYearState",
    "Source",
    "ToldWrongly",
]
