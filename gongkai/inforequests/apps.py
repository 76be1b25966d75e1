"""Wires inforequests into Django: a holiday notice entered makes deadlines be worked out again."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig

from gongkai.audit import recorded

CALENDAR_CHANGED = frozenset({"calendars.enter_notice", "calendars.enter_closure"})


class InforequestsConfig(AppConfig):
    """The app inforequests."""

    name = "gongkai.inforequests"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Register the tasks and listen to the bell."""
        import_module("gongkai.inforequests.tasks")
        recorded.connect(_hear, dispatch_uid="inforequests.holiday_notice")


def _hear(event: Any, **_: Any) -> None:
    """Put the recomputation into the outbox when the calendar of working days has changed."""
    if event.verb not in CALENDAR_CHANGED:
        return
    from gongkai.inforequests.tasks import RECOMPUTE
    from gongkai.outbox.actions import put

    put(
        RECOMPUTE,
        {"event": event.id},
        at=event.at,
        dedupe_key=event.target,
    )
