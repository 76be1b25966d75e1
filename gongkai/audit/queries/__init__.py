"""Reading the audit log: what rang, a record's history, pages of the log, chains judged."""

from gongkai.audit.queries.events import (
    LogLine,
    RecordedEvent,
    hashed_fields,
    history_of,
    log_page,
    verbs_used,
)
from gongkai.audit.queries.verification import Fault, FaultKind, Verification, verify

__all__ = [
    "Fault",
    "FaultKind",
    "LogLine",
    "RecordedEvent",
    "Verification",
    "hashed_fields",
    "history_of",
    "log_page",
    "verbs_used",
    "verify",
]
