"""Rows of the chapter: proposals, their organs and steps, replies, contacts, yearly summaries."""

from gongkai.proposals.models.contacts import ProposerContact, key_mark
from gongkai.proposals.models.proposals import JointOrgan, Proposal, ProposalStep
from gongkai.proposals.models.replies import Reply
from gongkai.proposals.models.summaries import YearSummary

__all__ = [
    "JointOrgan",
    "Proposal",
    "ProposalStep",
    "ProposerContact",
    "Reply",
    "YearSummary",
    "key_mark",
]
