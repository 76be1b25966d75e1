"""Every verb of the chapter: one function, one transaction, one audit event.

`plans` and `tasks` are the points of work, `events` what was held, `appraisals` and `scores` the
appraisal, `evaluations` the public's, `accountability` who was held to account.
"""

from gongkai.oversight.actions.accountability import (
    CaseTold,
    record_case,
    reseal,
    show_people,
    strike_case,
)
from gongkai.oversight.actions.appraisals import (
    AppraisalTold,
    IndicatorTold,
    add_indicator,
    begin_review,
    change_indicator,
    confirm_results,
    draft_appraisal,
    open_rating,
    remove_indicator,
    show_results,
)
from gongkai.oversight.actions.evaluations import PointTold, mark_evaluation
from gongkai.oversight.actions.events import (
    EventTold,
    change_event,
    record_event,
    sign_in,
    strike_event,
)
from gongkai.oversight.actions.plans import (
    TaskTold,
    add_task,
    change_task,
    close_plan,
    draft_plan,
    import_tasks,
    issue_plan,
    remove_task,
)
from gongkai.oversight.actions.ranking import publish_ranking, unpublish_ranking
from gongkai.oversight.actions.scores import (
    GivenTold,
    SelfTold,
    answer_objection,
    check_unit,
    object_to,
    rate_unit,
    score_unit,
)
from gongkai.oversight.actions.tasks import (
    accept_task,
    drop_task,
    move_task,
    report_task,
    send_task_back,
)
from gongkai.oversight.rules.scoring import Method
from gongkai.oversight.rules.worksheet import WrittenAttendee

__all__ = [
    "AppraisalTold",
    "CaseTold",
    "EventTold",
    "GivenTold",
    "IndicatorTold",
    "Method",
    "PointTold",
    "SelfTold",
    "TaskTold",
    "WrittenAttendee",
    "accept_task",
    "add_indicator",
    "add_task",
    "answer_objection",
    "begin_review",
    "change_event",
    "change_indicator",
    "change_task",
    "check_unit",
    "close_plan",
    "confirm_results",
    "draft_appraisal",
    "draft_plan",
    "drop_task",
    "import_tasks",
    "issue_plan",
    "mark_evaluation",
    "move_task",
    "object_to",
    "open_rating",
    "publish_ranking",
    "rate_unit",
    "record_case",
    "record_event",
    "remove_indicator",
    "remove_task",
    "report_task",
    "reseal",
    "score_unit",
    "send_task_back",
    "show_people",
    "show_results",
    "sign_in",
    "strike_case",
    "strike_event",
    "unpublish_ranking",
]
