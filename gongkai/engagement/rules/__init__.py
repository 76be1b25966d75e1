"""What is told of reports, terms and comments, and the feedback made of them. Plain Python."""

from gongkai.engagement.rules.feedback import Figures, Point, feedback_body, figures_sentence
from gongkai.engagement.rules.terms import Terms, notice_body, tidy
from gongkai.engagement.rules.texts import FIELDS, chosen, local_address, used

__all__ = [
    "FIELDS",
    "Figures",
    "Point",
    "Terms",
    "chosen",
    "feedback_body",
    "figures_sentence",
    "local_address",
    "notice_body",
    "tidy",
    "used",
]
