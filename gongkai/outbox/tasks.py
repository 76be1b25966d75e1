"""The outbox's own duties: anchor yesterday's log, throw away jobs done long ago."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from gongkai.adapters.signing import signer_in
from gongkai.audit.actions import anchor, keep_files
from gongkai.outbox import Notice, every
from gongkai.outbox.actions import purge


@every("day", "audit.anchor")
def anchor_yesterday(at: datetime) -> list[Notice]:
    """Anchor the audit log for the day that has ended (a day missed is covered by the next)."""
    anchor(timezone.localdate(at) - timedelta(days=1), at=at)
    keep_files(settings.GONGKAI_ANCHOR_DIR)
    if settings.GONGKAI_SIGNING_KEY and not signer_in(settings.GONGKAI_SIGNING_KEY).public:
        return [Notice("操作日志的每日锚定没有签名，请执行 gongkai auditanchor --make-key")]
    return []


@every("day", "outbox.purge")
def throw_away_old_jobs(at: datetime) -> None:
    """Delete jobs done more than thirty days ago."""
    purge(at=at)
