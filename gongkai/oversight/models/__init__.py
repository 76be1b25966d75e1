"""Rows of the chapter: points of work, events, appraisals, evaluations, accountability."""

from gongkai.oversight.models.accountability import AccountabilityCase
from gongkai.oversight.models.appraisals import (
    Appraisal,
    AppraisalUnit,
    Indicator,
    Rating,
    ScoreObjection,
)
from gongkai.oversight.models.evaluations import Evaluation, EvaluationPoint
from gongkai.oversight.models.events import Attendee, WorkEvent
from gongkai.oversight.models.plans import TaskReport, WorkPlan, WorkTask

__all__ = [
    "AccountabilityCase",
    "Appraisal",
    "AppraisalUnit",
    "Attendee",
    "Evaluation",
    "EvaluationPoint",
    "Indicator",
    "Rating",
    "ScoreObjection",
    "TaskReport",
    "WorkEvent",
    "WorkPlan",
    "WorkTask",
]
