"""Rows of the chapter: sites, runs, findings with their rounds, verdicts, bulletins, indicators."""

from gongkai.inspections.models.bulletins import Bulletin, BulletinShare
from gongkai.inspections.models.findings import (
    Finding,
    FindingSeries,
    Objection,
    Rectification,
    Step,
    Verdict,
)
from gongkai.inspections.models.indicators import IndicatorTerms
from gongkai.inspections.models.runs import Run
from gongkai.inspections.models.site_years import SiteYear
from gongkai.inspections.models.sites import Site, SiteColumn
from gongkai.inspections.models.visits import Probe, Rescanned, Watched

__all__ = [
    "Bulletin",
    "BulletinShare",
    "Finding",
    "FindingSeries",
    "IndicatorTerms",
    "Objection",
    "Probe",
    "Rectification",
    "Rescanned",
    "Run",
    "Site",
    "SiteColumn",
    "SiteYear",
    "Step",
    "Verdict",
    "Watched",
]
