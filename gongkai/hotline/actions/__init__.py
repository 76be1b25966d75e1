"""Every verb of the hotline: one function, one transaction, one audit event.

`intake` and `importing` take orders in, `handling` moves them to their answer, `checking` on to the
end, `steering` urges, rests and merges, `publishing` shows them without names, `reports` issues the
months' reports, `settings` keeps what a county sets, `upkeep` keeps what is stored true. `on` is
the day a step counts, `at` the moment of recording. All raise a HotlineError (see `lifecycle`) and
then have changed nothing.
"""

from gongkai.hotline.actions.checking import call_back, close, pass_answer, redo, reject_answer
from gongkai.hotline.actions.handling import (
    answer,
    ask_extension,
    ask_return,
    assign,
    let_extend,
    let_return,
    refuse_extension,
    refuse_return,
    send_back,
    sign_for,
    turn_over,
)
from gongkai.hotline.actions.importing import (
    Handed,
    KeyReused,
    actor_of,
    hand_over,
    import_orders,
)
from gongkai.hotline.actions.intake import (
    receive_turned_over,
    register_order,
    report_by_app,
    submit_order,
)
from gongkai.hotline.actions.own_data import correct_caller, export_own_order
from gongkai.hotline.actions.publishing import publish, unpublish
from gongkai.hotline.actions.recording import hold
from gongkai.hotline.actions.reports import correct_report, issue_report
from gongkai.hotline.actions.settings import (
    close_client,
    count_calls,
    drop_rule,
    open_client,
    set_limit,
    set_rule,
)
from gongkai.hotline.actions.steering import (
    merge,
    resume,
    supervise,
    suspend,
    urge,
    urge_due,
    void,
)
from gongkai.hotline.actions.upkeep import (
    forget_caller,
    note_search,
    recompute_deadlines,
    reseal,
    show_caller,
)
from gongkai.hotline.lifecycle import (
    AnswerWay,
    BadOrder,
    HotlineError,
    OrderKind,
    Refused,
    RowsWrong,
    Satisfaction,
    Solved,
    SourceChannel,
    Supervision,
    Urgency,
)
from gongkai.hotline.rules import FIELDS, Caller, NewOrder, PublicText
from gongkai.hotline.rules.categories import CATEGORIES, OUTDOORS, category_named, path_of

__all__ = [
    "CATEGORIES",
    "FIELDS",
    "OUTDOORS",
    "AnswerWay",
    "BadOrder",
    "Caller",
    "Handed",
    "HotlineError",
    "KeyReused",
    "NewOrder",
    "OrderKind",
    "PublicText",
    "Refused",
    "RowsWrong",
    "Satisfaction",
    "Solved",
    "SourceChannel",
    "Supervision",
    "Urgency",
    "actor_of",
    "answer",
    "ask_extension",
    "ask_return",
    "assign",
    "call_back",
    "category_named",
    "close",
    "close_client",
    "correct_caller",
    "correct_report",
    "count_calls",
    "drop_rule",
    "export_own_order",
    "forget_caller",
    "hand_over",
    "hold",
    "import_orders",
    "issue_report",
    "let_extend",
    "let_return",
    "merge",
    "note_search",
    "open_client",
    "pass_answer",
    "path_of",
    "publish",
    "receive_turned_over",
    "recompute_deadlines",
    "redo",
    "refuse_extension",
    "refuse_return",
    "register_order",
    "reject_answer",
    "report_by_app",
    "reseal",
    "resume",
    "send_back",
    "set_limit",
    "set_rule",
    "show_caller",
    "sign_for",
    "submit_order",
    "supervise",
    "suspend",
    "turn_over",
    "unpublish",
    "urge",
    "urge_due",
    "void",
]
