"""Rows of the chapter; what members of the public wrote is sealed, and so may name a person.

Error reports and messages with their steps, solicitations and comments, surveys and ballots,
interviews and questions, the answers often asked for, public opinion, emergency banners.
"""

from gongkai.engagement.models.banners import Banner
from gongkai.engagement.models.faqs import Faq
from gongkai.engagement.models.interviews import Exchange, Interview
from gongkai.engagement.models.messages import Mailbox, Message, MessageStep
from gongkai.engagement.models.opinion import OpinionMatter, OpinionResponse, OpinionStep
from gongkai.engagement.models.reports import ErrorReport, ReportSeries, ReportStep
from gongkai.engagement.models.sealing import SealedRow, key_mark
from gongkai.engagement.models.solicitations import Comment, Solicitation
from gongkai.engagement.models.surveys import Ballot, Choice, Pick, Question, Survey

SEALED_ROWS: tuple[type[SealedRow], ...] = (ErrorReport, Comment, Message, Ballot, Exchange)

__all__ = [
    "SEALED_ROWS",
    "Ballot",
    "Banner",
    "Choice",
    "Comment",
    "ErrorReport",
    "Exchange",
    "Faq",
    "Interview",
    "Mailbox",
    "Message",
    "MessageStep",
    "OpinionMatter",
    "OpinionResponse",
    "OpinionStep",
    "Pick",
    "Question",
    "ReportSeries",
    "ReportStep",
    "SealedRow",
    "Solicitation",
    "Survey",
    "key_mark",
]
