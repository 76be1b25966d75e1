"""Duties of orgs: posts begin and end by date, and the groups of sign-in rights follow."""

from datetime import datetime

from django.utils import timezone

from gongkai.orgs.actions import sync_groups
from gongkai.outbox import every


@every("day", "orgs.sync_groups")
def follow_the_posts(at: datetime) -> None:
    """Make everybody's role groups those of the posts they hold today."""
    sync_groups(today=timezone.localdate(at))
