"""Every read of the chapter: who sees what, the ledger, one finding, bulletins."""

from gongkai.inspections.queries.forms import form_of
from gongkai.inspections.queries.ledger import (
    Asked,
    History,
    LedgerRow,
    find_finding,
    for_office,
    history_of,
    indicators_in,
    ledger_rows,
    narrowed,
    open_objection,
    open_round,
    organs_to_lay_to,
    overdue,
    owed,
    runs_of,
    sites_of,
)
from gongkai.inspections.queries.people import ANSWERERS, OFFICE, VIEWERS, Inspector

__all__ = [
    "ANSWERERS",
    "OFFICE",
    "VIEWERS",
    "Asked",
    "History",
    "Inspector",
    "LedgerRow",
    "find_finding",
    "for_office",
    "form_of",
    "history_of",
    "indicators_in",
    "ledger_rows",
    "narrowed",
    "open_objection",
    "open_round",
    "organs_to_lay_to",
    "overdue",
    "owed",
    "runs_of",
    "sites_of",
]
