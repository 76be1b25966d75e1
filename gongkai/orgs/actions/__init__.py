"""Every write to organs and posts: one verb, one transaction, one event in the organ's chain."""

from gongkai.orgs.actions.errors import (
    BadAppointment,
    BadCode,
    BadDay,
    BadName,
    BadPlace,
    NotHeld,
    OrgError,
)
from gongkai.orgs.actions.organs import abolish, amend, establish, rename, succeed
from gongkai.orgs.actions.posts import appoint, dismiss, sync_groups

__all__ = [
    "BadAppointment",
    "BadCode",
    "BadDay",
    "BadName",
    "BadPlace",
    "NotHeld",
    "OrgError",
    "abolish",
    "amend",
    "appoint",
    "dismiss",
    "establish",
    "rename",
    "succeed",
    "sync_groups",
]
