"""The states of every record of the chapter, and what the chapter refuses."""

from gongkai.engagement.lifecycle.errors import EngagementError, Refused, ToldWrongly
from gongkai.engagement.lifecycle.interviews import InterviewEvent, InterviewKind, InterviewState
from gongkai.engagement.lifecycle.messages import MessageEvent, MessageKind, MessageState
from gongkai.engagement.lifecycle.opinion import (
    OpinionEvent,
    OpinionState,
    ResponseKind,
    Severity,
)
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
from gongkai.engagement.lifecycle.surveys import QuestionKind, SurveyEvent, SurveyState

__all__ = [
    "CommentChannel",
    "Disposition",
    "EngagementError",
    "ErrorKind",
    "InterviewEvent",
    "InterviewKind",
    "InterviewState",
    "MessageEvent",
    "MessageKind",
    "MessageState",
    "OpinionEvent",
    "OpinionState",
    "QuestionKind",
    "Refused",
    "ReportEvent",
    "ReportState",
    "ResponseKind",
    "Result",
    "Severity",
    "SolicitationEvent",
    "SolicitationState",
    "Standing",
    "SurveyEvent",
    "SurveyState",
    "ToldWrongly",
]
