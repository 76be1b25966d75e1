"""Every write to policy documents: register, correct, publish, amend, repeal (Art. 20 (1)).

Errors: `gongkai.policy.rules`. Dates are the document's own: `at` is only when the
act was recorded, and no date may lie after that day except those of coming validity.
"""

from gongkai.policy.actions.documents import (
    correct,
    publish,
    register_document,
    withdraw_document,
)
from gongkai.policy.actions.relations import amend, cancel_relation, repeal
from gongkai.policy.rules import Description, DocumentKind, PolicyError

__all__ = [
    "Description",
    "DocumentKind",
    "PolicyError",
    "amend",
    "cancel_relation",
    "correct",
    "publish",
    "register_document",
    "repeal",
    "withdraw_document",
]
