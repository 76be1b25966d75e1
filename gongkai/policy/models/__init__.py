"""Fields, constraints and query sets of policy documents and what grows around them."""

from gongkai.policy.lifecycle import DocumentState
from gongkai.policy.models.decisions import DecisionCatalogue, DecisionLink, MajorDecision
from gongkai.policy.models.documents import (
    JointIssuer,
    PolicyDocument,
    PolicyDocumentQuerySet,
    Relation,
    repeals_of,
    standing_relations,
)
from gongkai.policy.models.dossiers import Interpretation, TextVersion
from gongkai.policy.models.gazettes import GazetteIssue, GazetteItem
from gongkai.policy.models.rounds import ReviewRound, RoundItem

__all__ = [
    "DecisionCatalogue",
    "DecisionLink",
    "DocumentState",
    "GazetteIssue",
    "GazetteItem",
    "Interpretation",
    "JointIssuer",
    "MajorDecision",
    "PolicyDocument",
    "PolicyDocumentQuerySet",
    "Relation",
    "ReviewRound",
    "RoundItem",
    "TextVersion",
    "repeals_of",
    "standing_relations",
]
