"""Every verb of the chapter: one function, one transaction, one audit event.

`reports` takes error reports in and answers them, `messages` those to the government, `openness`
makes them public; `solicitations` lays drafts open, `comments` takes comments in, `feedback` drafts
what is told of them; `surveys`, `interviews`, `faqs` and `banners` keep theirs, `opinion` the
register. `publishing*` speak in the release review of `disclosure`, `texts` writes what goes there,
`upkeep` keeps what is stored true.
"""

from gongkai.engagement.actions.banners import lift_banner, lift_ended, raise_banner
from gongkai.engagement.actions.comments import comment, dispose, show_commenter
from gongkai.engagement.actions.faqs import confirm_faq, draft_faq
from gongkai.engagement.actions.feedback import draft_feedback
from gongkai.engagement.actions.interviews import (
    ask_question,
    cancel_interview,
    change_interview,
    draft_transcript,
    plan_interview,
    record_exchange,
)
from gongkai.engagement.actions.messages import (
    NewMessage,
    answer_message,
    decline_message,
    pass_message_on,
    send_message,
    set_message_term,
    show_asker,
)
from gongkai.engagement.actions.openness import (
    close_mailbox,
    open_mailbox,
    publish_message,
    take_message_off,
)
from gongkai.engagement.actions.opinion import (
    Answered,
    NewOpinion,
    collect_opinion,
    consult_on_opinion,
    evaluate_opinion,
    judge_opinion,
    respond_to_opinion,
    set_opinion_aside,
)
from gongkai.engagement.actions.own_data import (
    correct_asker,
    export_own_message,
    forget_asker,
)
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
from gongkai.engagement.actions.surveys import (
    SurveyTold,
    answer_survey,
    cancel_survey,
    change_survey,
    draft_survey,
    extend_survey,
    open_survey,
    publish_results,
)
from gongkai.engagement.actions.upkeep import erase_contacts, recompute_deadlines, reseal
from gongkai.engagement.lifecycle import (
    CommentChannel,
    Disposition,
    EngagementError,
    ErrorKind,
    InterviewKind,
    InterviewState,
    MessageKind,
    MessageState,
    QuestionKind,
    Refused,
    ResponseKind,
    Result,
    Severity,
    Standing,
    ToldWrongly,
)
from gongkai.engagement.rules import FIELDS, Terms, local_address
from gongkai.engagement.rules.interviews import Plan
from gongkai.engagement.rules.surveys import field_of

__all__ = [
    "FIELDS",
    "Answered",
    "CommentChannel",
    "Disposition",
    "EngagementError",
    "ErrorKind",
    "InterviewKind",
    "InterviewState",
    "MessageKind",
    "MessageState",
    "NewMessage",
    "NewOpinion",
    "NewReport",
    "Plan",
    "QuestionKind",
    "Refused",
    "ResponseKind",
    "Result",
    "Severity",
    "Standing",
    "SurveyTold",
    "Terms",
    "ToldWrongly",
    "answer_error",
    "answer_message",
    "answer_survey",
    "ask_question",
    "cancel",
    "cancel_interview",
    "cancel_survey",
    "change_interview",
    "change_survey",
    "change_term",
    "close_mailbox",
    "collect_opinion",
    "comment",
    "confirm_faq",
    "consult_on_opinion",
    "correct_asker",
    "decline_message",
    "dispose",
    "draft_faq",
    "draft_feedback",
    "draft_solicitation",
    "draft_survey",
    "draft_transcript",
    "erase_contacts",
    "evaluate_opinion",
    "export_own_message",
    "extend_survey",
    "field_of",
    "forget_asker",
    "judge_opinion",
    "lift_banner",
    "lift_ended",
    "link_document",
    "local_address",
    "open_mailbox",
    "open_survey",
    "pass_message_on",
    "pass_on",
    "plan_interview",
    "publish_message",
    "publish_results",
    "raise_banner",
    "recompute_deadlines",
    "record_exchange",
    "report_error",
    "reseal",
    "respond_to_opinion",
    "send_message",
    "set_message_term",
    "set_opinion_aside",
    "show_asker",
    "show_commenter",
    "show_contact",
    "take_message_off",
]
