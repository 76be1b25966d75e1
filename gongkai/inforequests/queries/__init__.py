"""Reading requests: the acts of a case, the desk's lists, who asks, what the public may see."""

from gongkai.inforequests.queries.alike import similar_requests
from gongkai.inforequests.queries.answer_letters import answer_letter
from gongkai.inforequests.queries.cases import (
    PROJECTED,
    Difference,
    Projection,
    acts_of,
    differences,
    open_consultations,
    project,
)
from gongkai.inforequests.queries.corrections import (
    CorrectionRow,
    correction_row,
    corrections,
    corrections_to_erase,
    corrections_to_reseal,
)
from gongkai.inforequests.queries.desk import (
    SOON,
    SOONER,
    DeskCounts,
    DeskRow,
    concluded_requests,
    deadline_changes,
    desk_counts,
    desk_rows,
    open_requests,
    read_whole,
)
from gongkai.inforequests.queries.people import (
    HANDLERS,
    HEADS,
    REVIEWERS,
    TAKERS,
    VIEWERS,
    organs_viewed_by,
)
from gongkai.inforequests.queries.public import (
    PublicStatus,
    PublicStep,
    case_by_code,
    public_status,
)
from gongkai.inforequests.queries.requesters import (
    find_by_requester,
    is_same_requester,
    masked_requester,
    requester_for_letters,
    requesters_to_reseal,
    same_requester,
)
from gongkai.inforequests.queries.reviews import (
    AlikeGroup,
    alike_groups,
    open_suggestions,
    requesters_to_erase,
    reviews_of,
    withheld_due,
)
from gongkai.inforequests.queries.step_letters import step_letter

__all__ = [
    "HANDLERS",
    "HEADS",
    "PROJECTED",
    "REVIEWERS",
    "SOON",
    "SOONER",
    "TAKERS",
    "VIEWERS",
    "AlikeGroup",
    "CorrectionRow",
    "DeskCounts",
    "DeskRow",
    "Difference",
    "Projection",
    "PublicStatus",
    "PublicStep",
    "acts_of",
    "alike_groups",
    "answer_letter",
    "case_by_code",
    "concluded_requests",
    "correction_row",
    "corrections",
    "corrections_to_erase",
    "corrections_to_reseal",
    "deadline_changes",
    "desk_counts",
    "desk_rows",
    "differences",
    "find_by_requester",
    "is_same_requester",
    "masked_requester",
    "open_consultations",
    "open_requests",
    "open_suggestions",
    "organs_viewed_by",
    "project",
    "public_status",
    "read_whole",
    "requester_for_letters",
    "requesters_to_erase",
    "requesters_to_reseal",
    "reviews_of",
    "same_requester",
    "similar_requests",
    "step_letter",
    "withheld_due",
]
