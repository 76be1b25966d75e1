"""Verbs of the yearly report: each checks, changes and records in one transaction."""

from gongkai.annualreport.actions.reports import correct, freeze, publish
from gongkai.annualreport.actions.returns import accept, reopen, send_back, submit
from gongkai.annualreport.actions.writing import (
    drop_stated_figure,
    explain,
    state_figure,
    write_prose,
)
from gongkai.annualreport.actions.years import add_missing_units, open_year

__all__ = [
    "accept",
    "add_missing_units",
    "correct",
    "drop_stated_figure",
    "explain",
    "freeze",
    "open_year",
    "publish",
    "reopen",
    "send_back",
    "state_figure",
    "submit",
    "write_prose",
]
