"""What a verb needs to know of the case it holds, in one query: acts, items, the calendar.

Asked for apart, these are three of the queries of every verb, of which issue 3 allows eight.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from gongkai.calendars.queries import calendar_of, entered
from gongkai.inforequests.lifecycle.acts import CaseAct
from gongkai.inforequests.models import Act, Event, InfoRequest, RequestItem
from gongkai.statute.workdays import WorkdayCalendar

_ACT, _ITEM = "act", "item"
_ANY_CASE = UUID(int=0)  # stands for the case in the statement until it is run


@dataclass(frozen=True, slots=True)
class AtHand:
    """The acts of a case and the places of its items in their order; the calendar of now."""

    acts: tuple[CaseAct, ...]
    places: tuple[int, ...]
    calendar: WorkdayCalendar


def at_hand(info_request: InfoRequest) -> AtHand:
    """Return what a verb needs to know of a case; it must hold the case's row already."""
    sql, params = _statement(connection.vendor)
    any_case, this_case = _as_stored(_ANY_CASE), _as_stored(info_request.pk)
    with connection.cursor() as cursor:
        cursor.execute(sql, [this_case if each == any_case else each for each in params])
        rows = cursor.fetchall()
    acts = sorted((row for row in rows if row[0] == _ACT), key=lambda row: row[2])
    return AtHand(
        acts=tuple(map(_act, acts)),
        places=tuple(sorted(row[2] for row in rows if row[0] == _ITEM)),
        calendar=calendar_of(row for row in rows if row[0] not in (_ACT, _ITEM)),
    )


def _act(row: Sequence[Any]) -> CaseAct:
    _, on, sequence, _, kind, data, account = row
    # A union tells SQLite's days as texts.
    return CaseAct(sequence, Event(kind), date.fromisoformat(str(on)), json.loads(data), account)


def _as_stored(case_id: UUID) -> Any:
    return InfoRequest._meta.pk.get_db_prep_value(case_id, connection)


@lru_cache(maxsize=4)
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query in the columns of the calendar's; written once, as that is."""
    acts = Act.objects.filter(info_request=_ANY_CASE).values_list(
        Value(_ACT),
        F("on"),
        F("sequence"),
        Value(0),
        F("kind"),
        Cast("data", TextField()),
        F("account"),
    )
    items = RequestItem.objects.filter(info_request=_ANY_CASE).values_list(
        Value(_ITEM),
        Value(None, DateField()),
        F("place"),
        Value(0),
        Value(""),
        Value(""),
        Value(""),
    )
    found: QuerySet = acts.order_by().union(items.order_by(), *entered(), all=True)
    sql, params = found.query.sql_with_params()
    return sql, tuple(params)
