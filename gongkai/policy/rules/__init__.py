"""What policy documents, their interpretations, clean-up rounds and gazettes must be: plain Python.

Others name the rules of documents and the errors by these; the rest by its module.
"""

from gongkai.policy.rules.documents import (
    LONGEST_BASIS,
    LONGEST_REASON,
    LONGEST_TITLE,
    Description,
    DocumentKind,
    DocumentRefused,
    Fault,
    Life,
    NotAllowedNow,
    PolicyError,
    ReasonMissing,
    RelationKind,
    Validity,
    check_relation,
    tidy,
    validity_on,
)

__all__ = [
    "LONGEST_BASIS",
    "LONGEST_REASON",
    "LONGEST_TITLE",
    "Description",
    "DocumentKind",
    "DocumentRefused",
    "Fault",
    "Life",
    "NotAllowedNow",
    "PolicyError",
    "ReasonMissing",
    "RelationKind",
    "Validity",
    "check_relation",
    "tidy",
    "validity_on",
]
