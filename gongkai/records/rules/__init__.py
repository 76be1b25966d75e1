"""What is kept how long, what is missing of logs, how lists and packages are written down."""

from gongkai.records.rules.logs import LEAST_DAYS, missing_days, spans
from gongkai.records.rules.packages import Piece, is_whole, manifest_of
from gongkai.records.rules.schedule import SCHEDULE, Keep, KeepRule, keep_of, rules_on
from gongkai.records.rules.transfers import (
    HEADS,
    RecordsError,
    TransferKind,
    check_period,
    check_receipt,
)

__all__ = [
    "HEADS",
    "LEAST_DAYS",
    "SCHEDULE",
    "Keep",
    "KeepRule",
    "Piece",
    "RecordsError",
    "TransferKind",
    "check_period",
    "check_receipt",
    "is_whole",
    "keep_of",
    "manifest_of",
    "missing_days",
    "rules_on",
    "spans",
]
