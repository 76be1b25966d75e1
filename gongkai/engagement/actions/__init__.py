"""Every verb of the chapter: one function, one transaction, one audit event.

`reports` takes error reports in and answers them, `solicitations` lays drafts open, `comments`
takes comments in and disposes of them, `feedback` drafts what is told of them, `publishing` speaks
for both in the release review of `disclosure`, `upkeep` keeps what is stored true.
"""

from gongkai.engagement.actions.comments import comment, dispose, show_commenter
from gongkai.engagement.actions.feedback import draft_feedback
from gongkai.engagement.actions.reports import (
    NewReport,
    answer_error,
    pass_on,
    report_error,
    show_contact,
)
from gongkai.engagement.actions.solicitations import (
    cancel,
    change_term,
    draft_solicitation,
    link_document,
)
from gongkai.engagement.actions.upkeep import erase_contacts, recompute_deadlines, reseal
from gongkai.engagement.lifecycle import (
    CommentChannel,
    Disposition,
    EngagementError,
    ErrorKind,
    Refused,
    Result,
    Standing,
    ToldWrongly,
)
from gongkai.engagement.rules import FIELDS, Terms, local_address

__all__ = [
    "FIELDS",
    "CommentChannel",
    "Disposition",
    "EngagementError",
    "ErrorKind",
    "NewReport",
    "Refused",
    "Result",
    "Standing",
    "Terms",
    "ToldWrongly",
    "answer_error",
    "cancel",
    "change_term",
    "comment",
    "dispose",
    "draft_feedback",
    "draft_solicitation",
    "erase_contacts",
    "link_document",
    "local_address",
    "pass_on",
    "recompute_deadlines",
    "report_error",
    "reseal",
    "show_commenter",
    "show_contact",
]
