"""Every read of the chapter: who sees what, points of work, events, scores, evaluations, cases."""

from gongkai.oversight.queries.accountability import standing_cases, to_reseal
from gongkai.oversight.queries.appraisals import (
    UnitLine,
    find_rating,
    open_objections,
    ratings_of,
    sum_of_points,
    unit_lines,
    waiting_scores,
)
from gongkai.oversight.queries.evaluations import (
    EvaluationResult,
    PointLine,
    evaluations_of,
    public_evaluation,
    questions_to_mark,
    result_of,
    surveys_to_mark,
)
from gongkai.oversight.queries.events import absent, attendance, standing_events
from gongkai.oversight.queries.people import (
    HEADS,
    OFFICE,
    REPORTERS,
    VIEWERS,
    OversightPerson,
)
from gongkai.oversight.queries.plans import (
    Completion,
    OrgansByName,
    TaskRow,
    completion,
    of_organs,
    reports_of,
    running_tasks,
    task_rows,
    tasks_of,
    waiting_tasks,
)

__all__ = [
    "HEADS",
    "OFFICE",
    "REPORTERS",
    "VIEWERS",
    "Completion",
    "EvaluationResult",
    "OrgansByName",
    "OversightPerson",
    "PointLine",
    "TaskRow",
    "UnitLine",
    "absent",
    "attendance",
    "completion",
    "evaluations_of",
    "find_rating",
    "of_organs",
    "open_objections",
    "public_evaluation",
    "questions_to_mark",
    "ratings_of",
    "reports_of",
    "result_of",
    "running_tasks",
    "standing_cases",
    "standing_events",
    "sum_of_points",
    "surveys_to_mark",
    "task_rows",
    "tasks_of",
    "to_reseal",
    "unit_lines",
    "waiting_scores",
    "waiting_tasks",
]
