"""The states of findings and bulletins, and what the chapter refuses."""

from gongkai.inspections.lifecycle.bulletins import BulletinEvent, BulletinPeriod, BulletinState
from gongkai.inspections.lifecycle.errors import InspectionError, Refused, RowsWrong, ToldWrongly
from gongkai.inspections.lifecycle.findings import FindingEvent, FindingState, Source

__all__ = [
    "BulletinEvent",
    "BulletinPeriod",
    "BulletinState",
    "FindingEvent",
    "FindingState",
    "InspectionError",
    "Refused",
    "RowsWrong",
    "Source",
    "ToldWrongly",
]
