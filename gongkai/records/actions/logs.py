"""The day from which the log of accesses is kept: what is missing before it is no fault."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.audit import SYSTEM, SYSTEM_CHAIN, Actor
from gongkai.audit.actions import record
from gongkai.records.queries.logs import BEGIN, begun_on


def begin_logs(*, by: Actor = SYSTEM, at: datetime) -> None:
    """Record that the log of accesses is kept from today on; nothing when it was told before."""
    with transaction.atomic():
        if begun_on() is not None:
            return
        record(
            BEGIN,
            "records.logs",
            chain=SYSTEM_CHAIN,
            by=by,
            at=at,
            label="开始保存访问日志",
            after={"day": timezone.localdate(at)},
        )
