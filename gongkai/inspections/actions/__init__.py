"""Every verb of the chapter: one function, one transaction, one audit event.

`sites` says what is inspected and whose it is, `runs` records what was found, `judging` rules
whether it is a fault, `rectifying` has it put right, `importing` takes people's lists in,
`bulletins` tells of it all, `site_years` makes the websites' yearly reports, `reminding` has
organs told of what they owe.
"""

from gongkai.inspections.actions.bulletins import (
    issue,
    order_share,
    retake_figures,
    sign_for,
    take_figures,
)
from gongkai.inspections.actions.importing import Answered, answer_by_form, import_findings
from gongkai.inspections.actions.indicators import set_indicator
from gongkai.inspections.actions.judging import (
    mark_false,
    object_to,
    pass_on,
    rule_on_objection,
    take_back,
)
from gongkai.inspections.actions.publishing import publish_bulletin, unpublish_bulletin
from gongkai.inspections.actions.rectifying import (
    Answer,
    Proof,
    answer,
    close,
    order,
    recheck,
    recompute_deadlines,
    send,
)
from gongkai.inspections.actions.runs import Laid, Look, look_inside, record_run
from gongkai.inspections.actions.site_years import (
    correct_site_year,
    fill_site_year,
    open_site_year,
    publish_site_year,
    review_site_year,
    send_back_site_year,
)
from gongkai.inspections.actions.sites import (
    drop_column,
    name_column,
    register_site,
    resume_site,
    stop_site,
)
from gongkai.inspections.lifecycle import (
    BulletinPeriod,
    InspectionError,
    Refused,
    RowsWrong,
    Source,
    ToldWrongly,
)
from gongkai.inspections.rules.faults import Fault
from gongkai.inspections.rules.ledger_form import FormRow

__all__ = [
    "Answer",
    "Answered",
    "BulletinPeriod",
    "Fault",
    "FormRow",
    "InspectionError",
    "Laid",
    "Look",
    "Proof",
    "Refused",
    "RowsWrong",
    "Source",
    "ToldWrongly",
    "answer",
    "answer_by_form",
    "close",
    "correct_site_year",
    "drop_column",
    "fill_site_year",
    "import_findings",
    "issue",
    "look_inside",
    "mark_false",
    "name_column",
    "object_to",
    "open_site_year",
    "order",
    "order_share",
    "pass_on",
    "publish_bulletin",
    "publish_site_year",
    "recheck",
    "recompute_deadlines",
    "record_run",
    "register_site",
    "resume_site",
    "retake_figures",
    "review_site_year",
    "rule_on_objection",
    "send",
    "send_back_site_year",
    "set_indicator",
    "sign_for",
    "stop_site",
    "take_back",
    "take_figures",
    "unpublish_bulletin",
]
