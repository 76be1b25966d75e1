"""The steps that verbs share: the day of a moment, days that can be, the log."""

from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone

from gongkai.audit import Actor
from gongkai.audit.actions import record
from gongkai.orgs.models import Organ
from gongkai.oversight.lifecycle import ToldWrongly


class Logged(Protocol):
    """A row that the log speaks of."""

    typed_id: str


def local_day(at: datetime) -> date:
    """Return the day of a moment in the county."""
    return timezone.localdate(at)


def past_day(day: date | None, field: str, label: str, today: date) -> date:
    """Return a day that is told and not to come; raises ToldWrongly otherwise."""
    if day is None:
        raise ToldWrongly(f"请填写“{label}”", field)
    if day > today:
        raise ToldWrongly(f"“{label}”不能晚于今天", field)
    return day


def log(
    verb: str, row: Logged, organ: Organ, by: Actor, at: datetime, label: str = "", **values: Any
) -> None:
    """Record a verb on the chain of an organ."""
    record(
        f"oversight.{verb}",
        row.typed_id,
        chain=organ.code,
        by=by,
        at=at,
        label=label or str(row),
        **values,
    )
