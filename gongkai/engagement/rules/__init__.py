"""What is told of reports, terms and comments, and the feedback made of them. Plain Python."""

from gongkai.engagement.rules.feedback import Figures, Point, feedback_body, figures_sentence
from gongkai.engagement.rules.terms import LONG_TERM_DAYS, Terms, days_of, notice_body, tidy
from gongkai.engagement.rules.texts import FIELDS, chosen, local_address, used

__all__ = [
    "FIELDS",
    "LONG_TERM_DAYS",
    "Figures",
    "Point",
    "Terms",
    "chosen",
    "days_of",
    "feedback_body",
    "figures_sentence",
    "local_address",
    "notice_body",
    "tidy",
    "used",
]
