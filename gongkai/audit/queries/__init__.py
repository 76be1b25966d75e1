"""Reading the audit log: what rang, a record's history, pages of the log, chains judged."""

from gongkai.audit.queries.events import (
    LogLine,
    RecordedEvent,
    hashed_fields,
    history_of,
    log_page,
    verbs_used,
)
from gongkai.audit.queries.exporting import (
    anchor_line,
    anchor_lines,
    event_lines,
    heads_now,
)
from gongkai.audit.queries.faults import Fault, FaultKind
from gongkai.audit.queries.verification import Verification, verify

__all__ = [
    "Fault",
    "FaultKind",
    "LogLine",
    "RecordedEvent",
    "Verification",
    "anchor_line",
    "anchor_lines",
    "event_lines",
    "hashed_fields",
    "heads_now",
    "history_of",
    "log_page",
    "verbs_used",
    "verify",
]
