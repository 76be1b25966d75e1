"""What is told and taken in the chapter, and the public texts made of it. Plain Python."""

from gongkai.engagement.rules.feedback import Figures, Point, feedback_body, figures_sentence
from gongkai.engagement.rules.terms import LONG_TERM_DAYS, Terms, days_of, notice_body, tidy
from gongkai.engagement.rules.texts import FIELDS, chosen, local_address, used, web_address

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
    "web_address",
]
