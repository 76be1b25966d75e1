"""The states of error reports and of solicitations, and what the chapter refuses."""

from gongkai.engagement.lifecycle.errors import EngagementError, Refused, ToldWrongly
from gongkai.engagement.lifecycle.reports import (
    ErrorKind,
    ReportEvent,
    ReportState,
    Result,
)
from gongkai.engagement.lifecycle.solicitations import (
    CommentChannel,
    Disposition,
    SolicitationEvent,
    SolicitationState,
    Standing,
)

__all__ = [
    "CommentChannel",
    "Disposition",
    "EngagementError",
    "ErrorKind",
    "Refused",
    "ReportEvent",
    "ReportState",
    "Result",
    "SolicitationEvent",
    "SolicitationState",
    "Standing",
    "ToldWrongly",
]
