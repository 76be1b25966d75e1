"""Reading what is kept: lists handed over, a case's package, logs, who may see them."""

from gongkai.records.queries.access import KEEPERS, LOG_READERS, READERS
from gongkai.records.queries.cases import CasePackage, case_package, closed_cases
from gongkai.records.queries.logs import ACCESS, LogState, log_state
from gongkai.records.queries.transfers import lists_of, rows_for

__all__ = [
    "ACCESS",
    "KEEPERS",
    "LOG_READERS",
    "READERS",
    "CasePackage",
    "LogState",
    "case_package",
    "closed_cases",
    "lists_of",
    "log_state",
    "rows_for",
]
