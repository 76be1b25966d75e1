"""Every write to policy documents, their dossiers, clean-ups, filings, decisions and gazettes.

Errors: `gongkai.policy.rules`, and those of `disclosure` where a text is written or released.
Dates are the document's own: `at` is only when the act was recorded, and no date may lie after
that day except those of coming validity.
"""

from gongkai.policy.actions.decisions import (
    add_decision,
    draft_catalogue,
    drop_decision,
    link_decision,
    note_steps,
)
from gongkai.policy.actions.documents import (
    correct,
    publish,
    register_document,
    withdraw_document,
)
from gongkai.policy.actions.dossiers import (
    add_interpretation,
    add_text,
    draft_dossier,
    exempt_interpretation,
    link_text,
    publish_dossier,
    require_interpretation,
    set_terms,
    submit_dossier,
    write_pairs,
)
from gongkai.policy.actions.filing import file_document
from gongkai.policy.actions.gazettes import (
    Placed,
    compose_issue,
    publish_issue,
    set_contents,
)
from gongkai.policy.actions.relations import amend, cancel_relation, lapse, relate, repeal
from gongkai.policy.actions.rounds import close_round, open_round, propose, settle
from gongkai.policy.rules import Description, DocumentKind, PolicyError
from gongkai.policy.rules.decisions import DecisionStep

__all__ = [
    "DecisionStep",
    "Description",
    "DocumentKind",
    "Placed",
    "PolicyError",
    "add_decision",
    "add_interpretation",
    "add_text",
    "amend",
    "cancel_relation",
    "close_round",
    "compose_issue",
    "correct",
    "draft_catalogue",
    "draft_dossier",
    "drop_decision",
    "exempt_interpretation",
    "file_document",
    "lapse",
    "link_decision",
    "link_text",
    "note_steps",
    "open_round",
    "propose",
    "publish",
    "publish_dossier",
    "publish_issue",
    "register_document",
    "relate",
    "repeal",
    "require_interpretation",
    "set_contents",
    "set_terms",
    "settle",
    "submit_dossier",
    "withdraw_document",
    "write_pairs",
]
