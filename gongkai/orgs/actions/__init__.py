"""Every write to organs and posts: one verb, one transaction, one event in the organ's chain."""

from gongkai.orgs.actions.delegations import delegate, end_delegation
from gongkai.orgs.actions.errors import (
    BadAppointment,
    BadCode,
    BadDay,
    BadName,
    BadPlace,
    BadReview,
    NotHeld,
    OrgError,
)
from gongkai.orgs.actions.groups import sync_groups
from gongkai.orgs.actions.handover import HandedOver, OpenWork, Passing, hand_over, open_work
from gongkai.orgs.actions.organs import abolish, amend, establish, rename, succeed
from gongkai.orgs.actions.posts import appoint, dismiss
from gongkai.orgs.actions.reviewing import confirm_access

__all__ = [
    "BadAppointment",
    "BadCode",
    "BadDay",
    "BadName",
    "BadPlace",
    "BadReview",
    "HandedOver",
    "NotHeld",
    "OpenWork",
    "OrgError",
    "Passing",
    "abolish",
    "amend",
    "appoint",
    "confirm_access",
    "delegate",
    "dismiss",
    "end_delegation",
    "establish",
    "hand_over",
    "open_work",
    "rename",
    "succeed",
    "sync_groups",
]
