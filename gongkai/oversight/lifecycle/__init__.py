"""The states of points of work and appraisals, and what the chapter refuses."""

from gongkai.oversight.lifecycle.appraisals import (
    AppraisalEvent,
    AppraisalState,
    next_appraisal_state,
)
from gongkai.oversight.lifecycle.errors import (
    OversightError,
    Refused,
    RowFault,
    RowsWrong,
    ToldWrongly,
)
from gongkai.oversight.lifecycle.plans import (
    PlanEvent,
    PlanState,
    TaskEvent,
    TaskState,
    next_plan_state,
    next_task_state,
)

__all__ = [
    "AppraisalEvent",
    "AppraisalState",
    "OversightError",
    "PlanEvent",
    "PlanState",
    "Refused",
    "RowFault",
    "RowsWrong",
    "TaskEvent",
    "TaskState",
    "ToldWrongly",
    "next_appraisal_state",
    "next_plan_state",
    "next_task_state",
]
