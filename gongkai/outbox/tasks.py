"""The outbox's own duties: anchor yesterday's log, throw away jobs done long ago."""

from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.audit.actions import anchor
from gongkai.outbox import every
from gongkai.outbox.actions import purge


@every("day", "audit.anchor")
def anchor_yesterday(at: datetime) -> None:
    """Anchor the audit log for the day that has ended (a day missed is covered by the next)."""
    anchor(timezone.localdate(at) - timedelta(days=1), at=at)


@every("day", "outbox.purge")
def throw_away_old_jobs(at: datetime) -> None:
    """Delete jobs done more than thirty days ago."""
    purge(at=at)
